package dev.portcullis.ip;

import dev.portcullis.Address;

/** Reads ranges as text. */
final class RangeText {

    private RangeText() {}

    static IpRange parse(String text) {
        var slash = text.indexOf('/');
        var written = slash < 0 ? text : text.substring(0, slash);
        var address = Address.parseOrNull(written);
        if (address == null) {
            throw malformed(text);
        }
        if (slash < 0) {
            return new IpRange(address, address.isIpv4() ? 32 : 128);
        }
        var prefix = prefix(text.substring(slash + 1), written);
        // A mapped network is IPv4 in the last 32 of its 128 bits.
        var fixed = address.isIpv4() && written.indexOf(':') >= 0 ? prefix - 96 : prefix;
        if (fixed < 0) {
            throw malformed(text);
        }
        return new IpRange(address, fixed);
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
