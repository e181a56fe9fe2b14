package dev.portcullis.ip;

/**
 * A coarse map: which of the equal cells of a space are covered wholly, in part, or not at all. Not thread-safe until it is drawn.
 *
 * <p>It answers for most addresses with one look into a table that stays in the processor's caches, two bits to a cell.
 */
final class Cells {

    static final int NONE = 0;
    static final int ALL = 1;
    static final int SOME = 2;

    private static final int MIN_BITS = 8;
    private static final int MAX_BITS = 24;

    private final long[] states;

    /** A map of at most so many cells, none of them covered. */
    Cells(int count) {
        states = new long[(count >>> 5) + 1];
    }

    /** How many bits the numbers of the cells have, for so many ranges: some sixteen cells to a range. */
    static int bits(int ranges) {
        return Math.min(MAX_BITS, Math.max(MIN_BITS, 36 - Integer.numberOfLeadingZeros(ranges)));
    }

    /**
     * Draws a range that no other overlaps.
     *
     * @param first the cell in which it starts
     * @param startsFirst whether it starts where that cell does
     * @param last the cell in which it ends
     * @param endsLast whether it ends where that cell does
     */
    void cover(int first, boolean startsFirst, int last, boolean endsLast) {
        if (first == last) {
            mark(first, startsFirst && endsLast);
            return;
        }
        mark(first, startsFirst);
        for (var cell = first + 1; cell < last; cell++) {
            mark(cell, true);
        }
        mark(last, endsLast);
    }

    private void mark(int cell, boolean wholly) {
        states[cell >>> 5] |= (long) (wholly ? ALL : SOME) << ((cell & 31) << 1);
    }

    /** {@link #NONE}, {@link #ALL} or {@link #SOME}. */
    int at(int cell) {
        return (int) (states[cell >>> 5] >>> ((cell & 31) << 1)) & 3;
    }
}
