package dev.portcullis.auth;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64url as RFC 7515 wants it: no padding, no other characters, no spare bits set. One value has one spelling. */
final class StrictBase64 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final byte[] VALUES = values();

    private StrictBase64() {}

    /** The bytes; null when the text is not encoded strictly. */
    static byte @Nullable [] decode(String text) {
        var last = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            last = c < VALUES.length ? VALUES[c] : -1;
            if (last < 0) {
                return null;
            }
        }
        var spare = switch (text.length() % 4) {
            case 0 -> 0;
            case 2 -> 0x0f;
            case 3 -> 0x03;
            default -> -1;
        };
        return spare < 0 || (last & spare) != 0 ? null : Base64.getUrlDecoder().decode(text);
    }

    private static byte[] values() {
        var values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (var i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = (byte) i;
        }
        return values;
    }
}
