package dev.portcullis.ip;

import dev.portcullis.TrustedBase;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Disjoint ranges of IPv4 addresses in ascending order. Immutable.
 *
 * <p>An index over the leading bits narrows the search to a handful of neighbours, so that a large set costs one or two cache
 * misses and not twenty.
 */
@TrustedBase
final class Ipv4Ranges {

    static final Ipv4Ranges NONE = of(List.of());

    private static final int MAX_INDEX_BITS = 16;

    /** Starts at even and ends at odd positions. Moved by {@link Integer#MIN_VALUE}, so that signed order is unsigned order. */
    private final int[] bounds;

    /** For each value of the leading bits, how many ranges start below it; one entry more than there are values. */
    private final int[] below;

    private final int shift;

    private Ipv4Ranges(int[] bounds) {
        var count = bounds.length / 2;
        var indexBits = Math.min(MAX_INDEX_BITS, 32 - Integer.numberOfLeadingZeros(count));
        this.bounds = bounds;
        this.shift = 32 - Math.max(1, indexBits);
        this.below = new int[(1 << 32 - shift) + 1];
        for (var i = 0; i < count; i++) {
            below[bucket(bounds[2 * i]) + 1]++;
        }
        for (var i = 1; i < below.length; i++) {
            below[i] += below[i - 1];
        }
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

    private int bucket(int key) {
        return key(key) >>> shift;
    }

    boolean contains(int bits) {
        var key = key(bits);
        var bucket = bits >>> shift;
        var low = below[bucket];
        var high = below[bucket + 1];
        while (low < high) {
            var middle = low + high >>> 1;
            if (bounds[2 * middle] <= key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && key <= bounds[2 * low - 1];
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    boolean isWhole() {
        return bounds.length == 2 && bounds[0] == Integer.MIN_VALUE && bounds[1] == Integer.MAX_VALUE;
    }
}
