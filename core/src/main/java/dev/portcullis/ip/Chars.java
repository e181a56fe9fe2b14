package dev.portcullis.ip;

import java.util.function.IntPredicate;

/** The sets of characters that the grammars of proxy headers are made of (RFC 7239, RFC 9110). */
final class Chars {

    private Chars() {}

    /** Tells whether there is at least one character from the index on, and each of them fits. */
    static boolean all(String text, int from, IntPredicate fits) {
        for (var i = from; i < text.length(); i++) {
            if (!fits.test(text.charAt(i))) {
                return false;
            }
        }
        return from < text.length();
    }

    static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean alphanumeric(int c) {
        return digit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean obfuscated(int c) {
        return alphanumeric(c) || c == '.' || c == '_' || c == '-';
    }

    /** What a token is made of (RFC 9110, section 5.6.2). */
    static boolean token(int c) {
        return alphanumeric(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    /** What a value without quotes is made of: a token, or an address or authority as proxies write it. */
    static boolean bare(int c) {
        return token(c) || c == ':' || c == '[' || c == ']';
    }

    /** What may stand in a quoted string (RFC 9110, section 5.6.4): quotes and backslashes only when escaped. */
    static boolean quoted(int c, boolean escaped) {
        return c == '\t' || c >= ' ' && c <= 255 && c != 127 && (escaped || c != '"' && c != '\\');
    }

    /** What a host name in a header is made of. */
    static boolean hostName(int c) {
        return alphanumeric(c) || c == '.' || c == '-' || c == '_';
    }

    static boolean blank(int c) {
        return c == ' ' || c == '\t';
    }
}
