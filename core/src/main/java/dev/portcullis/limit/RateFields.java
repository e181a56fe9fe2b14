package dev.portcullis.limit;

import dev.portcullis.Header;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.List;
import org.greenbytes.http.sfv.StringItem;

/**
 * Writes what clients are told of a limit: the fields of the IETF draft "RateLimit header fields for HTTP". Thread-safe.
 *
 * <p>{@code RateLimit-Policy} names all windows and never changes. {@code RateLimit} tells of the one with the fewest permits left;
 * its {@code t} is the time until that window has more of them: until its period ends, or until the next permit has grown.
 */
final class RateFields {

    static final String REASON = "rate-limited";

    private static final long NANOS = 1_000_000_000;

    private final Header policy;
    private final List<String> names;
    private final List<Denials> denials;
    private final List<Denials> sharedDenials;

    RateFields(List<Window> windows) {
        var policies = windows.stream().map(RateFields::policy).toList();
        policy = new Header("RateLimit-Policy", String.join(", ", policies));
        names = windows.stream().map(RateFields::name).toList();
        denials = windows.stream().map(window -> denials(window, "")).toList();
        sharedDenials = windows.stream()
                .map(window -> denials(window, "the table of meters is full, and this one is shared"))
                .toList();
    }

    private static String name(Window window) {
        return StringItem.valueOf(window.name()).serialize();
    }

    private static String policy(Window window) {
        return name(window) + ";q=" + window.permits() + ";w=" + window.per().toSeconds();
    }

    private Denials denials(Window window, String detail) {
        return new Denials(policy, name(window), new Evidence(REASON, List.of(window.name()), detail));
    }

    /** The fields of a request that passed. */
    List<Header> pass(Reading reading) {
        var left = names.get(reading.window()) + ";r=" + reading.left() + ";t=" + seconds(reading);
        return List.of(policy, new Header("RateLimit", left));
    }

    /** The denial of a request for which a window had no permit. */
    Verdict.Deny deny(Reading reading) {
        var spoken = reading.shared() ? sharedDenials : denials;
        return spoken.get(reading.window()).after(seconds(reading));
    }

    /** Whole seconds, and never less than the time itself. */
    private static long seconds(Reading reading) {
        return Math.max(1, (reading.nanos() + NANOS - 1) / NANOS);
    }
}
