package dev.portcullis.ip;

import dev.portcullis.Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads ranges as text. */
final class RangeText {

    private static final int IPV4 = 32;
    private static final int IPV6 = 128;

    private RangeText() {}

    static IpRange parse(String text) {
        var slash = text.indexOf('/');
        var written = slash < 0 ? text : text.substring(0, slash);
        var address = Address.parseOrNull(written);
        if (address == null) {
            throw malformed(text);
        }
        if (slash < 0) {
            return new IpRange(address, width(address));
        }
        var fixed = prefix(address, written, text.substring(slash + 1));
        if (fixed < 0) {
            throw malformed(text);
        }
        return new IpRange(address, fixed);
    }

    /**
     * The ranges that a text stands for: one, or those between {@code first - last}; none when it is no range.
     *
     * <p>It does not throw, as feeds hold much that is none.
     */
    static List<IpRange> some(String text) {
        var dash = text.indexOf('-');
        if (dash >= 0) {
            return between(
                    Address.parseOrNull(text.substring(0, dash).strip()),
                    Address.parseOrNull(text.substring(dash + 1).strip()));
        }
        var slash = text.indexOf('/');
        var written = slash < 0 ? text : text.substring(0, slash);
        var address = Address.parseOrNull(written);
        var fixed =
                address == null ? -1 : slash < 0 ? width(address) : prefix(address, written, text.substring(slash + 1));
        return address == null || !IpRange.fits(address, fixed) ? List.of() : List.of(new IpRange(address, fixed));
    }

    private static List<IpRange> between(@Nullable Address first, @Nullable Address last) {
        if (first == null || last == null || first.isIpv4() != last.isIpv4() || first.compareTo(last) > 0) {
            return List.of();
        }
        var ranges = new ArrayList<IpRange>();
        var at = first;
        while (true) {
            var range = largest(at, last);
            ranges.add(range);
            if (range.last().compareTo(last) >= 0) {
                return ranges;
            }
            at = following(range.last());
        }
    }

    private static IpRange largest(Address first, Address last) {
        var prefix = width(first);
        while (prefix > 0
                && IpRange.fits(first, prefix - 1)
                && new IpRange(first, prefix - 1).last().compareTo(last) <= 0) {
            prefix--;
        }
        return new IpRange(first, prefix);
    }

    private static Address following(Address address) {
        var low = address.low() + 1;
        return new Address(low == 0 ? address.high() + 1 : address.high(), low);
    }

    private static int width(Address address) {
        return address.isIpv4() ? IPV4 : IPV6;
    }

    /** The length of the prefix, or less than 0. A mapped network is IPv4 in the last 32 of its 128 bits. */
    private static int prefix(Address address, String written, String text) {
        var prefix = prefix(text, written);
        return address.isIpv4() && written.indexOf(':') >= 0 ? prefix - (IPV6 - IPV4) : prefix;
    }

    /** The length of the prefix, or -1. */
    private static int prefix(String text, String address) {
        if (text.indexOf('.') < 0) {
            return digits(text);
        }
        return text.indexOf(':') < 0 && address.indexOf(':') < 0 ? mask(text) : -1;
    }

    private static int digits(String text) {
        if (text.isEmpty() || text.length() > 3 || text.length() > 1 && text.charAt(0) == '0') {
            return -1;
        }
        var value = 0;
        for (var i = 0; i < text.length(); i++) {
            var digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The ones of a netmask such as {@code 255.0.0.0}, or the zeros of a wildcard mask such as {@code 0.255.255.255}. */
    private static int mask(String text) {
        var mask = Address.parseOrNull(text);
        if (mask == null) {
            return -1;
        }
        var bits = (int) mask.low();
        var ones = Integer.numberOfLeadingZeros(~bits);
        if (Integer.bitCount(bits) == ones) {
            return ones;
        }
        var zeros = Integer.numberOfLeadingZeros(bits);
        return Integer.bitCount(bits) == 32 - zeros ? zeros : -1;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "range: `" + text + "` (expected: an address, or a network such as 10.0.0.0/8 or 2001:db8::/32)");
    }
}
