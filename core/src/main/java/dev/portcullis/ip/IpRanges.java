package dev.portcullis.ip;

import dev.portcullis.Address;
import dev.portcullis.TrustedBase;
import java.util.Collection;

/**
 * A set of ranges, made for looking up. Immutable.
 *
 * <p>Looking up allocates nothing and takes logarithmic time; a million ranges are a few times as costly as ten. Ranges that
 * overlap or touch are merged.
 */
@TrustedBase
public final class IpRanges {

    private static final IpRanges NONE = new IpRanges(Ipv4Ranges.NONE, Ipv6Ranges.NONE);

    private final Ipv4Ranges ipv4;
    private final Ipv6Ranges ipv6;

    private IpRanges(Ipv4Ranges ipv4, Ipv6Ranges ipv6) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /** The set without any range. */
    public static IpRanges none() {
        return NONE;
    }

    /** The set of the addresses that any of the ranges covers. */
    public static IpRanges of(Collection<IpRange> ranges) {
        return new IpRanges(
                Ipv4Ranges.of(
                        ranges.stream().filter(range -> range.first().isIpv4()).toList()),
                Ipv6Ranges.of(
                        ranges.stream().filter(range -> !range.first().isIpv4()).toList()));
    }

    /** Tells whether any range covers the address. */
    public boolean contains(Address address) {
        return address.isIpv4() ? ipv4.contains((int) address.low()) : ipv6.contains(address.high(), address.low());
    }

    /** Tells whether there is an address that both the range and one of these cover. */
    public boolean overlaps(IpRange range) {
        return range.first().isIpv4()
                ? ipv4.overlaps((int) range.first().low(), (int) range.last().low())
                : ipv6.overlaps(range.first(), range.last());
    }

    /** Tells whether there is an address that both sets cover. */
    boolean overlaps(IpRanges other) {
        return ipv4.overlaps(other.ipv4) || ipv6.overlaps(other.ipv6);
    }

    /** How much of the family that is covered most is covered, from 0 to 1. */
    double share() {
        return Math.max(ipv4.share(), ipv6.share());
    }

    /** Tells whether there is no range at all. */
    public boolean isEmpty() {
        return ipv4.isEmpty() && ipv6.isEmpty();
    }

    /** Tells whether the ranges cover all of IPv4, or all of IPv6. */
    boolean coversFamily() {
        return ipv4.isWhole() || ipv6.isWhole();
    }
}
