package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a schema takes for a value, as far as it must be known to read one from text. Immutable.
 *
 * @param types the names of the types that it allows; empty when it says nothing of them
 * @param items the shape of elements; null when nothing is said
 * @param properties the shapes of properties, by name
 * @param others the shape of properties without a name of the schema's; null when nothing is said
 */
record Shape(
        Set<String> types,
        @Nullable Shape items,
        Map<String, Shape> properties,
        @Nullable Shape others) {

    /** The shape of which nothing is known: text. */
    static final Shape TEXT = new Shape(Set.of(), null, Map.of(), null);

    private static final int MAX_DEPTH = 6;
    private static final int MAX_NUMBER = 64;
    private static final Pattern INTEGER = Pattern.compile("-?(?:0|[1-9][0-9]*+)");
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?[0-9]{1,3})?+");

    /** Copies the collections. */
    Shape {
        types = Set.copyOf(types);
        properties = Map.copyOf(properties);
    }

    /** The shape of a schema that stands by itself. */
    static Shape of(JsonNode schema) {
        return new Reading(schema).shape(schema, 0);
    }

    boolean isArray() {
        return types.contains("array") && !hasScalar();
    }

    /** Tells whether values are lists or something else. */
    boolean mayBeArray() {
        return types.contains("array");
    }

    boolean isObject() {
        return types.contains("object") && !hasScalar();
    }

    /** Tells whether values are text and nothing else. */
    boolean isText() {
        return types.equals(Set.of("string")) || types.equals(Set.of("string", "null"));
    }

    /** Tells whether an object may have properties of any name. */
    boolean isFree() {
        return isObject() && (others != null || properties.isEmpty());
    }

    private boolean hasScalar() {
        return types.contains("string")
                || types.contains("integer")
                || types.contains("number")
                || types.contains("boolean");
    }

    /** The shape of the property. */
    Shape property(String name) {
        var known = properties.get(name);
        return known != null ? known : others == null ? TEXT : others;
    }

    /** The shape of elements. */
    Shape element() {
        return items == null ? TEXT : items;
    }

    /** A scalar as the schema may mean it: a number or a truth value where the text is written like one and such are allowed. */
    JsonNode scalar(String text) {
        var nodes = JsonNodeFactory.instance;
        if (isNumber(text)) {
            return nodes.numberNode(new BigDecimal(text));
        }
        if (types.contains("boolean") && (text.equals("true") || text.equals("false"))) {
            return nodes.booleanNode(text.equals("true"));
        }
        return nodes.textNode(text);
    }

    private boolean isNumber(String text) {
        if (text.length() > MAX_NUMBER) {
            return false;
        }
        return types.contains("number") && NUMBER.matcher(text).matches()
                || types.contains("integer") && INTEGER.matcher(text).matches();
    }

    /** Tells whether a text that could be a number may be meant as text as well. */
    boolean allowsText() {
        return types.isEmpty() || types.contains("string");
    }

    /** One reading of a schema. */
    private record Reading(JsonNode root) {

        Shape shape(JsonNode schema, int depth) {
            if (depth > MAX_DEPTH || !schema.isObject()) {
                return TEXT;
            }
            var parts = new Parts();
            collect(schema, parts, depth);
            return new Shape(parts.types, parts.items, parts.properties, parts.others);
        }

        private void collect(JsonNode schema, Parts parts, int depth) {
            if (depth > MAX_DEPTH) {
                return;
            }
            if (schema.has("$ref")) {
                collect(root.at(schema.path("$ref").asText().substring(1).replace("%25", "%")), parts, depth + 1);
            }
            parts.types(schema.path("type"));
            for (var word : Set.of("allOf", "anyOf", "oneOf")) {
                schema.path(word).forEach(part -> collect(part, parts, depth + 1));
            }
            if (schema.has("items")) {
                parts.items = shape(schema.get("items"), depth + 1);
                parts.implied("array");
            }
            var others = schema.path("additionalProperties");
            if (others.isObject() || others.asBoolean()) {
                parts.others = shape(others, depth + 1);
            }
            for (var property : schema.path("properties").properties()) {
                parts.properties.put(property.getKey(), shape(property.getValue(), depth + 1));
                parts.implied("object");
            }
            for (var value : schema.path("enum")) {
                parts.implied(typeOf(value));
            }
            if (schema.has("const")) {
                parts.implied(typeOf(schema.get("const")));
            }
        }

        private static String typeOf(JsonNode value) {
            return switch (value.getNodeType()) {
                case NUMBER -> "number";
                case BOOLEAN -> "boolean";
                case ARRAY -> "array";
                case OBJECT -> "object";
                case NULL -> "null";
                default -> "string";
            };
        }
    }

    /** What was collected so far. */
    private static final class Parts {

        private final Set<String> types = new HashSet<>();
        private final Map<String, Shape> properties = new HashMap<>();
        private @Nullable Shape items;
        private @Nullable Shape others;

        void types(JsonNode said) {
            if (said.isTextual()) {
                types.add(said.textValue());
            }
            said.forEach(type -> types.add(type.asText()));
        }

        void implied(String type) {
            if (types.isEmpty()) {
                types.add(type);
            }
        }
    }
}
