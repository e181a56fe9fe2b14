package dev.portcullis.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets through only what an OpenAPI document (3.0 or 3.1) describes: its operations, their parameters, their bodies. Immutable.
 *
 * <p>Paths that the document does not know are 404 {@code unknown-operation}, methods 405 {@code method-not-allowed}, parameters that
 * are not as described 400 {@code invalid-parameter}, and bodies as {@link JsonBody} says. Parameters of the query that nobody
 * described are denied. What is wrong is told in names and keywords of the document, never in what was sent.
 */
@TrustedBase
public final class OpenApi implements Check {

    private static final Verdict UNKNOWN =
            Verdict.deny(Reply.problem(404, "unknown-operation"), Evidence.of("unknown-operation"));
    private static final Reply INVALID = Reply.problem(400, "invalid-parameter");
    private static final int MAX_SEGMENTS = 256;

    private final List<Described> paths;
    private final Map<Integer, List<Described>> bySize;
    private final String basePath;
    private final boolean strict;
    private final boolean complete;
    private final Set<String> unknownFormats;
    private final ApiBody.Bounds bounds;

    /** A path with its operations, and the denial of other methods. */
    private record Described(ApiPath path, Map<String, ApiOperation> operations, Verdict.Deny otherMethod) {

        Described within(ApiBody.Bounds bounds) {
            var bounded = new HashMap<String, ApiOperation>();
            operations.forEach((method, operation) -> bounded.put(method, operation.within(bounds)));
            return new Described(path, Map.copyOf(bounded), otherMethod);
        }
    }

    /** A path that a request is for, with the values of its names, which may be read in two ways. */
    private record Matching(Described described, List<Map<String, String>> values) {}

    /**
     * What a request is for.
     *
     * @param name the operation's method and path
     * @param operation the operation; null when the request is for none
     * @param path the values that the path gives to its names
     * @param otherwise what is said of a request that is for none
     */
    private record Found(String name, @Nullable ApiOperation operation, Map<String, String> path, Verdict otherwise) {

        static Found none(Verdict otherwise) {
            return new Found("", null, Map.of(), otherwise);
        }
    }

    private OpenApi(OpenApi other, ApiBody.Bounds bounds) {
        this.basePath = other.basePath;
        this.strict = other.strict;
        this.complete = other.complete;
        this.unknownFormats = other.unknownFormats;
        this.bounds = bounds;
        this.paths =
                other.paths.stream().map(described -> described.within(bounds)).toList();
        this.bySize = bySize(paths);
    }

    private OpenApi(Builder builder) {
        var document = ApiDocument.of(builder.document, builder.basePath != null);
        this.basePath = builder.basePath == null ? document.basePath() : builder.basePath;
        this.strict = builder.strict;
        this.complete = builder.complete;
        this.unknownFormats = Set.copyOf(document.unknownFormats());
        this.bounds = ApiBody.Bounds.USUAL;
        this.paths = document.operations().entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getKey().concrete()))
                .map(entry -> described(entry.getKey(), entry.getValue()))
                .toList();
        this.bySize = bySize(paths);
    }

    private static Map<Integer, List<Described>> bySize(List<Described> paths) {
        return paths.stream()
                .collect(Collectors.groupingBy(
                        described -> described.path().segments().size()));
    }

    private static Described described(ApiPath path, Map<String, ApiOperation> operations) {
        var methods = new TreeSet<>(operations.keySet());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        var deny = Verdict.deny(
                Reply.problem(405, "method-not-allowed").with("Allow", String.join(", ", methods)),
                Evidence.of("method-not-allowed"));
        return new Described(path, Map.copyOf(operations), deny);
    }

    /** Starts with a document. */
    public static Builder builder(JsonNode document) {
        return new Builder(document);
    }

    /**
     * The same check of bodies up to this length, in bytes; {@link dev.portcullis.Body#DEFAULT_BOUND} unless told otherwise.
     *
     * @throws IllegalArgumentException when it is less than one
     */
    public OpenApi within(long bytes) {
        return new OpenApi(this, new ApiBody.Bounds(atLeastOne("maxBytes", bytes), bounds.parts()));
    }

    /**
     * The same check of multipart forms up to this length, files among them; 10 MiB unless told otherwise. What is no file is bounded as
     * other bodies are.
     *
     * @throws IllegalArgumentException when it is less than one
     */
    public OpenApi withinParts(long bytes) {
        return new OpenApi(this, new ApiBody.Bounds(bounds.read(), atLeastOne("maxParts", bytes)));
    }

    /** The same check that looks at no part of a multipart form, for applications that take them apart themselves. */
    public OpenApi withoutParts() {
        return new OpenApi(this, new ApiBody.Bounds(bounds.read(), 0));
    }

    private static long atLeastOne(String what, long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException(what + ": " + bytes + " (expected: >= 1)");
        }
        return bytes;
    }

    /** Tells whether it takes multipart forms apart for some operation. */
    public boolean takesApart() {
        return paths.stream()
                .flatMap(described -> described.operations().values().stream())
                .map(ApiOperation::body)
                .anyMatch(body -> body != null && body.takesApart());
    }

    /** A path template with the names left out, as other notations of the same path have it too. */
    public static String shape(String template) {
        return ApiPath.shape(requireNonNull(template, "template"));
    }

    /** The operations that the document describes, as {@code GET /path}, in order. */
    public List<String> operations() {
        return paths.stream()
                .flatMap(described -> described.operations().keySet().stream()
                        .map(method ->
                                method + " " + basePath + described.path().template()))
                .sorted()
                .toList();
    }

    /** The formats that the document's schemas name and nobody checks. */
    public Set<String> unknownFormats() {
        return unknownFormats;
    }

    @Override
    public Verdict check(Request request) {
        Verdict verdict = Verdict.pass();
        var all = found(request);
        for (var found : all) {
            var operation = found.operation();
            verdict = operation == null ? found.otherwise() : judge(request, operation, found.path());
            if (!(verdict instanceof Verdict.Pass)) {
                return verdict;
            }
        }
        // what several say together proves nothing
        return all.size() == 1 ? verdict : Verdict.pass();
    }

    /** The operation that the request is for, as {@code GET /path} without the base path; null when it is for none. */
    @Nullable
    String asked(Request request) {
        var found = found(request).get(0);
        return found.operation() == null ? null : found.name();
    }

    /** What the request must obey: one operation or several, or that it is for none. */
    private List<Found> found(Request request) {
        var raw = request.rawPath();
        var end = endOfBase(raw);
        if (end < 0) {
            return none();
        }
        var segments = List.of(raw.substring(end + 1).split("/", MAX_SEGMENTS));
        String base;
        List<String> decoded;
        try {
            base = decoded(raw.substring(0, end));
            decoded = raw.indexOf('%') < 0
                    ? segments
                    : segments.stream().map(OpenApi::decoded).toList();
        } catch (IllegalArgumentException e) {
            return List.of(Found.none(UNKNOWN));
        }
        return base.equals(basePath) ? found(request, segments, decoded) : none();
    }

    private List<Found> none() {
        return List.of(Found.none(complete ? UNKNOWN : Verdict.pass()));
    }

    private List<Found> found(Request request, List<String> segments, List<String> decoded) {
        var matching = new ArrayList<Matching>(2);
        for (var described : bySize.getOrDefault(segments.size(), List.of())) {
            var values = described.path().match(segments, decoded);
            if (!values.isEmpty()) {
                matching.add(new Matching(described, values));
            }
        }
        var all = new ArrayList<Found>(2);
        for (var one : matching.size() < 2 ? matching : nearest(matching, request)) {
            var described = one.described();
            var method = method(described, request.method());
            var operation = described.operations().get(method);
            var name = method + " " + described.path().template();
            for (var values : one.values()) {
                all.add(
                        operation == null
                                ? Found.none(described.otherMethod())
                                : new Found(name, operation, values, Verdict.pass()));
            }
        }
        return all.isEmpty() ? none() : all;
    }

    /**
     * The descriptions that a request must obey: that of the route which the framework has found; else those with the most text, all of
     * them, since frameworks differ over which comes first, but where one says more of each segment than the other.
     */
    private List<Matching> nearest(List<Matching> matching, Request request) {
        var route = request.route();
        var shape = route == null ? "" : ApiPath.shape(route.template());
        for (var one : matching) {
            if (ApiPath.shape(basePath + one.described().path().template()).equals(shape)) {
                return List.of(one);
            }
        }
        var able = matching.stream()
                .filter(one -> one.described().operations().containsKey(method(one.described(), request.method())))
                .toList();
        var among = able.isEmpty() ? matching : able;
        return among.stream()
                .filter(one -> one.described().path().concrete()
                        == among.get(0).described().path().concrete())
                .filter(one -> among.stream()
                        .noneMatch(other -> other.described()
                                .path()
                                .isNearer(one.described().path())))
                .toList();
    }

    /** Where as many segments end as the base path has, however they are encoded; less than 0 when there are not so many. */
    private int endOfBase(String raw) {
        var end = raw.indexOf('/');
        for (var i = basePath.indexOf('/'); i >= 0 && end >= 0; i = basePath.indexOf('/', i + 1)) {
            end = raw.indexOf('/', end + 1);
        }
        return end;
    }

    private static String decoded(String segment) {
        return segment.indexOf('%') < 0
                ? segment
                : URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The method whose operation holds for the method. */
    private static String method(Described described, String method) {
        return method.equals("HEAD") && !described.operations().containsKey(method) ? "GET" : method;
    }

    private Verdict judge(Request request, ApiOperation operation, Map<String, String> path) {
        var objections = operation.objections(request, path, strict);
        if (!objections.isEmpty()) {
            var detail = objections.stream()
                    .map(one -> one.pointer() + " " + one.keyword())
                    .collect(Collectors.joining("; "));
            return Verdict.deny(INVALID.withErrors(objections), Evidence.of("invalid-parameter", detail));
        }
        var body = operation.body();
        if (body != null) {
            return body.judge(request, new ApiBody.Asking(operation::takes, strict));
        }
        var denied = ApiBody.undescribed(request);
        return denied == null ? operation.pass() : denied;
    }

    /** Collects how a document is held against requests. Not thread-safe. */
    public static final class Builder {

        private final JsonNode document;
        private @Nullable String basePath;
        private boolean strict = true;
        private boolean complete = true;

        private Builder(JsonNode document) {
            this.document = requireNonNull(document, "document").deepCopy();
        }

        /**
         * Sets under which path the document's paths are; that of its first server unless told otherwise.
         *
         * @throws IllegalArgumentException when it is neither empty nor a path that begins with a slash and does not end in one
         */
        public Builder basePath(String path) {
            if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/"))) {
                throw new IllegalArgumentException("base-path: `" + path + "` (expected: a path such as `/v1`)");
            }
            basePath = path;
            return this;
        }

        /** Lets parameters of the query pass that the document does not describe. */
        public Builder ignoringUnknownParameters() {
            strict = false;
            return this;
        }

        /** Lets paths pass that the document does not describe. */
        public Builder ignoringUnknownOperations() {
            complete = false;
            return this;
        }

        /**
         * Builds the check.
         *
         * @throws IllegalArgumentException when something in the document could not be held against a request; it names all of that
         */
        public OpenApi build() {
            return new OpenApi(this);
        }
    }
}
