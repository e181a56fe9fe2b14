package dev.portcullis.ip;

import dev.portcullis.Address;
import dev.portcullis.TrustedBase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Disjoint ranges of IPv6 addresses in ascending order. Immutable.
 *
 * <p>As with {@link Ipv4Ranges} a map of cells answers for most addresses, and tells for the others which ranges are in their cell. The
 * cells are spread over the part of the space in which the ranges lie, because all of them share their first bits. Where a cell holds
 * one network of up to 64 bits, or a part of one, as most do, one look at its ends is all.
 */
@TrustedBase
final class Ipv6Ranges {

    static final Ipv6Ranges NONE = of(List.of());

    private static final int SEVERAL = Integer.MIN_VALUE;

    /** How many networks of 64 bits there are in 2000::/3. */
    private static final double UNICAST = 1L << 61;

    /** The upper halves: starts at even and ends at odd positions; moved by {@link Long#MIN_VALUE} to be compared signed. */
    private final long[] highs;

    /** The lower halves, in the same way. */
    private final long[] lows;

    private final MarkedCells cells;
    private final int shift;

    /** For each marked cell the first range in it; {@link #SEVERAL} besides where it is not the only one. */
    private final int[] firsts;

    /** For each marked cell the upper halves of the ends of all that is covered in it; the last below the first where that does not tell. */
    private final long[] ends;

    private final long lowest;
    private final long highest;

    private Ipv6Ranges(long[] highs, long[] lows) {
        var count = highs.length / 2;
        this.highs = highs;
        this.lows = lows;
        this.highest = count == 0 ? 0 : highs[highs.length - 1];
        this.shift = shift(highs);
        this.lowest = lowest(highs, shift);
        this.cells = new MarkedCells(count == 0 ? 0 : cellOf(highest) + 1);
        this.firsts = drawn();
        this.ends = ends();
        cells.count();
    }

    /** Marks the cells, and tells which range is the first in each. */
    private int[] drawn() {
        var drawn = new int[(int) cells(highs, shift)];
        var end = 0;
        var last = -1;
        for (var range = 0; range < highs.length / 2; range++) {
            for (var cell = cellOf(highs[2 * range]); cell <= cellOf(highs[2 * range + 1]); cell++) {
                if (cell == last) {
                    drawn[end - 1] |= SEVERAL;
                } else {
                    cells.mark(cell);
                    drawn[end++] = range;
                    last = cell;
                }
            }
        }
        return Arrays.copyOf(drawn, end);
    }

    private long[] ends() {
        var ends = new long[2 * firsts.length];
        for (var rank = 0; rank < firsts.length; rank++) {
            var range = firsts[rank];
            var told = range >= 0 && isOfWholeNetworks(range);
            ends[2 * rank] = told ? highs[2 * range] : Long.MAX_VALUE;
            ends[2 * rank + 1] = told ? highs[2 * range + 1] : Long.MIN_VALUE;
        }
        return ends;
    }

    private boolean isOfWholeNetworks(int range) {
        return lows[2 * range] == Long.MIN_VALUE && lows[2 * range + 1] == Long.MAX_VALUE;
    }

    /** Some sixteen cells to a range, and fewer where wide ranges would fill too many of them. */
    private static int shift(long[] highs) {
        if (highs.length == 0) {
            return 0;
        }
        var spread = Long.SIZE - Long.numberOfLeadingZeros(highs[highs.length - 1] - highs[0]);
        var shift = Math.max(0, spread - MarkedCells.bits(highs.length / 2));
        while (MarkedCells.isTooFine(cells(highs, shift), highs.length / 2)) {
            shift++;
        }
        return shift;
    }

    private static long lowest(long[] highs, int shift) {
        return highs.length == 0 ? 0 : highs[0] & -1L << Math.min(shift, Long.SIZE - 1);
    }

    /** How many cells any range is in, at most. */
    private static long cells(long[] highs, int shift) {
        var lowest = lowest(highs, shift);
        var sum = 0L;
        for (var i = 0; i < highs.length; i += 2) {
            sum += (highs[i + 1] - lowest >>> shift) - (highs[i] - lowest >>> shift) + 1;
        }
        return sum;
    }

    private int cellOf(long high) {
        return (int) (high - lowest >>> shift);
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
        if (highs.length == 0 || high < lowest || high > highest) {
            return false;
        }
        var rank = cells.rank(cellOf(high));
        if (rank < 0) {
            return false;
        }
        var first = ends[2 * rank];
        var last = ends[2 * rank + 1];
        return first <= last ? first <= high && high <= last : search(rank, high, key(lowBits));
    }

    private boolean search(int rank, long high, long low) {
        var range = lastUpTo(high, low, rank);
        return !startsAfter(range, high, low) && !endsBefore(range, high, low);
    }

    /** The last range of the cell that starts at the address or below; if there is none, the first range of the cell. */
    private int lastUpTo(long high, long low, int rank) {
        var from = firsts[rank] & Integer.MAX_VALUE;
        var to = rank + 1 < firsts.length ? (firsts[rank + 1] & Integer.MAX_VALUE) + 1 : highs.length / 2;
        while (to - from > 1) {
            var middle = from + to >>> 1;
            var above = startsAfter(middle, high, low);
            from = above ? from : middle;
            to = above ? middle : to;
        }
        return from;
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
