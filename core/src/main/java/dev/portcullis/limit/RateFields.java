package dev.portcullis.limit;

import dev.portcullis.Header;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.greenbytes.http.sfv.StringItem;

/**
 * Writes what clients are told of a limit: the fields of the IETF draft "RateLimit header fields for HTTP", and older ones.
 * Thread-safe.
 *
 * <p>{@code RateLimit-Policy} names all windows and never changes. {@code RateLimit} tells of the one with the fewest permits left;
 * its {@code t} is the time until that window has more of them: until its period ends, or until the next permit has grown.
 */
final class RateFields {

    static final String REASON = "rate-limited";
    static final String QUOTA = "quota-exceeded";

    private static final long NANOS = 1_000_000_000;

    private final Fields fields;
    private final boolean legacyOnPass;
    private final Header policy;
    private final List<Header> limits;
    private final List<String> names;
    private final List<Denials> denials;
    private final List<Denials> sharedDenials;
    private final int jitter;

    RateFields(List<Window> windows, Terms terms) {
        fields = terms.fields;
        legacyOnPass = fields.legacy() && terms.last;
        var unit = terms.bytes ? ";qu=\"content-bytes\"" : "";
        var policies = windows.stream().map(window -> policy(window) + unit).toList();
        policy = new Header("RateLimit-Policy", String.join(", ", policies));
        limits = windows.stream()
                .map(window -> new Header("X-RateLimit-Limit", Long.toString(window.permits())))
                .toList();
        names = windows.stream().map(RateFields::name).toList();
        var reason = terms.quota() ? QUOTA : REASON;
        denials = denials(windows, reason, "");
        sharedDenials = denials(windows, reason, "the table of meters is full, and this one is shared");
        jitter = (int) fields.jitter().toSeconds();
    }

    private static String name(Window window) {
        return StringItem.valueOf(window.name()).serialize();
    }

    /** A window without a length of its own, such as a month, goes without. */
    private static String policy(Window window) {
        var calendar = window.calendar();
        var length = calendar == null ? window.per() : calendar.length();
        return name(window) + ";q=" + window.permits() + (length == null ? "" : ";w=" + length.toSeconds());
    }

    private List<Denials> denials(List<Window> windows, String reason, String detail) {
        return windows.stream()
                .map(window -> new Denials(
                        new Evidence(reason, List.of(window.name()), detail), after -> spent(window, after)))
                .toList();
    }

    /** What is told of a window that has no permit left, or not enough. */
    private List<Header> spent(Window window, long seconds) {
        var headers = new ArrayList<Header>();
        if (fields.draft()) {
            headers.add(policy);
            headers.add(new Header("RateLimit", name(window) + ";r=0;t=" + seconds));
        }
        if (fields.legacy()) {
            headers.add(new Header("X-RateLimit-Limit", Long.toString(window.permits())));
            headers.add(new Header("X-RateLimit-Remaining", "0"));
            headers.add(new Header("X-RateLimit-Reset", Long.toString(seconds)));
        }
        return headers;
    }

    /** The fields of a request that passed. */
    List<Header> pass(Reading reading) {
        if (!fields.draft() && !legacyOnPass) {
            return List.of();
        }
        var left = Math.max(0, reading.left());
        var seconds = seconds(reading.nanos());
        var limit = new Header("RateLimit", names.get(reading.window()) + ";r=" + left + ";t=" + seconds);
        return legacyOnPass ? withLegacy(limit, reading, left, seconds) : List.of(policy, limit);
    }

    private List<Header> withLegacy(Header limit, Reading reading, long left, long seconds) {
        var most = limits.get(reading.window());
        var remaining = new Header("X-RateLimit-Remaining", Long.toString(left));
        var reset = new Header("X-RateLimit-Reset", Long.toString(seconds));
        return fields.draft() ? List.of(policy, limit, most, remaining, reset) : List.of(most, remaining, reset);
    }

    /**
     * The denial of a request for which a window had no permit.
     *
     * @param wait for how many nanoseconds a later limit would deny it; 0 when none would
     */
    Verdict.Deny deny(Reading reading, long wait) {
        var spoken = reading.shared() ? sharedDenials : denials;
        var later = jitter == 0 ? 0 : ThreadLocalRandom.current().nextInt(jitter + 1);
        var seconds = seconds(reading.nanos()) + later;
        return spoken.get(reading.window()).after(seconds, Math.max(seconds, seconds(wait) + later));
    }

    /** Whole seconds, and never less than the time itself. */
    private static long seconds(long nanos) {
        return Math.max(1, nanos / NANOS + (nanos % NANOS > 0 ? 1 : 0));
    }
}
