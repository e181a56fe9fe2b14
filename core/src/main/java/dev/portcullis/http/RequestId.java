package dev.portcullis.http;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Correlation ids: 8 to 128 letters, digits, and {@code . _ -}, safe in headers and logs. Stateless. */
public final class RequestId {

    /** The field that carries the id, in requests of trusted peers and in every response. */
    public static final String HEADER = "X-Request-Id";

    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 128;

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
        return hex(random.nextLong()) + hex(random.nextLong());
    }

    private static String hex(long bits) {
        var digits = Long.toHexString(bits);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
