package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that clients must put into their proofs (RFC 9449, section 8), so that none can be made in advance. Thread-safe.
 *
 * <p>Nothing is kept of them: a nonce is the keyed hash of the span of time in which it is handed out. It is good for that span and
 * the next. Nodes that have one secret take each other's.
 */
@TrustedBase
public final class Nonces {

    /** For how long one nonce is handed out. */
    public static final Duration SPAN = Duration.ofSeconds(150);

    /** The shortest secret, in bytes. */
    public static final int MIN_SECRET = 32;

    private static final String HASH = "HmacSHA256";
    private static final int BYTES = 18;

    private final SecretKeySpec secret;
    private final Clock clock;

    private Nonces(byte[] secret, Clock clock) {
        this.secret = new SecretKeySpec(secret, HASH);
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Nonces that whoever has this secret makes.
     *
     * @throws IllegalArgumentException when the secret is too short
     */
    public static Nonces of(byte[] secret, Clock clock) {
        if (secret.length < MIN_SECRET) {
            throw new IllegalArgumentException(
                    "nonce-secret: " + secret.length + " bytes (expected: at least " + MIN_SECRET + ")");
        }
        return new Nonces(secret.clone(), clock);
    }

    /** The nonce to be used from now on. */
    String current() {
        return in(span());
    }

    /** Tells whether a nonce was handed out not long ago, here or by a clock that is a little ahead. */
    @SuppressWarnings("ShortCircuitBoolean") // how long it takes tells nobody which of the three it is
    boolean accepts(String nonce) {
        var span = span();
        return isOf(span, nonce) | isOf(span - 1, nonce) | isOf(span + 1, nonce);
    }

    /** Tells whether it is the one of now. */
    boolean isCurrent(String nonce) {
        return isOf(span(), nonce);
    }

    private long span() {
        return Math.floorDiv(clock.millis(), SPAN.toMillis());
    }

    private boolean isOf(long span, String nonce) {
        return MessageDigest.isEqual(
                in(span).getBytes(StandardCharsets.US_ASCII), nonce.getBytes(StandardCharsets.UTF_8));
    }

    private String in(long span) {
        try {
            var mac = Mac.getInstance(HASH);
            mac.init(secret);
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(span).array());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HASH, e);
        }
    }
}
