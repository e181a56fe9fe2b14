package dev.portcullis.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Request.Proven;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.MediaType;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets through only forms whose fields are what a schema says of one object. Immutable.
 *
 * <p>A body must be an urlencoded form in UTF-8 or a multipart form, else the request is denied with 415. Text is read as the types of
 * the schema have it: as a number, a truth value, JSON for an object, a list where a name comes more than once. What was left empty is
 * absent where the schema does not take text. Files are left to others, unless they come under the name of a field. GET, HEAD, OPTIONS,
 * DELETE and TRACE may do without a body. Names of the schema must not be in the query, which applications read together with the form.
 */
@TrustedBase
public final class FormBody implements Check {

    private static final Set<String> BODY_OPTIONAL = Set.of("GET", "HEAD", "OPTIONS", "DELETE", "TRACE");
    private static final Reply UNSUPPORTED =
            FormTerms.TYPE.with("Accept", UrlencodedForm.TYPE + ", " + MultipartForm.TYPE);
    private static final Verdict NO_BODY = FormTerms.malformed("no body");

    private final FormTerms terms;
    private final long maxFields;
    private final long maxBytes;

    private FormBody(FormTerms terms, long maxFields, long maxBytes) {
        this.terms = terms;
        this.maxFields = maxFields;
        this.maxBytes = maxBytes;
    }

    /**
     * A check of forms against a schema of draft 2020-12, or of draft 7 where its {@code $schema} says so.
     *
     * @param schema the schema of an object, as for {@link JsonBody}
     * @param maxFields how many bytes fields may have together
     * @throws IllegalArgumentException when the schema is none, or has what could not be held against a form; it names all of that
     */
    public static FormBody of(JsonNode schema, long maxFields) {
        if (maxFields < 1) {
            throw new IllegalArgumentException("maxFields: " + maxFields + " (expected: >= 1)");
        }
        if (!requireNonNull(schema, "schema").isObject()) {
            throw new IllegalArgumentException("schema: `" + schema.getNodeType() + "` (expected: an object)");
        }
        return new FormBody(FormTerms.of(schema, Map.of(), Proven.NOTHING).ofBrowsers(), maxFields, maxFields);
    }

    /** The same check of multipart forms that have at most so many bytes, files among them. */
    public FormBody withFiles(long bytes) {
        return new FormBody(terms, maxFields, bytes);
    }

    @Override
    public Verdict check(Request request) {
        if (request.body().isEmpty()) {
            return BODY_OPTIONAL.contains(request.method()) ? Verdict.pass() : NO_BODY;
        }
        var stated = request.header("Content-Type");
        var type = stated == null ? null : MediaType.parseOrNull(stated);
        var essence = type == null ? "" : type.essence();
        if (type != null && essence.equals(UrlencodedForm.TYPE)) {
            return new UrlencodedForm(terms, maxFields).judge(request, type, name -> false);
        }
        return essence.equals(MultipartForm.TYPE)
                ? new MultipartForm(terms, MultipartForm.Others.LEFT, maxFields, maxBytes).judge(request, name -> false)
                : unsupported(stated);
    }

    private static Verdict unsupported(@Nullable String stated) {
        return Verdict.deny(UNSUPPORTED, Evidence.of("content-type", String.valueOf(stated)));
    }
}
