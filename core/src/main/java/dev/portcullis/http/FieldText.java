package dev.portcullis.http;

import dev.portcullis.TrustedBase;

/**
 * Text that is to become part of a header field: without what would end the line (RFC 9110, section 5.5). Stateless.
 *
 * <p>Containers write the low byte of every character, so that characters are dangerous too whose low byte ends a line.
 */
@TrustedBase
public final class FieldText {

    private FieldText() {}

    /** Tells whether the text can end the line that it is written into. */
    public static boolean splits(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (ends(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The text without all that could end its line; the same text when there is nothing of that. */
    public static String joined(String text) {
        if (!splits(text)) {
            return text;
        }
        var rest = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            if (!ends(text.charAt(i))) {
                rest.append(text.charAt(i));
            }
        }
        return rest.toString();
    }

    private static boolean ends(char c) {
        var low = c & 0xff;
        return low == '\r' || low == '\n' || low == 0;
    }
}
