package dev.portcullis.attack;

/**
 * Undoes the escapes of other notations: {@code &lt;}, {@code &#60;}, {@code \}{@code u003c}, {@code \x3c}, and full-width forms of ASCII.
 */
final class Escapes {

    private static final int MAX_ENTITY = 12;
    /** The first character that careless conversions make an ASCII one of. */
    private static final char FIRST_WIDE = '\u00aa';
    /** Between these and between those there are none, but for a few letters before the first. */
    private static final char LAST_LETTER = '\u02bc';

    private static final char FIRST_MARK = '\u2000';
    private static final char LAST_MARK = '\u3100';
    private static final char FIRST_WIDTH = '\uf000';

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

    private final String text;
    /** What was read so far, which is never longer than what it was read from. */
    private final char[] undone;

    private int count;

    private Escapes(String text) {
        this.text = text;
        this.undone = new char[text.length()];
    }

    /** The text without these escapes; the very same text when it has none. */
    static String undo(String text) {
        var at = plainEnd(text, 0);
        return at == text.length() ? text : new Escapes(text).from(at);
    }

    private String from(int first) {
        copy(0, first);
        for (var at = first; at < text.length(); ) {
            var behind = step(at);
            at = plainEnd(text, behind);
            copy(behind, at);
        }
        return new String(undone, 0, count);
    }

    private void copy(int from, int to) {
        text.getChars(from, to, undone, count);
        count += to - from;
    }

    private void append(char c) {
        undone[count++] = c;
    }

    /** The index of the first character from an index on that may be another one, or begin what is one. */
    private static int plainEnd(String text, int from) {
        var at = from;
        while (at < text.length() && !mayStand(text, at)) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(char c) {
        return c < FIRST_WIDE && c != '&' && c != '\\';
    }

    /** Tells whether the character at the index may be another one, or begin what is one. */
    private static boolean mayStand(String text, int at) {
        var c = text.charAt(at);
        if (isPlain(c)) {
            return false;
        }
        if (c == '&') {
            var next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            return next == '#' || known(text, at) >= 0;
        }
        if (c == '\\') {
            var next = at + 1 < text.length() ? Text.lower(text.charAt(at + 1)) : ' ';
            return next == 'u' || next == 'x';
        }
        return narrow(c) != c;
    }

    /** Appends the character that is written at the index, and says where the next one begins. */
    private int step(int at) {
        var c = text.charAt(at);
        if (c == '&') {
            return entity(at);
        }
        if (c == '\\') {
            return backslash(at);
        }
        append(isLineEnd(c) && !isBesideLineEnd(text, at) ? c : narrow(c));
        return at + 1;
    }

    /** Tells whether it is a character whose lower octet ends a line; two of them in a row are no word of any language. */
    private static boolean isLineEnd(char c) {
        return c == '\u560a' || c == '\u560d';
    }

    private static boolean isBesideLineEnd(String text, int at) {
        return at > 0 && isLineEnd(text.charAt(at - 1)) || at + 1 < text.length() && isLineEnd(text.charAt(at + 1));
    }

    private int backslash(int at) {
        var kind = at + 1 < text.length() ? Text.lower(text.charAt(at + 1)) : ' ';
        var end = at + (kind == 'u' ? 6 : kind == 'x' ? 4 : Integer.MAX_VALUE / 2);
        var code = end <= text.length() ? Percent.hex(text, at + 2, end) : -1;
        append(code < 0 ? '\\' : (char) code);
        return code < 0 ? at + 1 : end;
    }

    private int entity(int at) {
        var numeric = at + 1 < text.length() && text.charAt(at + 1) == '#';
        var end = numeric ? number(at) : name(at);
        if (end < 0) {
            append('&');
            return at + 1;
        }
        return end < text.length() && text.charAt(end) == ';' ? end + 1 : end;
    }

    private int number(int at) {
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
        count += Character.toChars(code, undone, count);
        return i;
    }

    private static int digit(char c, boolean hex) {
        return c < 128 ? Character.digit(c, hex ? 16 : 10) : -1;
    }

    private int name(int at) {
        var known = known(text, at);
        if (known < 0) {
            return -1;
        }
        append(NAMES[known + 1].charAt(0));
        return at + 1 + NAMES[known].length();
    }

    /** The index of the name behind the ampersand; -1 when there is none. */
    private static int known(String text, int at) {
        var first = at + 1 < text.length() ? Text.lower(text.charAt(at + 1)) : ' ';
        for (var i = 0; Text.isLetter(first) && i < NAMES.length; i += 2) {
            var name = NAMES[i];
            var end = at + 1 + name.length();
            if (name.charAt(0) == first
                    && text.regionMatches(true, at + 1, name, 0, name.length())
                    && (i < LOOSE || end < text.length() && text.charAt(end) == ';')) {
                return i;
            }
        }
        return -1;
    }

    /** The ASCII character that careless conversions make of a wide one. */
    private static char narrow(char c) {
        if (c < FIRST_MARK && c > LAST_LETTER || c > LAST_MARK && c < FIRST_WIDTH && !isLineEnd(c)) {
            return c;
        }
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
