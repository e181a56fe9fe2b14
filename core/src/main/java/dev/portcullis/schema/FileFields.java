package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.http.MediaType;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the fields of a form that are files, and takes what its schema says of their bytes out of it, since nobody makes text of a file.
 *
 * <p>Files are text of the format {@code binary}, text with a {@code contentMediaType} other than JSON and no {@code contentEncoding}, and what
 * nothing is said of; and lists of such.
 */
final class FileFields {

    private static final int MAX_DEPTH = 16;
    private static final List<String> BRANCHES = List.of("allOf", "anyOf", "oneOf");
    private static final Set<String> SILENT = Set.of("title", "description", "default", "deprecated", "$comment");

    private final ObjectNode root;
    private final Map<String, FieldTerms> terms;
    private final Map<String, FieldTerms.Bytes> found = new HashMap<>();
    /** Schemas that were looked at: those of subtypes and their base lead to each other. */
    private final Set<JsonNode> visited = Collections.newSetFromMap(new IdentityHashMap<>());

    private boolean anyName;
    private boolean naming;

    private FileFields(ObjectNode root, Map<String, FieldTerms> terms) {
        this.root = root;
        this.terms = terms;
    }

    /**
     * What was found.
     *
     * @param files the names of files, and what is asked of them
     * @param anyName whether the schema speaks of fields of other names than those that it has
     */
    record Found(Map<String, FieldTerms.Bytes> files, boolean anyName) {}

    /**
     * The names of files, and what is asked of them.
     *
     * @param root the schema of the form, out of which they are taken
     * @param terms how fields are sent
     */
    static Found taken(ObjectNode root, Map<String, FieldTerms> terms) {
        var files = new FileFields(root, terms);
        files.visit(root, 0);
        return new Found(Map.copyOf(files.found), files.anyName || !files.naming);
    }

    private void visit(JsonNode schema, int depth) {
        if (depth > MAX_DEPTH || !(schema instanceof ObjectNode object) || !visited.add(schema)) {
            return;
        }
        visit(referred(object), depth + 1);
        for (var word : BRANCHES) {
            object.path(word).forEach(branch -> visit(branch, depth + 1));
        }
        anyName |= object.has("patternProperties")
                || object.has("additionalProperties")
                        && object.path("additionalProperties").asBoolean(true);
        naming |= object.has("properties");
        if (object.path("properties") instanceof ObjectNode properties) {
            List.copyOf(properties.properties()).forEach(one -> property(properties, one.getKey(), one.getValue()));
        }
    }

    private void property(ObjectNode properties, String name, JsonNode written) {
        var schema = resolved(written);
        if (isFile(name, schema)) {
            found.put(name, FieldTerms.Bytes.of(schema));
            properties.putObject(name);
            return;
        }
        var items = resolved(schema.path("items"));
        if (schema instanceof ObjectNode list && schema.has("items") && isFile(name, items)) {
            found.put(name, FieldTerms.Bytes.of(items));
            var own = list.deepCopy();
            own.putObject("items");
            properties.set(name, own);
        }
    }

    private boolean isFile(String name, JsonNode schema) {
        if (schema.isBoolean()) {
            return schema.booleanValue();
        }
        if (!schema.isObject() || isSilent(schema)) {
            return schema.isObject();
        }
        if (isObject(schema)) {
            return terms.getOrDefault(name, FieldTerms.NONE).saysNoJson();
        }
        if (!isText(schema.path("type"))) {
            return false;
        }
        var encoding = schema.path("contentEncoding").asText();
        return schema.path("format").asText().equals("binary")
                || encoding.equals("binary")
                || encoding.isEmpty() && isBytes(schema.path("contentMediaType").asText())
                || schema.path("type").isTextual()
                        && terms.getOrDefault(name, FieldTerms.NONE).saysBytes();
    }

    private static boolean isObject(JsonNode schema) {
        return schema.path("type").asText().equals("object") || schema.has("properties");
    }

    private static boolean isSilent(JsonNode schema) {
        return schema.properties().stream().allMatch(word -> SILENT.contains(word.getKey()));
    }

    /** Tells whether values are text, or nothing is said of what they are. */
    private static boolean isText(JsonNode type) {
        if (type.isMissingNode() || type.asText().equals("string")) {
            return true;
        }
        for (var one : type) {
            if (!one.asText().equals("string") && !one.asText().equals("null")) {
                return false;
            }
        }
        return type.isArray();
    }

    private static boolean isBytes(String media) {
        var type = MediaType.parseOrNull(media);
        return type != null && !type.isJson();
    }

    private JsonNode resolved(JsonNode schema) {
        var at = schema;
        for (var depth = 0; depth < MAX_DEPTH && at.has("$ref") && at.size() == 1; depth++) {
            at = referred(at);
        }
        return at;
    }

    private JsonNode referred(JsonNode schema) {
        var reference = schema.path("$ref").asText();
        return reference.startsWith("#/")
                ? root.at(reference.substring(1).replace("%25", "%"))
                : MissingNode.getInstance();
    }
}
