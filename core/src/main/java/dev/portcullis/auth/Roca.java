package dev.portcullis.auth;

import java.math.BigInteger;

/**
 * The fingerprint of RSA keys that a faulty generator made, whose private halves can be computed (CVE-2017-15361).
 *
 * <p>Modulo any small prime, such a modulus is a power of 65537. Of other moduli hardly one in a hundred million is that for all.
 */
final class Roca {

    private static final int[] PRIMES = {
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
        113, 127, 131, 137, 139, 149, 151, 157, 163, 167
    };
    private static final long GENERATOR = 65_537;

    private Roca() {}

    static boolean marks(BigInteger modulus) {
        for (var prime : PRIMES) {
            if (!isPower(modulus.mod(BigInteger.valueOf(prime)).longValueExact(), prime)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPower(long residue, int prime) {
        var power = 1L;
        do {
            if (power == residue) {
                return true;
            }
            power = power * GENERATOR % prime;
        } while (power != 1);
        return false;
    }
}
