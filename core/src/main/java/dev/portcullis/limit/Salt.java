package dev.portcullis.limit;

import java.security.SecureRandom;

/**
 * Bits that keys of meters are mixed with. Immutable.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 * @param secret whether no client knows them; else keys need a hash that is good without a secret
 */
record Salt(long high, long low, boolean secret) {

    /** Bits that are no secret, such as those that all nodes share. */
    Salt(long high, long low) {
        this(high, low, false);
    }

    /** Bits that only this process knows. */
    static Salt random() {
        var random = new SecureRandom();
        return new Salt(random.nextLong(), random.nextLong(), true);
    }

    /** Other bits in a way that cannot be foreseen, if the salt cannot; different ones for different ones. */
    long scrambled(long bits) {
        var mixed = bits ^ high;
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ low ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
