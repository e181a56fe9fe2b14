package dev.portcullis.ip;

import dev.portcullis.Address;
import dev.portcullis.TrustedBase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Disjoint ranges of IPv6 addresses in ascending order. Immutable.
 *
 * <p>As with {@link Ipv4Ranges} an index narrows the search. It is spread over the part of the address space in which the ranges
 * lie, because all of them share their first bits.
 */
@TrustedBase
final class Ipv6Ranges {

    static final Ipv6Ranges NONE = of(List.of());

    private static final int MAX_INDEX_BITS = 16;

    /** Four to a range: start high, start low, end high, end low; moved by {@link Long#MIN_VALUE} to be compared signed. */
    private final long[] bounds;

    /** For each value of the index, how many ranges start below it; one entry more than there are values. */
    private final int[] below;

    private final long lowest;
    private final int shift;

    private Ipv6Ranges(long[] bounds) {
        var count = bounds.length / 4;
        var indexBits = Math.min(MAX_INDEX_BITS, 32 - Integer.numberOfLeadingZeros(count));
        this.bounds = bounds;
        this.lowest = count == 0 ? 0 : bounds[0];
        var spread = count == 0 ? 0 : bounds[4 * (count - 1)] - lowest;
        this.shift = Math.max(0, 64 - Long.numberOfLeadingZeros(spread) - indexBits);
        this.below = new int[(int) (spread >>> shift) + 2];
        for (var i = 0; i < count; i++) {
            below[(int) (bounds[4 * i] - lowest >>> shift) + 1]++;
        }
        for (var i = 1; i < below.length; i++) {
            below[i] += below[i - 1];
        }
    }

    static Ipv6Ranges of(List<IpRange> ranges) {
        var merged = merged(
                ranges.stream().sorted(Comparator.comparing(IpRange::first)).toList());
        var bounds = new long[2 * merged.size()];
        for (var i = 0; i < merged.size(); i++) {
            bounds[2 * i] = key(merged.get(i).high());
            bounds[2 * i + 1] = key(merged.get(i).low());
        }
        return new Ipv6Ranges(bounds);
    }

    /** First and last addresses of the merged ranges, in turns. */
    private static List<Address> merged(List<IpRange> sorted) {
        var bounds = new ArrayList<Address>(2 * sorted.size());
        for (var range : sorted) {
            var end = bounds.size() - 1;
            if (end < 0 || !touches(bounds.get(end), range.first())) {
                bounds.add(range.first());
                bounds.add(range.last());
            } else if (bounds.get(end).compareTo(range.last()) < 0) {
                bounds.set(end, range.last());
            }
        }
        return bounds;
    }

    private static boolean touches(Address end, Address next) {
        var low = end.low() + 1;
        var following = new Address(low == 0 ? end.high() + 1 : end.high(), low);
        return next.compareTo(end) <= 0 || next.equals(following);
    }

    private static long key(long bits) {
        return bits ^ Long.MIN_VALUE;
    }

    boolean contains(long highBits, long lowBits) {
        var high = key(highBits);
        if (isEmpty() || high < lowest) {
            return false;
        }
        var offset = high - lowest >>> shift;
        var beyond = below.length - 2;
        var bucket = offset < 0 || offset > beyond ? beyond : (int) offset;
        var index = startsUpTo(high, key(lowBits), bucket);
        return index > 0 && !less(bounds[4 * index - 2], bounds[4 * index - 1], high, key(lowBits));
    }

    /** How many ranges start at the address or below, among those that the bucket and its predecessors hold. */
    private int startsUpTo(long high, long low, int bucket) {
        var from = below[bucket];
        var to = below[bucket + 1];
        while (from < to) {
            var middle = from + to >>> 1;
            if (less(high, low, bounds[4 * middle], bounds[4 * middle + 1])) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    private static boolean less(long high, long low, long otherHigh, long otherLow) {
        return high < otherHigh || high == otherHigh && low < otherLow;
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    boolean isWhole() {
        return bounds.length == 4
                && bounds[0] == Long.MIN_VALUE
                && bounds[1] == Long.MIN_VALUE
                && bounds[2] == Long.MAX_VALUE
                && bounds[3] == Long.MAX_VALUE;
    }
}
