package dev.portcullis.schema;

import org.jspecify.annotations.Nullable;

/** Reads one character class of ECMA-262, from behind its opening bracket on, and translates it to RE2. */
final class CharacterClass {

    private static final String NOTHING = "[^\\x{0}-\\x{10FFFF}]";
    private static final String ANYTHING = "[\\x{0}-\\x{10FFFF}]";

    private final String text;
    private final StringBuilder out = new StringBuilder("[");
    private @Nullable String notOffered;
    private int at;

    CharacterClass(String text, int from) {
        this.text = text;
        this.at = from;
    }

    /** Where the class ends. */
    int end() {
        return at;
    }

    /** What the class has that RE2 has not; null when there is nothing. */
    @Nullable
    String notOffered() {
        return notOffered;
    }

    String read() {
        var negated = at < text.length() && text.charAt(at) == '^';
        if (negated) {
            at++;
            out.append('^');
        }
        var start = at;
        while (at < text.length() && text.charAt(at) != ']') {
            range();
        }
        if (at == text.length()) {
            throw malformed("every `[` closed");
        }
        var empty = at++ == start;
        if (empty) {
            return negated ? ANYTHING : NOTHING;
        }
        return out.append(']').toString();
    }

    private void range() {
        var from = member();
        if (at + 1 >= text.length() || text.charAt(at) != '-' || text.charAt(at + 1) == ']') {
            return;
        }
        at++;
        var hyphen = out.length();
        var to = member();
        var set = from < 0 || to < 0;
        if (!set && from > to) {
            throw malformed("ranges of characters in their order");
        }
        // beside a set, a hyphen is itself
        out.insert(hyphen, set ? "\\-" : "-");
    }

    /** Reads one character or one escape; its code point, or -1 for an escape that is a set. */
    private int member() {
        if (text.charAt(at) == '\\') {
            var escape = CharacterEscape.read(text, at + 1, true);
            at = escape.end();
            notOffered = escape.notOffered() == null ? notOffered : escape.notOffered();
            out.append(escape.translated());
            return escape.codePoint();
        }
        var c = text.codePointAt(at);
        at += Character.charCount(c);
        out.append(CharacterEscape.literal(c));
        return c;
    }

    private IllegalArgumentException malformed(String expected) {
        return new IllegalArgumentException("pattern: `" + text + "` (expected: " + expected + ")");
    }
}
