package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.fixture.Seeds;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick look at values, beside the whole validator. */
class PlainSchemaTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int ROUNDS = 4_000;

    private static boolean told(String schema, String value) {
        var plain = PlainSchema.of(JsonBodyTest.json(schema));
        return plain != null && plain.holds(JsonBodyTest.json(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"anyOf\": [{}]}",
                "{\"allOf\": [{}]}",
                "{\"not\": {}}",
                "{\"if\": {}}",
                "{\"multipleOf\": 2}",
                "{\"patternProperties\": {}}",
                "{\"prefixItems\": []}",
                "{\"unevaluatedProperties\": false}",
                "{\"properties\": {\"a\": {\"contains\": {}}}}",
                "{\"items\": [{}]}",
                "{\"$id\": \"https://example.com/a\"}",
                "{\"$defs\": {\"a\": {\"$id\": \"b\"}}}",
                "{\"$ref\": \"#/$defs/a\", \"type\": \"object\", \"$defs\": {\"a\": {}}}",
                "{\"$ref\": \"#a\"}",
                "{\"$ref\": \"#/$defs/none\"}",
                "{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}",
                "{\"$dynamicRef\": \"#a\"}",
                "{\"exclusiveMinimum\": true}",
                "{\"format\": \"of-the-moon\"}",
                "{\"readOnly\": true}",
                "{\"discriminator\": {}}"
            })
    void saysNothingOfSchemasWithOtherWords(String schema) {
        assertThat(PlainSchema.of(JsonBodyTest.json(schema))).isNull();
    }

    @Test
    void tellsOfValuesThatAreAsAgreed() {
        var schema = """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
                 "properties": {"a": {"$ref": "#/$defs/A"}, "b": {"type": ["string", "null"], "maxLength": 3}},
                 "additionalProperties": false, "required": ["a"],
                 "$defs": {"A": {"type": "array", "minItems": 1, "items": {"type": "integer", "minimum": 0}}}}""";

        assertThat(told(schema, "{\"a\": [1, 2], \"b\": \"xyz\"}")).isTrue();
        assertThat(told(schema, "{\"a\": [1], \"b\": null}")).isTrue();
        for (var wrong : List.of(
                "{}",
                "[]",
                "{\"a\": []}",
                "{\"a\": [-1]}",
                "{\"a\": [1], \"b\": \"wxyz\"}",
                "{\"a\": [1], \"c\": 1}")) {
            assertThat(told(schema, wrong)).as(wrong).isFalse();
        }
    }

    @Test
    @Timeout(60)
    void looksAtEveryValueOnce() {
        var schema = """
                {"type": "object", "properties": {"a": {"$ref": "#"}}, "additionalProperties": {"$ref": "#"}}""";

        assertThat(told(schema, "{\"a\":".repeat(60) + "{}" + "}".repeat(60))).isTrue();
    }

    @Test
    void leavesTextsThatTakeLongToTheValidator() {
        assertThat(told("{\"pattern\": \"([a-z]{1,900}|b)[0-9]$\"}", "\"" + "a".repeat(100_000) + "\""))
                .isFalse();
    }

    @Test
    void leavesNumbersThatAreNoneToTheValidator() {
        var plain = PlainSchema.of(JsonBodyTest.json("{\"maximum\": 5}"));

        assertThat(plain).isNotNull();
        assertThat(plain.holds(NODES.numberNode(5.0))).isTrue();
        assertThat(plain.holds(NODES.numberNode(Double.NaN))).isFalse();
    }

    @Test
    void neverSaysYesWhereTheValidatorSaysNo() {
        assertThat(difference((schema, value) -> {
                    var plain = PlainSchema.of(schema);
                    return plain != null && plain.holds(value);
                }))
                .isNull();
    }

    @Test
    void aLookThatForgetsRequiredMembersIsFoundOut() {
        assertThat(difference((schema, value) -> {
                    var less = (ObjectNode) schema.deepCopy();
                    less.remove("required");
                    var plain = PlainSchema.of(less);
                    return plain != null && plain.holds(value);
                }))
                .isNotNull();
    }

    private static @Nullable String difference(BiPredicate<JsonNode, JsonNode> quick) {
        var random = Seeds.random(PlainSchemaTest.class);
        var good = 0;
        var told = 0;
        for (var i = 0; i < ROUNDS; i++) {
            var schema = document(random);
            var whole = CompiledSchema.of(schema, SchemaWords.of(schema));
            for (var tries = 0; tries < 12; tries++) {
                var value = value(random, 3);
                var right = whole.looked(value).isEmpty();
                var yes = quick.test(schema, value);
                good += right ? 1 : 0;
                told += yes ? 1 : 0;
                if (yes && !right) {
                    return schema + " of " + value;
                }
            }
        }
        assertThat(told).as("of %s", good).isGreaterThan(good / 2).isGreaterThan(ROUNDS / 10);
        return null;
    }

    private static ObjectNode document(SplittableRandom random) {
        var schema = schema(random, 3);
        var referred = schema(random, 1);
        while (referred.has("$ref")) {
            referred = schema(random, 1);
        }
        schema.putObject("$defs").set("d", referred);
        if (random.nextInt(4) == 0) {
            schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        }
        return schema;
    }

    private static ObjectNode schema(SplittableRandom random, int depth) {
        var schema = NODES.objectNode();
        if (depth < 3 && random.nextInt(6) == 0) {
            return schema.put("$ref", "#/$defs/d").put("description", "another one");
        }
        for (var left = random.nextInt(4); left > 0; left--) {
            word(schema, random, depth);
        }
        return schema;
    }

    private static void word(ObjectNode schema, SplittableRandom random, int depth) {
        switch (random.nextInt(depth == 0 ? 10 : 13)) {
            case 0 ->
                schema.put("type", pick(random, "object", "array", "string", "number", "integer", "boolean", "null"));
            case 1 -> schema.putArray("type").add("object").add(pick(random, "array", "string", "number"));
            case 2 -> schema.putArray("enum").add("a").add("ab").add(1);
            case 3 -> schema.put(pick(random, "minimum", "exclusiveMinimum"), random.nextInt(3));
            case 4 -> schema.put(pick(random, "maximum", "exclusiveMaximum"), random.nextInt(3) + 0.5);
            case 5 -> schema.put(pick(random, "minLength", "minItems", "minProperties"), random.nextInt(3));
            case 6 -> schema.put(pick(random, "maxLength", "maxItems", "maxProperties"), random.nextInt(3));
            case 7 -> schema.put("pattern", pick(random, "^a", "^[ab]+$", "b", "^.$"));
            case 8 -> schema.put("format", pick(random, "int32", "date", "email", "uuid", "double"));
            case 9 -> schema.put("uniqueItems", random.nextBoolean());
            case 10 -> schema.set("items", schema(random, depth - 1));
            case 11 -> schema.putArray("required").add(pick(random, "a", "b"));
            default -> members(schema, random, depth);
        }
    }

    private static void members(ObjectNode schema, SplittableRandom random, int depth) {
        var named = schema.putObject("properties");
        named.set("a", schema(random, depth - 1));
        named.set("b", random.nextInt(5) == 0 ? NODES.booleanNode(random.nextBoolean()) : schema(random, depth - 1));
        switch (random.nextInt(3)) {
            case 0 -> schema.put("additionalProperties", false);
            case 1 -> schema.set("additionalProperties", schema(random, depth - 1));
            default -> schema.put("title", "open");
        }
    }

    private static String pick(SplittableRandom random, String... words) {
        return words[random.nextInt(words.length)];
    }

    private static JsonNode value(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 10)) {
            case 0 -> NODES.numberNode(random.nextInt(-1, 4));
            case 1 -> NODES.numberNode(new BigDecimal(pick(random, "1.0", "0.5", "2.5", "1e20", "-3")));
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> NODES.nullNode();
            case 4, 5 ->
                NODES.textNode(pick(random, "", "a", "ab", "abb", "c", "\uD83D\uDE00", "a@example.com", "2026-01-01"));
            case 6, 7 -> list(random, depth);
            default -> object(random, depth);
        };
    }

    private static ArrayNode list(SplittableRandom random, int depth) {
        var list = NODES.arrayNode();
        for (var left = random.nextInt(4); left > 0; left--) {
            list.add(value(random, depth - 1));
        }
        return list;
    }

    private static ObjectNode object(SplittableRandom random, int depth) {
        var object = NODES.objectNode();
        for (var left = random.nextInt(4); left > 0; left--) {
            object.set(pick(random, "a", "b", "c"), value(random, depth - 1));
        }
        return object;
    }
}
