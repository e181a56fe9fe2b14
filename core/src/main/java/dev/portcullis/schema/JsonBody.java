package dev.portcullis.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Body;
import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Request.Proven;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.Json;
import dev.portcullis.http.MediaType;
import java.util.Map;
import java.util.Set;

/**
 * Lets through only JSON bodies that are what a schema says. Immutable.
 *
 * <p>A body must be {@code application/json} or a type that ends in {@code +json}, in UTF-8 and not encoded further, else the
 * request is denied with 415. Nothing is converted: {@code "1"} is no number. GET, HEAD, OPTIONS, DELETE and TRACE may do without a
 * body; a request with any other method must have one. What is wrong is told in places and keywords, never in what was sent.
 */
@TrustedBase
public final class JsonBody implements Check {

    static final String SCHEMA_VIOLATION = "schema-violation";

    private static final String JSON = "application/json";
    private static final Set<String> BODY_OPTIONAL = Set.of("GET", "HEAD", "OPTIONS", "DELETE", "TRACE");
    private static final Reply UNSUPPORTED_TYPE =
            Reply.problem(415, "unsupported-media-type").with("Accept", JSON);
    private static final Reply UNSUPPORTED_ENCODING =
            Reply.problem(415, "unsupported-media-type").with("Accept-Encoding", "identity");
    private static final Reply MALFORMED = Reply.problem(400, "malformed-body");
    private static final Reply VIOLATION = Reply.problem(400, SCHEMA_VIOLATION);
    private static final Verdict NO_BODY = Verdict.deny(MALFORMED, Evidence.of("malformed-body", "no body"));

    private final CompiledSchema schema;
    private final Violations violations;
    private final Proven proven;
    private final Verdict pass;
    private final long maxBytes;

    private JsonBody(Judging judging, Proven proven, long maxBytes) {
        this.schema = judging.schema;
        this.violations = judging.violations;
        this.proven = proven;
        this.pass = Verdict.Pass.proving(proven);
        this.maxBytes = maxBytes;
    }

    /** What judges values, and says what is wrong with them. */
    private record Judging(CompiledSchema schema, Violations violations) {}

    /**
     * A check of bodies against a schema of draft 2020-12, or of draft 7 where its {@code $schema} says so.
     *
     * @param schema the schema; it refers to no other document, and its patterns have no backreferences
     * @param maxBytes the longest body, in bytes
     * @throws IllegalArgumentException when the schema is none, or has what could not be held against a body; it names all of that
     */
    public static JsonBody of(JsonNode schema, long maxBytes) {
        requireNonNull(schema, "schema");
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: >= 1)");
        }
        var words = SchemaWords.of(schema);
        var own = schema.deepCopy();
        var judging = new Judging(CompiledSchema.of(own, words), new Violations(words.names()));
        return new JsonBody(judging, new Proven(Map.of(), Harmless.of(own)), maxBytes);
    }

    /** Where words stand in a schema that are none of JSON Schema and do nothing, as JSON Pointers; those that begin with {@code x-} are meant so. */
    public static Set<String> unknownWords(JsonNode schema) {
        return Set.copyOf(SchemaWords.of(schema).unknown());
    }

    /** The words that schemas may have. */
    public static Set<String> words() {
        return Set.copyOf(SchemaWords.known());
    }

    /** The same check where more of the request is proven to be harmless. */
    JsonBody beside(Proven more) {
        return new JsonBody(new Judging(schema, violations), proven.and(more), maxBytes);
    }

    /** The same check of bodies up to this length, in bytes. */
    JsonBody within(long bytes) {
        return new JsonBody(new Judging(schema, violations), proven, bytes);
    }

    @Override
    public Verdict check(Request request) {
        var body = request.body();
        if (body.isEmpty()) {
            return BODY_OPTIONAL.contains(request.method()) ? Verdict.pass() : NO_BODY;
        }
        var encoding = request.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Verdict.deny(UNSUPPORTED_ENCODING, Evidence.of("content-encoding", encoding));
        }
        var type = request.header("Content-Type");
        if (type == null || !isJson(type)) {
            return Verdict.deny(UNSUPPORTED_TYPE, Evidence.of("content-type", String.valueOf(type)));
        }
        var content = body.content(maxBytes);
        return content instanceof Body.Content.Whole whole
                ? judge(whole.bytes())
                : ((Body.Content.Denied) content).deny();
    }

    static boolean isJson(String text) {
        if (text.equals(JSON)) {
            return true;
        }
        var type = MediaType.parseOrNull(text);
        if (type == null || !type.isJson()) {
            return false;
        }
        var charset = type.charset();
        return charset == null || charset.equals("utf-8");
    }

    private Verdict judge(byte[] bytes) {
        var result = Json.read(bytes);
        return result instanceof Json.Read read
                ? judge(read.node())
                : Verdict.deny(MALFORMED, Evidence.of("malformed-body", ((Json.Malformed) result).reason()));
    }

    private Verdict judge(JsonNode value) {
        try {
            var errors = schema.errors(value);
            return errors.isEmpty()
                    ? pass
                    : Verdict.deny(VIOLATION.withErrors(violations.told(errors)), violations.evidence(errors));
        } catch (TooCostly e) {
            return Verdict.deny(VIOLATION, Evidence.of(SCHEMA_VIOLATION, String.valueOf(e.getMessage())));
        }
    }
}
