package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads what an OpenAPI document says of responses, and everything that is wrong with that at once. */
final class ApiAnswers {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final ApiSchemas schemas;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Answers> answers = new HashMap<>();

    private ApiAnswers(JsonNode document) {
        this.schemas = ApiSchemas.ofResponses(
                document, document.path("openapi").asText().startsWith("3.0."));
    }

    /**
     * The answers by operation, such as {@code GET /orders/{id}}.
     *
     * @throws IllegalArgumentException when something could not be held against a response; it names all of that
     */
    static Map<String, Answers> of(JsonNode written) {
        var document = NamedSchemas.placed(written);
        var read = new ApiAnswers(document);
        for (var path : document.path("paths").properties()) {
            read.path(path.getKey(), read.resolved(path.getValue()));
        }
        if (!read.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", read.problems));
        }
        return Map.copyOf(read.answers);
    }

    private void path(String path, JsonNode item) {
        for (var entry : item.properties()) {
            if (METHODS.contains(entry.getKey())) {
                var name = entry.getKey().toUpperCase(Locale.ROOT) + " " + path;
                operation(name, entry.getValue().path("responses"));
            }
        }
    }

    private void operation(String name, JsonNode responses) {
        var byStatus = new HashMap<String, Answer>();
        for (var entry : responses.properties()) {
            var status = entry.getKey();
            if (status.startsWith("x-")) {
                continue;
            }
            try {
                var key = status.equals(Answers.OTHERS) ? status : Answers.key(status);
                byStatus.put(key, answer(resolved(entry.getValue())));
            } catch (IllegalArgumentException e) {
                problems.add("`" + name + "`: " + entry.getKey() + ": " + e.getMessage());
            }
        }
        if (!byStatus.isEmpty()) {
            answers.put(name, new Answers(byStatus));
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? schemas.at(node.path("$ref").asText()) : node;
    }

    private Answer answer(JsonNode response) {
        var byType = new HashMap<String, JsonNode>();
        for (var entry : response.path("content").properties()) {
            var type = entry.getKey().toLowerCase(Locale.ROOT).replaceAll("\\s*;.*", "");
            var schema = entry.getValue().path("schema");
            byType.put(type, schema.isMissingNode() ? JsonNodeFactory.instance.objectNode() : schemas.standing(schema));
        }
        return Answer.of(byType);
    }
}
