package dev.portcullis.drill;

import java.time.Duration;

/**
 * How much an attack may ask of the application. Immutable.
 *
 * @param requests how many requests at most
 * @param perSecond how many in a second at most
 * @param timeOut how long one answer may take
 * @param time how long all of it may take
 * @param patience how long at most it waits when the application asks for that (429 with {@code Retry-After})
 */
public record Bounds(int requests, int perSecond, Duration timeOut, Duration time, Duration patience) {

    /** How many requests may be asked for. */
    public static final int MOST_REQUESTS = 100_000;

    /** How many in a second may be asked for. */
    public static final int MOST_PER_SECOND = 10_000;

    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(6);

    /** Checks the bounds. */
    public Bounds {
        demand(requests >= 1 && requests <= MOST_REQUESTS, "--max-requests", "1 to " + MOST_REQUESTS);
        demand(perSecond >= 1 && perSecond <= MOST_PER_SECOND, "--rate", "1 to " + MOST_PER_SECOND);
        demand(isWithin(timeOut, LONGEST_ANSWER), "--time-out", "above 0, at most 1m");
        demand(isWithin(time, LONGEST), "--max-time", "above 0, at most 6h");
        demand(!patience.isNegative() && patience.compareTo(LONGEST) <= 0, "--wait", "0s to 6h");
    }

    private static boolean isWithin(Duration one, Duration most) {
        return !one.isNegative() && !one.isZero() && one.compareTo(most) <= 0;
    }

    private static void demand(boolean holds, String name, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": expected " + expected);
        }
    }
}
