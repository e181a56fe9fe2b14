package dev.portcullis.cors;

import dev.portcullis.TrustedBase;
import org.jspecify.annotations.Nullable;

/**
 * A tuple origin, as browsers write it in an {@code Origin} header (RFC 6454, section 6.2). Immutable.
 *
 * @param scheme the scheme, in lower case
 * @param host a domain name in lower case and ASCII, or an address in canonical form; an IPv6 address without its brackets
 * @param port the port; {@value #NO_PORT} when none is written
 */
@TrustedBase
record Origin(String scheme, String host, int port) {

    static final int NO_PORT = 0;

    private static final int MAX_SCHEME = 64;
    private static final int MAX_LENGTH = MAX_SCHEME + "://".length() + HostName.MAX_LENGTH + ":65535".length();

    /** The origin that the text is; null when it is none, as is {@code null} in a header. */
    static @Nullable Origin parseOrNull(String text) {
        var colon = text.length() > MAX_LENGTH ? -1 : text.indexOf("://");
        if (colon < 1 || colon > MAX_SCHEME || !isScheme(text, colon)) {
            return null;
        }
        var start = colon + 3;
        var bracketed = text.startsWith("[", start);
        var end = bracketed ? text.indexOf(']', start) : hostEnd(text, start);
        var host = bracketed && end > 0 ? text.substring(start + 1, end) : text.substring(start, Math.max(start, end));
        if (bracketed ? !HostName.isIpv6(host) : !HostName.isDomain(host) && !HostName.isIpv4(host)) {
            return null;
        }
        var port = port(text, bracketed ? end + 1 : end);
        return port < 0 ? null : new Origin(text.substring(0, colon), host, port);
    }

    private static boolean isScheme(String text, int end) {
        if (!isLowerAlpha(text.charAt(0))) {
            return false;
        }
        for (var i = 1; i < end; i++) {
            var c = text.charAt(i);
            if (!isLowerAlpha(c) && !isDigit(c) && c != '+' && c != '-' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static int hostEnd(String text, int start) {
        var colon = text.indexOf(':', start);
        return colon < 0 ? text.length() : colon;
    }

    /** The port that the rest of the text is: {@value #NO_PORT} for no rest, -1 for anything but a port. */
    private static int port(String text, int from) {
        if (from == text.length()) {
            return NO_PORT;
        }
        var digits = text.length() - from - 1;
        if (text.charAt(from) != ':' || digits < 1 || digits > 5 || text.charAt(from + 1) == '0') {
            return -1;
        }
        var port = 0;
        for (var i = from + 1; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            port = port * 10 + text.charAt(i) - '0';
        }
        return port <= 65535 ? port : -1;
    }

    static boolean isLowerAlpha(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Tells whether the port is written although it is the scheme's own, as no browser does. */
    boolean namesDefaultPort() {
        return port == 80 && scheme.equals("http") || port == 443 && scheme.equals("https");
    }

    /** The text that {@link #parseOrNull} reads. */
    @Override
    public String toString() {
        var authority = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return scheme + "://" + authority + (port == NO_PORT ? "" : ":" + port);
    }
}
