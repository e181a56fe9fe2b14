package dev.portcullis.http;

import dev.portcullis.Address;

/**
 * The grammar of {@code Host}: a name, an IPv4 address or an IPv6 address in brackets, and a port where there is one (RFC 9110,
 * section 7.2).
 *
 * <p>Names are of letters, digits, dots, hyphens and underscores; nothing is percent-encoded, and nobody is named before an
 * {@code @}.
 */
final class HostText {

    private static final int MAX_NAME = 255;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PORT_DIGITS = 5;

    private HostText() {}

    static boolean isValid(String host) {
        if (host.startsWith("[")) {
            var close = host.indexOf(']');
            return close > 0 && isIpv6(host, close) && isPort(host, close + 1);
        }
        var colon = host.indexOf(':');
        var end = colon < 0 ? host.length() : colon;
        return isName(host, end) && isPort(host, end);
    }

    private static boolean isIpv6(String host, int close) {
        return host.lastIndexOf(':', close) > 0 && Address.parseOrNull(host.substring(1, close)) != null;
    }

    private static boolean isName(String host, int end) {
        for (var i = 0; i < end; i++) {
            var c = host.charAt(i);
            if (c == '.' ? isEmptyLabel(host, i) : !Token.isLetterOrDigit(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return end > 0 && end <= MAX_NAME;
    }

    /** Tells whether nothing stands before the dot; only behind the last one of a name may there be nothing. */
    private static boolean isEmptyLabel(String host, int dot) {
        return dot == 0 || host.charAt(dot - 1) == '.';
    }

    /** Tells whether nothing stands here, or a colon and a port from 1 to 65535. */
    private static boolean isPort(String host, int from) {
        if (from == host.length()) {
            return true;
        }
        var digits = host.length() - from - 1;
        if (host.charAt(from) != ':' || digits < 1 || digits > MAX_PORT_DIGITS) {
            return false;
        }
        var port = 0;
        for (var i = from + 1; i < host.length(); i++) {
            var digit = host.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            port = port * 10 + digit;
        }
        return port >= 1 && port <= MAX_PORT;
    }
}
