package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Request.Proven;
import dev.portcullis.Request.Proven.Value;
import dev.portcullis.Request.Proven.Where;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.Parameters;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a form must be: its schema, and how its fields are sent. Immutable.
 *
 * @param shape what its fields are
 * @param judging its schema
 * @param fields how fields are sent, by their names
 * @param files the fields that are files, by their names
 * @param anyName whether the schema speaks of other names than those that it has
 * @param emptyIsAbsent whether a field without text is none where its schema takes no text, as browsers send what nobody filled in
 * @param pass what is said of a form that is as agreed
 */
@TrustedBase
record FormTerms(
        Shape shape,
        Judging judging,
        Map<String, FieldTerms> fields,
        Map<String, FieldTerms.Bytes> files,
        boolean anyName,
        boolean emptyIsAbsent,
        Verdict pass) {

    static final Reply VIOLATION = Reply.problem(400, JsonBody.SCHEMA_VIOLATION);
    static final Reply MALFORMED = Reply.problem(400, "malformed-body");
    static final Reply TYPE = Reply.problem(415, "unsupported-media-type");

    /** Names by which some frameworks change how they read a form. */
    private static final Set<String> SPECIAL = Set.of("_charset_", "_method");

    /** What judges values, and says what is wrong with them. */
    record Judging(CompiledSchema schema, Violations violations) {}

    /** Copies the maps. */
    FormTerms {
        fields = Map.copyOf(fields);
        files = Map.copyOf(files);
    }

    /**
     * The terms of a schema that stands by itself.
     *
     * @param fields how fields are sent; of others nothing but the schema says that
     * @param head what is proven of the rest of the request
     */
    static FormTerms of(JsonNode schema, Map<String, FieldTerms> fields, Proven head) {
        var own = schema instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        var found = FileFields.taken(own, fields);
        var words = SchemaWords.of(own);
        var judging = new Judging(CompiledSchema.of(own, words), new Violations(words.names()));
        var shape = Shape.of(own);
        var proven = new HashSet<String>();
        Harmless.of(own).members().forEach((name, value) -> {
            var list = shape.property(name).isArray();
            if (!fields.containsKey(name)
                    && (value.harmless() || list && value.element().harmless())) {
                proven.add(name);
            }
        });
        var form = new Proven(proven.isEmpty() ? Map.of() : Map.of(Where.FORM, proven), Value.UNKNOWN);
        var pass = Verdict.Pass.proving(form.and(head));
        return new FormTerms(shape, judging, fields, found.files(), found.anyName(), false, pass);
    }

    /** The same terms, which take what was left empty for absent where it could be no text. */
    FormTerms ofBrowsers() {
        return new FormTerms(shape, judging, fields, files, anyName, true, pass);
    }

    /** Tells whether a text of the field counts as none. */
    boolean isAbsent(String text, Shape own) {
        return emptyIsAbsent && text.isEmpty() && !own.allowsText();
    }

    /** How the field is sent. */
    FieldTerms field(String name) {
        return fields.getOrDefault(name, FieldTerms.NONE);
    }

    /** Tells whether the schema names the field, or one of which this is a part. */
    boolean takes(String name) {
        return shape.properties().containsKey(name) || writes(name);
    }

    /** Tells whether the schema speaks of the field. */
    boolean knows(String name) {
        return anyName || takes(name);
    }

    /** Tells whether this is a field, or a part of one, that is written in a style of its own. */
    boolean writes(String name) {
        for (var entry : fields.entrySet()) {
            var writing = entry.getValue().writing();
            if (writing != null
                    && writing.style().takes(entry.getKey(), name, writing.explode(), shape.property(entry.getKey()))) {
                return true;
            }
        }
        return false;
    }

    /** What is said of the form as one object. */
    Verdict judge(JsonNode value) {
        try {
            var errors = judging.schema().errors(value);
            return errors.isEmpty()
                    ? pass
                    : Verdict.deny(
                            VIOLATION.withErrors(judging.violations().told(errors)),
                            judging.violations().evidence(errors));
        } catch (TooCostly e) {
            return Verdict.deny(VIOLATION, Evidence.of(JsonBody.SCHEMA_VIOLATION, String.valueOf(e.getMessage())));
        }
    }

    /**
     * What is wrong with the names of a form and of the query, which applications read as one; null when nothing is.
     *
     * @param names the names of the form's fields
     * @param inQuery tells whether a name is one of the query's parameters
     */
    Verdict.@Nullable Deny misplaced(Collection<String> names, Request request, Predicate<String> inQuery) {
        var query = Parameters.query(request.query()).pairs();
        for (var name : names) {
            var known = takes(name);
            var twice = query.stream().anyMatch(pair -> pair.name().equals(name));
            if (twice || !known && inQuery.test(name) || !known && SPECIAL.contains(name)) {
                return denial(known ? name : "*", "unknown", "a name of the query in the form, or one that is special");
            }
        }
        for (var pair : query) {
            if (takes(pair.name()) && !inQuery.test(pair.name())) {
                return denial(
                        shape.properties().containsKey(pair.name()) ? pair.name() : "*",
                        "unknown",
                        "a name of the form in the query");
            }
        }
        return null;
    }

    /** The denial of a field: the client learns a name that the schema has, and a keyword. */
    Verdict.Deny denied(String name, String keyword, String why) {
        return denial(shape.properties().containsKey(name) ? name : "*", keyword, why);
    }

    private static Verdict.Deny denial(String name, String keyword, String why) {
        return Verdict.deny(
                VIOLATION.withErrors(List.of(violation(name, keyword))), Evidence.of(JsonBody.SCHEMA_VIOLATION, why));
    }

    private static Reply.Violation violation(String name, String keyword) {
        return new Reply.Violation("/" + name.replace("~", "~0").replace("/", "~1"), keyword);
    }

    /** Where a field is: a name that the schema has, or {@code *}. */
    String pointer(String name) {
        return violation(shape.properties().containsKey(name) ? name : "*", "").pointer();
    }

    static Verdict.Deny malformed(String why) {
        return Verdict.deny(MALFORMED, Evidence.of("malformed-body", why));
    }
}
