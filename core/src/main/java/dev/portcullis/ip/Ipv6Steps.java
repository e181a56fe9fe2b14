package dev.portcullis.ip;

import dev.portcullis.TrustedBase;
import java.util.Arrays;

/**
 * Where ranges begin and end in cells of networks of 64 bits. Not thread-safe until it is closed.
 *
 * <p>A step is one number: its place in its cell, and below what holds from there on. The one network that most cells hold is one step,
 * and its cell's entry; other cells have a run of steps in ascending order, of which two in one place mean what the later says.
 */
@TrustedBase
final class Ipv6Steps {

    /** So many bits of a number can tell a place, beside what holds there. */
    static final int MAX_WIDTH = 57;

    private static final int CODE_BITS = 6;

    /** Up to {@link #MAX_WIDTH} a code is the number of bits of a covered network besides those of its place. */
    private static final int CODE = (1 << CODE_BITS) - 1;

    /** The steps of this cell are a run, which begins there with how many they are. */
    private static final int RUN = 60;

    /** Nothing is covered from here on. */
    private static final int SHUT = 61;

    /** All is covered from here on. */
    private static final int OPEN = 62;

    /** A part of this network is covered; what follows is as if nothing were. */
    private static final int PARTLY = 63;

    private final int width;
    private final long inCell;
    private final MarkedCells cells;

    /** A step or a run for each marked cell. */
    private long[] entries = new long[16];

    private int marked;
    private long[] runs = new long[16];

    /** For each step in runs that covers a network partly the first and the last range that do; empty where there is none. */
    private int[] firsts = new int[16];

    private int[] lasts = new int[16];
    private int count;
    private long cell = -1;
    private int start;
    private boolean partly;

    /** No steps yet, in cells of so many bits each, which are marked as they come. */
    Ipv6Steps(int width, MarkedCells cells) {
        this.width = width;
        this.inCell = (1L << width) - 1;
        this.cells = cells;
    }

    /** A range covers the networks between the two, both included. */
    void cover(int range, long from, long to) {
        var end = to >>> width;
        for (var next = from >>> width; next <= end; next++) {
            var first = next == from >>> width ? from & inCell : 0;
            var last = next == end ? to & inCell : inCell;
            cover(range, next << width, first, last);
        }
    }

    private void cover(int range, long edge, long first, long last) {
        var bits = Long.SIZE - Long.numberOfLeadingZeros(last - first);
        var isNetwork = last - first == (1L << bits) - 1 && (first & last - first) == 0;
        add(range, edge | first, isNetwork ? bits : OPEN);
        if (!isNetwork && last < inCell) {
            add(range, edge | last + 1, SHUT);
        }
    }

    /** A range covers a part of the network. */
    void coverPartly(int range, long network) {
        partly = true;
        if (cell != network >>> width || runs[count - 1] != step(network, PARTLY)) {
            add(range, network, PARTLY);
        }
        lasts[count - 1] = range;
    }

    private long step(long network, int code) {
        return (network & inCell) << CODE_BITS | code;
    }

    private void add(int range, long network, int code) {
        if (cell != network >>> width) {
            enter(network >>> width);
        }
        append(range, step(network, code));
    }

    private void append(int range, long step) {
        if (count == runs.length) {
            runs = Arrays.copyOf(runs, 2 * count);
            firsts = Arrays.copyOf(firsts, 2 * count);
            lasts = Arrays.copyOf(lasts, 2 * count);
        }
        runs[count] = step;
        firsts[count++] = range;
    }

    private void enter(long next) {
        leave();
        cell = next;
        start = count;
        cells.mark((int) next);
        append(0, 0);
    }

    /** Keeps what was told of the cell so far. */
    private void leave() {
        if (cell < 0) {
            return;
        }
        if (marked == entries.length) {
            entries = Arrays.copyOf(entries, 2 * marked);
        }
        var isNetwork = count == start + 2 && (runs[start + 1] & CODE) <= MAX_WIDTH;
        runs[start] = (long) count - start - 1;
        entries[marked++] = isNetwork ? runs[start + 1] : (long) start << CODE_BITS | RUN;
        count = isNetwork ? start : count;
    }

    /** To be called once, when all ranges are there. */
    void close() {
        leave();
        cells.count();
        entries = Arrays.copyOf(entries, marked);
        runs = Arrays.copyOf(runs, count);
        firsts = partly ? Arrays.copyOf(firsts, count) : new int[0];
        lasts = partly ? Arrays.copyOf(lasts, count) : new int[0];
    }

    /** What {@link Ipv6Cells#find} tells of the network at a place in the marked cell before which so many others are marked. */
    int find(int rank, long place) {
        var entry = entries[rank];
        var code = (int) entry & CODE;
        if (code <= MAX_WIDTH) {
            return (entry >>> CODE_BITS ^ place) >>> code == 0 ? Ipv6Cells.COVERED : Ipv6Cells.OUTSIDE;
        }
        return findInRun((int) (entry >>> CODE_BITS), place);
    }

    private int findInRun(int run, long place) {
        var key = place << CODE_BITS | CODE;
        var found = run + 1;
        var end = found + (int) runs[run];
        while (end - found > 1) {
            var middle = found + end >>> 1;
            var above = runs[middle] > key;
            found = above ? found : middle;
            end = above ? middle : end;
        }
        var step = runs[found];
        var code = (int) step & CODE;
        var apart = step >>> CODE_BITS ^ place;
        if (code == PARTLY) {
            return apart == 0 ? found : Ipv6Cells.OUTSIDE;
        }
        var covered = code == OPEN ? step <= key : code <= MAX_WIDTH && apart >>> code == 0;
        return covered ? Ipv6Cells.COVERED : Ipv6Cells.OUTSIDE;
    }

    /** The first range that covers a part of the network at the step. */
    int firstRange(int step) {
        return firsts[step];
    }

    /** The last range that covers a part of the network at the step. */
    int lastRange(int step) {
        return lasts[step];
    }
}
