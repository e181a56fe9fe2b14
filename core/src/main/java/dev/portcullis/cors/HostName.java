package dev.portcullis.cors;

import dev.portcullis.Address;
import dev.portcullis.http.Punycode;

/** Tells which texts are hosts in the form in which browsers write them: lower case, ASCII, addresses in canonical form. */
final class HostName {

    /** The longest domain name, in characters. */
    static final int MAX_LENGTH = 253;

    private static final int MAX_LABEL = 63;
    private static final String ENCODED = "xn--";

    private HostName() {}

    static boolean isIpv4(String host) {
        var address = Address.parseOrNull(host);
        return address != null && address.isIpv4() && host.indexOf(':') < 0;
    }

    /** Tells whether this is an IPv6 address in canonical form; one that stands for an IPv4 address is not. */
    static boolean isIpv6(String host) {
        var address = Address.parseOrNull(host);
        return address != null && !address.isIpv4() && address.toString().equals(host);
    }

    /** Tells whether this is a domain name: one full stop may end it, and its last label is no number. */
    static boolean isDomain(String host) {
        var end = host.endsWith(".") ? host.length() - 1 : host.length();
        return end > 0 && host.length() <= MAX_LENGTH && areLabels(host, end) && !endsInNumber(host, end);
    }

    /** Tells whether the last label is a number, so that readers may take the whole for an IPv4 address (URL standard). */
    private static boolean endsInNumber(String host, int end) {
        var label = host.substring(host.lastIndexOf('.', end - 1) + 1, end);
        return label.startsWith("0x")
                ? label.substring(2).chars().allMatch(c -> Character.digit(c, 16) >= 0)
                : label.chars().allMatch(c -> Origin.isDigit((char) c));
    }

    /** Tells whether the text up to the end is one label, or several with single full stops between them. */
    static boolean areLabels(String text, int end) {
        var start = 0;
        while (start <= end) {
            var stop = text.indexOf('.', start);
            stop = stop < 0 || stop > end ? end : stop;
            if (!isLabel(text, start, stop)) {
                return false;
            }
            start = stop + 1;
        }
        return true;
    }

    private static boolean isLabel(String text, int start, int end) {
        if (end == start || end - start > MAX_LABEL || text.charAt(start) == '-' || text.charAt(end - 1) == '-') {
            return false;
        }
        for (var i = start; i < end; i++) {
            var c = text.charAt(i);
            if (!Origin.isLowerAlpha(c) && !Origin.isDigit(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return !text.startsWith(ENCODED, start)
                || Punycode.decode(text.substring(start + ENCODED.length(), end)) != null;
    }

    /** Tells whether the host is this machine itself, so that nobody sits on the way to it. */
    static boolean isLoopback(String host) {
        var address = Address.parseOrNull(host);
        return address != null && address.isLoopback() || host.equals("localhost") || host.endsWith(".localhost");
    }
}
