package dev.portcullis.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Ending;
import dev.portcullis.Header;
import dev.portcullis.Listener;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.Watch;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.http.WrittenHead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is judged and changed in the bodies of responses, as configured. */
class ResponseBodiesTest {

    private static final String CARD = "{\"card\":\"4111111111111111\"}";
    private static final String JSON = "application/json";

    private final List<String> told = new ArrayList<>();
    private final Listener listener = new Listener() {
        @Override
        public void denied(Request request, Rule rule, Verdict.Deny deny) {
            told.add("denied " + rule.name() + " " + deny.evidence().reason());
        }

        @Override
        public void wouldHaveDenied(Request request, Rule rule, Verdict.Deny deny) {
            told.add("would have denied " + rule.name() + " " + deny.evidence().reason());
        }

        @Override
        public void noticed(Request request, String rule, Verdict.Evidence evidence) {
            told.add("noticed " + rule + " " + evidence.reason() + " " + evidence.matched() + " " + evidence.detail());
        }
    };

    /** A body on its way out, as an adapter holds it. */
    private static final class Body implements Watch.Held {

        private final Watch.Head head;
        private byte[] bytes;

        Body(Watch.Head head, String text) {
            this.head = head;
            this.bytes = text.getBytes(UTF_8);
        }

        @Override
        public Watch.Head head() {
            return head;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public void replace(byte[] other) {
            bytes = other.clone();
        }
    }

    private Gate gate(String part) {
        var yaml = Gates.CLIENTS + "policies: { a: { paths: [/**], public: true, response-body: " + part
                + " }, b: { paths: [/keyed], authenticate: [api-key], response-body: " + part + " } }";
        return Gate.builder(Gates.file(yaml))
                .clock(HandClock.at("2026-01-01T00:00:00Z"))
                .listener(listener)
                .build();
    }

    private String sent(Gate gate, RecordedWire wire, String type, String text) {
        return sent(gate, wire, type, text, null);
    }

    /** The body that goes out, or the status and code of the reply that goes out in its stead. */
    private String sent(Gate gate, RecordedWire wire, String type, String text, Watch.@Nullable Unjudged obstacle) {
        var view = gate.view(wire);
        var outcome = gate.engine().evaluate(view);
        var head = WrittenHead.ofApplication(
                200, List.of(new Header("Content-Type", type), new Header("Content-Digest", "sha-256=:x:")));
        var hold = outcome.watch().holding(view, head);
        if (hold == null) {
            return text;
        }
        var body = new Body(head, text);
        var verdict = obstacle == null ? hold.judge(body) : hold.unjudged(head, obstacle);
        if (verdict instanceof Verdict.Deny deny) {
            return deny.reply().status() + " " + deny.reply().code();
        }
        assertThat(head.header("Content-Digest") != null).isEqualTo(text.equals(new String(body.bytes, UTF_8)));
        return new String(body.bytes, UTF_8);
    }

    @Test
    void countsLeaksUnlessToldOtherwise() {
        assertThat(sent(gate("{ leaks: {} }"), Gates.get("/"), JSON, CARD)).isEqualTo(CARD);
        assertThat(told).containsExactly("noticed a.response-leaks leak [payment-card] payment-card 1 (***1111)");
    }

    @Test
    void countsThemInMetricsToo() {
        var gate = gate("{ leaks: { stop: [payment-card] } }");
        sent(gate, Gates.get("/"), JSON, CARD);
        sent(gate, Gates.get("/"), JSON, "{\"a\":\"AKIA" + "IOSFODNN7EXAMPLE\"}");

        assertThat(gate.metrics().samples().stream()
                        .filter(sample -> sample.name().equals("portcullis_leaks_total"))
                        .map(sample -> sample.labels() + " " + sample.value()))
                .containsExactlyInAnyOrder(
                        "{kind=payment-card, rule=a.response-leaks} 1.0", "{kind=aws-key, rule=a.response-leaks} 1.0");
    }

    @Test
    void masksAndStopsWhatItIsTold() {
        var gate = gate("{ leaks: { mask: [payment-card], stop: [stack-trace], ignore: [database-error] } }");

        assertThat(sent(gate, Gates.get("/"), JSON, CARD)).isEqualTo("{\"card\":\"************1111\"}");
        assertThat(sent(gate, Gates.get("/"), "text/html", "<pre>at a.b.C.d(C.java:1)</pre>"))
                .isEqualTo("502 response-denied");
        assertThat(sent(gate, Gates.get("/"), "text/plain", "ORA-00942: no table"))
                .isEqualTo("ORA-00942: no table");
        assertThat(told)
                .containsExactly(
                        "noticed a.response-leaks leak [payment-card] payment-card 1 (***1111)",
                        "denied a.response-leaks leak");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, true",
        "application/problem+json, true",
        "image/svg+xml, true",
        "application/javascript;charset=utf-8, true",
        "not a type, true",
        "image/png, false",
        "application/octet-stream, false",
        "application/pdf, false",
    })
    void looksAtText(String type, boolean looks) {
        sent(gate("{ leaks: {} }"), Gates.get("/"), type, CARD);

        assertThat(told).hasSize(looks ? 1 : 0);
    }

    @Test
    void observesWhatItWouldDo() {
        var gate = gate("{ leaks: { mask: [payment-card], stop: [stack-trace], mode: observe } }");

        assertThat(sent(gate, Gates.get("/"), JSON, CARD)).isEqualTo(CARD);
        assertThat(sent(gate, Gates.get("/"), "text/plain", "at a.b.C.d(C.java:1)"))
                .startsWith("at ");
        assertThat(told.get(1)).isEqualTo("would have denied a.response-leaks leak");
    }

    @Test
    void tellsOfTextThatCannotBeLookedAt() {
        var streamed = Watch.Unjudged.STREAMED;

        assertThat(sent(gate("{ leaks: {} }"), Gates.get("/"), JSON, CARD, streamed))
                .isEqualTo(CARD);
        assertThat(sent(gate("{ max-size: 10B, leaks: {} }"), Gates.get("/"), JSON, CARD))
                .isEqualTo(CARD);
        assertThat(told)
                .containsExactly(
                        "noticed a.response-leaks response-not-judged [] streamed",
                        "noticed a.response-leaks response-not-judged [] too-long");
        assertThat(sent(gate("{ leaks: { unjudged: deny } }"), Gates.get("/"), JSON, CARD, streamed))
                .isEqualTo("502 response-denied");
    }

    private static final String MASKS =
            "{ masks: { card: { pointers: [/card, /cards/*], plain-for-roles: [partner], show: last-four } } }";

    @Test
    void masksFieldsForAllButThoseWhoMaySeeThem() {
        var gate = gate(MASKS);

        assertThat(sent(gate, Gates.get("/"), JSON, CARD)).isEqualTo("{\"card\":\"****1111\"}");
        assertThat(sent(gate, Gates.get("/"), JSON, "{\"cards\": [1 , \"x\"]}"))
                .isEqualTo("{\"cards\": [null , \"****\"]}");
        assertThat(sent(gate, Gates.keyed(Gates.get("/keyed")), JSON, CARD)).isEqualTo(CARD);
        assertThat(sent(gate(MASKS.replace("partner", "other")), Gates.keyed(Gates.get("/keyed")), JSON, CARD))
                .isEqualTo("{\"card\":\"****1111\"}");
        assertThat(sent(
                        gate(MASKS.replace("roles: [partner]", "scopes: [write, read]")),
                        Gates.keyed(Gates.get("/keyed")),
                        JSON,
                        CARD))
                .isEqualTo(CARD);
    }

    @Test
    void aRoleThatMakesUpForAnotherSeesWhatThatSees() {
        var yaml = "roles: { partner: [billing] }\n" + Gates.CLIENTS
                + "policies: { b: { paths: [/keyed], authenticate: [api-key], response-body: "
                + MASKS.replace("partner", "billing") + " } }";
        var gate = Gate.builder(Gates.file(yaml)).listener(listener).build();

        assertThat(sent(gate, Gates.keyed(Gates.get("/keyed")), JSON, CARD)).isEqualTo(CARD);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, <p>",
        "application/json;charset=utf-16, '{}'",
        "application/json, '{\"a\":'",
        "application/json, '{} {}'",
        "not a type, '{}'",
    })
    void lessThanAMaskIsADenial(String type, String text) {
        assertThat(sent(gate(MASKS), Gates.get("/"), type, text)).isEqualTo("502 response-denied");
        assertThat(told).containsExactly("denied a.response-masks response-not-masked");
        assertThat(sent(gate(MASKS), Gates.keyed(Gates.get("/keyed")), type, text))
                .isEqualTo(text);
    }

    @Test
    void deniesWhatCannotBeMaskedBecauseOfHowItIsSent() {
        for (var why : Watch.Unjudged.values()) {
            assertThat(sent(gate(MASKS), Gates.get("/"), JSON, CARD, why)).isEqualTo("502 response-denied");
        }
        assertThat(sent(gate(MASKS.replace("{ masks", "{ max-size: 10B, masks")), Gates.get("/"), JSON, CARD))
                .isEqualTo("502 response-denied");
    }

    /** Whoever looks for leaks sees what the application wrote. */
    @Test
    void findsLeaksBeforeFieldsAreMasked() {
        var gate = gate(MASKS.replace("{ masks", "{ leaks: {}, masks"));

        assertThat(sent(gate, Gates.get("/"), JSON, CARD)).isEqualTo("{\"card\":\"****1111\"}");
        assertThat(told).containsExactly("noticed a.response-leaks leak [payment-card] payment-card 1 (***1111)");
    }

    @Test
    void tellsOfLargeResponsesOnce() {
        var gate = gate("{ alarm-size: 1KB }");
        for (var bytes : new long[] {1023, 1024}) {
            var view = gate.view(Gates.get("/"));
            var watch = gate.engine().evaluate(view).watch();
            assertThat(watch.asksBytes()).isTrue();
            watch.ended(view, Ending.ANSWERED, new Watch.Sent() {
                @Override
                public int status() {
                    return 200;
                }

                @Override
                public @Nullable String header(String name) {
                    return null;
                }

                @Override
                public long bytes() {
                    return bytes;
                }
            });
        }

        assertThat(told).containsExactly("noticed a.response-size large-response [] 1024 bytes");
    }

    private static final String SCHEMA = "{ schema: { document: '{\"type\":\"object\",\"properties\":{\"a\":{\"type\":"
            + "\"integer\"}},\"additionalProperties\":false}', statuses: [2XX, 404], media-types: [application/json] } }";

    private static final String VIOLATION = "a.response-schema response-schema-violation";

    /** What is told of an answer, body first, as adapters do. */
    private List<String> judged(Gate gate, int status, String type, String text) {
        told.clear();
        var view = gate.view(Gates.get("/a"));
        var watch = gate.engine().evaluate(view).watch();
        var head = WrittenHead.ofApplication(status, List.of(new Header("Content-Type", type)));
        var hold = watch.holding(view, head);
        if (hold != null) {
            hold.judge(new Body(head, text));
        }
        watch.sending(view, head);
        watch.sending(view, head);
        return told;
    }

    @Test
    void tellsOfResponsesThatAreNotAsAgreed() {
        var gate = gate(SCHEMA);

        assertThat(judged(gate, 200, JSON, "{\"a\":1}")).isEmpty();
        assertThat(judged(gate, 404, "text/html", "<p>")).isEmpty();
        assertThat(judged(gate, 304, "text/html", "")).isEmpty();
        assertThat(judged(gate, 200, JSON, "{\"a\":1,\"b\":2}")).containsExactly("would have denied " + VIOLATION);
        assertThat(judged(gate, 200, JSON, "{\"a\":")).containsExactly("would have denied " + VIOLATION);
        assertThat(judged(gate, 200, "text/plain", "x")).containsExactly("would have denied " + VIOLATION);
        assertThat(judged(gate, 500, JSON, "{}")).containsExactly("would have denied " + VIOLATION);
        assertThat(gate.metrics().samples().stream()
                        .filter(sample -> sample.name().equals("portcullis_response_schema_violations_total"))
                        .map(sample -> sample.labels() + " " + sample.value()))
                .containsExactly("{mode=observe, rule=a.response-schema} 4.0");
    }

    @Test
    void deniesThemWhereThatIsEnforced() {
        var gate = gate(SCHEMA.replace("statuses", "mode: enforce, statuses"));

        assertThat(sent(gate, Gates.get("/"), JSON, "{\"b\":2}")).isEqualTo("502 response-denied");
        assertThat(sent(gate, Gates.get("/"), JSON, "{\"a\":2}")).isEqualTo("{\"a\":2}");
        assertThat(sent(gate, Gates.get("/"), JSON, "{\"b\":2}", Watch.Unjudged.STREAMED))
                .isEqualTo("{\"b\":2}");
        assertThat(told).contains("noticed a.response-schema response-not-judged [] streamed");
        assertThat(judged(gate, 500, JSON, "{}")).containsExactly("denied " + VIOLATION);
    }

    private static Gate described(String responses, Listener listener) {
        var document = """
                {"openapi":"3.0.3","paths":{"/a":{"get":{"responses":{
                  "200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}},
                  "4XX":{"$ref":"#/components/responses/Bad"}}}}},
                 "components":{"responses":{"Bad":{"content":{"application/problem+json":{"schema":{"type":"object"}}}}},
                  "schemas":{"A":{"type":"object","required":["id","secret"],"properties":{
                    "id":{"type":"integer","readOnly":true},"secret":{"type":"string","writeOnly":true}}}}}}
                """;
        return Gate.builder(Gates.file("policies: { a: { paths: [/**], public: true, openapi: { responses: " + responses
                        + ", document: '" + document.replace("\n", " ") + "' } } }"))
                .listener(listener)
                .build();
    }

    @Test
    void holdsResponsesAgainstTheDocument() {
        var gate = described("observe", listener);
        var violation = "would have denied a.openapi.response-schema response-schema-violation";

        assertThat(judged(gate, 200, JSON, "{\"id\":1}")).isEmpty();
        assertThat(judged(gate, 404, "application/problem+json", "{}")).isEmpty();
        assertThat(judged(gate, 200, JSON, "{\"id\":\"1\"}")).containsExactly(violation);
        assertThat(judged(gate, 200, JSON, "{}")).containsExactly(violation);
        assertThat(judged(gate, 200, JSON, "{\"id\":1,\"secret\":\"s\"}")).containsExactly(violation);
        assertThat(judged(gate, 200, "text/html", "<p>")).containsExactly(violation);
        assertThat(judged(gate, 418, JSON, "{}")).containsExactly(violation);
        assertThat(judged(gate, 500, JSON, "{}")).containsExactly(violation);
        assertThat(judged(described("enforce", listener), 500, JSON, "{}"))
                .containsExactly("denied a.openapi.response-schema response-schema-violation");
        assertThat(judged(described("ignore", listener), 500, JSON, "{}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | response-body | asks nothing",
                "{ max-size: 65MB, leaks: {} } | response-body.max-size | `65MB` (expected: a size from 1B to 64MB)",
                "{ schema: {} } | response-body.schema | asks nothing",
                "{ schema: { statuses: [600] } } | response-body.schema.statuses[0] | status: `600` (expected: such as `200` or `4XX`)",
                "{ schema: { media-types: [json] } } | response-body.schema.media-types[0] | media type: `json` (expected: type/subtype; name=value)",
                "{ leaks: { mask: [cards] } } | response-body.leaks.mask[0] | no kind of leak `cards`",
                "{ leaks: { mask: [jwt], stop: [jwt] } } | response-body.leaks.stop[0] | `jwt` twice (expected: each kind in one of the lists)",
                "{ leaks: { unjudged: stop } } | response-body.leaks.unjudged | `stop` (expected: a consequence)",
                "{ masks: { m: {} } } | response-body.masks.m.pointers | no pointers",
                "{ masks: { m: { pointers: [card] } } } | response-body.masks.m | pointer: `card` (expected: a JSON Pointer such as `/items/*/card`)",
                "{ masks: { m: { pointers: [/a] }, n: { pointers: [/a] } } } | response-body.masks | pointer: `/a` twice (expected: once)",
                "{ masks: { m: { pointers: [/a], show: all } } } | response-body.masks.m.show | `all` (expected: a word)",
            })
    void namesWhatIsWrong(String part, String key, String message) {
        assertThatThrownBy(() -> gate(part))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        wrong -> assertThat(wrong.problems()).anySatisfy(problem -> {
                            assertThat(problem.key()).isEqualTo("policies.a." + key);
                            assertThat(problem.message()).isEqualTo(message);
                        }));
    }
}
