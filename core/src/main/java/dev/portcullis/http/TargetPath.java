package dev.portcullis.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request target's path: as sent, decoded once, and whether different readers may read it differently. Immutable.
 *
 * @param raw the path as sent, without the context path
 * @param decoded the path with its percent-encoding decoded once
 * @param ambiguity why readers may differ, as a phrase for the operator; null when they cannot
 */
record TargetPath(String raw, String decoded, @Nullable String ambiguity) {

    static TargetPath of(String sent, String contextPath) {
        var raw = sent.startsWith(contextPath) ? sent.substring(contextPath.length()) : sent;
        raw = raw.isEmpty() ? "/" : raw;
        var decoded = raw.indexOf('%') < 0 ? raw : decode(raw);
        return new TargetPath(raw, decoded, null);
    }

    private static String decode(String raw) {
        var bytes = raw.getBytes(StandardCharsets.UTF_8);
        var out = new byte[bytes.length];
        var length = 0;
        for (var i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length) {
                out[length++] = (byte) Integer.parseInt(raw.substring(i + 1, i + 3), 16);
                i += 2;
            } else {
                out[length++] = bytes[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
