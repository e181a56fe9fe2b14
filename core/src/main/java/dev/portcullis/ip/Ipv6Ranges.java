package dev.portcullis.ip;

import dev.portcullis.Address;
import dev.portcullis.TrustedBase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Disjoint ranges of IPv6 addresses in ascending order. Immutable.
 *
 * <p>As with {@link Ipv4Ranges} a coarse map answers for most addresses, and an index narrows the search for the others. Both are
 * spread over the part of the space in which the ranges lie, because all of them share their first bits.
 */
@TrustedBase
final class Ipv6Ranges {

    static final Ipv6Ranges NONE = of(List.of());

    private static final int MAX_INDEX_BITS = 16;

    /** How many networks of 64 bits there are in 2000::/3. */
    private static final double UNICAST = 1L << 61;

    /** Four to a range: start high, start low, end high, end low; moved by {@link Long#MIN_VALUE} to be compared signed. */
    private final long[] bounds;

    private final Cells cells;
    private final int cellShift;

    /** For each value of the index, how many ranges start below it; one entry more than there are values. */
    private final int[] below;

    private final int indexShift;
    private final long lowest;
    private final long highest;

    private Ipv6Ranges(long[] bounds) {
        var count = bounds.length / 4;
        var spread = count == 0 ? 0 : 64 - Long.numberOfLeadingZeros(bounds[bounds.length - 2] - bounds[0]);
        this.bounds = bounds;
        this.cellShift = Math.max(0, spread - Cells.bits(count));
        this.indexShift = Math.max(0, spread - Math.min(MAX_INDEX_BITS, 32 - Integer.numberOfLeadingZeros(count)));
        this.lowest = count == 0 ? 0 : bounds[0] & -1L << Math.min(indexShift, 63);
        this.highest = count == 0 ? 0 : bounds[bounds.length - 2];
        this.cells = new Cells((int) (highest - lowest >>> cellShift) + 1);
        this.below = new int[(int) (highest - lowest >>> indexShift) + 2];
        for (var i = 0; i < count; i++) {
            draw(i);
        }
        for (var i = 1; i < below.length; i++) {
            below[i] += below[i - 1];
        }
    }

    private void draw(int range) {
        var first = bounds[4 * range] - lowest;
        var last = bounds[4 * range + 2] - lowest;
        var inCell = ~(-1L << cellShift);
        var startsFirst = (first & inCell) == 0 && bounds[4 * range + 1] == Long.MIN_VALUE;
        var endsLast = (last & inCell) == inCell && bounds[4 * range + 3] == Long.MAX_VALUE;
        cells.cover((int) (first >>> cellShift), startsFirst, (int) (last >>> cellShift), endsLast);
        below[(int) (first >>> indexShift) + 1]++;
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
        if (bounds.length == 0 || high < lowest || high > highest) {
            return false;
        }
        var state = cells.at((int) (high - lowest >>> cellShift));
        return state == Cells.ALL || state == Cells.SOME && search(high, key(lowBits));
    }

    /** Finds the last range that starts at the address or below, if there is one, and tells whether it reaches the address. */
    private boolean search(long high, long low) {
        var bucket = (int) (high - lowest >>> indexShift);
        var before = below[bucket] - 1;
        var range = before;
        for (var count = below[bucket + 1] - before; count > 1; count -= count >>> 1) {
            var middle = range + (count >>> 1);
            range = bounds[4 * middle] <= high ? middle : range;
        }
        if (range >= 0 && startsAfter(range, high, low)) {
            range = lastUpTo(high, low, before, range);
        }
        return range >= 0 && !endsBefore(range, high, low);
    }

    /** The last range between the two that starts at the address or below; the upper of the two starts above. */
    private int lastUpTo(long high, long low, int lower, int upper) {
        var from = lower;
        var to = upper;
        while (to - from > 1) {
            var middle = from + to >>> 1;
            var above = startsAfter(middle, high, low);
            from = above ? from : middle;
            to = above ? middle : to;
        }
        return from;
    }

    private boolean startsAfter(int range, long high, long low) {
        var start = bounds[4 * range];
        return start > high || start == high && bounds[4 * range + 1] > low;
    }

    private boolean endsBefore(int range, long high, long low) {
        var end = bounds[4 * range + 2];
        return end < high || end == high && bounds[4 * range + 3] < low;
    }

    /** Tells whether there is an address between the two, both included, that any range covers. */
    boolean overlaps(Address first, Address last) {
        var from = 0;
        var to = bounds.length / 4;
        while (from < to) {
            var middle = from + to >>> 1;
            var ends = endsBefore(middle, key(first.high()), key(first.low()));
            from = ends ? middle + 1 : from;
            to = ends ? to : middle;
        }
        return 4 * from < bounds.length && !startsAfter(from, key(last.high()), key(last.low()));
    }

    /** Tells whether there is an address that both cover. */
    boolean overlaps(Ipv6Ranges other) {
        for (var i = 0; i < bounds.length; i += 4) {
            var first = new Address(key(bounds[i]), key(bounds[i + 1]));
            if (other.overlaps(first, new Address(key(bounds[i + 2]), key(bounds[i + 3])))) {
                return true;
            }
        }
        return false;
    }

    /** How much of the unicast space, an eighth of IPv6, is covered at most; from 0 on. */
    double share() {
        var sum = 0.0;
        for (var i = 0; i < bounds.length; i += 4) {
            sum += bounds[i + 2] - (double) bounds[i];
        }
        return sum / UNICAST;
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
