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

    private static final String ANYTHING = "*/*";
    /** Words of a schema that say nothing of values. */
    private static final Set<String> OF_BYTES = Set.of(
            "$comment",
            "contentEncoding",
            "contentMediaType",
            "default",
            "deprecated",
            "description",
            "format",
            "maxLength",
            "minLength",
            "title");

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
            if (isJson(type) || isRange(type) && saysMore(media)) {
                json.put(type, JsonBody.of(media.schema(), bounds.read()).beside(head));
            }
        });
        this.form = terms(range(MediaType.parse(UrlencodedForm.TYPE), types), agreed, head);
        var parted = range(MediaType.parse(MultipartForm.TYPE), types);
        this.parts = ANYTHING.equals(parted) ? null : terms(parted, agreed, head);
    }

    private static @Nullable FormTerms terms(@Nullable String range, Map<String, Media> agreed, Proven head) {
        var media = range == null ? null : agreed.get(range);
        return range == null || media == null || isRange(range) && !saysMore(media)
                ? null
                : FormTerms.of(media.schema(), media.fields(), head);
    }

    private static boolean isRange(String type) {
        return type.endsWith("/*");
    }

    /** Tells whether a range's schema speaks of values, and not of the bytes or the text of whatever comes. */
    private static boolean saysMore(Media media) {
        return !Shape.of(media.schema()).isText()
                && media.schema().properties().stream().anyMatch(word -> !OF_BYTES.contains(word.getKey()));
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
        var range = type == null ? null : range(type, types);
        if (type == null || range == null || isUnread(type, range)) {
            return Verdict.deny(unsupported, Evidence.of("content-type", String.valueOf(stated)));
        }
        var judge = type.isJson() ? json.get(range) : null;
        return judge == null ? form(request, type, asking) : judge.check(request);
    }

    /** Tells whether nobody would judge what applications read parameters from, though the range's schema speaks of values. */
    private boolean isUnread(MediaType type, String range) {
        return range.equals(ANYTHING) && json.containsKey(range) && type.type().equals("multipart");
    }

    private Verdict form(Request request, MediaType type, Asking asking) {
        if (form != null && type.essence().equals(UrlencodedForm.TYPE)) {
            return new UrlencodedForm(form, bounds.read()).judge(request, type, asking.inQuery());
        }
        if (parts != null && takesApart() && type.essence().equals(MultipartForm.TYPE)) {
            var others = asking.strict() ? MultipartForm.Others.DENIED : MultipartForm.Others.JUDGED;
            return new MultipartForm(parts, others, bounds.read(), bounds.parts()).judge(request, asking.inQuery());
        }
        return pass;
    }

    /** The narrowest range of the agreed ones that covers the type; null when none does. */
    private static @Nullable String range(MediaType type, Set<String> types) {
        if (types.contains(type.essence())) {
            return type.essence();
        }
        var wide = type.type() + "/*";
        return types.contains(wide) ? wide : types.contains(ANYTHING) ? ANYTHING : null;
    }
}
