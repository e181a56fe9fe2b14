package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.portcullis.Request.Proven.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says which values of a schema can do no harm, whoever reads them: numbers, truth values, words that the schema lists, dates, ids,
 * and text of which an anchored pattern allows letters, digits, {@code _} and {@code -} alone.
 *
 * <p>What holds for some values only ({@code if}, one branch of several) proves nothing.
 */
final class Harmless {

    private static final int MAX_DEPTH = 16;
    /** How deep a reference counts, so that schemas that refer to themselves are soon left alone. */
    private static final int REFERENCE = 4;
    /** How many places are told: schemas that refer to themselves have no end. */
    private static final int MAX_VALUES = 1_000;

    private static final Set<String> TYPES = Set.of("integer", "number", "boolean", "null");
    private static final Set<String> FORMATS = Set.of("uuid", "date", "date-time", "time", "duration");
    private static final Set<String> BRANCHES = Set.of("anyOf", "oneOf");

    /** A pattern whose every character is a letter, a digit, an underscore or a hyphen. */
    private static final Pattern SAFE = Pattern.compile("\\^(?:"
            + "(?:\\[(?:A-Z|a-z|0-9|[A-Za-z0-9_]|\\\\d|\\\\w|\\\\-)++-?\\]|[A-Za-z0-9_-]|\\\\d|\\\\w|\\\\-)"
            + "(?:[+*?]|\\{[0-9]{1,4}(?:,[0-9]{0,4})?\\})?+)++\\$");

    private final JsonNode root;
    /** In draft 7, nothing beside a reference says anything. */
    private final boolean draft7;

    private int values;

    private Harmless(JsonNode root) {
        this.root = root;
        this.draft7 = root.path("$schema").asText().contains("draft-07");
    }

    /** What a schema that stands by itself proves of values that obey it. */
    static Value of(JsonNode schema) {
        return new Harmless(schema).value(schema, 0);
    }

    private Value value(JsonNode schema, int depth) {
        if (depth > MAX_DEPTH || ++values > MAX_VALUES || !schema.isObject() || depth > 0 && schema.has("$id")) {
            return Value.UNKNOWN;
        }
        if (draft7 && schema.has("$ref")) {
            return value(referred(schema), depth + REFERENCE);
        }
        if (isHarmless(schema)) {
            return Value.HARMLESS;
        }
        var members = members(schema, depth);
        var elements = schema.has("prefixItems") ? Value.UNKNOWN : value(schema.path("items"), depth + 1);
        var own = new Value(false, members, elements.isUnknown() ? null : elements);
        if (schema.has("$ref")) {
            own = both(own, value(referred(schema), depth + REFERENCE));
        }
        for (var part : schema.path("allOf")) {
            own = both(own, value(part, depth + 1));
        }
        for (var word : BRANCHES) {
            own = both(own, branches(schema.path(word), depth + 1));
        }
        return own;
    }

    private Map<String, Value> members(JsonNode schema, int depth) {
        var members = new HashMap<String, Value>();
        for (var property : schema.path("properties").properties()) {
            var value = value(property.getValue(), depth + 1);
            if (!value.isUnknown()) {
                members.put(property.getKey(), value);
            }
        }
        return members;
    }

    private JsonNode referred(JsonNode schema) {
        var reference = schema.path("$ref").asText();
        return reference.equals("#") || reference.startsWith("#/")
                ? root.at(reference.substring(1).replace("%25", "%"))
                : MissingNode.getInstance();
    }

    /** What holds in every branch; only whole values are compared. */
    private Value branches(JsonNode list, int depth) {
        if (list.isEmpty()) {
            return Value.UNKNOWN;
        }
        for (var branch : list) {
            if (!value(branch, depth).harmless()) {
                return Value.UNKNOWN;
            }
        }
        return Value.HARMLESS;
    }

    private static Value both(Value one, Value other) {
        return one.and(other);
    }

    private static boolean isHarmless(JsonNode schema) {
        if (schema.has("const") || schema.path("enum").isArray()) {
            return true;
        }
        var types = schema.path("type");
        if (types.isTextual()) {
            return isHarmless(types.textValue(), schema);
        }
        for (var type : types) {
            if (!isHarmless(type.asText(), schema)) {
                return false;
            }
        }
        return !types.isEmpty();
    }

    private static boolean isHarmless(String type, JsonNode schema) {
        return TYPES.contains(type)
                || type.equals("string")
                        && (FORMATS.contains(schema.path("format").asText())
                                || SAFE.matcher(schema.path("pattern").asText()).matches());
    }
}
