package dev.portcullis.ip;

import dev.portcullis.TrustedBase;

/**
 * A map of IPv4 in equal cells, made for caches that are cold. Immutable.
 *
 * <p>For most addresses one look at the {@link MarkedCells} is all. Where there is a range, one look at the cell's entry tells which of its addresses it covers; only where there are
 * several does the entry send the search on to the ranges themselves.
 */
@TrustedBase
final class Ipv4Cells {

    private static final int MIN_BITS = 8;

    /** How many bits an end of a range inside a cell may have, so that both ends fit an entry. */
    private static final int INSIDE = 15;

    private static final int SEVERAL = Integer.MIN_VALUE;
    private static final int LOW = (1 << INSIDE) - 1;

    /** Starts at even and ends at odd positions, in order; moved by {@link #SEVERAL}, so that signed order is unsigned order. */
    private final int[] bounds;

    private final int shift;
    private final int inCell;

    /** The cells that any range is in. */
    private final MarkedCells cells;

    /** For each such cell the ends of its one range, or {@link #SEVERAL} and the first range in it. */
    private final int[] entries;

    Ipv4Cells(int[] bounds) {
        this.bounds = bounds;
        this.shift = 32 - bits(bounds);
        this.inCell = (1 << shift) - 1;
        this.cells = new MarkedCells(1 << 32 - shift);
        this.entries = new int[(int) cells(bounds, shift)];
        var last = -1;
        var drawn = 0;
        for (var range = 0; range < bounds.length / 2; range++) {
            for (var cell = cellOf(bounds[2 * range]); cell <= cellOf(bounds[2 * range + 1]); cell++) {
                drawn = cell == last ? several(drawn, range - 1) : one(drawn, cell, range);
                last = cell;
            }
        }
        cells.count();
    }

    /** Some sixteen cells to a range, and fewer where wide ranges would fill too many of them. */
    private static int bits(int[] bounds) {
        var ranges = bounds.length / 2;
        var bits = MarkedCells.bits(ranges);
        while (bits > MIN_BITS && MarkedCells.isTooFine(cells(bounds, 32 - bits), ranges)) {
            bits--;
        }
        return bits;
    }

    /** How many cells any range is in, at most. */
    private static long cells(int[] bounds, int shift) {
        var sum = 0L;
        for (var i = 0; i < bounds.length; i += 2) {
            sum += (bits(bounds[i + 1]) >>> shift) - (bits(bounds[i]) >>> shift) + 1;
        }
        return sum;
    }

    private static int bits(int key) {
        return key ^ SEVERAL;
    }

    private int cellOf(int key) {
        return bits(key) >>> shift;
    }

    private int one(int drawn, int cell, int range) {
        cells.mark(cell);
        var from = cell == cellOf(bounds[2 * range]) ? bits(bounds[2 * range]) & inCell : 0;
        var to = cell == cellOf(bounds[2 * range + 1]) ? bits(bounds[2 * range + 1]) & inCell : inCell;
        entries[drawn] = shift <= INSIDE ? from << INSIDE | to : SEVERAL | range;
        return drawn + 1;
    }

    /** Another range is in the cell that was drawn last, for which the range before stands so far, or one before that. */
    private int several(int drawn, int before) {
        if (entries[drawn - 1] >= 0) {
            entries[drawn - 1] = SEVERAL | before;
        }
        return drawn;
    }

    /** Tells whether any range covers the address. */
    boolean contains(int address) {
        var rank = cells.rank(address >>> shift);
        if (rank < 0) {
            return false;
        }
        var entry = entries[rank];
        if (entry < 0) {
            return search(address ^ SEVERAL, entry & Integer.MAX_VALUE);
        }
        var place = address & inCell;
        return place >= entry >>> INSIDE && place <= (entry & LOW);
    }

    /** Finds the last range of the cell that starts at the address or below, and tells whether it reaches the address. */
    private boolean search(int key, int first) {
        var range = first;
        // ranges do not touch, so that a cell holds one for every second address at most
        for (var count = Math.min(bounds.length / 2 - first, (inCell >>> 1) + 2); count > 1; count -= count >>> 1) {
            var middle = range + (count >>> 1);
            range = bounds[2 * middle] <= key ? middle : range;
        }
        return bounds[2 * range] <= key && key <= bounds[2 * range + 1];
    }
}
