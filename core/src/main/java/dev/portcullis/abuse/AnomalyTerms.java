package dev.portcullis.abuse;

import java.time.Duration;

/**
 * What is told as an anomaly. Immutable.
 *
 * @param enabled whether anything is
 * @param threshold how often a caller is turned away on a route in a period at least
 * @param sigma by how many standard deviations that is more than usual
 * @param per the period
 * @param quiet how long it has to be usual again before it is told once more
 */
public record AnomalyTerms(boolean enabled, int threshold, int sigma, Duration per, Duration quiet) {

    /** What holds where nobody writes anything. */
    public static final AnomalyTerms USUAL =
            new AnomalyTerms(true, 20, 4, Duration.ofMinutes(1), Duration.ofMinutes(10));

    private static final int MOST = 1_000_000;
    private static final int MOST_SIGMA = 100;

    /** Checks the bounds. */
    public AnomalyTerms {
        if (threshold < 1 || threshold > MOST || sigma < 0 || sigma > MOST_SIGMA) {
            throw new IllegalArgumentException("threshold: " + threshold + ", sigma: " + sigma + " (expected: 1 to "
                    + MOST + ", and 0 to " + MOST_SIGMA + ")");
        }
        demand("per", per, Duration.ofHours(1));
        demand("quiet", quiet, Duration.ofDays(1));
    }

    private static void demand(String what, Duration time, Duration most) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + ": " + time + " (expected: 1s to " + most + ")");
        }
    }
}
