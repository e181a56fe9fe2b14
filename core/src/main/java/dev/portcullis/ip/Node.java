package dev.portcullis.ip;

import dev.portcullis.Address;
import org.jspecify.annotations.Nullable;

/** Reads what a proxy wrote about one hop: an address, perhaps in brackets, perhaps with a port. */
final class Node {

    private static final Address NO_IPV4 = Address.ofIpv4(0);
    private static final Address NO_IPV6 = new Address(0, 0);

    private Node() {}

    /**
     * The address; null when there is none, or only the unspecified one.
     *
     * <p>An IPv6 address with a port stands in brackets. Without brackets it has none, whatever its last group looks like.
     */
    static @Nullable Address address(String text) {
        if (!text.startsWith("[") && text.indexOf(':') != text.lastIndexOf(':')) {
            return specified(Address.parseOrNull(text));
        }
        var bracketed = text.startsWith("[");
        var end = bracketed ? text.indexOf(']') : portAt(text);
        if (end < 0) {
            return null;
        }
        var rest = text.substring(bracketed ? end + 1 : end);
        var address = bracketed ? text.substring(1, end) : text.substring(0, end);
        if (!isPort(rest) || bracketed != address.indexOf(':') >= 0) {
            return null;
        }
        return specified(Address.parseOrNull(address));
    }

    private static int portAt(String text) {
        var colon = text.indexOf(':');
        return colon < 0 ? text.length() : colon;
    }

    private static @Nullable Address specified(@Nullable Address address) {
        return NO_IPV4.equals(address) || NO_IPV6.equals(address) ? null : address;
    }

    /** Tells whether this is nothing, or a colon and a port: up to five digits, or an obfuscated one after an underscore. */
    static boolean isPort(String text) {
        if (text.isEmpty()) {
            return true;
        }
        if (text.charAt(0) != ':' || text.length() < 2) {
            return false;
        }
        return text.charAt(1) == '_'
                ? Chars.all(text, 2, Chars::obfuscated)
                : text.length() <= 6 && Chars.all(text, 1, Chars::digit);
    }
}
