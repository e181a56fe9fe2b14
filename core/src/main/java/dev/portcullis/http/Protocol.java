package dev.portcullis.http;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * Denies requests whose head two readers may read in two ways, or that is larger than any honest one. Immutable.
 *
 * <p>A proxy in front, the container, the framework and the application all read the same head; what one of them takes for another
 * path, another length or another method is a way around the gate. Nothing is repaired. The denials are 400 {@code ambiguous-path}
 * and {@code malformed-request}, 405 {@code method-not-allowed}, 414 {@code target-too-long}, 416 {@code too-many-ranges} and 431 {@code
 * headers-too-large}.
 * Passing a request allocates nothing.
 */
@TrustedBase
public final class Protocol implements Check {

    /** How many characters the path and the query may have together. */
    public static final int MAX_TARGET = TargetPath.MAX_LENGTH;

    /** How many ranges a request may ask for, unless told otherwise. */
    public static final int MAX_RANGES = 10;

    private static final Protocol STRICT = new Protocol(MAX_RANGES);
    private static final Reply AMBIGUOUS = Reply.problem(400, "ambiguous-path");
    private static final Reply MALFORMED = Reply.problem(400, "malformed-request");
    private static final Verdict.Deny METHOD = Verdict.deny(
            Reply.problem(405, "method-not-allowed").with("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
            Evidence.of("method-not-allowed"));
    private static final Verdict.Deny TARGET =
            Verdict.deny(Reply.problem(414, "target-too-long"), Evidence.of("target-too-long"));
    private static final Verdict.Deny HEADERS =
            Verdict.deny(Reply.problem(431, "headers-too-large"), Evidence.of("headers-too-large"));

    private static final int MAX_METHOD = 32;
    private static final String BAD_METHOD = "a method that is no word of capital letters";

    private static final Verdict.Deny RANGES =
            Verdict.deny(Reply.problem(416, "too-many-ranges"), Evidence.of("too-many-ranges"));

    private final int maxRanges;

    private Protocol(int maxRanges) {
        this.maxRanges = maxRanges;
    }

    /** The check. */
    public static Protocol strict() {
        return STRICT;
    }

    /**
     * The same check of requests for so many ranges at most.
     *
     * @throws IllegalArgumentException when it is less than one
     */
    public Protocol maxRanges(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("max-ranges: " + count + " (expected: >= 1)");
        }
        return new Protocol(count);
    }

    @Override
    public Verdict check(Request request) {
        if (isTunnelOrEcho(request.method())) {
            return METHOD;
        }
        var query = request.query();
        if (request.rawPath().length() + (query == null ? 0L : query.length()) > MAX_TARGET) {
            return TARGET;
        }
        var ambiguity = request.ambiguity();
        if (ambiguity != null) {
            return Verdict.deny(AMBIGUOUS, Evidence.of("ambiguous-path", ambiguity));
        }
        if (HeaderLines.tooLarge(request.headers())) {
            return HEADERS;
        }
        var trouble = trouble(request, query);
        if (trouble != null) {
            return Verdict.deny(MALFORMED, Evidence.of("malformed-request", trouble));
        }
        return HeaderLines.ranges(request.headers()) > maxRanges ? RANGES : Verdict.pass();
    }

    private static boolean isTunnelOrEcho(String method) {
        return method.equalsIgnoreCase("TRACE")
                || method.equalsIgnoreCase("TRACK")
                || method.equalsIgnoreCase("CONNECT");
    }

    private static @Nullable String trouble(Request request, @Nullable String query) {
        if (!isMethod(request.method())) {
            return BAD_METHOD;
        }
        var found = HeaderLines.trouble(request.headers());
        return found == null && query != null ? QueryText.trouble(query) : found;
    }

    /** Methods are case-sensitive, and a reader that is not would take {@code get} for {@code GET}. */
    private static boolean isMethod(String method) {
        for (var i = 0; i < method.length(); i++) {
            var c = method.charAt(i);
            if ((c < 'A' || c > 'Z') && c != '-') {
                return false;
            }
        }
        return !method.isEmpty() && method.length() <= MAX_METHOD;
    }
}
