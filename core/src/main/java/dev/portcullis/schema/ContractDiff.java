package dev.portcullis.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What two OpenAPI documents say of the same operations, field by field, and where they differ. */
public final class ContractDiff {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final List<String> FACETS = List.of(
            "const",
            "enum",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "format",
            "maxItems",
            "maxLength",
            "maximum",
            "minItems",
            "minLength",
            "minimum",
            "pattern");
    private static final int MAX_DEPTH = 12;

    private final JsonNode document;
    private final SortedMap<String, SortedMap<String, String>> operations = new TreeMap<>();

    private ContractDiff(JsonNode document) {
        this.document = document;
        var base = ApiDocument.basePath(document);
        for (var path : document.path("paths").properties()) {
            collect(ApiPath.shape(base + path.getKey()), path.getValue());
        }
    }

    private void collect(String path, JsonNode item) {
        for (var method : item.properties()) {
            if (METHODS.contains(method.getKey())) {
                operations.put(method.getKey().toUpperCase(Locale.ROOT) + " " + path, fields(item, method.getValue()));
            }
        }
    }

    /** The fields of every operation with what is said of them, by method and path, in which names are left out. */
    public static SortedMap<String, SortedMap<String, String>> fields(JsonNode document) {
        return new ContractDiff(requireNonNull(document, "document")).operations;
    }

    /** Where what is enforced differs from what is published, one line for each field; none when it does not. */
    public static List<String> between(JsonNode published, JsonNode enforced) {
        var left = fields(requireNonNull(published, "published"));
        var right = fields(requireNonNull(enforced, "enforced"));
        var lines = new ArrayList<String>();
        var all = new TreeSet<>(left.keySet());
        all.addAll(right.keySet());
        for (var operation : all) {
            var said = left.get(operation);
            var held = right.get(operation);
            if (held == null) {
                lines.add(operation + ": published, not enforced");
            } else if (said == null) {
                lines.add(operation + ": enforced, not published");
            } else {
                compare(operation, said, held, lines);
            }
        }
        return lines;
    }

    private static void compare(
            String operation, SortedMap<String, String> said, SortedMap<String, String> held, List<String> lines) {
        var all = new TreeSet<>(said.keySet());
        all.addAll(held.keySet());
        for (var field : all) {
            var one = said.getOrDefault(field, "nothing");
            var other = held.getOrDefault(field, "nothing");
            if (!one.equals(other)) {
                lines.add(operation + " " + field + ": published " + one + ", enforced " + other);
            }
        }
    }

    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asText();
        return reference.startsWith("#/") ? document.at(reference.substring(1).replace("%25", "%")) : node;
    }

    private SortedMap<String, String> fields(JsonNode item, JsonNode operation) {
        var fields = new TreeMap<String, String>();
        for (var list : List.of(item.path("parameters"), operation.path("parameters"))) {
            for (var written : list) {
                var parameter = resolved(written);
                var place = parameter.path("in").asText();
                var name = place.equals("path") ? "*" : parameter.path("name").asText();
                var required = parameter.path("required").asBoolean() && !place.equals("path");
                new Walk(fields, operation).schema("/" + place + "/" + name, parameter.path("schema"), required, 0);
            }
        }
        var body = resolved(operation.path("requestBody"));
        for (var content : body.path("content").properties()) {
            if (content.getKey().contains("json")) {
                var schema = content.getValue().path("schema");
                new Walk(fields, schema)
                        .schema("/body", schema, body.path("required").asBoolean(), 0);
            }
        }
        return fields;
    }

    /** One walk through a schema, whose own definitions stand at its root. */
    private final class Walk {

        private final SortedMap<String, String> fields;
        private final JsonNode root;

        Walk(SortedMap<String, String> fields, JsonNode root) {
            this.fields = fields;
            this.root = root;
        }

        private JsonNode at(JsonNode schema) {
            var reference = schema.path("$ref").asText();
            if (!reference.startsWith("#/")) {
                return schema;
            }
            var pointer = reference.substring(1).replace("%25", "%");
            var own = reference.startsWith("#/$defs/") ? root.at(pointer) : document.at(pointer);
            return own.isMissingNode() ? schema : own;
        }

        void schema(String place, JsonNode written, boolean required, int depth) {
            var schema = at(written);
            if (depth > MAX_DEPTH || place.split("/").length > MAX_DEPTH) {
                return;
            }
            fields.merge(place, said(schema, required), (one, more) -> one.equals(more) ? one : one + " " + more);
            for (var word : List.of("allOf", "anyOf", "oneOf")) {
                schema.path(word).forEach(part -> within(place, at(part), depth + 1));
            }
            within(place, schema, depth + 1);
        }

        private void within(String place, JsonNode schema, int depth) {
            var required = new TreeSet<String>();
            schema.path("required").forEach(name -> required.add(name.asText()));
            if (depth > MAX_DEPTH) {
                return;
            }
            for (var property : schema.path("properties").properties()) {
                var own = place + "/" + property.getKey();
                // a schema that holds itself is told once
                if (place.split("/").length < MAX_DEPTH && !isWithinItself(place, property.getKey())) {
                    schema(own, property.getValue(), required.contains(property.getKey()), depth + 1);
                }
            }
            if (schema.path("items").isObject()) {
                schema(place + "/*", schema.get("items"), false, depth + 1);
            }
        }

        private boolean isWithinItself(String place, String name) {
            return (place + "/").contains("/" + name + "/");
        }

        private String said(JsonNode schema, boolean required) {
            var text = new StringBuilder(required ? "required " : "");
            text.append(types(schema));
            for (var facet : FACETS) {
                var value = facet(schema, facet);
                if (!value.isEmpty()) {
                    text.append(' ').append(facet).append('=').append(value);
                }
            }
            return text.toString().strip();
        }

        private String types(JsonNode schema) {
            var types = new TreeSet<String>();
            if (schema.path("type").isTextual()) {
                types.add(schema.path("type").textValue());
            }
            schema.path("type").forEach(type -> types.add(type.asText()));
            types.remove("null");
            return types.isEmpty() ? schema.path("enum").isEmpty() ? "anything" : "string" : String.join("|", types);
        }

        /** What is said with a format of OpenAPI is said with bounds. */
        private String facet(JsonNode schema, String facet) {
            var format = schema.path("format").asText();
            var value = schema.path(facet);
            if (facet.equals("format")) {
                return Set.of("int32", "int64", "float", "double").contains(format) ? "" : format;
            }
            if (value.isArray()) {
                var words = new TreeSet<String>();
                value.forEach(word -> words.add(word.asText()));
                words.remove("null");
                return words.toString();
            }
            if (!value.isMissingNode()) {
                return value.asText();
            }
            return switch (facet + " " + format) {
                case "minimum int32" -> String.valueOf(Integer.MIN_VALUE);
                case "maximum int32" -> String.valueOf(Integer.MAX_VALUE);
                case "minimum int64" -> String.valueOf(Long.MIN_VALUE);
                case "maximum int64" -> String.valueOf(Long.MAX_VALUE);
                default -> "";
            };
        }
    }
}
