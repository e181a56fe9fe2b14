package dev.portcullis.auth;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** A private key with the algorithm it signs by and the id it is known under. Immutable. */
public final class SigningKey {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final int MIN_RSA_BITS = 2048;

    private final PrivateKey key;
    private final Algorithm algorithm;
    private final @Nullable String id;

    private SigningKey(PrivateKey key, Algorithm algorithm, @Nullable String id) {
        this.key = key;
        this.algorithm = algorithm;
        this.id = id;
    }

    /**
     * Reads a JWK (RFC 7517) or PKCS #8 in PEM (RFC 7468).
     *
     * @throws IllegalArgumentException when it is no private key of a kind that is known here; the message does not repeat it
     */
    public static SigningKey parse(String text) {
        var trimmed = text.strip();
        try {
            return trimmed.startsWith("{") ? jwk(trimmed) : of(pem(trimmed), null, null);
        } catch (JoseException | NoSuchAlgorithmException e) {
            throw unusable();
        }
    }

    private static SigningKey jwk(String text) throws JoseException {
        if (JsonWebKey.Factory.newJwk(text) instanceof PublicJsonWebKey jwk && jwk.getPrivateKey() != null) {
            return of(jwk.getPrivateKey(), jwk.getKeyId(), jwk.getAlgorithm());
        }
        throw unusable();
    }

    /** Reads PKCS #8 in PEM. */
    static PrivateKey pem(String text) throws NoSuchAlgorithmException {
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw unusable();
        }
        var spec = new PKCS8EncodedKeySpec(
                Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length())));
        for (var type : List.of("RSA", "EC", "Ed25519")) {
            var key = key(type, spec);
            if (key != null) {
                return key;
            }
        }
        throw unusable();
    }

    /** The key; null when it is of another type. */
    private static @Nullable PrivateKey key(String type, PKCS8EncodedKeySpec spec) throws NoSuchAlgorithmException {
        try {
            return KeyFactory.getInstance(type).generatePrivate(spec);
        } catch (InvalidKeySpecException e) {
            return null;
        }
    }

    private static SigningKey of(PrivateKey key, @Nullable String id, @Nullable String named) {
        var usual = usual(key);
        var algorithm = named == null ? usual : Algorithm.named(named, Algorithm.asymmetric());
        if (algorithm == null || !algorithm.keyType().equals(usual.keyType())) {
            throw unusable();
        }
        return new SigningKey(key, algorithm, id);
    }

    private static Algorithm usual(PrivateKey key) {
        if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS) {
            return Algorithm.RS256;
        }
        if (key instanceof ECPrivateKey ec) {
            return switch (ec.getParams().getOrder().bitLength()) {
                case 256 -> Algorithm.ES256;
                case 384 -> Algorithm.ES384;
                case 521 -> Algorithm.ES512;
                default -> throw unusable();
            };
        }
        if (key.getAlgorithm().startsWith("Ed")) {
            return Algorithm.EdDSA;
        }
        throw unusable();
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException("key: not one to sign with (expected: a private key, RSA, EC or Ed25519)");
    }

    PrivateKey key() {
        return key;
    }

    Algorithm algorithm() {
        return algorithm;
    }

    /** The id it is known under; null when it has none. */
    @Nullable
    String id() {
        return id;
    }
}
