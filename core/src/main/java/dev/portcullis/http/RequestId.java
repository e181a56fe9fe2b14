package dev.portcullis.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Correlation ids: 8 to 128 letters, digits, and {@code . _ -}, safe in headers and logs. Stateless. */
public final class RequestId {

    /** The field that carries the id, in requests of trusted peers and in every response. */
    public static final String HEADER = "X-Request-Id";

    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 128;
    private static final int LONG_DIGITS = 16;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private RequestId() {}

    /** The id that was sent, when it is well formed; else a new one. */
    static String of(@Nullable String sent) {
        return sent != null && wellFormed(sent) ? sent : made();
    }

    private static boolean wellFormed(String id) {
        return id.length() >= MIN_LENGTH
                && id.length() <= MAX_LENGTH
                && id.chars().allMatch(RequestId::plain);
    }

    private static boolean plain(int c) {
        return Token.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
    }

    /** A new id. */
    public static String made() {
        var random = ThreadLocalRandom.current();
        var digits = new byte[2 * LONG_DIGITS];
        hex(random.nextLong(), digits, 0);
        hex(random.nextLong(), digits, LONG_DIGITS);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private static void hex(long bits, byte[] into, int from) {
        for (var i = 0; i < LONG_DIGITS; i++) {
            into[from + i] = DIGITS[(int) (bits >>> 4 * i) & 0xf];
        }
    }
}
