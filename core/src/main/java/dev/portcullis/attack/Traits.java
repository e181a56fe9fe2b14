package dev.portcullis.attack;

import java.util.Arrays;

/** Which kinds of characters a text has, as a set of bits: what a detector must at least see to have a look. */
final class Traits {

    static final int QUOTE = 1;
    static final int ANGLE = 1 << 1;
    static final int SLASH = 1 << 2;
    static final int BACKSLASH = 1 << 3;
    static final int SEMICOLON = 1 << 4;
    static final int PIPE = 1 << 5;
    static final int AMPERSAND = 1 << 6;
    static final int DOLLAR = 1 << 7;
    static final int BRACE = 1 << 8;
    static final int PAREN = 1 << 9;
    static final int EQUALS = 1 << 10;
    static final int PERCENT = 1 << 11;
    static final int CONTROL = 1 << 12;
    static final int SPACE = 1 << 13;
    static final int WIDE = 1 << 14;
    static final int COLON = 1 << 15;
    static final int STAR = 1 << 16;
    static final int HASH = 1 << 17;
    static final int AT = 1 << 18;
    static final int PLUS = 1 << 19;
    static final int BRACKET = 1 << 20;
    static final int BACKTICK = 1 << 21;
    static final int MARK = 1 << 22;
    static final int LETTER = 1 << 23;
    static final int DIGIT = 1 << 24;
    static final int DOT = 1 << 25;
    static final int DASH = 1 << 26;
    /** Two dots in a row. */
    static final int DOTS = 1 << 27;
    /** Two dashes in a row, or one that begins the text. */
    static final int DASHES = 1 << 28;
    /** The letter O before a zero, or a c before an e: both stand in the beginning of serialised objects. */
    static final int SERIAL = 1 << 29;
    /** Small and capital letters and digits, and nothing that Base64 does not have, or marks and line ends that may be its own. */
    static final int CODED = 1 << 30;

    static final int CAPITAL = 1 << 31;

    /** A blank at which no line ends, which is one to databases, too. */
    private static final char NO_BREAK = '\u00a0';
    /** The blank of Chinese and Japanese. */
    private static final char IDEOGRAPHIC = '\u3000';

    private static final int[] OF_CHAR = table();
    /** Which character makes a pair with the one behind it; one that is none where none does. */
    private static final char[] PARTNERS = partners();

    private Traits() {}

    /** The traits of the characters from one index up to another. */
    static int of(String text, int from, int to) {
        var traits = 0;
        // a dash that begins the text counts as two
        var before = '-';
        for (var i = from; i < to; i++) {
            var c = text.charAt(i);
            if (c < 128) {
                traits |= PARTNERS[c] == before ? OF_CHAR[c] | ofPair(c) : OF_CHAR[c];
            } else {
                traits |= c == NO_BREAK || c == IDEOGRAPHIC ? WIDE | SPACE : WIDE;
            }
            before = c;
        }
        return isCoded(traits) ? traits | CODED : traits;
    }

    /** What the character is behind its partner. */
    private static int ofPair(char c) {
        return c == '.' ? DOTS : c == '-' ? DASHES : SERIAL;
    }

    private static boolean isCoded(int traits) {
        var mixed = LETTER | CAPITAL;
        return (traits & mixed) == mixed
                && (traits & ~(mixed | DIGIT | PLUS | SLASH | EQUALS | SERIAL | DASH | DASHES | MARK | CONTROL)) == 0;
    }

    static int of(String text) {
        return of(text, 0, text.length());
    }

    private static int[] table() {
        var table = new int[128];
        for (var c = 0; c < 128; c++) {
            table[c] = c < ' ' || c == 127 ? CONTROL : MARK;
        }
        set(table, "abcdefghijklmnopqrstuvwxyz", LETTER);
        set(table, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", CAPITAL);
        set(table, "0123456789", DIGIT);
        set(table, "'\"", QUOTE);
        set(table, "<>", ANGLE);
        set(table, "/", SLASH);
        set(table, "\\", BACKSLASH);
        set(table, ";", SEMICOLON);
        set(table, "|", PIPE);
        set(table, "&", AMPERSAND);
        set(table, "$", DOLLAR);
        set(table, "{}", BRACE);
        set(table, "()", PAREN);
        set(table, "=", EQUALS);
        set(table, "%", PERCENT);
        set(table, " ", SPACE);
        set(table, ":", COLON);
        set(table, "*", STAR);
        set(table, "#", HASH);
        set(table, "@", AT);
        set(table, "+", PLUS);
        set(table, "[]", BRACKET);
        set(table, "`", BACKTICK);
        set(table, ".", DOT);
        set(table, "-", DASH);
        return table;
    }

    private static char[] partners() {
        var partners = new char[128];
        Arrays.fill(partners, Text.END);
        partners['.'] = '.';
        partners['-'] = '-';
        partners['0'] = 'O';
        partners['e'] = 'c';
        partners['E'] = 'C';
        return partners;
    }

    private static void set(int[] table, String chars, int trait) {
        for (var i = 0; i < chars.length(); i++) {
            table[chars.charAt(i)] = trait;
        }
    }
}
