package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
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
        if (!isFor(algorithm)
                || key instanceof ECPublicKey curve && !Curves.inRange(jws.signature(), curve)
                || key instanceof EdECPublicKey edwards && !EdwardsCurve.fits(jws.signature(), edwards)) {
            return false;
        }
        return algorithm.verifies(jws.signature(), key, jws.signed());
    }
}
