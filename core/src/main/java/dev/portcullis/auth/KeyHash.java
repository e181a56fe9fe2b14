package dev.portcullis.auth;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads the hashes of API keys. */
final class KeyHash {

    private static final String PREFIX = "sha256:";
    private static final int HEX = 2 * Fingerprint.BYTES;
    private static final Fingerprint OF_NOTHING = Fingerprint.of("");

    private KeyHash() {}

    /**
     * Reads {@code sha256:} and the hash in hexadecimal or base64url.
     *
     * @throws IllegalArgumentException when it is anything else; the message does not repeat it, as it may be a key
     */
    static Fingerprint parse(String text) {
        var digest = text.startsWith(PREFIX) ? decode(text.substring(PREFIX.length())) : null;
        if (digest == null || digest.length != Fingerprint.BYTES) {
            throw new IllegalArgumentException(
                    "api-keys: a value that is no hash (expected: `sha256:` and the SHA-256 of the"
                            + " key, in hexadecimal or base64url)");
        }
        var hash = Fingerprint.ofDigest(digest);
        if (hash.equals(OF_NOTHING)) {
            throw new IllegalArgumentException("api-keys: the hash of an empty key (expected: that of a key)");
        }
        return hash;
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
