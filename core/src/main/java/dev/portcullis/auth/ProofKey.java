package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.TrustedBase;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The public key that a proof brings along (RFC 9449, section 4.2). It proves nothing unless a token is bound to it. Immutable.
 *
 * @param key the key
 * @param thumbprint its SHA-256 thumbprint (RFC 7638)
 */
@TrustedBase
record ProofKey(VerificationKey key, String thumbprint) {

    /** The longest RSA modulus, so that nobody chooses what verifying costs. */
    static final int MAX_RSA_BITS = 4096;

    /** The longest public exponent. */
    static final int MAX_EXPONENT_BITS = 33;

    private static final List<String> PRIVATE_MEMBERS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final JwkReader READER = new JwkReader(Algorithm.asymmetric(), true);

    /** Reads it; null when it is no key that may prove anything. */
    static @Nullable ProofKey read(JsonNode jwk) {
        if (!jwk.isObject() || PRIVATE_MEMBERS.stream().anyMatch(jwk::has)) {
            return null;
        }
        var key = READER.one(jwk);
        if (key == null || !isFit(key)) {
            return null;
        }
        try {
            return new ProofKey(
                    key, JsonWebKey.Factory.newJwk(key.key()).calculateBase64urlEncodedThumbprint("SHA-256"));
        } catch (JoseException e) {
            return null;
        }
    }

    private static boolean isFit(VerificationKey key) {
        if (key.key() instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() <= MAX_RSA_BITS
                    && rsa.getPublicExponent().bitLength() <= MAX_EXPONENT_BITS;
        }
        return !key.isFor(Algorithm.EdDSA) || key.key() instanceof EdECPublicKey;
    }
}
