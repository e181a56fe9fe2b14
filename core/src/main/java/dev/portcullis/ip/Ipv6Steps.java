package dev.portcullis.ip;

import dev.portcullis.TrustedBase;
import java.util.Arrays;

/**
 * Where ranges begin and end, by networks of 64 bits, in ascending order; in sections of equal width. Not thread-safe until it is closed.
 *
 * <p>A step is one number: its place in its section, and below what holds from there on. Most ranges are networks, of which the step
 * tells the end too; others end with a step of their own, and of two steps in one place the later holds. Nothing reaches over the end of a section.
 */
@TrustedBase
final class Ipv6Steps {

    /** Up to here the number of bits of a covered network; its bits besides are those of its place. */
    static final int MAX_WIDTH = 57;

    private static final int CODE_BITS = 6;
    private static final int CODE = (1 << CODE_BITS) - 1;

    /** Nothing is covered from here on. */
    private static final int SHUT = 61;

    /** All is covered from here on. */
    private static final int OPEN = 62;

    /** A part of this network is covered; what follows is as if nothing were. */
    private static final int PARTLY = 63;

    /** So many steps are walked along; where a section has more, halving finds the place sooner. */
    private static final int WALK = 32;

    private final int width;
    private final long within;

    /** For each section its first step; and how many steps there are. */
    private final int[] firsts;

    private long[] steps = new long[16];

    /** For each step the range that it begins or ends; none where no network is covered partly. */
    private int[] ranges = new int[16];

    private int count;

    /** The last range that covers any network partly. */
    private int latest;

    private boolean partly;

    /** No steps yet, in so many sections of so many bits each. */
    Ipv6Steps(int sections, int width) {
        this.width = width;
        this.within = (1L << width) - 1;
        this.firsts = new int[sections + 1];
    }

    /** A range covers the networks between the two, both included. */
    void cover(int range, long from, long to) {
        var end = to >>> width;
        for (var section = from >>> width; section <= end; section++) {
            var first = section == from >>> width ? from & within : 0;
            var last = section == end ? to & within : within;
            cover(range, section << width, first, last);
        }
    }

    private void cover(int range, long section, long first, long last) {
        var bits = Long.SIZE - Long.numberOfLeadingZeros(last - first);
        var isNetwork = last - first == (1L << bits) - 1 && (first & last - first) == 0;
        add(range, section | first, isNetwork ? bits : OPEN);
        if (!isNetwork && last < within) {
            add(range, section | last + 1, SHUT);
        }
    }

    /** A range covers a part of the network. */
    void coverPartly(int range, long network) {
        partly = true;
        latest = range;
        if (count == 0 || firsts[(int) (network >>> width) + 1] != count || steps[count - 1] != step(network, PARTLY)) {
            add(range, network, PARTLY);
        }
    }

    private long step(long network, int code) {
        return (network & within) << CODE_BITS | code;
    }

    private void add(int range, long network, int code) {
        if (count == steps.length) {
            steps = Arrays.copyOf(steps, 2 * count);
            ranges = Arrays.copyOf(ranges, 2 * count);
        }
        steps[count] = step(network, code);
        ranges[count++] = range;
        firsts[(int) (network >>> width) + 1] = count;
    }

    /** To be called once, when all ranges are there. */
    void close() {
        steps = Arrays.copyOf(steps, count);
        ranges = partly ? Arrays.copyOf(ranges, count) : new int[0];
        for (var section = 1; section < firsts.length; section++) {
            firsts[section] = Math.max(firsts[section], firsts[section - 1]);
        }
    }

    /**
     * What {@link Ipv6Cells#find} tells of a network, by its section, in which there must be a step, its place there, and about how many
     * steps stand before it.
     */
    int find(int section, long place, int before) {
        var first = firsts[section];
        var last = firsts[section + 1] - 1;
        var key = place << CODE_BITS | CODE;
        var found = last - first > WALK
                ? halved(first, last, key)
                : walked(first, last, Math.min(last, first + before), key);
        var step = steps[found];
        var code = (int) step & CODE;
        var apart = step >>> CODE_BITS ^ place;
        if (code <= MAX_WIDTH) {
            return apart >>> code == 0 ? Ipv6Cells.COVERED : Ipv6Cells.OUTSIDE;
        }
        if (code == OPEN) {
            return step <= key ? Ipv6Cells.COVERED : Ipv6Cells.OUTSIDE;
        }
        return code == PARTLY && apart == 0 ? found : Ipv6Cells.OUTSIDE;
    }

    /** The last of the steps up to the key; the first where all are above. */
    private int walked(int first, int last, int near, long key) {
        var found = near;
        while (found < last && steps[found + 1] <= key) {
            found++;
        }
        while (found > first && steps[found] > key) {
            found--;
        }
        return found;
    }

    private int halved(int first, int last, long key) {
        var from = first;
        var to = last + 1;
        while (to - from > 1) {
            var middle = from + to >>> 1;
            var above = steps[middle] > key;
            from = above ? from : middle;
            to = above ? middle : to;
        }
        return from;
    }

    /** The first range that covers a part of the network at the step. */
    int firstRange(int step) {
        return ranges[step];
    }

    /** The last range that may cover a part of the network at the step. */
    int lastRange(int step) {
        return step + 1 < count ? ranges[step + 1] : latest;
    }
}
