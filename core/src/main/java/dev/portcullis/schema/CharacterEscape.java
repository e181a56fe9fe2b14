package dev.portcullis.schema;

import org.jspecify.annotations.Nullable;

/**
 * One escape of ECMA-262 that stands for a character or a set of them. Immutable.
 *
 * @param translated what it is in RE2
 * @param end where it ends
 * @param codePoint the character; {@value #SET} for a set
 * @param notOffered what of it RE2 has not; null when it has all
 */
record CharacterEscape(
        String translated, int end, int codePoint, @Nullable String notOffered) {

    static final int SET = -1;

    private static final String SPACE =
            "\\t-\\r \\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}\\x{FEFF}";
    private static final String NO_SPACE =
            "\\x{0}-\\x{8}\\x{E}-\\x{1F}!-\\x{9F}\\x{A1}-\\x{167F}\\x{1681}-\\x{1FFF}\\x{200B}-\\x{2027}"
                    + "\\x{202A}-\\x{202E}\\x{2030}-\\x{205E}\\x{2060}-\\x{2FFF}\\x{3001}-\\x{FEFE}\\x{FF00}-\\x{10FFFF}";

    /**
     * Reads the escape whose backslash stands before the index.
     *
     * @throws IllegalArgumentException when it is none
     */
    static CharacterEscape read(String text, int at, boolean inClass) {
        if (at >= text.length()) {
            throw malformed(text, "something after `\\`");
        }
        var c = text.charAt(at);
        return switch (c) {
            case 'd', 'D', 'w', 'W' -> new CharacterEscape("\\" + c, at + 1, SET, null);
            case 's' -> set(SPACE, at + 1, inClass);
            case 'S' -> set(NO_SPACE, at + 1, inClass);
            case 'p', 'P' -> property(text, at, inClass);
            case 't' -> character('\t', at + 1);
            case 'n' -> character('\n', at + 1);
            case 'v' -> character('\u000b', at + 1);
            case 'f' -> character('\f', at + 1);
            case 'r' -> character('\r', at + 1);
            case 'c' -> control(text, at + 1);
            case '0' -> zero(text, at + 1);
            case 'x' -> hexadecimal(text, at + 1, 2);
            case 'u' -> unicode(text, at + 1);
            default -> identity(text, at, inClass);
        };
    }

    /** The character itself, in RE2. */
    static String literal(int c) {
        var plain = c >= 128 || Character.isLetterOrDigit(c) || c == '_' || c <= ' ';
        return plain ? Character.toString(c) : "\\" + (char) c;
    }

    private static CharacterEscape set(String members, int end, boolean inClass) {
        return new CharacterEscape(inClass ? members : "[" + members + "]", end, SET, null);
    }

    private static CharacterEscape character(int c, int end) {
        return new CharacterEscape("\\x{" + Integer.toHexString(c) + "}", end, c, null);
    }

    private static CharacterEscape control(String text, int at) {
        var letter = at < text.length() ? text.charAt(at) | 0x20 : 0;
        if (letter < 'a' || letter > 'z') {
            throw malformed(text, "a letter after `\\c`");
        }
        return character(letter & 0x1f, at + 1);
    }

    private static CharacterEscape zero(String text, int at) {
        if (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            throw malformed(text, "no digit after `\\0`");
        }
        return character(0, at);
    }

    private static CharacterEscape unicode(String text, int at) {
        if (text.startsWith("{", at)) {
            var end = text.indexOf('}', at);
            return end < 0 ? hexadecimal(text, at, 1) : within(text, at + 1, end);
        }
        var first = hexadecimal(text, at, 4);
        if (!Character.isSurrogate((char) first.codePoint)) {
            return first;
        }
        if (!text.startsWith("\\u", first.end)) {
            throw malformed(text, "surrogates in pairs");
        }
        var second = hexadecimal(text, first.end + 2, 4);
        if (!Character.isSurrogatePair((char) first.codePoint, (char) second.codePoint)) {
            throw malformed(text, "surrogates in pairs");
        }
        return character(Character.toCodePoint((char) first.codePoint, (char) second.codePoint), second.end);
    }

    private static CharacterEscape within(String text, int from, int end) {
        var code = hexadecimal(text, from, end - from);
        if (code.codePoint > Character.MAX_CODE_POINT) {
            throw malformed(text, "a code point");
        }
        return character(code.codePoint, end + 1);
    }

    private static CharacterEscape hexadecimal(String text, int from, int digits) {
        var code = 0;
        for (var i = from; i < from + digits; i++) {
            var digit = i < text.length() && text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0 || digits < 1 || digits > 6) {
                throw malformed(text, "hexadecimal digits");
            }
            code = code << 4 | digit;
        }
        if (digits < 1) {
            throw malformed(text, "hexadecimal digits");
        }
        return character(code, from + digits);
    }

    private static CharacterEscape property(String text, int at, boolean inClass) {
        var end = text.startsWith("{", at + 1) ? text.indexOf('}', at) : -1;
        if (end < at + 3) {
            throw malformed(text, "a property in braces after `\\" + text.charAt(at) + "`");
        }
        var name = text.substring(at + 2, end);
        var translated = UnicodeProperty.translate(name, text.charAt(at) == 'P', inClass);
        var missing = translated == null ? "property `" + name + "`, but general categories and `Script=`" : null;
        return new CharacterEscape(translated == null ? "" : translated, end + 1, SET, missing);
    }

    private static CharacterEscape identity(String text, int at, boolean inClass) {
        var c = text.charAt(at);
        if (inClass && c == 'b') {
            return character('\b', at + 1);
        }
        if (c < ' ' || c >= 127 || Character.isLetterOrDigit(c)) {
            throw malformed(text, "no escape `\\" + c + "`");
        }
        return character(c, at + 1);
    }

    private static IllegalArgumentException malformed(String text, String expected) {
        return new IllegalArgumentException("pattern: `" + text + "` (expected: " + expected + ")");
    }
}
