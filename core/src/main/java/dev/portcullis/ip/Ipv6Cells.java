package dev.portcullis.ip;

import dev.portcullis.TrustedBase;

/**
 * A map of the part of IPv6 in which ranges lie, in equal cells; made for caches that are cold. Immutable.
 *
 * <p>It knows networks of 64 bits. For most that are in no range one word of the {@link MarkedCells} is the answer. For the others the
 * same word tells which of the {@link Ipv6Steps} is the cell's own, so that one place in memory is all that is read there.
 */
@TrustedBase
final class Ipv6Cells {

    /** No address of the network is in any range. */
    static final int OUTSIDE = -1;

    /** Every address of the network is in a range. */
    static final int COVERED = -2;

    /** Words of two million bytes in all. */
    private static final int MAX_BITS = 23;

    /** So many at least, that a step has room for its place within a cell. */
    private static final int MIN_BITS = 13;

    private final int shift;
    private final long inCell;

    /** Where the first cell begins. */
    private final long lowest;

    private final long count;

    /** The cells that any range is in. */
    private final MarkedCells cells;

    private final Ipv6Steps steps;

    /** The map of the ranges with these first and last addresses in turns, disjoint and in signed order of the upper halves. */
    Ipv6Cells(long[] highs, long[] lows) {
        this.shift = shift(highs);
        this.inCell = (1L << shift) - 1;
        this.lowest = highs.length == 0 ? 0 : highs[0] & ~inCell;
        this.count = highs.length == 0 ? 0 : (highs[highs.length - 1] - lowest >>> shift) + 1;
        this.cells = new MarkedCells((int) count);
        this.steps = new Ipv6Steps(shift, cells);
        for (var range = 0; range < highs.length / 2; range++) {
            draw(range, highs[2 * range] - lowest, highs[2 * range + 1] - lowest, lows);
        }
        steps.close();
    }

    private void draw(int range, long first, long last, long[] lows) {
        var startsWhole = lows[2 * range] == Long.MIN_VALUE;
        var endsWhole = lows[2 * range + 1] == Long.MAX_VALUE;
        if (first == last && !(startsWhole && endsWhole)) {
            steps.coverPartly(range, first);
            return;
        }
        if (!startsWhole) {
            steps.coverPartly(range, first);
        }
        var from = startsWhole ? first : first + 1;
        var to = endsWhole ? last : last - 1;
        if (Long.compareUnsigned(from, to) <= 0) {
            steps.cover(range, from, to);
        }
        if (!endsWhole) {
            steps.coverPartly(range, last);
        }
    }

    /** Some eight cells to a range, and fewer where wide ranges would fill too many of them; at least one bit, so that no number of a cell is negative. */
    private static int shift(long[] highs) {
        if (highs.length == 0) {
            return 1;
        }
        var ranges = highs.length / 2;
        var bits = Math.min(MAX_BITS, Math.max(MIN_BITS, 35 - Integer.numberOfLeadingZeros(ranges)));
        var spread = Long.SIZE - Long.numberOfLeadingZeros(highs[highs.length - 1] - highs[0]);
        var shift = Math.max(1, spread - bits);
        while (cells(highs, shift) > 4L * ranges + (4L << MIN_BITS)) {
            shift++;
        }
        return shift;
    }

    /** How many cells any range is in, at most. */
    private static long cells(long[] highs, int shift) {
        var sum = 0L;
        for (var i = 0; i < highs.length; i += 2) {
            sum += (highs[i + 1] - highs[0] >>> shift) - (highs[i] - highs[0] >>> shift) + 2;
        }
        return sum;
    }

    /** The first range that covers a part of the network at a step that {@link #find} told. */
    int firstRange(int step) {
        return steps.firstRange(step);
    }

    /** The last range that covers a part of the network at a step that {@link #find} told. */
    int lastRange(int step) {
        return steps.lastRange(step);
    }

    /** {@link #COVERED}, {@link #OUTSIDE}, or else the step at which the ranges in this very network are told. */
    int find(long high) {
        var number = high - lowest;
        var cell = number >>> shift;
        if (cell >= count) {
            return OUTSIDE;
        }
        var rank = cells.rank((int) cell);
        return rank < 0 ? OUTSIDE : steps.find(rank, number & inCell);
    }
}
