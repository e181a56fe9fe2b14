package dev.portcullis.ip;

import dev.portcullis.Address;
import dev.portcullis.TrustedBase;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One element of a Forwarded field (RFC 7239, section 4): what one proxy says of the hop before it. Immutable.
 *
 * <p>It is read as the RFC writes it, but for three liberties that proxies take and that leave no doubt: white space beside
 * semicolons, colons and brackets without quotes, and an IPv6 address without brackets.
 *
 * @param pairs the values by the parameters' names in lower case
 */
@TrustedBase
record ForwardedElement(Map<String, String> pairs) {

    ForwardedElement {
        pairs = Map.copyOf(pairs);
    }

    /** The element, or null when the text is none, or has a parameter twice. */
    static @Nullable ForwardedElement parse(String text) {
        var pairs = new HashMap<String, String>();
        var cursor = new Cursor(text);
        while (cursor.pair(pairs)) {
            if (cursor.atEnd()) {
                return new ForwardedElement(pairs);
            }
        }
        return null;
    }

    /** The hop's address; null when the element does not tell. */
    @Nullable
    Address address() {
        var node = pairs.get("for");
        return node == null ? null : Node.address(node);
    }

    /** Tells whether the hop is left out, {@code unknown}, or named by an obfuscated identifier. */
    boolean hidesAddress() {
        var node = pairs.getOrDefault("for", "unknown");
        var colon = node.indexOf(':');
        var name = colon < 0 ? node : node.substring(0, colon);
        return Node.isPort(node.substring(name.length()))
                && (name.equalsIgnoreCase("unknown") || name.startsWith("_") && Chars.all(name, 1, Chars::obfuscated));
    }

    @Nullable
    String scheme() {
        return pairs.get("proto");
    }

    @Nullable
    String host() {
        return pairs.get("host");
    }

    /** A place in the text of an element. */
    private static final class Cursor {

        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        boolean atEnd() {
            return at > text.length();
        }

        /** Reads a pair, or nothing, and the semicolon or the end behind it. */
        boolean pair(Map<String, String> pairs) {
            if (at < text.length() && text.charAt(at) != ';' && !namedValue(pairs)) {
                return false;
            }
            var end = at;
            skipBlanks();
            if (at == text.length()) {
                at++;
                return end == text.length();
            }
            var semicolon = text.charAt(at++) == ';';
            skipBlanks();
            return semicolon;
        }

        private void skipBlanks() {
            while (at < text.length() && Chars.blank(text.charAt(at))) {
                at++;
            }
        }

        private boolean namedValue(Map<String, String> pairs) {
            var name = run(Chars::token);
            if (name.isEmpty() || at == text.length() || text.charAt(at) != '=') {
                return false;
            }
            at++;
            var quoted = at < text.length() && text.charAt(at) == '"';
            var value = quoted ? quotedString() : run(Chars::bare);
            if (value == null || !quoted && value.isEmpty()) {
                return false;
            }
            return pairs.putIfAbsent(name.toLowerCase(Locale.ROOT), value) == null;
        }

        private String run(IntPredicate fits) {
            var from = at;
            while (at < text.length() && fits.test(text.charAt(at))) {
                at++;
            }
            return text.substring(from, at);
        }

        private @Nullable String quotedString() {
            var value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                var escaped = text.charAt(at) == '\\';
                at += escaped ? 1 : 0;
                if (at == text.length() || !Chars.quoted(text.charAt(at), escaped)) {
                    return null;
                }
                value.append(text.charAt(at));
            }
            return at++ < text.length() ? value.toString() : null;
        }
    }
}
