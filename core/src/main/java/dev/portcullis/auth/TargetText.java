package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A target URI without query and fragment, in the one spelling in which it is compared (RFC 3986, sections 6.2.2 and 6.2.3). Immutable.
 *
 * <p>Dots in paths are not resolved: the gate lets no request with such a path pass.
 *
 * @param origin the scheme and the authority, in lower case, without the scheme's own port
 * @param path the path, never empty
 */
@TrustedBase
record TargetText(String origin, String path) {

    private static final String HEX = "0123456789ABCDEF";
    private static final String UNRESERVED = "-._~";

    /** Reads it; null when it is no plain http or https URI. */
    static @Nullable TargetText parse(@Nullable String uri) {
        if (uri == null || !uri.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return null;
        }
        var mark = uri.indexOf("://");
        var scheme = mark < 0 ? "" : uri.substring(0, mark).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return null;
        }
        var rest = uri.substring(mark + "://".length());
        var end = firstOf("/?#", rest);
        var authority = authority(scheme, rest.substring(0, end));
        var tail = rest.substring(end);
        var path = path(tail.substring(0, firstOf("?#", tail)));
        return authority == null || path == null ? null : new TargetText(scheme + "://" + authority, path);
    }

    private static int firstOf(String marks, String text) {
        for (var i = 0; i < text.length(); i++) {
            if (marks.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static @Nullable String authority(String scheme, String text) {
        if (text.isEmpty() || text.indexOf('@') >= 0) {
            return null;
        }
        var lower = text.toLowerCase(Locale.ROOT);
        var own = scheme.equals("https") ? ":443" : ":80";
        var plain = lower.endsWith(own) ? lower.substring(0, lower.length() - own.length()) : lower;
        return plain.endsWith(":") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** The path with its percent-encoding in one spelling; null when that is broken. */
    private static @Nullable String path(String text) {
        if (text.isEmpty()) {
            return "/";
        }
        var plain = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c != '%') {
                plain.append(c);
                continue;
            }
            var octet = i + 2 < text.length() ? octet(text.charAt(i + 1), text.charAt(i + 2)) : -1;
            if (octet < 0) {
                return null;
            }
            append(plain, octet);
            i += 2;
        }
        return plain.toString();
    }

    private static int octet(char high, char low) {
        var upper = Character.digit(high, 16);
        var lower = Character.digit(low, 16);
        return upper < 0 || lower < 0 ? -1 : upper << 4 | lower;
    }

    private static void append(StringBuilder plain, int octet) {
        var c = (char) octet;
        if (octet < 0x7f && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
            plain.append(c);
        } else {
            plain.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 15));
        }
    }
}
