package dev.portcullis.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What holds for every store. Immutable.
 *
 * @param prefix what the names of everything in the store begin with: a letter, then up to 29 lower-case letters, digits and {@code _}
 * @param timeout how long an answer may take
 * @param maxEntries how many entries a ledger keeps in each space
 */
public record Terms(String prefix, Duration timeout, long maxEntries) {

    /** How long an answer may take, at most. */
    public static final Duration LONGEST = Duration.ofSeconds(10);

    /** How long an entry of a ledger stays beyond its end, for nodes whose clocks are behind. */
    static final Duration GRACE = Duration.ofMinutes(5);

    /** Checks the bounds. */
    public Terms {
        requireNonNull(timeout, "timeout");
        if (!prefix.matches("[a-z][a-z0-9_]{0,29}")) {
            throw new IllegalArgumentException(
                    "prefix: `" + prefix + "` (expected: a letter, then up to 29 lower-case letters, digits and `_`)");
        }
        if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: 1ms to 10s)");
        }
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries: " + maxEntries + " (expected: >= 1)");
        }
    }
}
