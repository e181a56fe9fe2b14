package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Suites;
import dev.portcullis.http.RecordedWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Parameters and schemas of OpenAPI as others have written them down, through the door of requests. */
@Tag("suite")
class OpenApiSuiteTest {

    /** Where we are stricter or read the specification otherwise, by group and name, and why. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "query primitive / number empty",
            "nothing is no number",
            "query object / deepObject explode additionalProperties with object properties - missing index on nested array",
            "one value of a list needs no index",
            "query object / deepObject explode array of arrays",
            "lists within lists have no agreed form");

    /** Schemas that are none, that refer to what is not in the document, or are of the dialect of one library. */
    private static final Map<String, String> NOT_OFFERED = Map.ofEntries(
            Map.entry("dependencies.json: wrong definition", "no schema"),
            Map.entry("discriminator.json: discriminator for allOf", "refers to what is not in the document"),
            Map.entry("enum.json: Wrong definition", "no schema"),
            Map.entry("minItems.json: wrong", "no schema"),
            Map.entry("minLength.json: wrong", "no schema"),
            Map.entry("minProperties.json: wrong", "no schema"),
            Map.entry("minimum.json: wrong", "no schema"),
            Map.entry("oneOf.json: Should have at least one element", "no schema"),
            Map.entry(
                    "nullable.json: relative pointer ref to nullable object", "refers to what is not in the document"),
            Map.entry("reference.json: relative pointer ref to object", "refers to what is not in the document"),
            Map.entry("format.json: validation of float numbers", "says how a number is stored"),
            Map.entry("format.json: validation of double numbers", "says how a number is stored"),
            Map.entry("format.json: validation of binary", "says how a text is meant"),
            Map.entry("format.json: validation of password", "says how a text is meant"),
            Map.entry(
                    "optional/zeroTerminatedFloats.json: some languages do not distinguish between different types of numeric value",
                    "1.0 is an integer since draft 6"),
            Map.entry(
                    "override/additionalPropsRestrictOption.json: additionalProperties being false does not allow other properties (array)",
                    "an option of a library"),
            Map.entry(
                    "override/maximumTolerance.json: maximum override validation tolerance 0.1",
                    "an option of a library"),
            Map.entry("override/myEntityValidation.json: myEntityValidation validation", "an option of a library"));

    private final List<String> wrong = new ArrayList<>();

    private static ObjectNode document(JsonNode operation, String path) {
        var document = JsonNodeFactory.instance.objectNode().put("openapi", "3.0.3");
        document.putObject("paths").putObject(path).set("post", operation);
        return document;
    }

    @Test
    void readsParametersAsTheSuiteSays() {
        var count = 0;
        for (var row : Suites.json("openapi_parameters.json").path("cases")) {
            parameter(row);
            count++;
        }
        assertThat(wrong).isEmpty();
        assertThat(count).isGreaterThan(70);
    }

    private void parameter(JsonNode row) {
        var name = row.path("group").asText() + " / " + row.path("name").asText();
        if (OTHERWISE.containsKey(name)) {
            return;
        }
        var declared = row.path("parameter");
        var operation = JsonNodeFactory.instance.objectNode();
        operation.putArray("parameters").add(declared);
        var path = "/{" + declared.path("name").asText() + "}";
        var inPath = declared.path("in").asText().equals("path");
        var check = OpenApi.builder(document(operation, inPath ? path : "/x"))
                .ignoringUnknownParameters()
                .build();
        var denied = check.check(request(row, inPath)) instanceof Verdict.Deny;
        var invalid = !row.path("error").isNull();
        if (denied != invalid) {
            wrong.add(name + ": " + (denied ? "denied" : "passed") + " " + row);
        }
    }

    private static Request request(JsonNode row, boolean inPath) {
        var query = row.path("query").isNull() ? "" : "?" + row.path("query").asText();
        var wire = RecordedWire.of("POST", (inPath ? row.path("path").asText() : "/x") + query);
        for (var place : List.of("header", "cookie")) {
            var sent = row.path(place).asText("null");
            var colon = sent.indexOf(':');
            if (!sent.equals("null") && colon > 0) {
                var value = sent.substring(colon + 1);
                wire = place.equals("header")
                        ? wire.with(sent.substring(0, colon), value)
                        : wire.with("Cookie", sent.substring(0, colon) + "=" + value);
            }
        }
        return wire.view();
    }

    @Test
    void holdsBodiesAgainstSchemasOfTheOlderDialect() {
        var count = 0;
        for (var group : Suites.json("openapi_schema_oas30.json").path("cases")) {
            group(group);
            count++;
        }
        assertThat(wrong).isEmpty();
        assertThat(count).isGreaterThan(80);
    }

    private void group(JsonNode group) {
        var name =
                group.path("file").asText() + ": " + group.path("description").asText();
        if (NOT_OFFERED.containsKey(name)) {
            return;
        }
        var operation = JsonNodeFactory.instance.objectNode();
        operation
                .putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject("application/json")
                .set("schema", group.path("schema"));
        OpenApi check;
        try {
            check = OpenApi.builder(document(operation, "/x")).build();
        } catch (IllegalArgumentException e) {
            wrong.add(name + ": " + e.getMessage());
            return;
        }
        for (var test : group.path("tests")) {
            var wire = RecordedWire.of("POST", "/x")
                    .with("Content-Type", "application/json")
                    .body(test.path("data").toString());
            var valid = check.check(wire.view()) instanceof Verdict.Pass;
            if (valid != test.path("valid").asBoolean()) {
                wrong.add(name + " / " + test.path("description").asText() + ": " + (valid ? "passed" : "denied"));
            }
        }
    }

    @Test
    void tellsOfADenialThatIsNone() {
        parameter(JsonNodeFactory.instance
                .objectNode()
                .put("group", "planted")
                .put("name", "fault")
                .put("query", "p=1")
                .putNull("error")
                .set(
                        "parameter",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("name", "p")
                                .put("in", "query")
                                .set(
                                        "schema",
                                        JsonNodeFactory.instance.objectNode().put("type", "boolean"))));

        assertThat(wrong).hasSize(1);
    }
}
