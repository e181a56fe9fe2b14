package dev.portcullis.attack;

import java.time.Duration;

/**
 * How many requests detectors in the background look at, and for how long. Immutable.
 *
 * @param rate which share of requests, from 0 to 1
 * @param perSecond how many requests in a second at most
 * @param timeOut how long one detector may look at one request
 * @param counts whether what they say counts against callers
 */
public record BackgroundTerms(double rate, int perSecond, Duration timeOut, boolean counts) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Checks the bounds. */
    public BackgroundTerms {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate: " + rate + " (expected: above 0, at most 1)");
        }
        if (perSecond < 1) {
            throw new IllegalArgumentException("per-second: " + perSecond + " (expected: >= 1)");
        }
        if (timeOut.isNegative() || timeOut.isZero() || timeOut.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("time-out: " + timeOut + " (expected: above 0, at most 1m)");
        }
    }
}
