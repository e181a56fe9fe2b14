package dev.portcullis.store;

import java.util.HexFormat;

/**
 * Writes any text as one that every store takes: no NUL, and no half of a surrogate pair. What is fine already stays as it is, and no
 * two texts become one.
 */
final class PlainText {

    private static final char MARK = '\\';
    private static final int HEX = 4;

    private PlainText() {}

    static String of(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (mustChange(text, i)) {
                return changed(text);
            }
        }
        return text;
    }

    private static String changed(String text) {
        var plain = new StringBuilder(text.length() + 16);
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (mustChange(text, i)) {
                plain.append(MARK).append(HexFormat.of().toHexDigits(c));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static boolean mustChange(String text, int i) {
        var c = text.charAt(i);
        return c == 0 || c == MARK || Character.isSurrogate(c) && !paired(text, i);
    }

    private static boolean paired(String text, int i) {
        var c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    /** The text of which this is the plain one. */
    static String back(String plain) {
        var mark = plain.indexOf(MARK);
        if (mark < 0) {
            return plain;
        }
        var text = new StringBuilder(plain.length());
        var from = 0;
        while (mark >= 0) {
            text.append(plain, from, mark).append((char) HexFormat.fromHexDigits(plain, mark + 1, mark + 1 + HEX));
            from = mark + 1 + HEX;
            mark = plain.indexOf(MARK, from);
        }
        return text.append(plain, from, plain.length()).toString();
    }
}
