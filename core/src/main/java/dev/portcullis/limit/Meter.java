package dev.portcullis.limit;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The count of one key. Not thread-safe.
 *
 * <p>For each window it keeps three numbers: how many permits are left; since when they are counted, in nanoseconds of its time; and
 * the rest, which is the part of a permit that has grown in a smooth window, the end of a calendar window's period in milliseconds
 * since 1970, or in any other window the part of a permit that is left of a share, in 2^-32.
 */
final class Meter {

    private static final int LEFT = 0;
    private static final int SINCE = 1;
    private static final int REST = 2;
    private static final int NUMBERS = 3;
    private static final int PART_BITS = 32;

    /** The next one whose key has the same place in a map; null for the last. */
    @Nullable
    Meter next;

    private final MeterTime time;
    private final boolean shared;
    private int rule;
    private long high;
    private long low;
    private Quota quota;
    private long[] numbers;

    private Meter(Quota quota, MeterTime time, long[] numbers, boolean shared) {
        this.quota = quota;
        this.time = time;
        this.numbers = numbers;
        this.shared = shared;
    }

    /** A meter of one key, of which so many permits of every window are used already. */
    Meter(Quota quota, MeterTime time, long used) {
        this(quota, time, fresh(quota, time, used), false);
    }

    /** The same, as the one of this key. */
    Meter of(MeterKey key) {
        rule = key.rule();
        high = key.high();
        low = key.low();
        return this;
    }

    /** Tells whether it is the one of a key. */
    boolean counts(MeterKey key) {
        return low == key.low() && high == key.high() && rule == key.rule();
    }

    /** The hash of its key. */
    int hash() {
        return MeterKey.hash(rule, high, low);
    }

    /** A meter with all permits that counts more keys than one. */
    static Meter shared(Quota quota, MeterTime time) {
        return new Meter(quota, time, fresh(quota, time, 0), true);
    }

    /** A meter of one key, with the share of permits that this one has left. */
    Meter sibling(Quota wanted) {
        advance();
        return new Meter(wanted, time, inherited(wanted), false);
    }

    private static long[] fresh(Quota quota, MeterTime time, long used) {
        var numbers = new long[NUMBERS * quota.size()];
        for (var i = 0; i < quota.size(); i++) {
            var window = quota.get(i);
            numbers[NUMBERS * i + LEFT] = Math.max(0, window.permits() - used);
            numbers[NUMBERS * i + SINCE] = time.nanos();
            numbers[NUMBERS * i + REST] = end(window, time);
        }
        return numbers;
    }

    /** When a calendar window's period ends; 0 for any other. */
    private static long end(Window window, MeterTime time) {
        var calendar = window.calendar();
        return calendar == null ? 0 : calendar.spanAt(time.millis()).end();
    }

    /** Uses so many permits of every window, if every window has them. */
    Reading take(Quota wanted, long permits) {
        prepare(wanted);
        for (var i = 0; i < quota.size(); i++) {
            if (numbers[NUMBERS * i + LEFT] < permits) {
                return denial(permits);
            }
        }
        use(permits, false);
        return reading(true, tightest());
    }

    /** Uses so many permits of every window, whether it has them or not. */
    Reading charge(Quota wanted, long permits) {
        prepare(wanted);
        use(permits, true);
        return reading(true, tightest());
    }

    /** What is left now. */
    Reading look(Quota wanted) {
        prepare(wanted);
        return reading(true, tightest());
    }

    /** Gives back what was taken at a time, to windows whose period has not ended since, less what has grown since. */
    void giveBack(Quota wanted, long permits, long at) {
        prepare(wanted);
        for (var i = 0; i < quota.size(); i++) {
            var window = quota.get(i);
            var place = NUMBERS * i;
            var due = window.smooth()
                    ? permits - quota.growth(i).grown(time.nanos() - at, 0)
                    : at >= numbers[place + SINCE] ? permits : 0;
            if (due > 0) {
                add(place, window, due);
            }
        }
    }

    private void add(int place, Window window, long permits) {
        numbers[place + LEFT] += permits;
        if (numbers[place + LEFT] >= window.permits()) {
            numbers[place + LEFT] = window.permits();
            numbers[place + REST] = window.calendar() == null ? 0 : numbers[place + REST];
        }
    }

    private void use(long permits, boolean indebting) {
        for (var i = 0; i < quota.size(); i++) {
            var place = NUMBERS * i + LEFT;
            numbers[place] -= permits;
            if (indebting) {
                numbers[place] = Math.max(numbers[place], leastLeft(quota.get(i)));
            }
        }
    }

    /** The largest debt, so that nobody is locked out for long; a quota has none, since its overage is to be known. */
    private static long leastLeft(Window window) {
        return window.calendar() == null ? -window.permits() : -Window.MAX_CALENDAR_PERMITS;
    }

    @SuppressWarnings("ReferenceEquality") // cheaper than equality, and adopting an equal one changes nothing
    private void prepare(Quota wanted) {
        advance();
        if (quota != wanted) {
            if (!quota.equals(wanted)) {
                numbers = inherited(wanted);
            }
            quota = wanted;
        }
    }

    /** Brings every window to the present. */
    private void advance() {
        for (var i = 0; i < quota.size(); i++) {
            var window = quota.get(i);
            if (window.calendar() != null) {
                turn(NUMBERS * i, window);
            } else if (window.smooth()) {
                grow(i);
            } else {
                begin(i);
            }
        }
    }

    /**
     * Begins the calendar's period that it is now, if that is a later one. One that ends later than any can was counted by a clock that
     * was wrong: it ends with the period that it is now, with what was used of it.
     */
    private void turn(int place, Window window) {
        var left = numbers[place + REST] - time.millis();
        if (left <= 0) {
            numbers[place + LEFT] = window.permits();
            numbers[place + SINCE] = time.nanos();
            numbers[place + REST] = end(window, time);
        } else if (left > 2 * window.per().toMillis()) {
            numbers[place + REST] = end(window, time);
        }
    }

    /** Begins the period that it is now, counted from the first request. */
    private void begin(int index) {
        var place = NUMBERS * index;
        var gone = time.nanos() - numbers[place + SINCE];
        if (gone >= quota.nanos(index)) {
            numbers[place + SINCE] += gone - gone % quota.nanos(index);
            numbers[place + LEFT] = quota.get(index).permits();
            numbers[place + REST] = 0;
        }
    }

    private void grow(int index) {
        var place = NUMBERS * index;
        var window = quota.get(index);
        var gone = time.nanos() - numbers[place + SINCE];
        numbers[place + SINCE] = time.nanos();
        if (gone == 0 || numbers[place + LEFT] >= window.permits()) {
            return;
        }
        var growth = quota.growth(index);
        var rest = numbers[place + REST];
        numbers[place + REST] = growth.rest(gone, rest);
        add(place, window, growth.grown(gone, rest));
    }

    private Reading denial(long permits) {
        var longest = 0;
        for (var i = 1; i < quota.size(); i++) {
            var difference = Long.compare(wait(i, permits), wait(longest, permits));
            longest = difference > 0 || difference == 0 && quota.longer(i, longest) ? i : longest;
        }
        var left = numbers[NUMBERS * longest + LEFT];
        return new Reading(false, longest, left, wait(longest, permits), shared, time.nanos());
    }

    private Reading reading(boolean passed, int window) {
        var left = numbers[NUMBERS * window + LEFT];
        return new Reading(passed, window, left, wait(window, left + 1), shared, time.nanos());
    }

    /** The window with the fewest permits left; the longer one of two. */
    private int tightest() {
        var tightest = 0;
        for (var i = 1; i < quota.size(); i++) {
            var difference = Long.compare(numbers[NUMBERS * i + LEFT], numbers[NUMBERS * tightest + LEFT]);
            tightest = difference < 0 || difference == 0 && quota.longer(i, tightest) ? i : tightest;
        }
        return tightest;
    }

    /** The nanoseconds until a window has so many permits, or all that it ever has; 0 when it has them. */
    private long wait(int index, long permits) {
        var window = quota.get(index);
        var place = NUMBERS * index;
        var missing = Math.min(permits, window.permits()) - numbers[place + LEFT];
        if (missing <= 0 && permits <= window.permits()) {
            return 0;
        }
        if (window.calendar() != null) {
            return (numbers[place + REST] - time.millis()) * MeterTime.NANOS_PER_MILLI;
        }
        return window.smooth()
                ? quota.growth(index).nanosFor(Math.max(0, missing), numbers[place + REST])
                : numbers[place + SINCE] + quota.nanos(index) - time.nanos();
    }

    /** Tells whether all windows have all their permits, so that forgetting this meter gives nobody anything. */
    boolean isFull() {
        return nanosUntilFull() <= 0;
    }

    /** The nanoseconds until all windows have all their permits, if none is used until then. */
    long nanosUntilFull() {
        advance();
        var longest = 0L;
        for (var i = 0; i < quota.size(); i++) {
            longest = Math.max(longest, wait(i, quota.get(i).permits()));
        }
        return longest;
    }

    /**
     * What other windows have after these. A window of the calendar keeps what was used of the one of its name; any other keeps the
     * share of permits that the one of its name had left, and its period where that is the same; one of a new name gets the smallest
     * share of all.
     */
    private long[] inherited(Quota wanted) {
        var next = fresh(wanted, time, 0);
        for (var i = 0; i < wanted.size(); i++) {
            inherit(next, NUMBERS * i, wanted.get(i));
        }
        return next;
    }

    private void inherit(long[] next, int place, Window wanted) {
        var smallest = BigInteger.valueOf(wanted.permits()).shiftLeft(PART_BITS);
        for (var i = 0; i < quota.size(); i++) {
            var window = quota.get(i);
            var share = share(NUMBERS * i, wanted, window);
            var same = window.name().equals(wanted.name());
            if (same && !wanted.smooth() && wanted.sameTurns(window)) {
                next[place + SINCE] = numbers[NUMBERS * i + SINCE];
                next[place + REST] = numbers[NUMBERS * i + REST];
            }
            if (same) {
                leave(next, place, wanted, share);
                return;
            }
            smallest = smallest.min(share);
        }
        leave(next, place, wanted, smallest);
    }

    /** Sets what is left. The part of a permit is kept, so that changing back takes nobody anything. */
    private static void leave(long[] next, int place, Window wanted, BigInteger share) {
        var left = share.shiftRight(PART_BITS);
        next[place + LEFT] = left.longValue();
        if (isPlain(wanted)) {
            next[place + REST] = share.subtract(left.shiftLeft(PART_BITS)).longValue();
        }
    }

    private static boolean isPlain(Window window) {
        return !window.smooth() && window.calendar() == null;
    }

    private BigInteger share(int place, Window wanted, Window window) {
        var whole = BigInteger.valueOf(numbers[place + LEFT]).shiftLeft(PART_BITS);
        if (wanted.calendar() != null && wanted.sameTurns(window)) {
            return whole.add(
                    BigInteger.valueOf(wanted.permits() - window.permits()).shiftLeft(PART_BITS));
        }
        if (numbers[place + LEFT] < 0) {
            return whole;
        }
        var parts = isPlain(window) ? whole.add(BigInteger.valueOf(numbers[place + REST])) : whole;
        return parts.multiply(BigInteger.valueOf(wanted.permits())).divide(BigInteger.valueOf(window.permits()));
    }
}
