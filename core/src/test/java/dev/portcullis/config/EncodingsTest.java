package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.config.Gates.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.http.RecordedWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that come encoded. */
class EncodingsTest {

    private static final String SCHEMA =
            "schema: '{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}'";
    private static final String POLICIES = """
            policies:
              plain: { paths: [/plain], public: true, body: { %1$s } }
              gzip: { paths: [/gzip], public: true, body: { %1$s, encodings: [gzip, deflate] }, attacks: { mode: enforce } }
              tight: { paths: [/tight], public: true, body: { max-size: 200KB, %1$s, encodings: [gzip], max-ratio: 2 } }
              forms: { paths: [/forms], public: true, form: { fields: [a] }, body: { encodings: [gzip] } }
              unread: { paths: [/unread], public: true }
            """.formatted(SCHEMA);

    private interface Coding {
        OutputStream of(OutputStream out) throws IOException;
    }

    private static byte[] encoded(Coding coding, String text) {
        var out = new ByteArrayOutputStream();
        try (var deflating = coding.of(out)) {
            deflating.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(String text) {
        return encoded(GZIPOutputStream::new, text);
    }

    private static RecordedWire post(String path, String coding, byte[] body) {
        var wire = with("POST", path)
                .with("Content-Type", "application/json")
                .with("Content-Length", String.valueOf(body.length))
                .body(body);
        return coding.isEmpty() ? wire : wire.with("Content-Encoding", coding);
    }

    private static String outcomeOf(String path, String coding, byte[] body) {
        try (var gate = gate(POLICIES)) {
            return outcome(gate, post(path, coding, body));
        }
    }

    @Test
    void listedOnesAreJudgedDecoded() {
        assertThat(outcomeOf("/gzip", "gzip", gzip("{\"a\":1}"))).isEqualTo("proceed");
        assertThat(outcomeOf("/gzip", "X-GZIP", gzip("{\"a\":1}"))).isEqualTo("proceed");
        assertThat(outcomeOf("/gzip", "deflate", encoded(DeflaterOutputStream::new, "{\"a\":1}")))
                .isEqualTo("proceed");
        assertThat(outcomeOf("/gzip", "gzip", gzip("{\"a\":\"1\"}"))).isEqualTo("gzip.schema 400 schema-violation");
        assertThat(outcomeOf("/gzip", "gzip", gzip("{\"b\":\"1' or '1'='1' --\"}")))
                .isEqualTo("gzip.attacks 403 attack-detected");
    }

    @Test
    void allOthersAreDeniedWhereARuleReadsTheBody() {
        var denied = " 415 unsupported-media-type";
        assertThat(outcomeOf("/plain", "gzip", gzip("{}"))).isEqualTo("plain.schema" + denied);
        assertThat(outcomeOf("/gzip", "br", gzip("{}"))).isEqualTo("gzip.schema" + denied);
        assertThat(outcomeOf("/gzip", "gzip, gzip", gzip("{}"))).isEqualTo("gzip.schema" + denied);
        assertThat(outcomeOf("/gzip", "gzip, identity", gzip("{}"))).isEqualTo("gzip.schema" + denied);
        assertThat(outcomeOf("/tight", "deflate", encoded(DeflaterOutputStream::new, "{}")))
                .isEqualTo("tight.schema" + denied);
        assertThat(outcomeOf("/unread", "br", gzip("{}"))).isEqualTo("proceed");
    }

    /** Containers take parameters from the bytes as they came, and pairs fit into the head of gzip. */
    @Test
    void noFormIsUndone() {
        var denied = "forms.form 415 unsupported-media-type";
        try (var gate = gate(POLICIES)) {
            var body = gzip("a=1");
            var form = with("POST", "/forms").with("Content-Length", "" + body.length);
            for (var type : List.of("application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded ;a=b")) {
                for (var coding : List.of("gzip", "GZIP")) {
                    var wire = form.with("Content-Type", type).with("Content-Encoding", coding);
                    assertThat(outcome(gate, wire.body(body))).isEqualTo(denied);
                }
            }
        }
    }

    @Test
    void whatIsNotOneWholeMemberIsMalformed() {
        var whole = gzip("{\"a\":1}");
        var twice = Arrays.copyOf(whole, whole.length * 2);
        System.arraycopy(whole, 0, twice, whole.length, whole.length);
        var wrong = whole.clone();
        wrong[whole.length - 1]++;
        var flagged = whole.clone();
        flagged[3] = 4;
        for (var body : List.of(
                Arrays.copyOf(whole, whole.length - 9),
                Arrays.copyOf(whole, whole.length + 1),
                Arrays.copyOf(whole, 11),
                Arrays.copyOf(whole, 3),
                twice,
                wrong,
                flagged,
                "{}".getBytes(StandardCharsets.UTF_8))) {
            assertThat(outcomeOf("/gzip", "gzip", body)).isEqualTo("gzip.schema 400 malformed-body");
        }
        assertThat(outcomeOf("/gzip", "deflate", whole)).isEqualTo("gzip.schema 400 malformed-body");
    }

    @Test
    void sizeAndRatioAreBounded() {
        var large = "gzip.schema 413 body-too-large";
        var blank = " ".repeat(1 << 20);
        assertThat(outcomeOf("/gzip", "gzip", gzip(blank + "{}"))).isEqualTo(large);
        assertThat(outcomeOf("/gzip", "gzip", gzip(" ".repeat(500_000) + "{}"))).isEqualTo(large);
        assertThat(outcomeOf("/tight", "gzip", gzip("{\"b\":\"" + "ab".repeat(50_000) + "\"}")))
                .isEqualTo("tight.schema 413 body-too-large");
        assertThat(outcomeOf("/tight", "gzip", gzip("{\"b\":\"" + "ab".repeat(30_000) + "\"}")))
                .isEqualTo("proceed");
    }

    /** A mebibyte that would become a gibibyte: no more is allocated than the bound and what came. */
    @Test
    void aBombIsDeniedWithTheHeapFlat() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var deflating = new GZIPOutputStream(bomb, 1 << 16)) {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 1024; i++) {
                deflating.write(zeros);
            }
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var gate = gate(POLICIES)) {
            var wire = post("/gzip", "gzip", bomb.toByteArray());
            assertThat(bomb.size()).isBetween(1_000_000, 1 << 20);
            assertThat(outcome(gate, wire)).isEqualTo("gzip.schema 413 body-too-large");
            var before = threads.getCurrentThreadAllocatedBytes();
            assertThat(gate.engine().evaluate(gate.view(wire)).headers()).isNotNull();
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8L << 20);
        }
    }

    @Test
    void wordsThatMeetUndoWhatAllOfThemAllow() {
        var handler = new Endpoint(
                "Orders.add",
                List.of("/gzip"),
                Set.of("POST"),
                List.of(new Word.Written(
                        Word.Level.METHOD,
                        "Orders.add",
                        Policy.builder()
                                .open()
                                .body(new Content(null, null, null, List.of("deflate"), null, null))
                                .build())));
        try (var gate = gate(POLICIES, handler)) {
            assertThat(outcome(gate, Gates.to(post("/gzip", "gzip", gzip("{}")), "Orders.add")))
                    .isEqualTo("gzip.schema 415 unsupported-media-type");
            assertThat(outcome(
                            gate,
                            Gates.to(post("/gzip", "deflate", encoded(DeflaterOutputStream::new, "{}")), "Orders.add")))
                    .isEqualTo("proceed");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            encodings: [br]                     | encodings[0]
            encodings: [gzip], max-ratio: 0     | max-ratio
            """)
    void mistakesStopTheStart(String part, String key) {
        assertThatThrownBy(() -> gate("policies: { p: { paths: [/p], public: true, body: { " + part + " } } }"))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::key)
                                .anyMatch(found -> found.endsWith("policies.p.body." + key)));
    }
}
