package dev.portcullis.auth;

import java.math.BigInteger;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The curves of EdDSA (RFC 8032), as far as the platform leaves something unasked. */
enum EdwardsCurve {
    /** −x² + y² = 1 + dx²y² over 2²⁵⁵ − 19. */
    ED25519("Ed25519", 64, BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19))),
    /** x² + y² = 1 + dx²y² over 2⁴⁴⁸ − 2²²⁴ − 1. */
    ED448(
            "Ed448",
            114,
            BigInteger.TWO.pow(448).subtract(BigInteger.TWO.pow(224)).subtract(BigInteger.ONE));

    private final String id;
    private final int signatureLength;
    private final BigInteger p;
    private final BigInteger a;
    private final BigInteger d;

    EdwardsCurve(String id, int signatureLength, BigInteger p) {
        this.id = id;
        this.signatureLength = signatureLength;
        this.p = p;
        this.a = BigInteger.valueOf(id.equals("Ed25519") ? -1 : 1);
        this.d = id.equals("Ed25519")
                ? BigInteger.valueOf(-121_665)
                        .multiply(BigInteger.valueOf(121_666).modInverse(p))
                : BigInteger.valueOf(-39_081);
    }

    /** The key's curve; null when it is none of these. */
    private static @Nullable EdwardsCurve of(EdECPublicKey key) {
        var name = key.getParams().getName();
        return Arrays.stream(values())
                .filter(curve -> curve.id.equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Tells whether a signature is as long as those by the key are; the platform overlooks what follows them. */
    static boolean fits(byte[] signature, EdECPublicKey key) {
        var curve = of(key);
        return curve != null && signature.length == curve.signatureLength;
    }

    /**
     * Tells whether the key's point is on its curve, and none of the few under which a signature can be made that is good for every
     * text: those whose order divides the cofactor.
     */
    static boolean holds(EdECPublicKey key) {
        var curve = of(key);
        return curve != null && curve.holdsPoint(key.getPoint().getY());
    }

    private boolean holdsPoint(BigInteger y) {
        if (y.signum() <= 0 || y.equals(BigInteger.ONE) || y.compareTo(p.subtract(BigInteger.ONE)) >= 0) {
            return false;
        }
        var square = y.multiply(y).mod(p);
        var x = square.subtract(BigInteger.ONE)
                .multiply(d.multiply(square).subtract(a).modInverse(p))
                .mod(p);
        var root = x.modPow(p.subtract(BigInteger.ONE).shiftRight(1), p).equals(BigInteger.ONE);
        return root && square.subtract(a.multiply(x)).mod(p).signum() != 0;
    }
}
