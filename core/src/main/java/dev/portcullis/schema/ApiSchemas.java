package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The schemas of an OpenAPI document as schemas of JSON Schema 2020-12 that stand by themselves, as requests must obey them.
 *
 * <p>What OpenAPI 3.0 says otherwise is said in the words of 2020-12 ({@code nullable}, exclusive bounds that are true or false,
 * nothing beside a reference). A property that is only to be read must not be sent, and is required of nobody; in responses, that holds of
 * properties that are only to be written.
 */
final class ApiSchemas {

    private static final String LOCAL = "#/";
    private static final int MAX_DEPTH = 200;
    /** How deep a reference counts, so that schemas that refer to themselves are soon left alone. */
    private static final int REFERENCE = 20;

    private static final Set<String> ONE =
            Set.of("additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then");
    private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> MAPS = Set.of("$defs", "dependentSchemas", "patternProperties", "properties");
    /** What says nothing of values, or is said otherwise here. */
    private static final Set<String> DROPPED = Set.of(
            "$schema",
            "discriminator",
            "example",
            "examples",
            "externalDocs",
            "nullable",
            "readOnly",
            "writeOnly",
            "xml");

    private final JsonNode document;
    private final boolean oas30;
    private final String hidden;
    private final Set<String> unknownFormats = new HashSet<>();

    /** The schemas of requests. */
    ApiSchemas(JsonNode document, boolean oas30) {
        this(document, oas30, "readOnly");
    }

    private ApiSchemas(JsonNode document, boolean oas30, String hidden) {
        this.document = document;
        this.oas30 = oas30;
        this.hidden = hidden;
    }

    /** The schemas of responses. */
    static ApiSchemas ofResponses(JsonNode document, boolean oas30) {
        return new ApiSchemas(document, oas30, "writeOnly");
    }

    /** The formats that nobody checks, and that were left out. */
    Set<String> unknownFormats() {
        return unknownFormats;
    }

    /**
     * A schema with all that it refers to.
     *
     * @throws IllegalArgumentException when a reference leads elsewhere or nowhere
     */
    ObjectNode standing(JsonNode schema) {
        var walk = new Walk();
        var root = walk.converted(schema, 0);
        var whole = root.isObject() ? (ObjectNode) root : JsonNodeFactory.instance.objectNode();
        if (root.isBoolean() && !root.booleanValue()) {
            whole.putObject("not");
        }
        walk.resolve();
        if (!walk.definitions.isEmpty()) {
            var definitions = whole.withObject("/$defs");
            walk.definitions.forEach(definitions::set);
        }
        return whole;
    }

    /** What a reference leads to. */
    JsonNode at(String reference) {
        var target = reference.startsWith(LOCAL) ? document.at(pointer(reference)) : document.path("");
        if (target.isMissingNode()) {
            throw new IllegalArgumentException(
                    "$ref: `" + reference + "` (expected: something in this document, as `#/components/...`)");
        }
        return target;
    }

    private static String pointer(String reference) {
        return reference.substring(1).replace("%7B", "{").replace("%7D", "}").replace("%20", " ");
    }

    /** One conversion, with what it has met on its way. */
    private final class Walk {

        private final Map<String, JsonNode> definitions = new LinkedHashMap<>();
        private final ArrayDeque<String> open = new ArrayDeque<>();
        private final Set<String> met = new HashSet<>();

        void resolve() {
            while (!open.isEmpty()) {
                var reference = open.pop();
                definitions.put(reference.substring(LOCAL.length()), converted(at(reference), 0));
            }
        }

        JsonNode converted(JsonNode schema, int depth) {
            if (depth > MAX_DEPTH) {
                throw new IllegalArgumentException("schema: nested deeper than " + MAX_DEPTH);
            }
            if (!(schema instanceof ObjectNode object)) {
                return schema;
            }
            var result = JsonNodeFactory.instance.objectNode();
            if (object.has("$ref")) {
                result.put("$ref", referred(object.path("$ref").asText()));
                if (oas30) {
                    return result;
                }
            }
            object.properties().forEach(word -> word(word.getKey(), word.getValue(), result, depth + 1));
            forgetHidden(object, result);
            return oas30 ? spoken(object, result) : result;
        }

        private String referred(String reference) {
            if (met.add(reference)) {
                open.push(reference);
            }
            var name = reference.startsWith(LOCAL) ? reference.substring(LOCAL.length()) : reference;
            return "#/$defs/" + name.replace("~", "~0").replace("/", "~1").replace("%", "%25");
        }

        private void word(String word, JsonNode value, ObjectNode result, int depth) {
            if (DROPPED.contains(word) || word.startsWith("x-") || word.equals("$ref")) {
                return;
            }
            if (ONE.contains(word)) {
                result.set(word, converted(value, depth));
            } else if (LISTS.contains(word) && value.isArray()) {
                var list = result.putArray(word);
                value.forEach(one -> list.add(converted(one, depth)));
            } else if (MAPS.contains(word) && value.isObject()) {
                var map = result.putObject(word);
                value.properties().forEach(one -> map.set(one.getKey(), converted(one.getValue(), depth)));
            } else if (!word.equals("format") || isChecked(value)) {
                result.set(word, value);
            }
        }

        private boolean isChecked(JsonNode format) {
            if (Formats.names().contains(format.asText())) {
                return true;
            }
            unknownFormats.add(format.asText());
            return false;
        }
    }

    /** Lets nobody send what only the other side may send, here or in the schemas that all apply. */
    private void forgetHidden(ObjectNode source, ObjectNode result) {
        var names = hidden(source, 0);
        for (var name : names) {
            if (result.path("properties").has(name)) {
                ((ObjectNode) result.get("properties")).put(name, false);
            }
        }
        if (result.path("required").isArray() && !names.isEmpty()) {
            var left = new ArrayList<JsonNode>();
            result.get("required").forEach(name -> {
                if (!names.contains(name.asText())) {
                    left.add(name);
                }
            });
            result.putArray("required").addAll(left);
        }
    }

    private Set<String> hidden(JsonNode schema, int depth) {
        var names = new HashSet<String>();
        if (depth > MAX_DEPTH) {
            return names;
        }
        for (var property : schema.path("properties").properties()) {
            if (isHidden(property.getValue(), depth)) {
                names.add(property.getKey());
            }
        }
        for (var part : schema.path("allOf")) {
            names.addAll(hidden(part.has("$ref") ? at(part.path("$ref").asText()) : part, depth + REFERENCE));
        }
        return names;
    }

    /** Tells whether the schema itself, what it refers to, or one that applies beside it says so. */
    private boolean isHidden(JsonNode schema, int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        if (schema.has("$ref") && isHidden(at(schema.path("$ref").asText()), depth + REFERENCE)
                || schema.path(hidden).asBoolean()) {
            return true;
        }
        for (var part : schema.path("allOf")) {
            if (isHidden(part, depth + REFERENCE)) {
                return true;
            }
        }
        return false;
    }

    /** The words of OpenAPI 3.0 that have another meaning in 2020-12. */
    private static ObjectNode spoken(ObjectNode source, ObjectNode result) {
        bound(result, "exclusiveMinimum", "minimum");
        bound(result, "exclusiveMaximum", "maximum");
        if (source.path("nullable").asBoolean() && result.path("type").isTextual()) {
            var types = List.of(result.get("type").textValue(), "null");
            var both = result.putArray("type");
            types.forEach(both::add);
        }
        return result;
    }

    private static void bound(ObjectNode result, String exclusive, String bound) {
        var excludes = result.remove(exclusive);
        if (excludes == null || !excludes.isBoolean()) {
            if (excludes != null) {
                result.set(exclusive, excludes);
            }
            return;
        }
        if (excludes.booleanValue() && result.has(bound)) {
            result.set(exclusive, result.remove(bound));
        }
    }
}
