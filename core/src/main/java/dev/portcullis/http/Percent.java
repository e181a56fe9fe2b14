package dev.portcullis.http;

import dev.portcullis.TrustedBase;

/** Reads percent-encoding (RFC 3986, section 2.1). */
@TrustedBase
final class Percent {

    /** How many characters stand for one byte. */
    static final int LENGTH = 3;

    private Percent() {}

    /** The byte, as 0 to 255, whose encoding begins at the index, where a percent sign stands; -1 when it is broken. */
    static int octet(String text, int at) {
        return at + LENGTH > text.length() ? -1 : octet(text.charAt(at + 1), text.charAt(at + 2));
    }

    /** The byte, as 0 to 255, whose encoding begins at the index, where a percent sign stands; -1 when it is broken. */
    static int octet(byte[] text, int at) {
        return at + LENGTH > text.length ? -1 : octet(text[at + 1], text[at + 2]);
    }

    private static int octet(int high, int low) {
        var upper = digit(high);
        var lower = digit(low);
        return upper < 0 || lower < 0 ? -1 : upper << 4 | lower;
    }

    private static int digit(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        var letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
