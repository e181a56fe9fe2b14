package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import java.math.BigInteger;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Set;

/**
 * A key with the algorithms that it may be used for. Immutable.
 *
 * @param kid its id; empty when it has none
 * @param key the public key, or the secret
 * @param algorithms what it may be used for; never empty
 */
@TrustedBase
record VerificationKey(String kid, Key key, Set<Algorithm> algorithms) {

    /** Copies the algorithms. */
    VerificationKey {
        algorithms = Set.copyOf(algorithms);
    }

    boolean isFor(Algorithm algorithm) {
        return algorithms.contains(algorithm);
    }

    /** Tells whether the other is another key that tokens call by the same id. */
    boolean rivals(VerificationKey other) {
        return !kid.isEmpty()
                && kid.equals(other.kid)
                && !key.equals(other.key)
                && algorithms.stream().anyMatch(other.algorithms::contains);
    }

    boolean verifies(Algorithm algorithm, CompactJws jws) {
        if (!isFor(algorithm) || key instanceof ECPublicKey curve && !inRange(jws.signature(), curve)) {
            return false;
        }
        return algorithm.verifies(jws.signature(), key, jws.signed());
    }

    /** Tells whether both halves are from 1 to n - 1; Java versions before CVE-2022-21449 was mended do not ask. */
    private static boolean inRange(byte[] signature, ECPublicKey curve) {
        var order = curve.getParams().getOrder();
        var half = (curve.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        if (signature.length != 2 * half) {
            return false;
        }
        var r = new BigInteger(1, Arrays.copyOfRange(signature, 0, half));
        var s = new BigInteger(1, Arrays.copyOfRange(signature, half, 2 * half));
        return r.signum() > 0 && s.signum() > 0 && r.compareTo(order) < 0 && s.compareTo(order) < 0;
    }
}
