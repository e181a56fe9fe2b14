package dev.portcullis.config;

import static dev.portcullis.config.AnswerStage.CARD;
import static dev.portcullis.config.AnswerStage.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Ending;
import dev.portcullis.Watch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is judged and changed in the bodies of responses, as configured. */
class ResponseBodiesTest {

    private final AnswerStage stage = new AnswerStage();

    @Test
    void countsLeaksUnlessToldOtherwise() {
        assertThat(stage.sent(stage.gate("{ leaks: {} }"), Gates.get("/"), JSON, CARD))
                .isEqualTo(CARD);
        assertThat(stage.told).containsExactly("noticed a.response-leaks leak [payment-card] payment-card 1 (***1111)");
    }

    @Test
    void countsThemInMetricsToo() {
        var gate = stage.gate("{ leaks: { stop: [payment-card] } }");
        stage.sent(gate, Gates.get("/"), JSON, CARD);
        stage.sent(gate, Gates.get("/"), JSON, "{\"a\":\"AKIA" + "IOSFODNN7EXAMPLE\"}");

        assertThat(gate.metrics().samples().stream()
                        .filter(sample -> sample.name().equals("portcullis_leaks_total"))
                        .map(sample -> sample.labels() + " " + sample.value()))
                .containsExactlyInAnyOrder(
                        "{kind=payment-card, rule=a.response-leaks} 1.0", "{kind=aws-key, rule=a.response-leaks} 1.0");
    }

    @Test
    void masksAndStopsWhatItIsTold() {
        var gate = stage.gate("{ leaks: { mask: [payment-card], stop: [stack-trace], ignore: [database-error] } }");

        assertThat(stage.sent(gate, Gates.get("/"), JSON, CARD)).isEqualTo("{\"card\":\"************1111\"}");
        assertThat(stage.sent(gate, Gates.get("/"), "text/html", "<pre>at a.b.C.d(C.java:1)</pre>"))
                .isEqualTo("502 response-denied");
        assertThat(stage.sent(gate, Gates.get("/"), "text/plain", "ORA-00942: no table"))
                .isEqualTo("ORA-00942: no table");
        assertThat(stage.told)
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
        stage.sent(stage.gate("{ leaks: {} }"), Gates.get("/"), type, CARD);

        assertThat(stage.told).hasSize(looks ? 1 : 0);
    }

    @Test
    void observesWhatItWouldDo() {
        var gate = stage.gate("{ leaks: { mask: [payment-card], stop: [stack-trace], mode: observe } }");

        assertThat(stage.sent(gate, Gates.get("/"), JSON, CARD)).isEqualTo(CARD);
        assertThat(stage.sent(gate, Gates.get("/"), "text/plain", "at a.b.C.d(C.java:1)"))
                .startsWith("at ");
        assertThat(stage.told.get(1)).isEqualTo("would have denied a.response-leaks leak");
    }

    @Test
    void tellsOfTextThatCannotBeLookedAt() {
        var streamed = Watch.Unjudged.STREAMED;

        assertThat(stage.sent(stage.gate("{ leaks: {} }"), Gates.get("/"), JSON, CARD, streamed))
                .isEqualTo(CARD);
        assertThat(stage.sent(stage.gate("{ max-size: 10B, leaks: {} }"), Gates.get("/"), JSON, CARD))
                .isEqualTo(CARD);
        assertThat(stage.told)
                .containsExactly(
                        "noticed a.response-leaks response-not-judged [] streamed",
                        "noticed a.response-leaks response-not-judged [] too-long");
        assertThat(stage.sent(stage.gate("{ leaks: { unjudged: deny } }"), Gates.get("/"), JSON, CARD, streamed))
                .isEqualTo("502 response-denied");
    }

    private static final String MASKS =
            "{ masks: { card: { pointers: [/card, /cards/*], plain-for-roles: [partner], show: last-four } } }";

    @Test
    void masksFieldsForAllButThoseWhoMaySeeThem() {
        var gate = stage.gate(MASKS);

        assertThat(stage.sent(gate, Gates.get("/"), JSON, CARD)).isEqualTo("{\"card\":\"****1111\"}");
        assertThat(stage.sent(gate, Gates.get("/"), JSON, "{\"cards\": [1 , \"x\"]}"))
                .isEqualTo("{\"cards\": [null , \"****\"]}");
        assertThat(stage.sent(gate, Gates.keyed(Gates.get("/keyed")), JSON, CARD))
                .isEqualTo(CARD);
        assertThat(stage.sent(
                        stage.gate(MASKS.replace("partner", "other")), Gates.keyed(Gates.get("/keyed")), JSON, CARD))
                .isEqualTo("{\"card\":\"****1111\"}");
        assertThat(stage.sent(
                        stage.gate(MASKS.replace("roles: [partner]", "scopes: [write, read]")),
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
        var gate = Gate.builder(Gates.file(yaml)).listener(stage.listener).build();

        assertThat(stage.sent(gate, Gates.keyed(Gates.get("/keyed")), JSON, CARD))
                .isEqualTo(CARD);
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
        assertThat(stage.sent(stage.gate(MASKS), Gates.get("/"), type, text)).isEqualTo("502 response-denied");
        assertThat(stage.told).containsExactly("denied a.response-masks response-not-masked");
        assertThat(stage.sent(stage.gate(MASKS), Gates.keyed(Gates.get("/keyed")), type, text))
                .isEqualTo(text);
    }

    @Test
    void deniesWhatCannotBeMaskedBecauseOfHowItIsSent() {
        for (var why : Watch.Unjudged.values()) {
            assertThat(stage.sent(stage.gate(MASKS), Gates.get("/"), JSON, CARD, why))
                    .isEqualTo("502 response-denied");
        }
        assertThat(stage.sent(
                        stage.gate(MASKS.replace("{ masks", "{ max-size: 10B, masks")), Gates.get("/"), JSON, CARD))
                .isEqualTo("502 response-denied");
    }

    /** Whoever looks for leaks sees what the application wrote. */
    @Test
    void findsLeaksBeforeFieldsAreMasked() {
        var gate = stage.gate(MASKS.replace("{ masks", "{ leaks: {}, masks"));

        assertThat(stage.sent(gate, Gates.get("/"), JSON, CARD)).isEqualTo("{\"card\":\"****1111\"}");
        assertThat(stage.told).containsExactly("noticed a.response-leaks leak [payment-card] payment-card 1 (***1111)");
    }

    @Test
    void tellsOfLargeResponsesOnce() {
        var gate = stage.gate("{ alarm-size: 1KB }");
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

        assertThat(stage.told).containsExactly("noticed a.response-size large-response [] 1024 bytes");
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
        assertThatThrownBy(() -> stage.gate(part))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        wrong -> assertThat(wrong.problems()).anySatisfy(problem -> {
                            assertThat(problem.key()).isEqualTo("policies.a." + key);
                            assertThat(problem.message()).isEqualTo(message);
                        }));
    }
}
