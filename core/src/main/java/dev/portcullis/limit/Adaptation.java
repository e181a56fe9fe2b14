package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a limit follows latency. Immutable.
 *
 * @param floor how many requests always may be in flight: at least one
 * @param tolerance how many times the latency of a quiet time is taken for normal: 1.1 to 100
 * @param window how long latencies are gathered before the limit is judged: 100 ms to one minute
 */
public record Adaptation(int floor, double tolerance, Duration window) {

    private static final double MIN_TOLERANCE = 1.1;
    private static final double MAX_TOLERANCE = 100;
    private static final Duration MIN_WINDOW = Duration.ofMillis(100);
    private static final Duration MAX_WINDOW = Duration.ofMinutes(1);

    /** Checks the bounds. */
    public Adaptation {
        requireNonNull(window, "window");
        if (floor < 1) {
            throw new IllegalArgumentException("floor: " + floor + " (expected: >= 1)");
        }
        if (!(tolerance >= MIN_TOLERANCE && tolerance <= MAX_TOLERANCE)) {
            throw new IllegalArgumentException("tolerance: " + tolerance + " (expected: 1.1 to 100)");
        }
        if (window.compareTo(MIN_WINDOW) < 0 || window.compareTo(MAX_WINDOW) > 0) {
            throw new IllegalArgumentException("window: " + window + " (expected: 100ms to 1m)");
        }
    }
}
