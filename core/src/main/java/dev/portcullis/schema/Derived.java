package dev.portcullis.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.Body;
import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets through only what a handler's {@link Signature} says that it reads. Immutable.
 *
 * <p>Parameters that it could not read, or that break a constraint on them, are 400 {@code invalid-parameter}; bodies are judged as by
 * {@link JsonBody}. What the handler would read is not denied, but for what the settings say otherwise.
 */
@TrustedBase
public final class Derived implements Check {

    private static final Reply INVALID = Reply.problem(400, "invalid-parameter");
    private static final Verdict.Deny NO_BODY =
            Verdict.deny(Reply.problem(400, "malformed-body"), Evidence.of("malformed-body", "no body"));

    private final DerivedHead head;
    private final @Nullable Judges body;
    private final long maxBytes;

    /**
     * What is not let through although the handler would read it. Immutable.
     *
     * @param conversions whether values may be converted: in JSON {@code "1"} to a number, and of a parameter sent twice one is taken
     * @param unknownParameters whether parameters may be sent that it does not read
     * @param unknownProperties whether members of JSON may be sent that it ignores
     */
    public record Leniency(boolean conversions, boolean unknownParameters, boolean unknownProperties) {}

    /** What judges a body: by the exact schema with and without what the head proves, and by the one of all that is read. */
    private record Judges(
            boolean required,
            boolean others,
            JsonBody proven,
            JsonBody exact,
            @Nullable JsonBody read) {

        Judges within(long bytes) {
            return new Judges(
                    required,
                    others,
                    proven.within(bytes),
                    exact.within(bytes),
                    read == null ? null : read.within(bytes));
        }
    }

    private Derived(DerivedHead head, @Nullable Judges body, long maxBytes) {
        this.head = head;
        this.body = body;
        this.maxBytes = maxBytes;
    }

    /**
     * A check of requests for one handler, with bodies up to {@link Body#DEFAULT_BOUND}.
     *
     * @throws IllegalArgumentException when a schema cannot be held against a value; it says why
     */
    public static Derived of(Signature signature, Leniency leniency) {
        requireNonNull(leniency, "leniency");
        var head = new DerivedHead(requireNonNull(signature, "signature"), leniency);
        var input = signature.body();
        return new Derived(head, input == null ? null : judges(input, leniency, head), Body.DEFAULT_BOUND);
    }

    private static Judges judges(Signature.Input input, Leniency leniency, DerivedHead head) {
        var exact = JsonBody.of(schema(input.exact(), leniency), Body.DEFAULT_BOUND);
        var read = leniency.conversions() ? JsonBody.of(schema(input.read(), leniency), Body.DEFAULT_BOUND) : null;
        return new Judges(input.required(), input.others(), exact.beside(head.proven()), exact, read);
    }

    /** The signature as an operation of OpenAPI 3.1; what is left open has no schema. */
    public static ObjectNode operation(Signature signature, Leniency leniency) {
        requireNonNull(leniency, "leniency");
        requireNonNull(leniency, "leniency");
        var operation = JsonNodeFactory.instance.objectNode();
        for (var parameter : requireNonNull(signature, "signature").parameters()) {
            operation
                    .withArray("/parameters")
                    .addObject()
                    .put("name", parameter.name())
                    .put("in", parameter.place().name().toLowerCase(Locale.ROOT))
                    .put("required", parameter.required())
                    .set("schema", parameter.type().schema());
        }
        var body = signature.body();
        if (body != null) {
            operation
                    .withObject("/requestBody")
                    .put("required", body.required())
                    .withObject("/content")
                    .putObject("application/json")
                    .set("schema", schema(body.exact(), leniency));
        }
        return operation;
    }

    /** The schema with what becomes of unknown members said in words of JSON Schema. */
    public static JsonNode schema(JsonNode written, Leniency leniency) {
        var copy = requireNonNull(written, "written").deepCopy();
        settle(copy, requireNonNull(leniency, "leniency"));
        return copy;
    }

    private static void settle(JsonNode node, Leniency leniency) {
        if (node instanceof ObjectNode object
                && object.path(Signature.Input.UNKNOWN).isTextual()) {
            var unknown = object.remove(Signature.Input.UNKNOWN).textValue();
            if (unknown.equals("deny") || !leniency.unknownProperties()) {
                object.put("additionalProperties", false);
            }
        }
        node.forEach(inner -> settle(inner, leniency));
    }

    /**
     * The same check of bodies up to this length, in bytes.
     *
     * @throws IllegalArgumentException when it is less than one
     */
    public Derived within(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("maxBytes: " + bytes + " (expected: >= 1)");
        }
        return new Derived(head, body == null ? null : body.within(bytes), bytes);
    }

    @Override
    public Verdict check(Request request) {
        var read = head.read(request, maxBytes);
        if (read.refused() != null) {
            return read.refused();
        }
        if (!read.objections().isEmpty()) {
            return deny(read.objections());
        }
        if (body == null) {
            return read.plain() ? head.pass() : Verdict.pass();
        }
        return judge(request, body, read.plain());
    }

    private static Verdict deny(List<Reply.Violation> objections) {
        var detail = objections.stream()
                .map(one -> one.pointer() + " " + one.keyword())
                .collect(Collectors.joining("; "));
        return Verdict.deny(INVALID.withErrors(objections), Evidence.of("invalid-parameter", detail));
    }

    private Verdict judge(Request request, Judges judges, boolean plain) {
        if (request.body().isEmpty()) {
            return judges.required ? NO_BODY : plain ? head.pass() : Verdict.pass();
        }
        var type = request.header("Content-Type");
        if (judges.others && (type == null || !JsonBody.isJson(type))) {
            return plain ? head.pass() : Verdict.pass();
        }
        var verdict = (plain ? judges.proven : judges.exact).check(request);
        if (judges.read == null || verdict instanceof Verdict.Pass) {
            return verdict;
        }
        var lenient = judges.read.check(request);
        return lenient instanceof Verdict.Pass ? Verdict.pass() : lenient;
    }
}
