package dev.portcullis.ip;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import dev.portcullis.TrustedBase;

/**
 * A network: the addresses of one family that share a prefix. Immutable.
 *
 * <p>An IPv6 range never covers an IPv4 address, whichever way it was written: {@code ::/0} is all of IPv6 and nothing else.
 *
 * @param first the lowest address
 * @param prefix how many leading bits are fixed: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
@TrustedBase
public record IpRange(Address first, int prefix) {

    /** Checks that the prefix fits the family and that no bit below it is set. */
    public IpRange {
        requireNonNull(first, "first");
        var width = first.isIpv4() ? 32 : 128;
        if (prefix < 0 || prefix > width) {
            throw new IllegalArgumentException("prefix: " + prefix + " (expected: 0 to " + width + ")");
        }
        if (!fits(first, prefix)) {
            throw new IllegalArgumentException("range: `" + first + "/" + prefix
                    + "` has bits below its prefix (expected: " + masked(first, prefix + 128 - width) + "/" + prefix
                    + ")");
        }
    }

    /** Tells whether the prefix fits the family and no bit below it is set. */
    static boolean fits(Address first, int prefix) {
        var width = first.isIpv4() ? 32 : 128;
        return prefix >= 0
                && prefix <= width
                && masked(first, prefix + 128 - width).equals(first);
    }

    /**
     * The range in its textual form: one address, or a network as {@code address/prefix}, such as {@code 10.0.0.0/8} or {@code
     * 2001:db8::/32}. An IPv4 network may be written with its mask, {@code 10.0.0.0/255.0.0.0}. IPv4-mapped IPv6 forms mean IPv4.
     *
     * @throws IllegalArgumentException when the text is anything else, or has bits below the prefix
     */
    public static IpRange parse(String text) {
        return RangeText.parse(requireNonNull(text, "text"));
    }

    private static Address masked(Address address, int bits) {
        return new Address(address.high() & mask(bits), address.low() & mask(bits - 64));
    }

    private static long mask(int bits) {
        return bits <= 0 ? 0 : -1L << 64 - Math.min(bits, 64);
    }

    private int bits() {
        return first.isIpv4() ? prefix + 96 : prefix;
    }

    /** The highest address. */
    public Address last() {
        return new Address(first.high() | ~mask(bits()), first.low() | ~mask(bits() - 64));
    }

    /** Tells whether the range covers the address. */
    public boolean contains(Address address) {
        return first.isIpv4() == address.isIpv4() && masked(address, bits()).equals(first);
    }

    /** Tells whether there is an address that both ranges cover. */
    public boolean overlaps(IpRange other) {
        return contains(other.first) || other.contains(first);
    }

    /** The canonical text, {@code address/prefix}, which {@link #parse} reads. */
    @Override
    public String toString() {
        return first + "/" + prefix;
    }
}
