package dev.portcullis.attack;

import java.util.List;

/** What characters are when {@link Signs} are collected. */
final class Glyphs {

    /** Neither part of a word nor anything that is a sign. */
    static final byte NOTHING = 0;

    static final byte SPACE = -1;
    static final byte MARK = -2;
    /** A character of another script that may be a blank, or what remains of broken UTF-8. */
    static final byte WIDE = -3;

    /** What characters of ASCII are: small letters and digits for those of words. */
    private static final byte[] KINDS = kinds();

    /** Between these no character is a blank, nor what remains of broken UTF-8. */
    private static final char FIRST_LETTER = '\u00c2';

    private static final char LAST_LETTER = '\u2fff';

    /** With which two letters the words begin that are looked at by how they begin: the lower five bits of both. */
    private static final boolean[] LEADS = new boolean[1 << 10];

    static {
        for (var letters : List.of("on", "ro", "re", "cl", "ys", "db", "ut", "in", "pr", "ec", "ze")) {
            LEADS[pair(letters.charAt(0), letters.charAt(1))] = true;
        }
    }

    private Glyphs() {}

    private static byte[] kinds() {
        var kinds = new byte[128];
        for (var c = 0; c < 128; c++) {
            kinds[c] = c <= ' ' ? SPACE : Text.isWord((char) c) ? (byte) Text.lower((char) c) : NOTHING;
        }
        for (var mark : "\0\n\r\u001b./\\$#*~%{}@[<>?:(!;|&`+".toCharArray()) {
            kinds[mark] = MARK;
        }
        for (var c = 0; c < 128; c++) {
            kinds[c] = c < ' ' && c != '\t' && c != '\f' || c == 127 ? MARK : kinds[c];
        }
        return kinds;
    }

    /** What a character is; more than 0 for those of words, of which capital letters are made small. */
    static byte kind(char c) {
        return c < 128 ? KINDS[c] : c >= FIRST_LETTER && c <= LAST_LETTER ? NOTHING : WIDE;
    }

    /** Tells whether a word that begins with these two letters may be looked at by how it begins. */
    static boolean lead(char one, char two) {
        return LEADS[pair(one, two)];
    }

    private static int pair(char one, char two) {
        return (one & 31) << 5 | two & 31;
    }
}
