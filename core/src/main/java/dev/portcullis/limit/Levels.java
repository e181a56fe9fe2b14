package dev.portcullis.limit;

/**
 * The how-manieth of its key each request was in one window, by about an eighth: so many of them another number of permits would have
 * denied. Thread-safe; two threads at a time may count as one.
 */
final class Levels {

    /** Spreads bits that count up evenly, as the golden section spreads points on a circle. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    /** How many requests tell something. */
    static final int ENOUGH = 100;

    private static final int PARTS = 8;
    private static final int PART_BITS = 3;
    private static final double USUAL = 0.99;

    private final long[] counts = new long[PARTS * Long.SIZE];

    /** How many permits there were last; 0 before anything was adopted. */
    private long permits;

    /**
     * Tells whether a request is the one of eight that is looked at, so that threads seldom meet here.
     *
     * @param bits what hardly two requests have in common, such as what they read; to draw a number would cost more than the look
     */
    static boolean isLookedAt(long bits) {
        return (bits * SPREAD >>> Long.SIZE - PART_BITS) == 0;
    }

    void add(long level) {
        counts[place(Math.max(0, level))]++;
    }

    private static int place(long level) {
        if (level < PARTS) {
            return (int) level;
        }
        var shift = Long.SIZE - 1 - PART_BITS - Long.numberOfLeadingZeros(level);
        return PARTS * (shift + 1) + (int) (level >>> shift & PARTS - 1);
    }

    /** The smallest level of a place. */
    private static long level(int place) {
        return place < PARTS ? place : (PARTS + place % PARTS * 1L) << place / PARTS - 1;
    }

    private long total() {
        var total = 0L;
        for (var count : counts) {
            total += count;
        }
        return total;
    }

    /** The level that 99 of 100 requests did not exceed. */
    private long usual() {
        var rest = (long) Math.ceil(total() * USUAL);
        for (var place = 0; place < counts.length; place++) {
            rest -= counts[place];
            if (rest <= 0) {
                return level(place);
            }
        }
        return 0;
    }

    private double above(long most) {
        var above = 0L;
        for (var place = 0; place < counts.length; place++) {
            above += level(place) > most ? counts[place] : 0;
        }
        return (double) above / Math.max(1, total());
    }

    /** Takes these permits for what is granted from now on; what is to be said of it, or nothing. Asked by one thread at a time. */
    String adopt(long others) {
        var lowered = permits > others;
        permits = others;
        if (!lowered || total() < ENOUGH || others >= usual()) {
            return "";
        }
        return "permits: " + others + ", but 99 of 100 requests were up to the " + usual() + "th of their key; about "
                + Math.round(100 * above(others)) + " % would have been denied";
    }
}
