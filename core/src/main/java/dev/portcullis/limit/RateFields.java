package dev.portcullis.limit;

import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.List;
import org.greenbytes.http.sfv.StringItem;

/**
 * Writes what clients are told of a limit: the fields of the IETF draft "RateLimit header fields for HTTP", and Retry-After.
 *
 * <p>{@code t} is the time until the window has more permits: until its period ends, or until the next permit has grown.
 */
final class RateFields {

    private static final long NANOS = 1_000_000_000;
    private static final String REASON = "rate-limited";

    private final Header policy;
    private final List<String> names;
    private final List<Evidence> evidence;
    private final List<Evidence> sharedEvidence;

    RateFields(List<Window> windows) {
        policy = new Header(
                "RateLimit-Policy",
                String.join(", ", windows.stream().map(RateFields::policy).toList()));
        names = windows.stream().map(RateFields::name).toList();
        evidence = windows.stream()
                .map(window -> new Evidence(REASON, List.of(window.name()), ""))
                .toList();
        sharedEvidence = windows.stream()
                .map(window -> new Evidence(REASON, List.of(window.name()), "the table of meters is full"))
                .toList();
    }

    private static String name(Window window) {
        return StringItem.valueOf(window.name()).serialize();
    }

    private static String policy(Window window) {
        return name(window) + ";q=" + window.permits() + ";w=" + window.per().toSeconds();
    }

    /** The fields of any answer. */
    List<Header> of(Reading reading) {
        return List.of(policy, state(reading));
    }

    private Header state(Reading reading) {
        return new Header("RateLimit", names.get(reading.window()) + ";r=" + reading.left() + ";t=" + seconds(reading));
    }

    /** The denial, which can be tried again when the window has more permits. */
    Verdict.Deny deny(Reading reading) {
        var retry = new Header("Retry-After", Long.toString(seconds(reading)));
        var reply = new Reply(429, REASON, List.of(retry, policy, state(reading)), List.of());
        return Verdict.deny(reply, (reading.shared() ? sharedEvidence : evidence).get(reading.window()));
    }

    private static long seconds(Reading reading) {
        return Math.max(1, (reading.nanos() + NANOS - 1) / NANOS);
    }
}
