package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Header;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.http.WrittenHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header fields of responses, as configurations ask for them. */
class ResponseHeadersTest {

    private static final String OPEN = "policies: { all: { paths: [/a/**], public: true%s } }\n";

    /** The head that goes out, for what the application sets, or of the gate's own reply. */
    private static WrittenHead head(Gate gate, RecordedWire wire, int status, Header... set) {
        var view = gate.view(wire);
        var outcome = gate.engine().evaluate(view);
        var head = outcome instanceof Outcome.Stop stop
                ? WrittenHead.ofReply(
                        stop.reply().status(),
                        "nonce",
                        Stream.concat(stop.reply().headers().stream(), outcome.headers().stream())
                                .toList())
                : WrittenHead.ofApplication(status, List.of(set));
        outcome.watch().sending(view, head);
        return head;
    }

    private static TreeMap<String, String> fields(WrittenHead head) {
        var fields = new TreeMap<String, String>();
        head.lines().forEach(line -> fields.merge(line.name(), line.value(), (one, other) -> one + " & " + other));
        return fields;
    }

    private static String open(String more) {
        return OPEN.formatted(", " + more);
    }

    @Test
    void asksForNoHeadUnlessThatIsWritten() {
        var gate = gate(OPEN.formatted(""));

        assertThat(gate.engine().evaluate(gate.view(get("/a"))).watch().asksHead())
                .isFalse();
    }

    @Test
    void setsWhatSuitsAnApi() {
        assertThat(fields(head(gate("response-headers: {}\n" + OPEN.formatted("")), get("/a"), 200)))
                .isEqualTo(new TreeMap<>(Map.of(
                        "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
                        "X-Frame-Options", "DENY",
                        "Referrer-Policy", "no-referrer",
                        "Cross-Origin-Resource-Policy", "same-origin",
                        "X-Content-Type-Options", "nosniff")));
    }

    @ParameterizedTest
    @CsvSource({"page, Permissions-Policy", "download, Content-Disposition", "asset, Referrer-Policy"})
    void hasPresetsForOtherEndpoints(String preset, String field) {
        var gate = gate(open("response-headers: { preset: " + preset + " }"));

        assertThat(fields(head(gate, get("/a"), 200))).containsKeys(field, "X-Content-Type-Options");
    }

    @Test
    void setsThemOnEveryDenial() {
        var gate = gate("response-headers: { preset: none, set: { X-Mark: all } }\n"
                + open("ip: { deny: [192.0.2.0/24] }, response-headers: { preset: none, set: { X-Mark: policy } }"));

        assertThat(fields(head(gate, get("/a").from("192.0.2.1"), 0))).containsEntry("X-Mark", "policy");
        assertThat(fields(head(gate, get("/a/%2e%2e/b"), 0))).containsEntry("X-Mark", "policy");
        assertThat(fields(head(gate, get("/nowhere"), 0))).containsEntry("X-Mark", "all");
        assertThat(fields(head(gate, get("/nowhere/%2e"), 0))).containsEntry("X-Mark", "all");
    }

    @Test
    void takesTheNearestWhole() {
        var gate = gate("response-headers: { preset: page, set: { X-All: yes } }\n"
                + open("response-headers: { preset: none, set: { X-Policy: yes } }"));

        assertThat(fields(head(gate, get("/a"), 200))).containsOnlyKeys("X-Policy");
    }

    @Test
    void takesNothingAwayByWhatIsOnlyObserved() {
        var gate = gate("response-headers: { preset: none, set: { X-All: yes } }\n"
                + open("response-headers: { preset: none, set: { X-Policy: yes }, mode: observe }"));

        assertThat(fields(head(gate, get("/a"), 200))).containsOnlyKeys("X-All");
    }

    @Test
    void keepsOrReplacesWhatTheApplicationSets() {
        var own = new Header("referrer-policy", "origin");

        assertThat(head(gate(open("response-headers: {}")), get("/a"), 200, own).headers("Referrer-Policy"))
                .containsExactly("origin");
        assertThat(head(gate(open("response-headers: { when-set: replace }")), get("/a"), 200, own)
                        .headers("Referrer-Policy"))
                .containsExactly("no-referrer");
    }

    @Test
    void takesOutWhatTellsOfTheSoftware() {
        var gate = gate(open("response-headers: { preset: none, remove: [X-Backend] }"));
        var head = head(
                gate,
                get("/a"),
                200,
                new Header("server", "Apache/1.3"),
                new Header("X-Powered-By", "PHP"),
                new Header("X-Backend", "b7"),
                new Header("X-Other", "stays"));

        assertThat(fields(head)).containsOnlyKeys("X-Other");
    }

    @Test
    void tellsCachesToKeepNoAnswersToKnownCallersUnlessTheApplicationSpeaksOfThat() {
        var gate = gate(
                CLIENTS + "response-headers: {}\n"
                        + "policies: { keyed: { paths: [/k], authenticate: [api-key] }, open: { paths: [/o], public: true } }\n");

        assertThat(head(gate, keyed(get("/k")), 200).headers("Cache-Control")).containsExactly("no-store");
        assertThat(head(gate, get("/o"), 200).headers("Cache-Control")).isEmpty();
        assertThat(head(gate, get("/o").with("Authorization", "Basic x"), 200).headers("Cache-Control"))
                .containsExactly("no-store");
        assertThat(head(gate, keyed(get("/k")), 200, new Header("Cache-Control", "max-age=5"))
                        .headers("Cache-Control"))
                .containsExactly("max-age=5");
    }

    @Test
    void putsTheNonceOfTheExchangeIntoThePolicy() {
        var gate = gate(
                open("response-headers: { preset: page, content-security-policy: \"script-src 'nonce-{nonce}'\" }"));
        var first = head(gate, get("/a"), 200);
        var second = head(gate, get("/a"), 200);

        assertThat(first.header("Content-Security-Policy")).isEqualTo("script-src 'nonce-" + first.nonce() + "'");
        assertThat(second.nonce()).isNotEqualTo(first.nonce());
    }

    @Test
    void saysWhoMayShowItInFrames() {
        var origins =
                gate(open("response-headers: { preset: page, frame-ancestors: [self, https://partner.example] }"));
        var none = gate(open("response-headers: { preset: page, frame-ancestors: [none] }"));

        assertThat(fields(head(origins, get("/a"), 200)))
                .doesNotContainKey("X-Frame-Options")
                .hasEntrySatisfying(
                        "Content-Security-Policy",
                        policy -> assertThat(policy)
                                .endsWith("; frame-ancestors 'self' https://partner.example")
                                .containsOnlyOnce("frame-ancestors"));
        assertThat(fields(head(none, get("/a"), 200))).containsEntry("X-Frame-Options", "DENY");
    }

    @Test
    void withholdsWhatTheApplicationSaysOfItsFailures() {
        var gate = gate(open("response-headers: { server-errors: withhold }"));
        var view = gate.view(get("/a"));
        var watch = gate.engine().evaluate(view).watch();
        var failed = WrittenHead.ofApplication(503, List.of(new Header("Retry-After", "7")));

        assertThat(watch.sending(view, failed)).isInstanceOfSatisfying(Verdict.Answer.class, answer -> {
            assertThat(answer.reply().status()).isEqualTo(503);
            assertThat(answer.reply().code()).isEqualTo("server-error");
            assertThat(answer.reply().headers()).containsExactly(new Header("Retry-After", "7"));
        });
        assertThat(watch.sending(view, WrittenHead.ofApplication(404, List.of())))
                .isEqualTo(Verdict.pass());
        assertThat(watch.sending(view, WrittenHead.ofReply(503, "nonce", List.of())))
                .isEqualTo(Verdict.pass());
    }

    @Test
    void tellsTheListenerAndTheMetricsOfWhatIsNoDenial() {
        var told = new ArrayList<String>();
        var policies = open("cors: { origins: [https://app.example.com] }");
        var gate = Gate.builder(Gates.file(policies))
                .listener(new Listener() {
                    @Override
                    public void noticed(Request request, String rule, Verdict.Evidence evidence) {
                        told.add(rule + " " + evidence.reason());
                    }
                })
                .build();

        head(gate, get("/a").with("Origin", "https://evil.example"), 200);

        assertThat(told).containsExactly("all.cors cors-origin");
        assertThat(gate.metrics().samples())
                .anySatisfy(
                        sample -> assertThat(sample.toString()).contains("portcullis_notices_total", "cors-origin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "preset: pages",
                "when-set: never",
                "server-errors: hide",
                "referrer-policy: nobody",
                "cross-origin-opener-policy: none",
                "cross-origin-embedder-policy: all",
                "cross-origin-resource-policy: all",
                "permissions-policy: 'camera none'",
                "content-security-policy: \"default-src 'self'; Frame$ x\"",
                "content-security-policy: \"line\\nbreak\"",
                "frame-ancestors: []",
                "frame-ancestors: [none, self]",
                "frame-ancestors: [\"https://a.example; script-src *\"]",
                "set: { \"X Y\": z }",
                "set: { Content-Length: '3' }",
                "set: { X-Y: \"\\u00e9\" }",
                "remove: [\"a b\"]",
                "cache-control: \"a\\tb\\u0000\""
            })
    void stopsTheStartWhenBrowsersWouldNotUnderstand(String line) {
        assertThatThrownBy(() -> gate("response-headers: { " + line + " }\n" + OPEN.formatted("")))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .satisfies(problem -> assertThat(problem.key()).startsWith("response-headers.")));
    }
}
