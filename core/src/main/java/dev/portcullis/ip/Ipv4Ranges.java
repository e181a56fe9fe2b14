package dev.portcullis.ip;

import dev.portcullis.TrustedBase;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Disjoint ranges of IPv4 addresses in ascending order. Immutable.
 *
 * <p>Looking up is the work of {@link Ipv4Cells}.
 */
@TrustedBase
final class Ipv4Ranges {

    static final Ipv4Ranges NONE = of(List.of());

    /** Starts at even and ends at odd positions. Moved by {@link Integer#MIN_VALUE}, so that signed order is unsigned order. */
    private final int[] bounds;

    private final Ipv4Cells cells;

    private Ipv4Ranges(int[] bounds) {
        this.bounds = bounds;
        this.cells = new Ipv4Cells(bounds);
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
        return cells.contains(bits);
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
