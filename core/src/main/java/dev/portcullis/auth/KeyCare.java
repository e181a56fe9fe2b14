package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one issuer's keys are fetched and kept. Immutable.
 *
 * @param maxStale how old keys may become while they cannot be fetched, from 1 minute to 30 days
 * @param timeout how long an answer may take, its body included, from 100 milliseconds to 30 seconds; null: 5 seconds
 * @param copy the file in which the last good keys are kept, for a start while the issuer is away; null: none
 */
public record KeyCare(
        Duration maxStale,
        @Nullable Duration timeout,
        @Nullable Path copy) {

    private static final Duration MIN_STALE = Duration.ofMinutes(1);
    private static final Duration MAX_STALE = Duration.ofDays(30);
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);

    /** Keys that last for 24 hours, and no copy of them. */
    public static final KeyCare USUAL = new KeyCare(Duration.ofHours(24), null, null);

    /** Checks the bounds. */
    public KeyCare {
        requireNonNull(maxStale, "maxStale");
        if (maxStale.compareTo(MIN_STALE) < 0 || maxStale.compareTo(MAX_STALE) > 0) {
            throw new IllegalArgumentException("max-stale: `" + maxStale + "` (expected: 1 minute to 30 days)");
        }
        if (timeout != null && (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0)) {
            throw new IllegalArgumentException("key-timeout: `" + timeout + "` (expected: 100 ms to 30 s)");
        }
    }

    /** The same with another bound of staleness. */
    public KeyCare withMaxStale(Duration bound) {
        return new KeyCare(bound, timeout, copy);
    }

    /** The same with another time-out. */
    public KeyCare withTimeout(Duration bound) {
        return new KeyCare(maxStale, bound, copy);
    }

    /** The same with a copy in this file. */
    public KeyCare withCopy(Path file) {
        return new KeyCare(maxStale, timeout, file);
    }
}
