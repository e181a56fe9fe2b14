package dev.portcullis.ip;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a feed is fetched, and what of it is taken. Immutable.
 *
 * @param refresh how often it is fetched, from 1 minute to 30 days
 * @param timeout how long an answer may take, its body included, from 100 milliseconds to 5 minutes
 * @param maxBytes how large it may be, up to 256 MiB
 * @param maxEntries how many entries it may have, up to 5 million
 * @param maxStale how old the last good copy may become; null: it never becomes too old
 * @param copy the file in which the last good copy is kept; null: in none
 * @param mayBeEmpty whether a feed without entries is taken
 */
public record FeedTerms(
        Duration refresh,
        Duration timeout,
        int maxBytes,
        int maxEntries,
        @Nullable Duration maxStale,
        @Nullable Path copy,
        boolean mayBeEmpty) {

    /** What holds unless told otherwise: an hour, 30 seconds, 10 MiB, a million entries. */
    public static final FeedTerms USUAL =
            new FeedTerms(Duration.ofHours(1), Duration.ofSeconds(30), 10 << 20, 1_000_000, null, null, false);

    private static final int MOST_BYTES = 256 << 20;
    private static final int MOST_ENTRIES = 5_000_000;

    /** Checks the bounds. */
    public FeedTerms {
        requireNonNull(refresh, "refresh");
        requireNonNull(timeout, "timeout");
        within("refresh", refresh, Duration.ofMinutes(1), Duration.ofDays(30));
        within("timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        if (maxStale != null) {
            within("max-stale", maxStale, refresh, Duration.ofDays(366));
        }
        if (maxBytes < 1 || maxBytes > MOST_BYTES) {
            throw new IllegalArgumentException("max-size: `" + maxBytes + "` (expected: up to 256 MB)");
        }
        if (maxEntries < 1 || maxEntries > MOST_ENTRIES) {
            throw new IllegalArgumentException(
                    "max-entries: `" + maxEntries + "` (expected: up to " + MOST_ENTRIES + ")");
        }
    }

    private static void within(String what, Duration span, Duration least, Duration most) {
        if (span.compareTo(least) < 0 || span.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + ": `" + span + "` (expected: `" + least + "` to `" + most + "`)");
        }
    }
}
