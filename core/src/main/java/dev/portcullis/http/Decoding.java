package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which encodings of a body are undone for the checks that read it, and how far. Immutable.
 *
 * <p>The application gets the bytes as they came. A body in another encoding, or in several, is left to the check, which denies it
 * with 415; so is an encoded form, of which containers take parameters without decoding it. What comes out is bounded by the check's own
 * bound and by the ratio.
 *
 * @param codings the content codings, in lower case
 * @param maxRatio how many times longer than what came a body may become
 */
@TrustedBase
public record Decoding(Set<String> codings, int maxRatio) {

    /** The codings that can be undone (RFC 9110, section 8.4.1). */
    public static final List<String> KNOWN = List.of("gzip", "deflate");

    /** How many times longer a body may become unless told. */
    public static final int USUAL_RATIO = 100;

    private static final String OLD_GZIP = "x-gzip";
    private static final String FORM = "application/x-www-form-urlencoded";

    /** Checks that the codings are known. */
    public Decoding {
        codings = Set.copyOf(codings);
        for (var coding : codings) {
            if (!KNOWN.contains(coding)) {
                throw new IllegalArgumentException("encoding: `" + coding + "` (expected: one of " + KNOWN + ")");
            }
        }
        if (maxRatio < 1) {
            throw new IllegalArgumentException("max-ratio: " + maxRatio + " (expected: >= 1)");
        }
    }

    /** What both undo, no further than either. */
    public Decoding and(Decoding other) {
        var common = new HashSet<>(codings);
        common.retainAll(other.codings);
        return new Decoding(common, Math.min(maxRatio, other.maxRatio));
    }

    /** The check, which sees decoded bodies. */
    public Check around(Check reader) {
        requireNonNull(reader, "reader");
        return codings.isEmpty() ? reader : new Reading(reader, this);
    }

    /** The coding of the request's body, by its usual name; empty when it is none of these. */
    private String codingOf(Request request) {
        var stated = request.header(DecodedRequest.CONTENT_ENCODING);
        if (stated == null || mayBeForm(request.header("Content-Type"))) {
            return "";
        }
        var lower = stated.toLowerCase(Locale.ROOT);
        var usual = lower.equals(OLD_GZIP) ? "gzip" : lower;
        return codings.contains(usual) ? usual : "";
    }

    /** Between pairs that the bytes of a coding hide, such as the file name in a head of gzip, containers find others. */
    private static boolean mayBeForm(@Nullable String contentType) {
        var type = contentType == null ? null : MediaType.parseOrNull(contentType);
        return type == null ? contentType != null : type.essence().equals(FORM);
    }

    /** A check that sees decoded bodies. */
    private record Reading(Check reader, Decoding decoding) implements Check {

        @Override
        public Verdict check(Request request) {
            var coding = decoding.codingOf(request);
            return reader.check(coding.isEmpty() ? request : DecodedRequest.of(request, coding, decoding.maxRatio()));
        }
    }
}
