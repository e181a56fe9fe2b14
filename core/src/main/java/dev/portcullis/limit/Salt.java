package dev.portcullis.limit;

import java.security.SecureRandom;

/**
 * Random bits that no client knows. Immutable.
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
}
