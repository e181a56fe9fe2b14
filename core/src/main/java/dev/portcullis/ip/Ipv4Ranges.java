package dev.portcullis.ip;

import dev.portcullis.TrustedBase;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Disjoint ranges of IPv4 addresses in ascending order. Immutable.
 *
 * <p>A coarse map answers for most addresses. For the others an index over the leading bits narrows the search to a handful of
 * neighbours, and the search has no branch for the processor to guess wrong.
 */
@TrustedBase
final class Ipv4Ranges {

    static final Ipv4Ranges NONE = of(List.of());

    private static final int MAX_INDEX_BITS = 16;

    /** Starts at even and ends at odd positions. Moved by {@link Integer#MIN_VALUE}, so that signed order is unsigned order. */
    private final int[] bounds;

    private final Cells cells;
    private final int cellShift;

    /** For each value of the leading bits, how many ranges start below it; one entry more than there are values. */
    private final int[] below;

    private final int indexShift;

    private Ipv4Ranges(int[] bounds) {
        var count = bounds.length / 2;
        this.bounds = bounds;
        this.cellShift = 32 - Cells.bits(count);
        this.cells = new Cells(1 << 32 - cellShift);
        this.indexShift = 32 - Math.min(MAX_INDEX_BITS, Math.max(1, 32 - Integer.numberOfLeadingZeros(count)));
        this.below = new int[(1 << 32 - indexShift) + 1];
        for (var i = 0; i < count; i++) {
            draw(key(bounds[2 * i]), key(bounds[2 * i + 1]));
        }
        for (var i = 1; i < below.length; i++) {
            below[i] += below[i - 1];
        }
    }

    private void draw(int first, int last) {
        var inCell = -1 >>> 32 - cellShift;
        cells.cover(first >>> cellShift, (first & inCell) == 0, last >>> cellShift, (last & inCell) == inCell);
        below[(first >>> indexShift) + 1]++;
    }

    static Ipv4Ranges of(List<IpRange> ranges) {
        var sorted =
                ranges.stream().sorted(Comparator.comparing(IpRange::first)).toList();
        var bounds = new int[2 * sorted.size()];
        var end = 0;
        for (var range : sorted) {
            var first = key((int) range.first().low());
            var last = key((int) range.last().low());
            if (end > 0 && first - 1L <= bounds[end - 1]) {
                bounds[end - 1] = Math.max(bounds[end - 1], last);
                continue;
            }
            bounds[end++] = first;
            bounds[end++] = last;
        }
        return new Ipv4Ranges(Arrays.copyOf(bounds, end));
    }

    private static int key(int bits) {
        return bits ^ Integer.MIN_VALUE;
    }

    boolean contains(int bits) {
        var state = cells.at(bits >>> cellShift);
        return state == Cells.ALL || state == Cells.SOME && search(bits);
    }

    /** Finds the last range that starts at the address or below, if there is one, and tells whether it reaches the address. */
    private boolean search(int bits) {
        var key = key(bits);
        var bucket = bits >>> indexShift;
        var low = below[bucket] - 1;
        for (var count = below[bucket + 1] - low; count > 1; count -= count >>> 1) {
            var middle = low + (count >>> 1);
            low = bounds[2 * middle] <= key ? middle : low;
        }
        return low >= 0 && key <= bounds[2 * low + 1];
    }

    /** Tells whether there is an address between the two, both included, that any range covers. */
    boolean overlaps(int first, int last) {
        var from = 0;
        var to = bounds.length / 2;
        while (from < to) {
            var middle = from + to >>> 1;
            var ends = bounds[2 * middle + 1] < key(first);
            from = ends ? middle + 1 : from;
            to = ends ? to : middle;
        }
        return 2 * from < bounds.length && bounds[2 * from] <= key(last);
    }

    /** Tells whether there is an address that both cover. */
    boolean overlaps(Ipv4Ranges other) {
        for (var i = 0; i < bounds.length; i += 2) {
            if (other.overlaps(key(bounds[i]), key(bounds[i + 1]))) {
                return true;
            }
        }
        return false;
    }

    /** How much of the space is covered, from 0 to 1. */
    double share() {
        var sum = 0L;
        for (var i = 0; i < bounds.length; i += 2) {
            sum += bounds[i + 1] - (long) bounds[i] + 1;
        }
        return sum / (double) (1L << 32);
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    boolean isWhole() {
        return bounds.length == 2 && bounds[0] == Integer.MIN_VALUE && bounds[1] == Integer.MAX_VALUE;
    }
}
