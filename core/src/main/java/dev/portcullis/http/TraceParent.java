package dev.portcullis.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The grammar of {@code traceparent} (W3C Trace Context, version 00). Stateless. */
public final class TraceParent {

    private static final int LENGTH = 55;
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_PARENT = "0".repeat(16);

    private TraceParent() {}

    /** The trace of the one well-formed field among these; null when there is none, or several. */
    public static @Nullable String traceOf(List<String> fields) {
        return fields.size() == 1 && isValid(fields.get(0)) ? fields.get(0).substring(3, 35) : null;
    }

    /** Tells whether it is well formed. */
    public static boolean isValid(String text) {
        if (text.length() != LENGTH || !text.startsWith("00-") || text.charAt(35) != '-' || text.charAt(52) != '-') {
            return false;
        }
        return isHex(text, 3, 35)
                && isHex(text, 36, 52)
                && isHex(text, 53, LENGTH)
                && !text.startsWith(NO_TRACE, 3)
                && !text.startsWith(NO_PARENT, 36);
    }

    private static boolean isHex(String text, int from, int to) {
        for (var i = from; i < to; i++) {
            var c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
