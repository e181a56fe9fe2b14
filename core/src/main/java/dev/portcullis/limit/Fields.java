package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * In which fields clients are told of limits. Immutable.
 *
 * @param draft whether in those of the IETF draft: {@code RateLimit-Policy} and {@code RateLimit}
 * @param legacy whether in {@code X-RateLimit-Limit}, {@code X-RateLimit-Remaining} and {@code X-RateLimit-Reset}
 * @param jitter how much later than needed a denied client may be asked to come again, so that not all come at once
 */
public record Fields(boolean draft, boolean legacy, Duration jitter) {

    private static final Duration MAX_JITTER = Duration.ofHours(1);

    /** Those of the draft, without jitter. */
    public static final Fields DRAFT = new Fields(true, false, Duration.ZERO);

    /** Checks the bounds. */
    public Fields {
        requireNonNull(jitter, "jitter");
        if (jitter.isNegative() || jitter.compareTo(MAX_JITTER) > 0) {
            throw new IllegalArgumentException("jitter: " + jitter + " (expected: 0s to 1h)");
        }
    }
}
