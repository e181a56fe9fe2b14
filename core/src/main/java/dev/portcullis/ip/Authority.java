package dev.portcullis.ip;

import dev.portcullis.Address;

/** Tells what can be a host with, perhaps, a port. */
final class Authority {

    private static final int MAX_LENGTH = 261;

    private Authority() {}

    static boolean wellFormed(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        if (text.charAt(0) == '[') {
            var end = text.indexOf(']');
            return end > 0
                    && text.lastIndexOf(':', end) > 0
                    && literal(text.substring(1, end))
                    && port(text.substring(end + 1));
        }
        var colon = text.indexOf(':');
        var name = colon < 0 ? text : text.substring(0, colon);
        return Chars.all(name, 0, Chars::hostName) && port(text.substring(name.length()));
    }

    private static boolean literal(String text) {
        return Address.parseOrNull(text) != null;
    }

    private static boolean port(String text) {
        return text.isEmpty() || text.charAt(0) == ':' && text.length() <= 6 && Chars.all(text, 1, Chars::digit);
    }
}
