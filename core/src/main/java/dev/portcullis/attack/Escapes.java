package dev.portcullis.attack;

import java.util.stream.IntStream;

/**
 * Undoes the escapes of other notations: {@code &lt;}, {@code &#60;}, {@code \}{@code u003c}, {@code \}{@code u{3c}}, {@code \x3c}, {@code \074}, and
 * full-width forms of ASCII.
 */
final class Escapes {

    private static final int MAX_ENTITY = 12;
    /** The first character that careless conversions make an ASCII one of. */
    private static final char FIRST_WIDE = '\u00aa';

    /** What careless conversions make of wide characters: pairs of one and what it becomes. */
    private static final String NARROWED =
            "\u560a\n\u560d\r\u00bc<\u00be>\u017fs\u0131i\u212ak\u24ea0\u3002.\uff61.\u2215/\u2044/\u2013-\u2014-"
                    + "\u2024.\ufe50,\ufe52.\ufe54;\ufe55:\ufe56?\ufe57!\u037e;\u1fef`\u207d(\u207e)\u208d(\u208e)\u207c=\u208c=\u207a+\u208a+"
                    + "\u202f \u205f \u1680 "
                    + "\u2018'\u2019'\u02bc'\u2032'\u201c\"\u201d\"\u2033\"\u2216\\\ufe68\\\u3008<\u2039<\u3009>\u203a>"
                    + "\ufe59(\ufe5a)\ufe5b{\ufe5c}\ufe5f#\ufe60&\ufe61*\ufe62+\ufe63-\ufe64<\ufe65>\ufe66=\ufe69$\ufe6a%\ufe6b@";
    /** Characters that nobody sees, which careless conversions leave out. */
    private static final String UNSEEN = "\u00ad\u200b\u2060\ufeff";

    private static final char NOTHING = '\0';
    /** What becomes of each character, by the upper octet and the lower one; nothing where all stay what they are. */
    private static final char[][] BLOCKS = new char[256][];

    static {
        for (var i = 0; i < NARROWED.length(); i += 2) {
            narrowed(NARROWED.charAt(i), NARROWED.charAt(i + 1));
        }
        for (var c = '\u2000'; c <= '\u200a'; c++) {
            narrowed(c, ' ');
        }
        for (var c : UNSEEN.toCharArray()) {
            narrowed(c, NOTHING);
        }
        for (var c = '\uff01'; c <= '\uff5e'; c++) {
            narrowed(c, (char) (c - 0xfee0));
        }
        for (var c = '\u24b6'; c <= '\u24e9'; c++) {
            narrowed(c, (char) (c <= '\u24cf' ? c - '\u24b6' + 'A' : c - '\u24d0' + 'a'));
        }
        for (var c = '\u2460'; c <= '\u2468'; c++) {
            narrowed(c, (char) (c - '\u2460' + '1'));
        }
    }

    /** How many of the names are known to browsers without their semicolon, too. */
    private static final int LOOSE = 8;

    private static final String[] NAMES = {
        "lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "colon", ":", "lpar", "(", "rpar", ")", "tab",
        "\t", "newline", "\n", "sol", "/", "bsol", "\\", "semi", ";", "equals", "=", "grave", "`", "nbsp", " ",
        "period", ".", "comma", ",", "num", "#", "dollar", "$", "lbrace", "{", "rbrace", "}", "lcub", "{", "rcub", "}",
        "vert", "|", "percnt", "%", "excl", "!", "plus", "+", "verbar", "|", "ast", "*", "midast", "*", "lsqb", "[",
        "lbrack", "[", "rsqb", "]", "rbrack", "]", "lowbar", "_", "commat", "@", "quest", "?", "hat", "^"
    };

    /** Where the names stand that begin with each letter. */
    private static final int[][] BY_LETTER = new int['z' + 1][];

    static {
        for (var letter = 'a'; letter <= 'z'; letter++) {
            var first = letter;
            BY_LETTER[letter] = IntStream.range(0, NAMES.length / 2)
                    .map(index -> 2 * index)
                    .filter(index -> NAMES[index].charAt(0) == first)
                    .toArray();
        }
    }

    /** How long a character is that is written with eight digits, and what stands for one that no sixteen bits hold. */
    private static final int LONG = 10;

    private static final char FAR = '\ufffd';
    /** How many digits a character is written with in octal numbers. */
    private static final int OCTAL = 3;
    /** How many digits stand between braces at most. */
    private static final int BRACED = 8;

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
        for (var at = from; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == '&' || c == '\\' ? begins(text, at) : c >= FIRST_WIDE && narrow(c) != c) {
                return at;
            }
        }
        return text.length();
    }

    /** Tells whether another character may be written at the index behind an ampersand or a backslash. */
    private static boolean begins(String text, int at) {
        var next = at + 1 < text.length() ? Text.lower(text.charAt(at + 1)) : ' ';
        return text.charAt(at) == '&'
                ? next == '#' || known(text, at) >= 0
                : next == 'u' || next == 'x' || octal(text, at) > 0;
    }

    /** The visible character of ASCII that is written with three digits behind the backslash at the index; 0 when none is. */
    private static int octal(String text, int at) {
        var code = 0;
        for (var i = at + 1; i < at + 1 + OCTAL; i++) {
            var digit = i < text.length() ? text.charAt(i) - '0' : -1;
            if (digit < 0 || digit > 7) {
                return 0;
            }
            code = code * 8 + digit;
        }
        return code >= ' ' && code < 127 ? code : 0;
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
        var narrow = isLineEnd(c) && !isBesideLineEnd(text, at) && !isBeforeField(text, at) ? c : narrow(c);
        if (narrow != NOTHING) {
            append(narrow);
        }
        return at + 1;
    }

    /** Tells whether it is a character whose lower octet ends a line; two of them in a row are no word of any language. */
    private static boolean isLineEnd(char c) {
        return c == '\u560a' || c == '\u560d';
    }

    private static boolean isBesideLineEnd(String text, int at) {
        return at > 0 && isLineEnd(text.charAt(at - 1)) || at + 1 < text.length() && isLineEnd(text.charAt(at + 1));
    }

    /** Tells whether a letter of ASCII and no blank follows, as in the name of a field and no sentence. */
    private static boolean isBeforeField(String text, int at) {
        return at + 2 < text.length() && Text.isLetter(text.charAt(at + 1)) && Text.isLetter(text.charAt(at + 2));
    }

    private int backslash(int at) {
        var kind = at + 1 < text.length() ? Text.lower(text.charAt(at + 1)) : ' ';
        if (kind == 'u' && text.charAt(at + 1) == 'U' && isLong(at)) {
            var point = Percent.hex(text, at + 2, at + LONG);
            append(point > Character.MAX_VALUE ? FAR : (char) point);
            return at + LONG;
        }
        var octal = octal(text, at);
        if (octal > 0) {
            append((char) octal);
            return at + 1 + OCTAL;
        }
        if (text.startsWith("{", at + 2) && (kind == 'u' || kind == 'x')) {
            return braced(at);
        }
        var end = at + (kind == 'u' ? 6 : kind == 'x' ? 4 : Integer.MAX_VALUE / 2);
        var code = end <= text.length() ? Percent.hex(text, at + 2, end) : -1;
        append(code < 0 ? '\\' : (char) code);
        return code < 0 ? at + 1 : end;
    }

    /** Appends the character whose number stands between braces, as scripts and Perl write it, and says where the next one begins. */
    private int braced(int at) {
        var close = at + 3;
        while (close < text.length() && close < at + 3 + BRACED && text.charAt(close) != '}') {
            close++;
        }
        var closed = close > at + 3 && close < text.length() && text.charAt(close) == '}';
        var code = closed ? Percent.hex(text, at + 3, close) : -1;
        append(code < 0 ? '\\' : code > Character.MAX_VALUE ? FAR : (char) code);
        return code < 0 ? at + 1 : close + 1;
    }

    /** Tells whether a character is written with eight digits, as Python and C do: <code>U0000003c</code> behind a backslash. */
    private boolean isLong(int at) {
        var begins = text.startsWith("000", at + 2) || text.startsWith("0010", at + 2);
        return begins && at + LONG <= text.length() && Percent.hex(text, at + 2, at + LONG) >= 0;
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
        if (!Text.isLetter(first)) {
            return -1;
        }
        for (var i : BY_LETTER[first]) {
            var name = NAMES[i];
            var end = at + 1 + name.length();
            if ((i < LOOSE || end < text.length() && text.charAt(end) == ';')
                    && text.regionMatches(true, at + 1, name, 0, name.length())) {
                return i;
            }
        }
        return -1;
    }

    private static void narrowed(char wide, char ascii) {
        var block = BLOCKS[wide >>> 8];
        if (block == null) {
            block = new char[256];
            for (var c = 0; c < block.length; c++) {
                block[c] = (char) (wide & 0xff00 | c);
            }
            BLOCKS[wide >>> 8] = block;
        }
        block[wide & 0xff] = ascii;
    }

    /** The ASCII character that careless conversions make of a wide one. */
    private static char narrow(char c) {
        var block = BLOCKS[c >>> 8];
        return block == null ? c : block[c & 0xff];
    }
}
