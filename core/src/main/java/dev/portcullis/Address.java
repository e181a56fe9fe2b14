package dev.portcullis;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An IP address as 128 bits. Immutable.
 *
 * <p>An IPv4 address and its IPv4-mapped IPv6 form ({@code ::ffff:192.0.2.1}) are the same address. There is no zone, and a name
 * is never looked up.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
@TrustedBase
public record Address(long high, long low) implements Comparable<Address> {

    private static final long MAPPED = 0xffffL << 32;
    private static final long MAPPED_MASK = 0xffffffffL << 32;

    /** The IPv4 address with these 32 bits. */
    public static Address ofIpv4(int bits) {
        return new Address(0, MAPPED | Integer.toUnsignedLong(bits));
    }

    /**
     * The address in network byte order.
     *
     * @throws IllegalArgumentException when there are neither 4 nor 16 bytes
     */
    public static Address of(byte[] bytes) {
        requireNonNull(bytes, "bytes");
        if (bytes.length == 4) {
            return ofIpv4((int) bits(bytes, 0, 4));
        }
        if (bytes.length == 16) {
            return new Address(bits(bytes, 0, 8), bits(bytes, 8, 8));
        }
        throw new IllegalArgumentException("bytes: " + bytes.length + " (expected: 4 or 16)");
    }

    /**
     * The address in its textual form: dotted decimal without leading zeros, or RFC 4291, section 2.2.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static Address parse(String text) {
        var address = parseOrNull(text);
        if (address == null) {
            throw new IllegalArgumentException("address: `" + text + "` (expected: an IPv4 or IPv6 address)");
        }
        return address;
    }

    /** The address in its textual form, as {@link #parse} reads it; null when the text is anything else. */
    public static @Nullable Address parseOrNull(String text) {
        return AddressText.parse(requireNonNull(text, "text"));
    }

    private static long bits(byte[] bytes, int from, int count) {
        var bits = 0L;
        for (var i = from; i < from + count; i++) {
            bits = bits << 8 | bytes[i] & 0xff;
        }
        return bits;
    }

    /** Tells whether this is an IPv4 address. */
    public boolean isIpv4() {
        return high == 0 && (low & MAPPED_MASK) == MAPPED;
    }

    /** Tells whether this is an address of the host itself: {@code 127.0.0.0/8} or {@code ::1}. */
    public boolean isLoopback() {
        return isIpv4() ? (low >>> 24 & 0xff) == 127 : high == 0 && low == 1;
    }

    /** Orders addresses by their bits, unsigned. */
    @Override
    public int compareTo(Address other) {
        var upper = Long.compareUnsigned(high, other.high);
        return upper != 0 ? upper : Long.compareUnsigned(low, other.low);
    }

    /** The canonical text: dotted decimal for IPv4, RFC 5952 for IPv6. */
    @Override
    public String toString() {
        return AddressText.print(this);
    }
}
