package dev.portcullis.attack;

/**
 * Undoes the escapes of other notations: {@code &lt;}, {@code &#60;}, {@code \}{@code u003c}, {@code \x3c}, and full-width forms of ASCII.
 */
final class Escapes {

    private static final int MAX_ENTITY = 12;
    /** The first character that careless conversions make an ASCII one of. */
    private static final char FIRST_WIDE = '\u00aa';

    /** How many of the names are known to browsers without their semicolon, too. */
    private static final int LOOSE = 8;

    private static final String[] NAMES = {
        "lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "colon", ":", "lpar", "(", "rpar", ")", "tab",
                "\t", "newline",
        "\n", "sol", "/", "bsol", "\\", "semi", ";", "equals", "=", "grave", "`", "nbsp", " ", "period", ".", "comma",
                ",", "num", "#",
        "dollar", "$", "lbrace", "{", "rbrace", "}", "lcub", "{", "rcub", "}", "vert", "|", "percnt", "%", "excl", "!",
                "plus", "+"
    };

    private Escapes() {}

    /** The text without these escapes; the very same text when it has none. */
    static String undo(String text) {
        if (isPlain(text)) {
            return text;
        }
        var undone = new StringBuilder(text.length());
        var at = 0;
        while (at < text.length()) {
            at = step(text, at, undone);
        }
        return undone.toString();
    }

    private static boolean isPlain(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '&' || c == '\\' || c >= FIRST_WIDE) {
                return false;
            }
        }
        return true;
    }

    /** Appends the character that is written at the index, and says where the next one begins. */
    private static int step(String text, int at, StringBuilder out) {
        var c = text.charAt(at);
        if (c == '&') {
            return entity(text, at, out);
        }
        if (c == '\\') {
            return backslash(text, at, out);
        }
        out.append(isLineEnd(c) && !isBesideLineEnd(text, at) ? c : narrow(c));
        return at + 1;
    }

    /** Tells whether it is a character whose lower octet ends a line; two of them in a row are no word of any language. */
    private static boolean isLineEnd(char c) {
        return c == '\u560a' || c == '\u560d';
    }

    private static boolean isBesideLineEnd(String text, int at) {
        return at > 0 && isLineEnd(text.charAt(at - 1)) || at + 1 < text.length() && isLineEnd(text.charAt(at + 1));
    }

    private static int backslash(String text, int at, StringBuilder out) {
        var kind = at + 1 < text.length() ? Text.lower(text.charAt(at + 1)) : ' ';
        var end = at + (kind == 'u' ? 6 : kind == 'x' ? 4 : Integer.MAX_VALUE / 2);
        var code = end <= text.length() ? Percent.hex(text, at + 2, end) : -1;
        out.append(code < 0 ? '\\' : (char) code);
        return code < 0 ? at + 1 : end;
    }

    private static int entity(String text, int at, StringBuilder out) {
        var numeric = at + 1 < text.length() && text.charAt(at + 1) == '#';
        var end = numeric ? number(text, at, out) : name(text, at, out);
        if (end < 0) {
            out.append('&');
            return at + 1;
        }
        return end < text.length() && text.charAt(end) == ';' ? end + 1 : end;
    }

    private static int number(String text, int at, StringBuilder out) {
        var hex = at + 2 < text.length() && Text.lower(text.charAt(at + 2)) == 'x';
        var from = hex ? at + 3 : at + 2;
        var code = 0;
        var i = from;
        while (i < text.length() && i < from + MAX_ENTITY && digit(text.charAt(i), hex) >= 0) {
            code = Math.min(code * (hex ? 16 : 10) + digit(text.charAt(i), hex), 0x10ffff);
            i++;
        }
        if (i == from) {
            return -1;
        }
        out.appendCodePoint(code);
        return i;
    }

    private static int digit(char c, boolean hex) {
        return c < 128 ? Character.digit(c, hex ? 16 : 10) : -1;
    }

    private static int name(String text, int at, StringBuilder out) {
        var first = at + 1 < text.length() ? Text.lower(text.charAt(at + 1)) : ' ';
        for (var i = 0; Text.isLetter(first) && i < NAMES.length; i += 2) {
            var name = NAMES[i];
            var end = at + 1 + name.length();
            if (name.charAt(0) == first
                    && text.regionMatches(true, at + 1, name, 0, name.length())
                    && (i < LOOSE || end < text.length() && text.charAt(end) == ';')) {
                out.append(NAMES[i + 1]);
                return end;
            }
        }
        return -1;
    }

    /** The ASCII character that careless conversions make of a wide one. */
    private static char narrow(char c) {
        if (c >= '\uff01' && c <= '\uff5e') {
            return (char) (c - 0xfee0);
        }
        if (c >= '\u2460' && c <= '\u2468') {
            return (char) (c - '\u2460' + '1');
        }
        return switch (c) {
            case '\u560a' -> '\n';
            case '\u560d' -> '\r';
            case '\u017f' -> 's';
            case '\u0131' -> 'i';
            case '\u212a' -> 'k';
            case '\u24ea' -> '0';
            case '\u3002', '\uff61' -> '.';
            case '\u2215', '\u2044' -> '/';
            case '\u2013', '\u2014' -> '-';
            case '\u2018', '\u2019', '\u02bc', '\u2032' -> '\'';
            case '\u201c', '\u201d', '\u2033' -> '"';
            case '\u2216', '\ufe68' -> '\\';
            case '\u3008', '\u2039' -> '<';
            case '\u3009', '\u203a' -> '>';
            default -> c;
        };
    }
}
