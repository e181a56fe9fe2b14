package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Body;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Request.Proven;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.MediaType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The body of an operation: which media types it may have, and what JSON and forms must be. Immutable. */
final class ApiBody {

    private static final Reply MISSING = Reply.problem(400, "malformed-body");
    private static final Reply UNDESCRIBED = Reply.problem(415, "unsupported-media-type");

    private final boolean required;
    private final Set<String> types;
    private final Map<String, JsonBody> json;
    private final @Nullable FormTerms form;
    private final @Nullable FormTerms parts;
    private final Reply unsupported;
    private final Verdict pass;
    private final Bounds bounds;

    /**
     * What was agreed of one media type.
     *
     * @param schema what a body of it must obey, in a schema that stands by itself
     * @param fields how the fields of a form are sent
     */
    record Media(JsonNode schema, Map<String, FieldTerms> fields) {}

    /**
     * How long bodies may be, in bytes.
     *
     * @param read what is read of them
     * @param parts all parts of a multipart form, files among them; none are taken apart where it is less than one
     */
    record Bounds(long read, long parts) {

        /** As long as nobody says otherwise. */
        static final Bounds USUAL = new Bounds(Body.DEFAULT_BOUND, 10L << 20);
    }

    /**
     * How a request is judged.
     *
     * @param inQuery tells whether a name is one of the query's parameters: applications read both as one
     * @param strict whether what nobody described is denied
     */
    record Asking(Predicate<String> inQuery, boolean strict) {}

    private ApiBody(ApiBody other, Bounds bounds) {
        this.required = other.required;
        this.types = other.types;
        this.json = new TreeMap<>(other.json);
        this.json.replaceAll((type, body) -> body.within(bounds.read()));
        this.form = other.form;
        this.parts = other.parts;
        this.unsupported = other.unsupported;
        this.pass = other.pass;
        this.bounds = bounds;
    }

    /**
     * A body of the usual length.
     *
     * @param required whether there must be one
     * @param agreed what it must be by its media type
     * @param head what is proven of the rest of the request
     */
    ApiBody(boolean required, Map<String, Media> agreed, Proven head) {
        this.required = required;
        this.pass = Verdict.Pass.proving(head);
        this.types = new TreeSet<>(agreed.keySet());
        this.bounds = Bounds.USUAL;
        this.unsupported = Reply.problem(415, "unsupported-media-type").with("Accept", String.join(", ", types));
        this.json = new TreeMap<>();
        agreed.forEach((type, media) -> {
            if (isJson(type)) {
                json.put(type, JsonBody.of(media.schema(), bounds.read()).beside(head));
            }
        });
        this.form = terms(agreed.get(UrlencodedForm.TYPE), head);
        this.parts = terms(agreed.get(MultipartForm.TYPE), head);
    }

    private static @Nullable FormTerms terms(@Nullable Media media, Proven head) {
        return media == null ? null : FormTerms.of(media.schema(), media.fields(), head);
    }

    /** The same body of this length at most. */
    ApiBody within(Bounds most) {
        return new ApiBody(this, most);
    }

    /** Tells whether multipart forms are taken apart. */
    boolean takesApart() {
        return parts != null && bounds.parts() > 0;
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
        return type == null
                        || type.essence().equals(UrlencodedForm.TYPE)
                        || type.type().equals("multipart")
                ? Verdict.deny(UNDESCRIBED, Evidence.of("content-type", stated))
                : null;
    }

    /** Judges the body. */
    Verdict judge(Request request, Asking asking) {
        if (request.body().isEmpty()) {
            return required ? Verdict.deny(MISSING, Evidence.of("malformed-body", "no body")) : pass;
        }
        var stated = request.header("Content-Type");
        var type = stated == null ? null : MediaType.parseOrNull(stated);
        var range = type == null ? null : range(type);
        if (type == null || range == null) {
            return Verdict.deny(unsupported, Evidence.of("content-type", String.valueOf(stated)));
        }
        var judge = json.get(range);
        return judge == null ? form(request, type, range, asking) : judge.check(request);
    }

    private Verdict form(Request request, MediaType type, String range, Asking asking) {
        if (form != null && range.equals(UrlencodedForm.TYPE)) {
            return new UrlencodedForm(form, bounds.read()).judge(request, type, asking.inQuery());
        }
        if (parts != null && takesApart() && range.equals(MultipartForm.TYPE)) {
            var others = asking.strict() ? MultipartForm.Others.DENIED : MultipartForm.Others.JUDGED;
            return new MultipartForm(parts, others, bounds.read(), bounds.parts()).judge(request, asking.inQuery());
        }
        return pass;
    }

    /** The narrowest range of the agreed ones that covers the type; null when none does. */
    private @Nullable String range(MediaType type) {
        if (types.contains(type.essence())) {
            return type.essence();
        }
        var wide = type.type() + "/*";
        return types.contains(wide) ? wide : types.contains("*/*") ? "*/*" : null;
    }
}
