package dev.portcullis.http;

import dev.portcullis.TrustedBase;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request target's path: as sent, decoded once, and whether different readers may read it differently. Immutable.
 *
 * <p>A plain path is handed through: nothing is copied, and nothing is ever normalised.
 *
 * @param raw the path as sent, without the context path
 * @param decoded the path with its percent-encoding decoded once, as well as that can be done
 * @param ambiguity why readers may differ, as a phrase for the operator; null when they cannot
 */
@TrustedBase
record TargetPath(String raw, String decoded, @Nullable String ambiguity) {

    /** How many characters a path may have. */
    static final int MAX_LENGTH = 8192;

    private static final String TOO_LONG = "more than " + MAX_LENGTH + " characters";
    private static final String OTHER_CONTEXT = "a context path that is not written as the path begins";

    /** The path without the context path, which must stand at its beginning, letter by letter. */
    static TargetPath of(String sent, String contextPath) {
        if (sent.length() > MAX_LENGTH) {
            return new TargetPath(sent, sent, TOO_LONG);
        }
        var ambiguity = Ambiguity.of(sent);
        if (!contextPath.isEmpty() && !isBelow(sent, contextPath)) {
            return new TargetPath(sent, decode(sent), ambiguity == null ? OTHER_CONTEXT : ambiguity);
        }
        var raw = without(contextPath, sent);
        return new TargetPath(raw, decode(raw), ambiguity);
    }

    /** The raw path alone, for whoever compares it with one that was looked at already. */
    static String raw(String sent, String contextPath) {
        var whole = sent.length() > MAX_LENGTH || !contextPath.isEmpty() && !isBelow(sent, contextPath);
        return whole ? sent : without(contextPath, sent);
    }

    private static String without(String contextPath, String sent) {
        var rest = sent.substring(contextPath.length());
        return rest.isEmpty() ? "/" : rest;
    }

    private static boolean isBelow(String path, String contextPath) {
        var end = contextPath.length();
        return path.startsWith(contextPath) && (path.length() == end || path.charAt(end) == '/');
    }

    /** Decodes once. What is broken stays as it is; what is not UTF-8 becomes the replacement character. */
    static String decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        return new String(octets(raw), StandardCharsets.UTF_8);
    }

    /** The bytes that the text stands for, decoded once. What is broken stays as it is. */
    static byte[] octets(String encoded) {
        var bytes = encoded.getBytes(StandardCharsets.UTF_8);
        var length = 0;
        for (var at = 0; at < bytes.length; at++) {
            var octet = bytes[at] == '%' ? Percent.octet(bytes, at) : -1;
            bytes[length++] = octet < 0 ? bytes[at] : (byte) octet;
            at += octet < 0 ? 0 : Percent.LENGTH - 1;
        }
        return Arrays.copyOf(bytes, length);
    }
}
