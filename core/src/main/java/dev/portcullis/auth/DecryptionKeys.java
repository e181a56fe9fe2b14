package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.ArrayList;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The private keys to which an issuer encrypts its tokens. Immutable.
 *
 * <p>A token that can be opened proves nothing: anybody can encrypt to a public key. What is in it must be signed.
 */
@TrustedBase
public final class DecryptionKeys {

    /** How many keys there may be, and are tried for a token that names none. */
    public static final int MAX_KEYS = 4;

    private static final int MIN_RSA_BITS = 2048;
    private static final AlgorithmConstraints ENCRYPTIONS =
            new AlgorithmConstraints(ConstraintType.PERMIT, Envelope.ENCRYPTIONS.toArray(String[]::new));
    private static final JwkReader EPHEMERAL = new JwkReader(Algorithm.asymmetric(), true);

    private final List<Opener> openers;

    /** A key with its id and the one algorithm that it is for; either may be empty. */
    private record Opener(String kid, String algorithm, PrivateKey key) {

        boolean fits(Envelope envelope) {
            return (envelope.kid().isEmpty() || kid.isEmpty() || kid.equals(envelope.kid()))
                    && (algorithm.isEmpty() || algorithm.equals(envelope.algorithm()))
                    && (key instanceof RSAPrivateKey) == envelope.algorithm().equals(Envelope.RSA);
        }
    }

    private DecryptionKeys(List<Opener> openers) {
        this.openers = List.copyOf(openers);
    }

    /**
     * Reads a JWK with a private key, a set of such, or PKCS #8 in PEM.
     *
     * @throws IllegalArgumentException when one of them is no key to decrypt with; the message does not repeat it
     */
    public static DecryptionKeys parse(String text) {
        var trimmed = text.strip();
        var openers = new ArrayList<Opener>();
        try {
            if (!trimmed.startsWith("{")) {
                openers.add(opener(SigningKey.pem(trimmed), "", ""));
            } else {
                jwks(trimmed).forEach(jwk -> openers.add(opener(jwk)));
            }
        } catch (JoseException | RuntimeException | NoSuchAlgorithmException e) {
            throw unusable();
        }
        if (openers.isEmpty() || openers.size() > MAX_KEYS) {
            throw unusable();
        }
        return new DecryptionKeys(openers);
    }

    private static List<? extends JsonWebKey> jwks(String text) throws JoseException {
        var object = StrictJson.object(text.getBytes(StandardCharsets.UTF_8));
        return object.has("keys") ? new JsonWebKeySet(text).getJsonWebKeys() : List.of(JsonWebKey.Factory.newJwk(text));
    }

    private static Opener opener(JsonWebKey jwk) {
        var use = jwk.getUse();
        if (!(jwk instanceof PublicJsonWebKey pair)
                || pair.getPrivateKey() == null
                || use != null && !use.equals("enc")) {
            throw unusable();
        }
        var kid = jwk.getKeyId() == null ? "" : jwk.getKeyId();
        return opener(pair.getPrivateKey(), kid, jwk.getAlgorithm() == null ? "" : jwk.getAlgorithm());
    }

    private static Opener opener(PrivateKey key, String kid, String algorithm) {
        if (!isStrong(key)) {
            throw unusable();
        }
        return new Opener(kid, algorithm, key);
    }

    private static boolean isStrong(PrivateKey key) {
        return key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS
                || key instanceof ECPrivateKey curve && List.of(256, 384, 521).contains(bits(curve));
    }

    private static int bits(ECPrivateKey key) {
        return key.getParams().getCurve().getField().getFieldSize();
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException("decryption-keys: not one to " + MAX_KEYS
                + " keys to decrypt with (expected: private keys, RSA of at least 2048 bits, P-256, P-384 or P-521)");
    }

    /** Tells whether one of the keys may be the one that the envelope is for. */
    boolean fit(Envelope envelope) {
        return openers.stream().anyMatch(opener -> opener.fits(envelope));
    }

    /** What is in the envelope; null when none of the keys opens it. */
    byte @Nullable [] open(Envelope envelope) {
        for (var opener : openers) {
            var found = opener.fits(envelope) ? open(envelope, opener.key()) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static byte @Nullable [] open(Envelope envelope, PrivateKey key) {
        if (key instanceof ECPrivateKey curve && !isOnCurve(envelope, curve)) {
            return null;
        }
        try {
            var jwe = new JsonWebEncryption();
            jwe.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, envelope.algorithm()));
            jwe.setContentEncryptionAlgorithmConstraints(ENCRYPTIONS);
            jwe.setKey(key);
            jwe.setCompactSerialization(envelope.text());
            return jwe.getPlaintextBytes();
        } catch (JoseException | RuntimeException e) {
            // whatever it is, the sender chose it
            return null;
        }
    }

    /** Tells whether the sender's key is a point of the curve of ours (RFC 7518, section 4.6.1). */
    private static boolean isOnCurve(Envelope envelope, ECPrivateKey own) {
        var sent = EPHEMERAL.one(envelope.header().path("epk"));
        return sent != null && sent.key() instanceof ECPublicKey point && Curves.isOf(point, bits(own));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DecryptionKeys keys && openers.equals(keys.openers);
    }

    @Override
    public int hashCode() {
        return openers.hashCode();
    }
}
