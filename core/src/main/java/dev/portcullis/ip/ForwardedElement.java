package dev.portcullis.ip;

import dev.portcullis.Address;
import dev.portcullis.TrustedBase;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of a Forwarded field (RFC 7239, section 4): what one proxy says of the hop before it. Immutable.
 *
 * @param pairs the values by the parameters' names in lower case
 */
@TrustedBase
record ForwardedElement(Map<String, String> pairs) {

    ForwardedElement {
        pairs = Map.copyOf(pairs);
    }

    /** The element, or null when the text is none: exactly the grammar, and no parameter twice. */
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
        return node == null ? null : Node.strict(node);
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
            var ends = at == text.length() || text.charAt(at) == ';';
            at++;
            return ends;
        }

        private boolean namedValue(Map<String, String> pairs) {
            var name = token();
            if (name.isEmpty() || at == text.length() || text.charAt(at) != '=') {
                return false;
            }
            at++;
            var quoted = at < text.length() && text.charAt(at) == '"';
            var value = quoted ? quotedString() : token();
            if (value == null || !quoted && value.isEmpty()) {
                return false;
            }
            return pairs.putIfAbsent(name.toLowerCase(Locale.ROOT), value) == null;
        }

        private String token() {
            var from = at;
            while (at < text.length() && Chars.token(text.charAt(at))) {
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
