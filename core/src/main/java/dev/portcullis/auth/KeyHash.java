package dev.portcullis.auth;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The hash by which an API key is known. Immutable. */
public final class KeyHash {

    static final String PLAIN = "sha256:";
    static final String PEPPERED = "hmac-sha256:";

    private static final int HEX = 2 * Fingerprint.BYTES;
    private static final Fingerprint OF_NOTHING = Fingerprint.of("");

    private final Fingerprint print;
    private final boolean peppered;

    private KeyHash(Fingerprint print, boolean peppered) {
        this.print = print;
        this.peppered = peppered;
    }

    /**
     * Reads {@code sha256:} or {@code hmac-sha256:} and the hash in hexadecimal or base64url.
     *
     * @throws IllegalArgumentException when it is anything else; the message does not repeat it, as it may be a key
     */
    public static KeyHash parse(String text) {
        var peppered = text.startsWith(PEPPERED);
        var known = peppered || text.startsWith(PLAIN);
        var digest = known ? decode(text.substring(text.indexOf(':') + 1)) : null;
        if (digest == null || digest.length != Fingerprint.BYTES) {
            throw new IllegalArgumentException(
                    "api-keys: a value that is no hash (expected: `sha256:` or `hmac-sha256:` and the hash of the"
                            + " key, in hexadecimal or base64url)");
        }
        var print = Fingerprint.ofDigest(digest);
        if (print.equals(OF_NOTHING)) {
            throw new IllegalArgumentException("api-keys: the hash of an empty key (expected: that of a key)");
        }
        return new KeyHash(print, peppered);
    }

    /**
     * The hash of a key that a client can send.
     *
     * @param pepper what is mixed in; null for nothing
     * @throws IllegalArgumentException when no client could send the key; the message does not show it
     */
    public static KeyHash of(String key, @Nullable Pepper pepper) {
        var sendable = key.chars().allMatch(c -> c > ' ' && c <= '~');
        if (key.isEmpty() || key.length() > ApiKeys.MAX_KEY || !sendable) {
            throw new IllegalArgumentException(
                    "key: not one that can be sent (expected: 1 to " + ApiKeys.MAX_KEY + " visible ASCII characters)");
        }
        return pepper == null
                ? new KeyHash(Fingerprint.of(key), false)
                : new KeyHash(Fingerprint.ofDigest(pepper.hash(key)), true);
    }

    /** Whether a pepper was mixed in. */
    public boolean peppered() {
        return peppered;
    }

    Fingerprint print() {
        return print;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyHash hash && hash.peppered == peppered && hash.print.equals(print);
    }

    @Override
    public int hashCode() {
        return print.hashCode();
    }

    /** The hash as {@link #parse} reads it, in hexadecimal. */
    @Override
    public String toString() {
        return (peppered ? PEPPERED : PLAIN) + HexFormat.of().formatHex(print.bytes());
    }

    private static byte @Nullable [] decode(String text) {
        if (text.length() != HEX) {
            return StrictBase64.decode(text);
        }
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
