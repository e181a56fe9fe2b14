package dev.portcullis.auth;

import java.security.Key;
import java.util.EnumSet;
import java.util.Set;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.lang.InvalidAlgorithmException;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms that tokens may name (RFC 7518, RFC 8037), each bound to one type of key. Immutable.
 *
 * <p>There is no {@code none}.
 */
public enum Algorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RS256("RSA"),
    /** RSASSA-PKCS1-v1_5 with SHA-384. */
    RS384("RSA"),
    /** RSASSA-PKCS1-v1_5 with SHA-512. */
    RS512("RSA"),
    /** RSASSA-PSS with SHA-256. */
    PS256("RSA"),
    /** RSASSA-PSS with SHA-384. */
    PS384("RSA"),
    /** RSASSA-PSS with SHA-512. */
    PS512("RSA"),
    /** ECDSA on the curve P-256 with SHA-256. */
    ES256("P-256"),
    /** ECDSA on the curve P-384 with SHA-384. */
    ES384("P-384"),
    /** ECDSA on the curve P-521 with SHA-512. */
    ES512("P-521"),
    /** EdDSA on the curves Ed25519 and Ed448. */
    EdDSA("OKP"),
    /** HMAC with SHA-256 and a secret of at least 256 bits. */
    HS256("oct"),
    /** HMAC with SHA-384 and a secret of at least 384 bits. */
    HS384("oct"),
    /** HMAC with SHA-512 and a secret of at least 512 bits. */
    HS512("oct");

    private static final ProviderContext PROVIDERS = new ProviderContext();

    private final String keyType;

    private final JsonWebSignatureAlgorithm jose;

    Algorithm(String keyType) {
        this.keyType = keyType;
        try {
            this.jose = AlgorithmFactoryFactory.getInstance()
                    .getJwsAlgorithmFactory()
                    .getAlgorithm(name());
        } catch (InvalidAlgorithmException e) {
            throw new IllegalStateException(name() + ": the platform does not have it", e);
        }
    }

    /** Those whose verifier holds no secret: what an issuer may use unless told otherwise. */
    static Set<Algorithm> asymmetric() {
        return EnumSet.range(RS256, EdDSA);
    }

    /** Tells whether the verifier holds the secret that signs. */
    boolean isSymmetric() {
        return keyType.equals("oct");
    }

    /** Tells whether the secret is at least as long as the hash (RFC 7518, section 3.2). */
    boolean takesSecretOf(Key key) {
        return isSymmetric() && key.getEncoded().length * Byte.SIZE >= Integer.parseInt(name().substring(2));
    }

    /** The type of key it takes: the curve's name for ECDSA, else the {@code kty} of RFC 7517. */
    String keyType() {
        return keyType;
    }

    /** The algorithm that has this exact name among these; null when none has. */
    static @Nullable Algorithm named(String name, Set<Algorithm> among) {
        for (var algorithm : among) {
            if (algorithm.name().equals(name)) {
                return algorithm;
            }
        }
        return null;
    }

    /**
     * Tells whether the bytes are signed by the key.
     *
     * @throws IllegalStateException when the platform cannot tell
     */
    boolean verifies(byte[] signature, Key key, byte[] signed) {
        try {
            jose.validateVerificationKey(key);
            return jose.verifySignature(signature, key, signed, PROVIDERS);
        } catch (JoseException e) {
            throw new IllegalStateException(name() + ": cannot verify a signature", e);
        }
    }
}
