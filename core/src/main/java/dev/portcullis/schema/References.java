package dev.portcullis.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The references in a schema and what they may lead to, as some are followed only when a body is judged. */
final class References {

    private static final Set<String> ANCHORS = Set.of("$anchor", "$dynamicAnchor");
    private static final Set<String> REFERENCES = Set.of("$dynamicRef", "$ref");

    private final List<JsonNode> resources = new ArrayList<>();
    private final Set<String> documents = new HashSet<>();
    private final Set<String> anchors = new HashSet<>();
    private final Map<String, String> references = new TreeMap<>();

    References(JsonNode document) {
        resources.add(document);
    }

    /** Notes one keyword of the schema at the place. */
    void note(String word, JsonNode schema, String place) {
        var value = schema.path(word).asText();
        if (word.equals("$id")) {
            documents.add(lastSegment(documentOf(value)));
            anchors.add(fragmentOf(value));
            resources.add(schema);
        } else if (ANCHORS.contains(word)) {
            anchors.add(value);
        } else if (REFERENCES.contains(word)) {
            references.put(place + "/" + word, value);
        }
    }

    /** The references that certainly lead nowhere, one line each. */
    List<String> problems() {
        return references.entrySet().stream()
                .filter(reference -> !mayLead(reference.getKey(), reference.getValue()))
                .map(reference -> "schema: `" + reference.getKey() + "` refers to `" + reference.getValue()
                        + "` (expected: a schema in this document)")
                .toList();
    }

    private boolean mayLead(String place, String reference) {
        var document = documentOf(reference);
        if (SchemaWords.isMetaSchema(document)) {
            return place.endsWith("/$ref");
        }
        var fragment = fragmentOf(reference);
        var known = document.isEmpty() || documents.contains(lastSegment(document));
        return known && (fragment.isEmpty() || anchors.contains(fragment) || exists(fragment));
    }

    private boolean exists(String fragment) {
        try {
            var pointer = JsonPointer.compile(URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8));
            return resources.stream().map(resource -> resource.at(pointer)).anyMatch(References::isSchema);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isSchema(JsonNode node) {
        return node.isObject() || node.isBoolean();
    }

    private static String documentOf(String reference) {
        var hash = reference.indexOf('#');
        return hash < 0 ? reference : reference.substring(0, hash);
    }

    private static String fragmentOf(String reference) {
        var hash = reference.indexOf('#');
        return hash < 0 ? "" : reference.substring(hash + 1);
    }

    private static String lastSegment(String document) {
        return document.substring(document.lastIndexOf('/', document.length() - 2) + 1);
    }
}
