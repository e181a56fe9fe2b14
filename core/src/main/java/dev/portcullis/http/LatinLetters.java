package dev.portcullis.http;

import dev.portcullis.TrustedBase;

/**
 * Tells text in ISO 8859-1 of which every reader makes the same quotes, brackets and separators.
 *
 * <p>Sites that are older than UTF-8 and links that were kept for long encode names so. Only letters pass, each before a letter, a digit, a
 * blank, one of {@code _ , . : -} or the end: nothing that another charset would take together with a quote or a backslash behind it, no overlong
 * form of ASCII, also for readers that do not look at the second byte, and nothing that becomes markup when a bit is lost. What a
 * charset of two bytes takes together with such a letter is a letter, a digit or a blank.
 */
@TrustedBase
final class LatinLetters {

    /** What may stand behind such a letter, beside letters and digits. */
    private static final String BEHIND = " _,.:-";

    private LatinLetters() {}

    /** Tells whether what stands between the indexes is well encoded, without control characters, and beyond ASCII such letters alone. */
    static boolean areAll(String query, int from, int end) {
        var before = 0;
        for (var at = from; at < end; at++) {
            var encoded = query.charAt(at) == '%';
            var octet = encoded ? encoded(query, at, end) : plain(query.charAt(at));
            var letter = encoded && isLetter(octet);
            if (!letter && !isAscii(octet) || before != 0 && !mayFollow(before, octet, letter)) {
                return false;
            }
            before = letter ? octet : 0;
            at += encoded ? Percent.LENGTH - 1 : 0;
        }
        return true;
    }

    /** Some readers make one character of the two lowest leading bytes and whatever follows them. */
    private static boolean mayFollow(int letter, int octet, boolean another) {
        return (another || isHarmless(octet)) && (letter > 0xc1 || isHarmless((letter & 1) << 6 | octet & 0x3f));
    }

    private static boolean isAscii(int octet) {
        return octet >= 0 && octet < 0x80 && !Token.isControl((char) octet);
    }

    private static int encoded(String query, int at, int end) {
        return at + Percent.LENGTH > end ? -1 : Percent.octet(query, at);
    }

    private static int plain(char c) {
        return c == '#' ? -1 : c == '+' ? ' ' : c;
    }

    /** The letters of ISO 8859-1; the signs of multiplication and division stand among them. */
    private static boolean isLetter(int octet) {
        return octet >= 0xc0 && octet != 0xd7 && octet != 0xf7;
    }

    private static boolean isHarmless(int octet) {
        var letter = octet | 0x20;
        return letter >= 'a' && letter <= 'z' || octet >= '0' && octet <= '9' || BEHIND.indexOf(octet) >= 0;
    }
}
