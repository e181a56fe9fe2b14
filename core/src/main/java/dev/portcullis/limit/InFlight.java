package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Request;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How many requests may be in flight at a time. Immutable.
 *
 * @param permits how many: 1 to a million; the ceiling of a limit that adapts
 * @param by what is counted separately
 * @param share what permits are shared among fairly; null: whoever comes first takes them
 * @param adaptation how the limit follows latency; null: it stands still
 * @param priorities which requests stand back
 * @param streams tells of requests that last as long as somebody listens, whose latency says nothing
 */
public record InFlight(
        int permits,
        LimitKey by,
        @Nullable LimitKey share,
        @Nullable Adaptation adaptation,
        Priorities priorities,
        Predicate<Request> streams) {

    /** The most requests that a limit can let through at a time. */
    public static final int MAX_PERMITS = 1_000_000;

    /** Checks the bounds. */
    public InFlight {
        requireNonNull(by, "by");
        requireNonNull(priorities, "priorities");
        requireNonNull(streams, "streams");
        if (permits < 1 || permits > MAX_PERMITS) {
            throw new IllegalArgumentException("permits: " + permits + " (expected: 1 to " + MAX_PERMITS + ")");
        }
        if (!Concurrency.isOfTheService(by) && (share != null || adaptation != null)) {
            throw new IllegalArgumentException(
                    "by: " + by + " (expected: route or global, for a limit that adapts or is shared)");
        }
        if (share != null && Concurrency.isOfTheService(share)) {
            throw new IllegalArgumentException("share: " + share + " (expected: what tells callers apart)");
        }
        if (adaptation != null && adaptation.floor() > permits) {
            throw new IllegalArgumentException(
                    "floor: " + adaptation.floor() + " (expected: at most the permits, " + permits + ")");
        }
    }

    /** A limit that stands still, for all requests of a key alike. */
    public static InFlight of(int permits, LimitKey by) {
        return new InFlight(permits, by, null, null, Priorities.NONE, request -> false);
    }
}
