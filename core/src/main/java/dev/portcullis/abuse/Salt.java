package dev.portcullis.abuse;

import dev.portcullis.Address;
import java.security.SecureRandom;

/**
 * Random bits that no client knows, so that none can choose keys that meet in a table. Immutable.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
record Salt(long high, long low) {

    static Salt random() {
        var random = new SecureRandom();
        return new Salt(random.nextLong(), random.nextLong());
    }

    /** Other bits in a way that cannot be foreseen; different ones for different ones. */
    long scrambled(long bits) {
        var mixed = bits ^ high;
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ low ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    /** Bits that stand for both, in this order. */
    long joined(long first, long second) {
        return scrambled(scrambled(first) + Long.rotateLeft(second, 29));
    }

    /** Bits that stand for a text, different ones for each kind of text. */
    long text(String text, long kind) {
        var mixed = scrambled(kind ^ text.length());
        for (var i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * 0xff51afd7ed558ccdL;
            mixed ^= mixed >>> 32;
        }
        return scrambled(mixed);
    }

    /** The half of an address that says who has it: all of IPv4, the network of the first 64 bits of IPv6. */
    static long network(Address address) {
        return address.isIpv4() ? address.low() : address.high();
    }

    /** Which of the two it is. */
    static long family(Address address) {
        return address.isIpv4() ? 4 : 6;
    }
}
