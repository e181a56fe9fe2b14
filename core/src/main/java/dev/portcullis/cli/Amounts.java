package dev.portcullis.cli;

import java.util.Arrays;

/** How often each amount was seen, in a fixed room: amounts to a thousand exactly, larger ones to one in a hundred and twenty-eight. For one thread. */
final class Amounts {

    private static final int EXACT = 1 << 10;
    private static final int STEPS = 7;
    private static final int LARGE = (Long.SIZE - 10) << STEPS;

    private final long[] seen = new long[EXACT + LARGE];
    private long all;
    private long most;

    void add(long amount) {
        seen[place(amount)]++;
        all++;
        most = Math.max(most, amount);
    }

    /** The place of an amount; those that share one differ by less than one in a hundred and twenty-eight. */
    private static int place(long amount) {
        if (amount < EXACT) {
            return (int) Math.max(0, amount);
        }
        var magnitude = Long.SIZE - 1 - Long.numberOfLeadingZeros(amount);
        var step = (int) (amount >>> magnitude - STEPS) & (1 << STEPS) - 1;
        return EXACT + ((magnitude - 10) << STEPS) + step;
    }

    /** The smallest amount of a place. */
    private static long amount(int place) {
        if (place < EXACT) {
            return place;
        }
        var magnitude = (place - EXACT >>> STEPS) + 10;
        var step = place - EXACT & (1 << STEPS) - 1;
        return (1L << STEPS | step) << magnitude - STEPS;
    }

    /** How many there were. */
    long all() {
        return all;
    }

    /** The largest. */
    long most() {
        return most;
    }

    /** The smallest amount that so many of a hundred do not exceed; 0 when there was none. */
    long percentile(int percent) {
        var wanted = Math.max(1, (all * percent + 99) / 100);
        var found = 0L;
        for (var place = 0; place < seen.length && all > 0; place++) {
            found += seen[place];
            if (found >= wanted) {
                return amount(place);
            }
        }
        return 0;
    }

    /** How many exceed an amount, as far as they are told apart from it. */
    long above(long amount) {
        return Arrays.stream(seen, place(amount) + 1, seen.length).sum();
    }
}
