package dev.portcullis.ip;

import dev.portcullis.Address;
import dev.portcullis.TrustedBase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Disjoint ranges of IPv6 addresses in ascending order. Immutable.
 *
 * <p>Looking up is the work of {@link Ipv6Cells}; the ranges themselves are looked at only in networks of 64 bits that are covered
 * partly.
 */
@TrustedBase
final class Ipv6Ranges {

    static final Ipv6Ranges NONE = of(List.of());

    /** How many networks of 64 bits there are in 2000::/3. */
    private static final double UNICAST = 1L << 61;

    /** The upper halves: starts at even and ends at odd positions; moved by {@link Long#MIN_VALUE} to be compared signed. */
    private final long[] highs;

    /** The lower halves, in the same way. */
    private final long[] lows;

    private final Ipv6Cells cells;

    private Ipv6Ranges(long[] highs, long[] lows) {
        this.highs = highs;
        this.lows = lows;
        this.cells = new Ipv6Cells(highs, lows);
    }

    static Ipv6Ranges of(List<IpRange> ranges) {
        var merged = merged(
                ranges.stream().sorted(Comparator.comparing(IpRange::first)).toList());
        return new Ipv6Ranges(
                merged.stream().mapToLong(address -> key(address.high())).toArray(),
                merged.stream().mapToLong(address -> key(address.low())).toArray());
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
        var found = cells.find(high);
        return found >= 0 ? search(found, high, key(lowBits)) : found == Ipv6Cells.COVERED;
    }

    /** Whether any of the ranges in a network of 64 bits that is covered partly covers the address. */
    private boolean search(int step, long high, long low) {
        var from = cells.firstRange(step);
        var to = cells.lastRange(step) + 1;
        while (to - from > 1) {
            var middle = from + to >>> 1;
            var above = startsAfter(middle, high, low);
            from = above ? from : middle;
            to = above ? middle : to;
        }
        return !startsAfter(from, high, low) && !endsBefore(from, high, low);
    }

    private boolean startsAfter(int range, long high, long low) {
        var start = highs[2 * range];
        return start > high || start == high && lows[2 * range] > low;
    }

    private boolean endsBefore(int range, long high, long low) {
        var end = highs[2 * range + 1];
        return end < high || end == high && lows[2 * range + 1] < low;
    }

    /** Tells whether there is an address between the two, both included, that any range covers. */
    boolean overlaps(Address first, Address last) {
        var from = 0;
        var to = highs.length / 2;
        while (from < to) {
            var middle = from + to >>> 1;
            var ends = endsBefore(middle, key(first.high()), key(first.low()));
            from = ends ? middle + 1 : from;
            to = ends ? to : middle;
        }
        return 2 * from < highs.length && !startsAfter(from, key(last.high()), key(last.low()));
    }

    /** Tells whether there is an address that both cover. */
    boolean overlaps(Ipv6Ranges other) {
        for (var i = 0; i < highs.length; i += 2) {
            var first = new Address(key(highs[i]), key(lows[i]));
            if (other.overlaps(first, new Address(key(highs[i + 1]), key(lows[i + 1])))) {
                return true;
            }
        }
        return false;
    }

    /** How much of the unicast space, an eighth of IPv6, is covered at most; from 0 on. */
    double share() {
        var sum = 0.0;
        for (var i = 0; i < highs.length; i += 2) {
            sum += highs[i + 1] - (double) highs[i];
        }
        return sum / UNICAST;
    }

    boolean isEmpty() {
        return highs.length == 0;
    }

    boolean isWhole() {
        return highs.length == 2
                && highs[0] == Long.MIN_VALUE
                && lows[0] == Long.MIN_VALUE
                && highs[1] == Long.MAX_VALUE
                && lows[1] == Long.MAX_VALUE;
    }
}
