package dev.portcullis.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that is mixed into the hashes of API keys, so that whoever steals the hashes can try nothing without it. Immutable.
 *
 * <p>The hash of a key is its HMAC-SHA-256 (RFC 2104) under the pepper's UTF-8 bytes.
 */
public final class Pepper {

    /** The shortest pepper, in characters. */
    public static final int MIN_LENGTH = 32;

    private static final String HMAC = "HmacSHA256";

    private final Mac fresh;

    private Pepper(Mac fresh) {
        this.fresh = fresh;
    }

    /**
     * The pepper that is this text.
     *
     * @throws IllegalArgumentException when it is too short; the message does not repeat it
     */
    public static Pepper of(String secret) {
        if (secret.length() < MIN_LENGTH) {
            throw new IllegalArgumentException("pepper: " + secret.length() + " characters (expected: at least "
                    + MIN_LENGTH + ", drawn at random)");
        }
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return new Pepper(mac);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    /** The hash of a key. */
    byte[] hash(String key) {
        return hash(key.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of a key's bytes. */
    byte[] hash(byte[] key) {
        try {
            return ((Mac) fresh.clone()).doFinal(key);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's HMAC-SHA-256 cannot be cloned", e);
        }
    }
}
