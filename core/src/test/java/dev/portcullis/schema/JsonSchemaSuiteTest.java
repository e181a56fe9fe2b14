package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Suites;
import dev.portcullis.http.RecordedWire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON Schema Test Suite, through the door of requests. */
@Tag("suite")
class JsonSchemaSuiteTest {

    private static final String DRAFT_7 = "http://json-schema.org/draft-07/schema#";

    /** What is not offered, by what the error says of it. */
    private static final Map<String, String> NOT_OFFERED = Map.of(
            "no reference to another document", "refers to another document",
            "a schema in this document", "refers to another document",
            "$schema: ", "has a dialect of its own",
            "format: ", "has a format that nobody could assert",
            "lookahead", "has a pattern that takes more than linear time",
            "backreferences", "has a pattern that takes more than linear time",
            "general categories", "has a property of characters that is not known");

    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Integer> right = new TreeMap<>();

    @ParameterizedTest
    @CsvSource({"draft2020-12, 200", "draft7, 100"})
    void judgesAsTheSuiteSays(String draft, int atLeast) {
        var groups = 0;
        for (var group : Suites.json("json_schema_" + draft + ".json").path("cases")) {
            groups++;
            judge(draft, group);
        }
        System.out.println(draft + ": right " + right);
        assertThat(wrong).isEmpty();
        assertThat(groups).isGreaterThan(atLeast);
    }

    private void judge(String draft, JsonNode group) {
        var name = draft + " " + group.path("file").asText() + ": "
                + group.path("description").asText();
        var schema = group.path("schema").deepCopy();
        if (draft.equals("draft7") && schema instanceof ObjectNode object && !object.has("$schema")) {
            object.put("$schema", DRAFT_7);
        }
        var check = built(name, schema);
        if (check == null) {
            return;
        }
        for (var test : group.path("tests")) {
            var passes = check.check(post(test.path("data")).view()) instanceof Verdict.Pass;
            if (passes == test.path("valid").asBoolean()) {
                right.merge(kind(group), 1, Integer::sum);
            } else if (!isAnnotationOnly(test)) {
                wrong.add(name + ": " + test.path("description").asText());
            }
        }
    }

    private JsonBody built(String name, JsonNode schema) {
        try {
            return JsonBody.of(schema, 1 << 20);
        } catch (IllegalArgumentException e) {
            var why = NOT_OFFERED.entrySet().stream()
                    .filter(entry -> String.valueOf(e.getMessage()).contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
            why.ifPresentOrElse(
                    reason -> System.out.println("not offered: " + name + " (" + reason + ")"),
                    () -> wrong.add(name + ": " + e.getMessage()));
            return null;
        }
    }

    /** Formats are asserted here, whatever the standard's default is. */
    private static boolean isAnnotationOnly(JsonNode test) {
        var description = test.path("description").asText();
        var only = description.endsWith("is only an annotation by default");
        if (only) {
            System.out.println("asserted although the default is not to: " + description);
        }
        return only;
    }

    private static String kind(JsonNode group) {
        if (group.path("format").asBoolean()) {
            return "format";
        }
        return group.path("optional").asBoolean() ? "optional" : "required";
    }

    private static RecordedWire post(JsonNode data) {
        var bytes = data.toString().getBytes(StandardCharsets.UTF_8);
        return RecordedWire.of("POST", "/")
                .with("Content-Type", "application/json")
                .with("Content-Length", Integer.toString(bytes.length))
                .body(bytes);
    }
}
