package dev.portcullis.config;

import static dev.portcullis.config.AnswerStage.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Listener;
import dev.portcullis.Watch;
import dev.portcullis.http.WrittenHead;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told and denied of responses that are not as agreed, as configured. */
class AgreedBodiesTest {

    private final AnswerStage stage = new AnswerStage();

    private static final String SCHEMA = "{ schema: { document: '{\"type\":\"object\",\"properties\":{\"a\":{\"type\":"
            + "\"integer\"}},\"additionalProperties\":false}', statuses: [2XX, 404], media-types: [application/json] } }";

    private static final String VIOLATION = "a.response-schema response-schema-violation";

    @Test
    void tellsOfResponsesThatAreNotAsAgreed() {
        var gate = stage.gate(SCHEMA);

        assertThat(stage.judged(gate, 200, JSON, "{\"a\":1}")).isEmpty();
        assertThat(stage.judged(gate, 404, "text/html", "<p>")).isEmpty();
        assertThat(stage.judged(gate, 304, "text/html", "")).isEmpty();
        assertThat(stage.judged(gate, 200, JSON, "{\"a\":1,\"b\":2}"))
                .containsExactly("would have denied " + VIOLATION);
        assertThat(stage.judged(gate, 200, JSON, "{\"a\":")).containsExactly("would have denied " + VIOLATION);
        assertThat(stage.judged(gate, 200, "text/plain", "x")).containsExactly("would have denied " + VIOLATION);
        assertThat(stage.judged(gate, 500, JSON, "{}")).containsExactly("would have denied " + VIOLATION);
        assertThat(gate.metrics().samples().stream()
                        .filter(sample -> sample.name().equals("portcullis_response_schema_violations_total"))
                        .map(sample -> sample.labels() + " " + sample.value()))
                .containsExactly("{mode=observe, rule=a.response-schema} 4.0");
    }

    @Test
    void deniesThemWhereThatIsEnforced() {
        var gate = stage.gate(SCHEMA.replace("statuses", "mode: enforce, statuses"));

        assertThat(stage.sent(gate, Gates.get("/"), JSON, "{\"b\":2}")).isEqualTo("502 response-denied");
        assertThat(stage.sent(gate, Gates.get("/"), JSON, "{\"a\":2}")).isEqualTo("{\"a\":2}");
        assertThat(stage.sent(gate, Gates.get("/"), JSON, "{\"b\":2}", Watch.Unjudged.STREAMED))
                .isEqualTo("{\"b\":2}");
        assertThat(stage.told).contains("noticed a.response-schema response-not-judged [] streamed");
        assertThat(stage.judged(gate, 500, JSON, "{}")).containsExactly("denied " + VIOLATION);
    }

    @Test
    void tellsOfMembersThatAreThereTwiceAndOfContentWithoutAType() {
        var gate = stage.gate(SCHEMA);
        var untyped = WrittenHead.ofApplication(200, List.of());

        assertThat(stage.judged(gate, 200, JSON, "{\"a\":\"secret\",\"a\":1}"))
                .containsExactly("would have denied " + VIOLATION);
        assertThat(stage.judged(gate, untyped, "{\"a\":1}")).containsExactly("would have denied " + VIOLATION);
        assertThat(stage.judged(gate, untyped, "")).isEmpty();
        assertThat(stage.judged(gate, WrittenHead.ofApplication(404, List.of()), "gone"))
                .isEmpty();
        assertThat(stage.judged(stage.gate("{ schema: { statuses: [200] } }"), untyped, "x"))
                .isEmpty();
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
        var gate = described("observe", stage.listener);
        var violation = "would have denied a.openapi.response-schema response-schema-violation";

        assertThat(stage.judged(gate, 200, JSON, "{\"id\":1}")).isEmpty();
        assertThat(stage.judged(gate, 404, "application/problem+json", "{}")).isEmpty();
        assertThat(stage.judged(gate, 200, JSON, "{\"id\":\"1\"}")).containsExactly(violation);
        assertThat(stage.judged(gate, 200, JSON, "{}")).containsExactly(violation);
        assertThat(stage.judged(gate, 200, JSON, "{\"id\":1,\"secret\":\"s\"}")).containsExactly(violation);
        assertThat(stage.judged(gate, 200, "text/html", "<p>")).containsExactly(violation);
        assertThat(stage.judged(gate, 418, JSON, "{}")).containsExactly(violation);
        assertThat(stage.judged(gate, 500, JSON, "{}")).containsExactly(violation);
        assertThat(stage.judged(described("enforce", stage.listener), 500, JSON, "{}"))
                .containsExactly("denied a.openapi.response-schema response-schema-violation");
        assertThat(stage.judged(described("ignore", stage.listener), 500, JSON, "{}"))
                .isEmpty();
    }
}
