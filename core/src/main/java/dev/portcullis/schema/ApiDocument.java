package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.portcullis.Request.Proven;
import dev.portcullis.Verdict;
import dev.portcullis.schema.ApiBody.Media;
import dev.portcullis.schema.ApiParameter.Place;
import dev.portcullis.schema.ApiParameter.Presence;
import dev.portcullis.schema.ApiParameter.Writing;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads an OpenAPI document, 3.0 or 3.1: the operations that it describes, and everything that is wrong with them at once. */
final class ApiDocument {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    /** Headers of which OpenAPI takes no parameters: others speak of them. */
    private static final Set<String> SPOKEN_FOR = Set.of("accept", "content-type", "authorization");

    private final JsonNode document;
    private final boolean told;
    private final ApiSchemas schemas;
    private final Set<String> credentials = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<ApiPath, Map<String, ApiOperation>> operations = new LinkedHashMap<>();

    private ApiDocument(JsonNode document, boolean told) {
        this.document = document;
        this.told = told;
        var version = document.path("openapi").asText();
        if (!version.startsWith("3.0.") && !version.startsWith("3.1.")) {
            throw new IllegalArgumentException(
                    "openapi: `" + version + "` (expected: a document of OpenAPI 3.0 or 3.1)");
        }
        this.schemas = new ApiSchemas(document, version.startsWith("3.0."));
    }

    /**
     * Reads a document.
     *
     * @param told whether somebody else says where its paths begin
     * @throws IllegalArgumentException when something could not be held against a request; it names all of that
     */
    static ApiDocument of(JsonNode document, boolean told) {
        var read = new ApiDocument(NamedSchemas.placed(document), told);
        for (var scheme : read.document.path("components").path("securitySchemes")) {
            if (scheme.path("in").asText().equals("query")) {
                read.credentials.add(scheme.path("name").asText());
            }
        }
        read.document.path("paths").properties().stream()
                .filter(path -> !path.getKey().startsWith("x-"))
                .forEach(path ->
                        read.guarded("paths." + path.getKey(), () -> read.path(path.getKey(), path.getValue())));
        if (read.operations.isEmpty() && read.problems.isEmpty()) {
            read.problems.add("paths: none (expected: at least one operation)");
        }
        if (!read.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", read.problems));
        }
        return read;
    }

    private void guarded(String place, Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException e) {
            problems.add("`" + place + "`: " + e.getMessage());
        }
    }

    /** The operations, by path and method in capitals. */
    Map<ApiPath, Map<String, ApiOperation>> operations() {
        return operations;
    }

    /** The formats in the schemas that nobody checks. */
    Set<String> unknownFormats() {
        return schemas.unknownFormats();
    }

    /** The path of the first server; empty when it is the root. */
    String basePath() {
        return basePath(document);
    }

    /** The path of a document's first server; empty when it is the root. */
    static String basePath(JsonNode document) {
        var server = document.path("servers").path(0);
        var url = server.path("url").asText("/");
        for (var variable : server.path("variables").properties()) {
            url = url.replace(
                    "{" + variable.getKey() + "}",
                    variable.getValue().path("default").asText());
        }
        try {
            var path = URI.create(url).getRawPath();
            if (path != null && !path.isEmpty() && !path.startsWith("/")) {
                throw new IllegalArgumentException("not from the root");
            }
            return path == null || path.equals("/")
                    ? ""
                    : path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "servers: `" + url
                            + "` (expected: an address, a path that begins with `/`, or `base-path` beside the document)",
                    e);
        }
    }

    private void path(String template, JsonNode written) {
        var path = ApiPath.of(template);
        var item = resolved(written);
        rooted(item);
        var byMethod = new TreeMap<String, ApiOperation>();
        for (var entry : item.properties()) {
            if (METHODS.contains(entry.getKey())) {
                guarded(
                        "paths." + template + "." + entry.getKey(),
                        () -> byMethod.put(
                                entry.getKey().toUpperCase(Locale.ROOT), operation(path, item, entry.getValue())));
            }
        }
        operations.forEach((other, known) -> twice(path, byMethod, other, known));
        operations.put(path, byMethod);
    }

    /** Two descriptions of one operation are one too many: no request could be known to be for one of them. */
    private void twice(
            ApiPath path, Map<String, ApiOperation> operations, ApiPath other, Map<String, ApiOperation> known) {
        var same = ApiPath.shape(path.template()).equals(ApiPath.shape(other.template()))
                && operations.keySet().stream().anyMatch(known::containsKey);
        if (same) {
            problems.add("`paths." + path.template() + "`: the same path as `" + other.template()
                    + "` (expected: one description for each method)");
        }
    }

    /** Servers of a path or an operation must have its paths where those of the document are. */
    private void rooted(JsonNode holder) {
        if (holder.has("servers") && !told && !basePath(holder).equals(basePath())) {
            throw new IllegalArgumentException("servers: `" + basePath(holder)
                    + "` is not the path of the document's first server (expected: the same, or `base-path`)");
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? schemas.at(node.path("$ref").asText()) : node;
    }

    private ApiOperation operation(ApiPath path, JsonNode item, JsonNode operation) {
        rooted(operation);
        var parameters = parameters(item, operation);
        for (var parameter : parameters) {
            if (parameter.place() == Place.PATH && !path.names().contains(parameter.name())) {
                throw new IllegalArgumentException("parameter `" + parameter.name()
                        + "` is not in the path (expected: `{" + parameter.name() + "}`)");
            }
        }
        var proven = ApiOperation.proven(parameters, path.names());
        return new ApiOperation(parameters, credentials, body(operation, proven), Verdict.Pass.proving(proven));
    }

    /** The parameters of an operation: those of its path, and its own, which go before. */
    private List<ApiParameter> parameters(JsonNode item, JsonNode operation) {
        var parameters = new LinkedHashMap<String, ApiParameter>();
        Consumer<JsonNode> adding = written -> {
            var parameter = parameter(resolved(written));
            if (parameter != null) {
                parameters.put(parameter.place() + " " + parameter.name(), parameter);
            }
        };
        item.path("parameters").forEach(adding);
        operation.path("parameters").forEach(adding);
        return List.copyOf(parameters.values());
    }

    private @Nullable ApiBody body(JsonNode operation, Proven head) {
        if (!operation.has("requestBody")) {
            return null;
        }
        var body = resolved(operation.get("requestBody"));
        var byType = new TreeMap<String, Media>();
        for (var entry : body.path("content").properties()) {
            var type = mediaType(entry.getKey());
            var fields = new TreeMap<String, FieldTerms>();
            var encoding = entry.getValue().path("encoding").properties();
            encoding.forEach(field -> fields.put(field.getKey(), fieldTerms(field.getValue(), type)));
            byType.put(type, new Media(schemas.standing(schemaOf(entry.getValue())), fields));
        }
        return new ApiBody(body.path("required").asBoolean(), byType, head);
    }

    /** How a field of a form is sent: in the types and with the header fields of a part, or in a style. */
    private FieldTerms fieldTerms(JsonNode encoding, String type) {
        var types = new ArrayList<String>();
        for (var one : encoding.path("contentType").asText().split(",")) {
            var essence = one.strip().toLowerCase(Locale.ROOT).replaceAll("\\s*;.*", "");
            if (!essence.isEmpty()) {
                types.add(essence);
            }
        }
        var styled = type.equals(UrlencodedForm.TYPE) && (encoding.has("style") || encoding.has("explode"));
        var headers = new ArrayList<ApiParameter>();
        for (var header : encoding.path("headers").properties()) {
            var written = JsonNodeFactory.instance.objectNode();
            resolved(header.getValue()).properties().forEach(word -> written.set(word.getKey(), word.getValue()));
            var parameter = parameter(written.put("name", header.getKey()).put("in", "header"));
            if (parameter != null) {
                headers.add(parameter);
            }
        }
        return new FieldTerms(types, styled ? writing(encoding, Place.QUERY) : null, headers);
    }

    private static String mediaType(String written) {
        if (written.indexOf('/') <= 0) {
            throw new IllegalArgumentException("requestBody: `" + written + "` (expected: a media type)");
        }
        return written.toLowerCase(Locale.ROOT).replaceAll("\\s*;.*", "");
    }

    private static JsonNode schemaOf(JsonNode holder) {
        return holder.has("schema") ? holder.get("schema") : JsonNodeFactory.instance.objectNode();
    }

    private @Nullable ApiParameter parameter(JsonNode written) {
        var name = written.path("name").asText();
        var place = place(written.path("in").asText(), name);
        if (place == Place.HEADER && SPOKEN_FOR.contains(name.toLowerCase(Locale.ROOT))) {
            return null;
        }
        var content = written.path("content").properties().stream().findFirst();
        if (content.isPresent() && !JsonBody.isJson(content.get().getKey())) {
            throw new IllegalArgumentException("parameter `" + name + "` has content of `"
                    + content.get().getKey() + "` (expected: `application/json`, or a schema)");
        }
        var standing =
                schemas.standing(schemaOf(content.isPresent() ? content.get().getValue() : written));
        var words = SchemaWords.of(standing);
        return new ApiParameter(
                name,
                place,
                new Presence(
                        place == Place.PATH || written.path("required").asBoolean(),
                        place == Place.QUERY && written.path("allowEmptyValue").asBoolean()),
                content.isPresent() ? null : writing(written, place),
                Shape.of(standing),
                CompiledSchema.of(standing, words),
                new Violations(words.names()),
                Harmless.of(standing));
    }

    private static Place place(String word, String name) {
        for (var place : Place.values()) {
            if (place.word().equals(word) && !name.isEmpty()) {
                return place;
            }
        }
        throw new IllegalArgumentException(
                "parameter `" + name + "` in `" + word + "` (expected: a name, and path, query, header or cookie)");
    }

    private static Writing writing(JsonNode written, Place place) {
        var usual = place == Place.PATH || place == Place.HEADER ? "simple" : "form";
        var word = written.path("style").asText(usual);
        var style = ApiStyle.of(word);
        if (style == null || !style.suits(place)) {
            throw new IllegalArgumentException(
                    "style: `" + word + "` (expected: a style for parameters in " + place.word() + ")");
        }
        return new Writing(style, written.path("explode").asBoolean(style == ApiStyle.FORM));
    }
}
