package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When a handler is left alone because it fails, and for how long. Immutable.
 *
 * @param failureRate how many of a hundred requests must fail: 1 to 100
 * @param minRequests how many requests a window must have to be judged: 1 to a million
 * @param window the time of which requests are counted: one second to one hour
 * @param openFor how long nobody is let through: one second to one hour
 * @param probes how many requests are then let through to try, all of which must succeed: 1 to 1000
 * @param by what is judged by itself: {@code route} or {@code global}
 */
public record Circuit(int failureRate, int minRequests, Duration window, Duration openFor, int probes, LimitKey by) {

    private static final Duration LEAST = Duration.ofSeconds(1);
    /** The longest window, and the longest pause. */
    static final Duration MOST = Duration.ofHours(1);

    private static final int MAX_PROBES = 1000;
    private static final int MAX_REQUESTS = 1_000_000;

    /** Checks the bounds. */
    public Circuit {
        requireNonNull(by, "by");
        demand("failure-rate", failureRate, 100);
        demand("min-requests", minRequests, MAX_REQUESTS);
        demand("probes", probes, MAX_PROBES);
        demand("window", window);
        demand("open-for", openFor);
        if (!Concurrency.isOfTheService(by)) {
            throw new IllegalArgumentException("by: " + by + " (expected: route or global)");
        }
    }

    private static void demand(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + most + ")");
        }
    }

    private static void demand(String name, Duration value) {
        requireNonNull(value, name);
        if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1s to 1h)");
        }
    }
}
