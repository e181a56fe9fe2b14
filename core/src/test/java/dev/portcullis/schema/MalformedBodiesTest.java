package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.fixture.Suites;
import dev.portcullis.http.Json;
import dev.portcullis.http.RecordedWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bodies that are no JSON, or that not every reader reads alike, against a schema that allows everything. */
class MalformedBodiesTest {

    private static final int MAX_BYTES = 1 << 20;
    private static final Set<Integer> DENIALS = Set.of(400, 413, 415);

    private static final JsonBody ANYTHING = JsonBody.of(BooleanNode.TRUE, MAX_BYTES);
    private static final Engine ENGINE = Engine.of(
            PolicySet.builder()
                    .route("all", request -> true, List.of(Rule.enforce("schema", ANYTHING)))
                    .otherwiseDeny(),
            Listener.NONE);

    private static RecordedWire post(byte[] body) {
        return RecordedWire.of("POST", "/")
                .with("Content-Type", "application/json")
                .with("Content-Length", Integer.toString(body.length))
                .body(body);
    }

    private static int status(RecordedWire wire) {
        return ENGINE.evaluate(wire.view()) instanceof Outcome.Stop stop
                ? stop.reply().status()
                : 200;
    }

    /** The bodies by what is wrong with them: a table of data. */
    private static Map<String, byte[]> corpus() throws Exception {
        var texts = new LinkedHashMap<String, String>();
        texts.put("nothing but white space", " \n\t ");
        texts.put("a name twice", "{\"a\":1,\"a\":2}");
        texts.put("a name twice, once escaped", "{\"a\":1,\"\\u0061\":2}");
        texts.put("a name twice, deep inside", "{\"x\":[{\"a\":1,\"a\":1}]}");
        texts.put("two documents", "{}{}");
        texts.put("a document and more", "{} x");
        texts.put("a document and a zero byte", "{}\0");
        texts.put("an object that breaks off", "{\"a\":1");
        texts.put("a string that breaks off", "\"abc");
        texts.put("a literal that breaks off", "tru");
        texts.put("a comma at the end of an array", "[1,]");
        texts.put("a comma at the end of an object", "{\"a\":1,}");
        texts.put("no comma", "[1 2]");
        texts.put("a single quote", "{'a':1}");
        texts.put("a name without quotes", "{a:1}");
        texts.put("a comment", "{/* */\"a\":1}");
        texts.put("a line comment", "{\"a\":1} // x");
        texts.put("not a number", "[NaN]");
        texts.put("infinity", "[-Infinity]");
        texts.put("a number out of range", "[1e400]");
        texts.put("a leading zero", "[01]");
        texts.put("a leading plus", "[+1]");
        texts.put("a fraction without digits", "[1.]");
        texts.put("a fraction without a number", "[.5]");
        texts.put("a hexadecimal number", "[0x1F]");
        texts.put("a number of many digits", "[" + "9".repeat(65) + "]");
        texts.put("a control character in a string", "[\"a\nb\"]");
        texts.put("an escape that is none", "[\"\\x41\"]");
        texts.put("half an escape", "[\"\\u00\"]");
        texts.put("an unpaired surrogate", "[\"\\ud800\"]");
        texts.put("surrogates in the wrong order", "[\"\\udc00\\ud800\"]");
        texts.put("a byte order mark", "\ufeff{}");
        texts.put("arrays in arrays", "[".repeat(65) + "]".repeat(65));
        texts.put("arrays that never end", "[".repeat(100_000));
        texts.put("objects in objects", "{\"a\":".repeat(65) + "1" + "}".repeat(65));
        texts.put("a member without a value", "{\"a\"}");
        texts.put("brackets that do not match", "[}");
        texts.put("a form", "a=1&b=2");
        texts.put("markup", "<a>1</a>");
        texts.put("a prefix against hijacking", ")]}',\n{}");
        texts.put("lines of documents", "{\"a\":1}\n{\"a\":2}\n");
        var corpus = new LinkedHashMap<String, byte[]>();
        texts.forEach((name, text) -> corpus.put(name, text.getBytes(StandardCharsets.UTF_8)));
        corpus.put("a byte that is no UTF-8", new byte[] {'"', (byte) 0xff, '"'});
        corpus.put("an overlong encoding", new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'});
        corpus.put("an encoded surrogate", new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'});
        corpus.put("UTF-16", "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE));
        corpus.put("UTF-32", "{\"a\":1}".getBytes(Charset.forName("UTF-32BE")));
        corpus.put("gzip without a word of it", gzip("{}"));
        corpus.put("more than the bound", ("\"" + "a".repeat(MAX_BYTES) + "\"").getBytes(StandardCharsets.UTF_8));
        return corpus;
    }

    private static byte[] gzip(String text) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void deniesEveryMalformedBody() throws Exception {
        var corpus = corpus();

        corpus.forEach((name, body) -> assertThat(status(post(body))).as(name).isIn(DENIALS));

        assertThat(corpus).hasSizeGreaterThan(45);
    }

    @Test
    void aReaderThatPutsUpWithMuchIsFoundOut() throws Exception {
        var lenient = new ObjectMapper();
        var taken =
                corpus().values().stream().filter(body -> reads(lenient, body)).count();

        assertThat(taken).isGreaterThan(5);
    }

    private static boolean reads(ObjectMapper reader, byte[] body) {
        try {
            return reader.readTree(body) != null;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void passesTheSameBodiesOnceTheyAreMended() {
        for (var body :
                new String[] {"{\"a\":1}", "[1,2]", "\"a\"", "1e300", "[".repeat(64) + "]".repeat(64), " {} "}) {
            assertThat(status(post(body.getBytes(StandardCharsets.UTF_8))))
                    .as(body)
                    .isEqualTo(200);
        }
    }

    @Test
    void deniesOrPassesWhateverIsSent() {
        var random = Seeds.random(MalformedBodiesTest.class);
        var hostile = new Hostile(random);
        for (var i = 0; i < 5_000; i++) {
            var text = random.nextBoolean()
                    ? hostile.text(40)
                    : mutated("{\"a\":[1,\"b\",{\"c\":null}]}", hostile, random.nextInt(20));
            var verdict =
                    ANYTHING.check(post(text.getBytes(StandardCharsets.UTF_8)).view());
            if (verdict instanceof Verdict.Deny deny) {
                assertThat(deny.reply().status()).as(text).isIn(DENIALS);
            } else {
                assertThat(verdict).as(text).isSameAs(Verdict.pass());
            }
        }
    }

    private static String mutated(String text, Hostile hostile, int at) {
        return text.substring(0, at) + hostile.text(3) + text.substring(at + 1);
    }

    @Test
    @Tag("suite")
    void readsWhatParsersMustReadAndNothingElse() {
        var count = 0;
        for (var row : Suites.json("json_parsing.json").path("cases")) {
            if (!row.has("base64")) {
                continue;
            }
            var name = row.path("name").asText();
            var bytes = Base64.getDecoder().decode(row.path("base64").asText());
            var passes = status(post(bytes)) == 200;
            if (row.path("expected").asText().equals("accept") && !isRefusedOnPurpose(name, bytes)) {
                assertThat(passes).as(name).isTrue();
            } else if (!row.path("expected").asText().equals("implementation-defined") || isRiskyText(name)) {
                assertThat(passes).as(name).isFalse();
            }
            count++;
        }
        assertThat(count).isGreaterThan(100);
    }

    /** Names given twice, and numbers longer than the bound. */
    private static boolean isRefusedOnPurpose(String name, byte[] bytes) {
        var longest = Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split("[^0-9.eE+-]"))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        return name.contains("duplicated_key") || longest > Json.MAX_NUMBER;
    }

    /** Texts that readers read in different ways. */
    private static boolean isRiskyText(String name) {
        return name.startsWith("i_string_")
                && (name.contains("utf8") || name.contains("UTF-8") || name.contains("surrogate"));
    }
}
