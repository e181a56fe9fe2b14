package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.http.Json;
import dev.portcullis.http.RecordedWire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonBodyTest {

    private static final String ORDER = """
            {"type": "object",
             "properties": {
               "qty": {"type": "integer", "minimum": 1},
               "when": {"type": "string", "format": "date-time"},
               "tags": {"type": "array", "items": {"type": "string", "maxLength": 8}, "uniqueItems": true},
               "labels": {"type": "object", "additionalProperties": {"type": "string"}}},
             "required": ["qty"],
             "additionalProperties": false}""";

    static JsonNode json(String text) {
        return ((Json.Read) Json.read(text.getBytes(StandardCharsets.UTF_8))).node();
    }

    private static JsonBody orders() {
        return JsonBody.of(json(ORDER), 4096);
    }

    private static RecordedWire post(String body) {
        return RecordedWire.of("POST", "/orders")
                .with("Content-Type", "application/json")
                .with("Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length))
                .body(body);
    }

    private static Verdict verdict(RecordedWire wire) {
        return orders().check(wire.view());
    }

    private static Reply denied(RecordedWire wire) {
        return ((Verdict.Deny) verdict(wire)).reply();
    }

    private static List<String> errors(String body) {
        return denied(post(body)).errors().stream()
                .map(error -> error.pointer() + " " + error.keyword())
                .toList();
    }

    @Test
    void passesABodyThatIsAsTheSchemaSays() {
        assertThat(verdict(post("{\"qty\": 2, \"when\": \"2026-11-22T08:00:00Z\", \"labels\": {\"a\": \"b\"}}")))
                .isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void takesNoTextForANumber() {
        assertThat(errors("{\"qty\": \"1\"}")).containsExactly("/qty type");
    }

    @Test
    void namesTheMissingProperty() {
        assertThat(errors("{}")).containsExactly("/qty required");
    }

    @Test
    void namesTheParentOfAnUnknownProperty() {
        assertThat(errors("{\"qty\": 1, \"secret\": 1}")).containsExactly(" additionalProperties");
    }

    @Test
    void namesNoPropertyThatTheClientMadeUp() {
        assertThat(errors("{\"qty\": 1, \"labels\": {\"secret\": 1}}")).containsExactly("/labels/* type");
    }

    @Test
    void namesTheIndexInAnArray() {
        assertThat(errors("{\"qty\": 1, \"tags\": [\"a\", 2]}")).containsExactly("/tags/1 type");
    }

    @Test
    void assertsFormats() {
        assertThat(errors("{\"qty\": 1, \"when\": \"yesterday\"}")).containsExactly("/when format");
    }

    @Test
    void deniesOtherMediaTypes() {
        for (var type : List.of(
                "text/plain", "application/json; charset=utf-16", "application/json, application/json", "json", "")) {
            var wire = RecordedWire.of("POST", "/").with("Content-Type", type).body("{\"qty\": 1}");
            assertThat(denied(wire).code()).as(type).isEqualTo("unsupported-media-type");
        }
        assertThat(denied(RecordedWire.of("POST", "/").body("{}")).status()).isEqualTo(415);
    }

    @Test
    void deniesEncodedBodies() {
        assertThat(denied(post("{}").with("Content-Encoding", "gzip")).status()).isEqualTo(415);
        assertThat(verdict(post("{\"qty\": 1}").with("Content-Encoding", "identity")))
                .isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void deniesAMissingBodyWhereTheMethodHasOne() {
        assertThat(denied(RecordedWire.of("POST", "/").with("Content-Length", "0"))
                        .code())
                .isEqualTo("malformed-body");
        assertThat(verdict(RecordedWire.of("GET", "/"))).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void deniesABodyThatIsTooLong() {
        assertThat(denied(post("\"" + "a".repeat(5000) + "\"")).status()).isEqualTo(413);
    }

    @Test
    void refusesToBuildWhatCouldNotBeHeldAgainstABody() {
        assertThatThrownBy(() -> JsonBody.of(json("{\"type\": \"strng\"}"), 1)).hasMessageContaining("/type");
        assertThatThrownBy(() -> JsonBody.of(json("{\"pattern\": \"(a)\\\\1\"}"), 1))
                .hasMessageContaining("backreferences");
        assertThatThrownBy(() -> JsonBody.of(json("{\"format\": \"phone\"}"), 1))
                .hasMessageContaining("`phone`");
        assertThatThrownBy(() -> JsonBody.of(json("{\"maxlength\": 1}"), 1)).hasMessageContaining("`maxLength`");
        assertThatThrownBy(() -> JsonBody.of(json("{\"items\": {\"$ref\": \"http://example.com/a.json#b\"}}"), 1))
                .hasMessage(
                        "schema: `/items/$ref` refers to `http://example.com/a.json#b` (expected: a schema in this document)");
        assertThatThrownBy(() -> JsonBody.of(json("{\"$ref\": \"classpath:/logback.xml\"}"), 1))
                .hasMessageContaining("refers to `classpath:/logback.xml`");
        assertThatThrownBy(() ->
                        JsonBody.of(json("{\"$id\": \"http://a.example/b\", \"$ref\": \"http://c.example/b\"}"), 1))
                .hasMessage("$ref: `http://c.example/b` (expected: no reference to another document)");
        assertThatThrownBy(() -> JsonBody.of(json("{\"unevaluatedProperties\": {\"$ref\": \"#/$defs/a\"}}"), 1))
                .hasMessageContaining("`/unevaluatedProperties/$ref` refers to `#/$defs/a`");
        assertThatThrownBy(() -> JsonBody.of(json("{\"$ref\": \"#/$defs/a\"}"), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonBody.of(json("{\"anyOf\": [{\"$ref\": \"#\"}]}"), 1))
                .hasMessage("schema: refers to itself without an end");
    }

    @Test
    void refusesToBuildWordsThatTheDraftIgnores() {
        var newer = "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"unevaluatedProperties\": false}";

        assertThatThrownBy(() -> JsonBody.of(json(newer), 1)).hasMessageContaining("`/unevaluatedProperties`");
    }

    @Test
    void namesAllProblemsAtOnce() {
        assertThatThrownBy(() -> JsonBody.of(
                        json("{\"properties\": {\"a\": {\"format\": \"phone\"}, \"b\": {\"maxlength\": 1}}}"), 1))
                .hasMessageContaining("`phone` at `/properties/a/format`")
                .hasMessageContaining("; schema: `/properties/b/maxlength` (expected: `maxLength`)");
    }

    @Test
    void takesPropertiesOfAnyNameForProperties() {
        var odd =
                "{\"properties\": {\"maxlength\": true, \"format\": {\"type\": \"string\"}, \"$ref\": {\"type\": \"string\"}}}";

        assertThat(JsonBody.of(json(odd), 100)).isNotNull();
    }

    @Test
    void refersToTheDraftsThemselvesWithoutANetwork() {
        var check = JsonBody.of(json("{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}"), 100);

        assertThat(check.check(post("{\"type\": \"object\"}").view())).isInstanceOf(Verdict.Pass.class);
        assertThat(check.check(post("{\"type\": \"objec\"}").view())).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void isNotChangedByItsAuthorAfterwards() {
        var schema = (ObjectNode) json("{\"type\": \"integer\"}");
        var check = JsonBody.of(schema, 100);
        schema.put("type", "string");

        assertThat(check.check(post("1").view())).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void judgesManyBodiesAtOnceAsItJudgesThemOneByOne() {
        var check = orders();
        var bodies =
                List.of("{\"qty\": 1}", "{\"qty\": \"1\"}", "{\"qty\": 1, \"tags\": [\"a\", \"a\"]}", "{}", "[]", "{");
        var alone = bodies.stream().map(body -> check.check(post(body).view())).toList();

        var together = IntStream.range(0, 6_000)
                .parallel()
                .filter(i ->
                        !check.check(post(bodies.get(i % bodies.size())).view()).equals(alone.get(i % bodies.size())))
                .count();

        assertThat(together).isZero();
    }

    @Test
    void asksForABodyOnlyWhereTheMethodHasOne() {
        for (var method : List.of("GET", "HEAD", "OPTIONS", "DELETE")) {
            assertThat(verdict(RecordedWire.of(method, "/"))).as(method).isInstanceOf(Verdict.Pass.class);
            assertThat(denied(RecordedWire.of(method, "/")
                                    .with("Content-Length", "2")
                                    .body("{}"))
                            .status())
                    .as(method)
                    .isEqualTo(415);
        }
        for (var method : List.of("POST", "PUT", "PATCH", "QUERY", "post")) {
            assertThat(denied(RecordedWire.of(method, "/")).status()).as(method).isEqualTo(400);
        }
    }

    @Test
    void takesJsonUnderItsOtherNames() {
        for (var type : List.of(
                "application/merge-patch+json", "APPLICATION/JSON;charset=\"UTF-8\"", "application/json ; a=b")) {
            assertThat(verdict(RecordedWire.of("POST", "/")
                            .with("Content-Type", type)
                            .with("Content-Length", "10")
                            .body("{\"qty\": 1}")))
                    .as(type)
                    .isInstanceOf(Verdict.Pass.class);
        }
    }

    @Test
    void deniesSeveralLinesOfMediaTypes() {
        assertThat(denied(post("{\"qty\": 1}").with("Content-Type", "application/json"))
                        .status())
                .isEqualTo(415);
        assertThat(denied(post("{\"qty\": 1}").with("Content-Type", "text/plain"))
                        .status())
                .isEqualTo(415);
    }
}
