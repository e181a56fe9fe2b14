package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Body;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Request.Proven;
import dev.portcullis.Request.Proven.Value;
import dev.portcullis.Request.Proven.Where;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.MediaType;
import dev.portcullis.http.Parameters;
import dev.portcullis.http.Parameters.Pair;
import dev.portcullis.schema.ApiText.Broken;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The body of an operation: which media types it may have, and what JSON and forms must be. Immutable. */
final class ApiBody {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Reply MISSING = Reply.problem(400, "malformed-body");
    private static final Reply VIOLATION = Reply.problem(400, JsonBody.SCHEMA_VIOLATION);
    private static final Reply UNDESCRIBED = Reply.problem(415, "unsupported-media-type");

    private final boolean required;
    private final Set<String> types;
    private final Map<String, JsonBody> json;
    private final @Nullable FormBody form;
    private final Reply unsupported;
    private final Verdict pass;
    private final long maxBytes;

    /** What a form must be. */
    private record FormBody(Shape shape, CompiledSchema schema, Violations violations, Verdict pass) {}

    private ApiBody(ApiBody other, long maxBytes) {
        this.required = other.required;
        this.types = other.types;
        this.json = new TreeMap<>(other.json);
        this.json.replaceAll((type, body) -> body.within(maxBytes));
        this.form = other.form;
        this.unsupported = other.unsupported;
        this.pass = other.pass;
        this.maxBytes = maxBytes;
    }

    /**
     * A body of the usual length.
     *
     * @param required whether there must be one
     * @param schemas what it must obey by its media type, in schemas that stand by themselves
     * @param head what is proven of the rest of the request
     */
    ApiBody(boolean required, Map<String, JsonNode> schemas, Proven head) {
        this.required = required;
        this.pass = Verdict.Pass.proving(head);
        this.types = new TreeSet<>(schemas.keySet());
        this.maxBytes = Body.DEFAULT_BOUND;
        this.unsupported = Reply.problem(415, "unsupported-media-type").with("Accept", String.join(", ", types));
        this.json = new TreeMap<>();
        schemas.forEach((type, schema) -> {
            if (isJson(type)) {
                json.put(type, JsonBody.of(schema, maxBytes).beside(head));
            }
        });
        var agreed = schemas.get(FORM);
        this.form = agreed == null ? null : form(agreed, head);
    }

    private static FormBody form(JsonNode schema, Proven head) {
        var words = SchemaWords.of(schema);
        var compiled = CompiledSchema.of(schema, words);
        var shape = Shape.of(schema);
        var fields = new HashSet<String>();
        Harmless.of(schema).members().forEach((name, value) -> {
            var list = shape.properties().getOrDefault(name, Shape.TEXT).isArray();
            if (value.harmless() || list && value.element().harmless()) {
                fields.add(name);
            }
        });
        var proven = new Proven(fields.isEmpty() ? Map.of() : Map.of(Where.FORM, fields), Value.UNKNOWN);
        var pass = Verdict.Pass.proving(proven.and(head));
        return new FormBody(shape, compiled, new Violations(words.names()), pass);
    }

    /** The same body of this length at most. */
    ApiBody within(long bytes) {
        return new ApiBody(this, bytes);
    }

    private static boolean isJson(String range) {
        var type = MediaType.parseOrNull(range);
        return type != null && type.isJson();
    }

    /** What is wrong where no body was agreed: one that applications read parameters from, past what was agreed of those. */
    static Verdict.@Nullable Deny undescribed(Request request) {
        var stated = request.header("Content-Type");
        if (stated == null || request.body().isEmpty()) {
            return null;
        }
        var type = MediaType.parseOrNull(stated);
        return type == null || type.essence().equals(FORM) || type.type().equals("multipart")
                ? Verdict.deny(UNDESCRIBED, Evidence.of("content-type", stated))
                : null;
    }

    /**
     * Judges the body.
     *
     * @param inQuery tells whether a name is one of the query's parameters: applications read both as one
     */
    Verdict judge(Request request, Predicate<String> inQuery) {
        if (request.body().isEmpty()) {
            return required ? Verdict.deny(MISSING, Evidence.of("malformed-body", "no body")) : pass;
        }
        var stated = request.header("Content-Type");
        var type = stated == null ? null : MediaType.parseOrNull(stated);
        var range = type == null ? null : range(type);
        if (range == null) {
            return Verdict.deny(unsupported, Evidence.of("content-type", String.valueOf(stated)));
        }
        var judge = json.get(range);
        if (judge != null) {
            return judge.check(request);
        }
        return form != null && range.equals(FORM) ? judge(request, form, inQuery) : pass;
    }

    /** The narrowest range of the agreed ones that covers the type; null when none does. */
    private @Nullable String range(MediaType type) {
        if (types.contains(type.essence())) {
            return type.essence();
        }
        var wide = type.type() + "/*";
        return types.contains(wide) ? wide : types.contains("*/*") ? "*/*" : null;
    }

    /** What is wrong with names that stand in query and form, or where the other's schema does not see them. */
    private static Verdict.@Nullable Deny merged(
            List<Pair> form, List<Pair> query, Set<String> fields, Predicate<String> inQuery) {
        for (var field : form) {
            var twice = query.stream().anyMatch(pair -> pair.name().equals(field.name()));
            if (twice || inQuery.test(field.name()) && !fields.contains(field.name())) {
                return elsewhere(fields.contains(field.name()) ? field.name() : "*");
            }
        }
        for (var pair : query) {
            if (fields.contains(pair.name()) && !inQuery.test(pair.name())) {
                return elsewhere(pair.name());
            }
        }
        return null;
    }

    private static Verdict.Deny elsewhere(String name) {
        var pointer = "/" + name.replace("~", "~0").replace("/", "~1");
        return Verdict.deny(
                VIOLATION.withErrors(List.of(new Reply.Violation(pointer, "unknown"))),
                Evidence.of(JsonBody.SCHEMA_VIOLATION, "a name of the query in the form, or of the form in the query"));
    }

    private Verdict judge(Request request, FormBody agreed, Predicate<String> inQuery) {
        var encoding = request.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Verdict.deny(
                    UNDESCRIBED.with("Accept-Encoding", "identity"), Evidence.of("content-encoding", encoding));
        }
        var content = request.body().content(maxBytes);
        if (!(content instanceof Body.Content.Whole whole)) {
            return ((Body.Content.Refused) content).deny();
        }
        var sent = Parameters.form(whole.bytes());
        if (sent.trouble() != null) {
            return Verdict.deny(MISSING, Evidence.of("malformed-body", sent.trouble()));
        }
        var query = Parameters.query(request.query()).pairs();
        var elsewhere = merged(sent.pairs(), query, agreed.shape().properties().keySet(), inQuery);
        if (elsewhere != null) {
            return elsewhere;
        }
        try {
            var value = new FormValue(agreed.shape()).of(sent.pairs());
            var errors = agreed.schema().errors(value);
            return errors.isEmpty()
                    ? agreed.pass()
                    : Verdict.deny(
                            VIOLATION.withErrors(agreed.violations().told(errors)),
                            agreed.violations().evidence(errors));
        } catch (Broken | TooCostly e) {
            return Verdict.deny(VIOLATION, Evidence.of(JsonBody.SCHEMA_VIOLATION, String.valueOf(e.getMessage())));
        }
    }
}
