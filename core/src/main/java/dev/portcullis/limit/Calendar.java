package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Periods that follow the calendar: every so many seconds, minutes or hours that divide a day in UTC; or days, weeks, months or years
 * that begin with a day in a time zone. Thread-safe.
 *
 * <p>A day has 23 or 25 hours where clocks change. A month that begins on the 31st begins on its last day when it is shorter.
 */
public final class Calendar {

    private static final Duration DAY = Duration.ofDays(1);

    private final String text;
    private final Turns turns;
    private volatile Span current;

    /** A period, from its first millisecond since 1970 to before its end. */
    record Span(long start, long end) {

        boolean covers(long millis) {
            return millis >= start && millis < end;
        }
    }

    /** The periods by their numbers. */
    interface Turns {

        /** The number of the period that it is at a time. */
        long number(long millis);

        /** When a period starts. */
        long start(long number);

        /** How long each of them is; null when they differ. */
        @Nullable
        Duration length();

        /** About how long they are. */
        Duration about();
    }

    private Calendar(String text, Turns turns) {
        this.text = text;
        this.turns = turns;
        this.current = spanAt(0);
    }

    /**
     * The periods that a text names.
     *
     * @param period an ISO 8601 duration of one unit, such as {@code PT1H}, {@code P1D}, {@code P1W}, {@code P1M} or {@code P1Y}
     * @param zone the time zone with whose days they begin; those that are shorter than a day follow UTC
     * @param anchor when a period begins: a day of the month (1 to 31) for months, a day of the week for weeks, a day such as
     *     {@code 04-01} for years; empty for the first one, and for all others
     * @throws IllegalArgumentException when one of them is not what it should be
     */
    public static Calendar of(String period, ZoneId zone, String anchor) {
        requireNonNull(zone, "zone");
        var upper = requireNonNull(period, "period").toUpperCase(Locale.ROOT);
        var text = upper + " " + zone + " " + anchor.toLowerCase(Locale.ROOT);
        return new Calendar(text, upper.startsWith("PT") ? Ticks.of(upper, anchor) : Dates.of(upper, zone, anchor));
    }

    /** The periods of a length that divides a day, from midnight in UTC on. */
    public static Calendar every(Duration length) {
        return new Calendar("every " + length, Ticks.of(length));
    }

    /** The period that it is at a time. */
    Span spanAt(long millis) {
        var known = current;
        if (known != null && known.covers(millis)) {
            return known;
        }
        var number = turns.number(millis);
        var span = new Span(turns.start(number), turns.start(number + 1));
        current = span;
        return span;
    }

    /** When the period that it is at a time ends. */
    public Instant endOf(Instant now) {
        return Instant.ofEpochMilli(spanAt(now.toEpochMilli()).end());
    }

    /** When the period that it is at a time began. */
    public Instant startOf(Instant now) {
        return Instant.ofEpochMilli(spanAt(now.toEpochMilli()).start());
    }

    /** How long every period is; null when they differ, as months do. */
    public @Nullable Duration length() {
        return turns.length();
    }

    /** About how long a period is. */
    Duration about() {
        return turns.about();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Calendar calendar && text.equals(calendar.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /** Periods of one length that divides a day. */
    private record Ticks(long millis) implements Turns {

        static Ticks of(String text, String anchor) {
            if (!anchor.isEmpty()) {
                throw new IllegalArgumentException("anchor: `" + anchor + "` (expected: none, for less than a day)");
            }
            try {
                return of(Duration.parse(text));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("period: `" + text + "` (expected: such as `PT1H` or `P1M`)", e);
            }
        }

        static Ticks of(Duration length) {
            var millis = length.toMillis();
            if (millis < 1000 || millis % 1000 != 0 || DAY.toMillis() % millis != 0) {
                throw new IllegalArgumentException(
                        "period: " + length + " (expected: whole seconds that divide a day)");
            }
            return new Ticks(millis);
        }

        @Override
        public long number(long at) {
            return Math.floorDiv(at, millis);
        }

        @Override
        public long start(long number) {
            return number * millis;
        }

        @Override
        public Duration length() {
            return Duration.ofMillis(millis);
        }

        @Override
        public Duration about() {
            return length();
        }
    }
}
