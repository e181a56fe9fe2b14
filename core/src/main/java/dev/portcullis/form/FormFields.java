package dev.portcullis.form;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Body;
import dev.portcullis.Body.Content;
import dev.portcullis.Body.Parts;
import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.MediaType;
import dev.portcullis.http.Parameters;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets through only forms whose fields are what was agreed: how many, how long, under which names. Immutable.
 *
 * <p>Urlencoded forms are read within a bound and must be in UTF-8; of multipart forms the container's parts are asked, and files among
 * them are left to {@link Uploads}. Requests with other bodies pass. The denials are 400 {@code invalid-parameter} and {@code
 * malformed-body}, 413 {@code body-too-large}, 415 {@code unsupported-media-type}.
 */
@TrustedBase
public final class FormFields implements Check {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Reply INVALID = Reply.problem(400, "invalid-parameter");
    private static final Reply MALFORMED = Reply.problem(400, "malformed-body");
    private static final Reply LARGE = Reply.problem(413, "body-too-large");
    private static final Reply TYPE = Reply.problem(415, "unsupported-media-type");
    private static final int MAX_NAME = 256;
    private static final String CHARSET_FIELD = "_charset_";
    private static final String METHOD_FIELD = "_method";

    private final long maxSize;
    private final int maxFields;
    private final long maxFieldSize;
    private final Set<String> names;

    private FormFields(long maxSize, int maxFields, long maxFieldSize, Set<String> names) {
        this.maxSize = maxSize;
        this.maxFields = maxFields;
        this.maxFieldSize = maxFieldSize;
        this.names = names;
    }

    /**
     * A check of forms.
     *
     * @param maxFields how many fields there may be, at most {@value Parameters#MAX_PAIRS}
     * @param maxFieldSize how many bytes the value of one may have
     */
    public static FormFields of(int maxFields, long maxFieldSize) {
        if (maxFields < 1 || maxFields > Parameters.MAX_PAIRS) {
            throw new IllegalArgumentException(
                    "max-fields: " + maxFields + " (expected: 1 to " + Parameters.MAX_PAIRS + ")");
        }
        if (maxFieldSize < 1) {
            throw new IllegalArgumentException("max-field-size: " + maxFieldSize + " (expected: >= 1)");
        }
        return new FormFields(Body.DEFAULT_BOUND, maxFields, maxFieldSize, Set.of());
    }

    /** The same check of forms that have no other fields. */
    public FormFields named(List<String> fields) {
        return new FormFields(maxSize, maxFields, maxFieldSize, Set.copyOf(requireNonNull(fields, "fields")));
    }

    /** The same check of bodies up to so many bytes, files among them. */
    public FormFields within(long bytes) {
        return new FormFields(bytes, maxFields, maxFieldSize, names);
    }

    @Override
    public Verdict check(Request request) {
        var stated = request.header("Content-Type");
        if (stated == null || request.body().isEmpty()) {
            return Verdict.pass();
        }
        var type = MediaType.parseOrNull(stated);
        if (type == null) {
            return Verdict.deny(TYPE, Evidence.of("content-type", stated));
        }
        if (type.type().equals("multipart")) {
            return ofParts(request);
        }
        return type.essence().equals(FORM) ? ofPairs(request, type) : Verdict.pass();
    }

    private Verdict ofParts(Request request) {
        var parts = request.body().parts(maxSize);
        if (parts instanceof Parts.Denied denied) {
            return denied.deny();
        }
        var all = ((Parts.Whole) parts).all();
        var count = 0;
        for (var i = 0; i < all.size(); i++) {
            var part = all.get(i);
            if (part.isFile()) {
                continue;
            }
            count++;
            var denial = denial(count, i, part.name(), part.size());
            if (denial != null) {
                return denial;
            }
        }
        return Verdict.pass();
    }

    private Verdict ofPairs(Request request, MediaType type) {
        if (!type.isReadAsUtf8()) {
            return otherCharset(type);
        }
        var encoding = request.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Verdict.deny(TYPE.with("Accept-Encoding", "identity"), Evidence.of("content-encoding", encoding));
        }
        var content = request.body().content(maxSize);
        if (content instanceof Content.Denied denied) {
            return denied.deny();
        }
        var form = Parameters.form(((Content.Whole) content).bytes());
        if (type.isNarrow() && !form.isAscii()) {
            return otherCharset(type);
        }
        if (form.trouble() != null) {
            return Verdict.deny(MALFORMED, Evidence.of("malformed-body", form.trouble()));
        }
        return judged(form);
    }

    private static Verdict.Deny otherCharset(MediaType type) {
        return Verdict.deny(TYPE, Evidence.of("charset", String.valueOf(type.charset())));
    }

    private Verdict judged(Parameters form) {
        for (var i = 0; i < form.pairs().size(); i++) {
            var pair = form.pairs().get(i);
            var denial = denial(i + 1, i, pair.name(), bytes(pair.value()));
            if (denial != null) {
                return denial;
            }
        }
        return Verdict.pass();
    }

    private Verdict.@Nullable Deny denial(int count, int index, String name, long size) {
        if (count > maxFields) {
            return denial(INVALID, index, "max-fields");
        }
        if (size > maxFieldSize) {
            return denial(LARGE, index, "max-field-size");
        }
        if (name.length() > MAX_NAME || hasControl(name)) {
            return denial(INVALID, index, "name");
        }
        if (name.equals(CHARSET_FIELD) || name.equals(METHOD_FIELD)) {
            return denial(INVALID, index, "special-name");
        }
        return names.isEmpty() || names.contains(name) ? null : denial(INVALID, index, "unknown");
    }

    /** How long it is in UTF-8. A surrogate is half of four bytes. */
    private static long bytes(String value) {
        return value.chars()
                .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate((char) c) ? 2 : 3)
                .sum();
    }

    private static boolean hasControl(String name) {
        return name.codePoints().anyMatch(Character::isISOControl);
    }

    private static Verdict.Deny denial(Reply reply, int index, String keyword) {
        var errors = List.of(new Reply.Violation("/" + index, keyword));
        return Verdict.deny(reply.withErrors(errors), Evidence.of(reply.code(), keyword + " of field " + index));
    }
}
