package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Schemas that nobody would write: they are refused with a word for their author, or judge bodies as any other. */
class SchemaFuzzTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> REFERENCES = List.of(
            "#",
            "#/$defs/a",
            "#/properties/a",
            "#b",
            "#/",
            "#/%",
            "a.json",
            "http://[",
            "urn:x",
            "file:///etc/passwd",
            "https://json-schema.org/draft/2020-12/schema",
            "http://json-schema.org/draft-07/schema#",
            "",
            "../..",
            "classpath:a");
    private static final List<String> MAPS = List.of("properties", "patternProperties", "$defs", "dependentSchemas");
    private static final List<String> SCHEMAS = List.of(
            "items",
            "additionalProperties",
            "not",
            "if",
            "then",
            "else",
            "contains",
            "propertyNames",
            "unevaluatedProperties",
            "unevaluatedItems",
            "contentSchema");
    private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final List<String> COUNTS = List.of(
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
            "minimum",
            "maximum",
            "multipleOf",
            "minContains",
            "maxContains",
            "exclusiveMinimum",
            "exclusiveMaximum");
    private static final List<String> TEXTS = List.of(
            "type",
            "format",
            "pattern",
            "$id",
            "$anchor",
            "$dynamicAnchor",
            "$schema",
            "$comment",
            "contentEncoding",
            "title");

    private final SplittableRandom random = Seeds.random(SchemaFuzzTest.class);
    private final Hostile hostile = new Hostile(random);

    private JsonNode schema(int depth) {
        if (depth == 0 || random.nextInt(12) == 0) {
            return NODES.booleanNode(random.nextInt(4) > 0);
        }
        var schema = NODES.objectNode();
        for (var left = random.nextInt(4); left > 0; left--) {
            word(schema, depth);
        }
        return random.nextInt(200) == 0 ? value(2) : schema;
    }

    private void word(ObjectNode schema, int depth) {
        switch (random.nextInt(9)) {
            case 0 -> schema.put(hostile.oneOf(List.of("$ref", "$dynamicRef")), hostile.oneOf(REFERENCES));
            case 1, 2 -> schema.set(hostile.oneOf(MAPS), map(depth));
            case 3, 4 -> schema.set(hostile.oneOf(SCHEMAS), schema(depth - 1));
            case 5 ->
                schema.set(
                        hostile.oneOf(LISTS),
                        NODES.arrayNode().add(schema(depth - 1)).add(schema(depth - 1)));
            case 6 -> schema.put(hostile.oneOf(COUNTS), random.nextInt(-1, 5));
            case 7 -> schema.put(hostile.oneOf(TEXTS), text());
            default ->
                schema.set(
                        hostile.oneOf(List.of("enum", "const", "required", "uniqueItems", "default", "x")), value(2));
        }
    }

    private ObjectNode map(int depth) {
        var map = NODES.objectNode();
        for (var left = random.nextInt(3); left > 0; left--) {
            map.set(name(), schema(depth - 1));
        }
        return map;
    }

    private String text() {
        var words =
                List.of("string", "object", "array", "integer", "date", "uri", "b", "^a", "https://a.example/b", "#b");
        return random.nextInt(3) == 0 ? hostile.text(4) : hostile.oneOf(words);
    }

    private String name() {
        return random.nextInt(5) == 0 ? hostile.text(3) : hostile.oneOf(List.of("a", "b", "c", "^x"));
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> NODES.textNode(name());
            case 1 -> NODES.numberNode(random.nextInt(10));
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> NODES.nullNode();
            case 4 -> list(depth);
            default -> NODES.objectNode().set(name(), value(depth - 1));
        };
    }

    private ArrayNode list(int depth) {
        return NODES.arrayNode().add(value(depth - 1)).add(value(depth - 1));
    }

    @Test
    void refusesOrBuildsWhateverIsWritten() {
        var built = 0;
        for (var i = 0; i < 4_000; i++) {
            var schema = schema(4);
            try {
                var check = JsonBody.of(schema, 1_000);
                built++;
                judge(schema, check);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).as(schema.toString()).isNotBlank();
            } catch (RuntimeException e) {
                throw new AssertionError(schema.toString(), e);
            }
        }
        assertThat(built).isGreaterThan(500);
    }

    private void judge(JsonNode schema, JsonBody check) {
        for (var i = 0; i < 5; i++) {
            var body = value(3).toString();
            var verdict = check.check(RecordedWire.of("POST", "/")
                    .with("Content-Type", "application/json")
                    .with("Transfer-Encoding", "chunked")
                    .body(body)
                    .view());
            assertThat(verdict).as(schema + " with " + body).isInstanceOfAny(Verdict.Pass.class, Verdict.Deny.class);
        }
    }
}
