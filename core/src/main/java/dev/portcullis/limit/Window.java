package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * So many permits in so much time. Immutable.
 *
 * <p>A fixed window gives all its permits at once and none more until its period ends; periods follow each other from the key's
 * first request on, or as the calendar has them. A smooth one is a token bucket: it starts with all its permits, and a used one grows
 * back after {@code per / permits}.
 *
 * @param name the name under which clients are told of it in {@code RateLimit-Policy}: 1 to 64 printable ASCII characters
 * @param permits how many requests pass: 1 to 2^50 for a window of the calendar, to a thousand million for any other
 * @param per the period, in whole seconds: one second to 366 days; about the period for a window of the calendar
 * @param smooth whether permits grow back one by one, and not all at the end of the period
 * @param calendar the periods of the calendar; null for any other
 */
public record Window(
        String name,
        long permits,
        Duration per,
        boolean smooth,
        @Nullable Calendar calendar) {

    static final int MAX_NAME = 64;
    static final long MAX_PERMITS = 1_000_000_000;
    static final long MAX_CALENDAR_PERMITS = 1L << 50;
    static final Duration MAX_PER = Duration.ofDays(366);

    /** Checks the bounds. */
    public Window {
        requireNonNull(per, "per");
        if (name.isEmpty() || name.length() > MAX_NAME || !name.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("name: `" + name + "` (expected: 1 to 64 printable ASCII characters)");
        }
        var most = calendar == null ? MAX_PERMITS : MAX_CALENDAR_PERMITS;
        if (permits < 1 || permits > most) {
            throw new IllegalArgumentException("permits: " + permits + " (expected: 1 to " + most + ")");
        }
        if (calendar == null
                && (per.compareTo(Duration.ofSeconds(1)) < 0 || per.compareTo(MAX_PER) > 0 || per.getNano() != 0)) {
            throw new IllegalArgumentException("per: " + per + " (expected: whole seconds, 1s to 366d)");
        }
        if (calendar != null && smooth) {
            throw new IllegalArgumentException("smooth: true (expected: false for a window of the calendar)");
        }
    }

    /** A window whose periods begin with the key's first request. */
    public Window(String name, long permits, Duration per, boolean smooth) {
        this(name, permits, per, smooth, null);
    }

    /** A window whose periods are those of the calendar. */
    public static Window of(String name, long permits, Calendar calendar) {
        return new Window(name, permits, calendar.about(), false, calendar);
    }

    /** The same window with other permits. */
    public Window with(long other) {
        return new Window(name, other, per, smooth, calendar);
    }

    /** Whether the periods of both begin and end together. */
    boolean sameTurns(Window other) {
        return smooth == other.smooth && Objects.equals(calendar, other.calendar) && per.equals(other.per);
    }
}
