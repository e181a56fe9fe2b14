package dev.portcullis.http;

/** The characters of HTTP's words (RFC 9110, section 5.6.2). */
final class Token {

    private static final String MARKS = "!#$%&'*+-.^_`|~";

    /** How many characters of ASCII are no control characters; the blank is the first. */
    private static final char PRINTABLE = 0x7f - ' ';

    private static final boolean[] PART = new boolean[0x80];

    static {
        for (var c = 0; c < PART.length; c++) {
            PART[c] = isLetterOrDigit(c) || MARKS.indexOf(c) >= 0;
        }
    }

    private Token() {}

    /** Tells whether the character is one of ASCII's letters and digits. */
    static boolean isLetterOrDigit(int c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    /** Tells whether the character may stand in a token. */
    static boolean isPart(char c) {
        return c < PART.length && PART[c];
    }

    /** Tells whether the text is a token. */
    static boolean is(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (!isPart(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Tells whether the character is a control character that no field value may hold: all but the tab. */
    static boolean isControl(char c) {
        return (c < ' ' && c != '\t') || c == 0x7f;
    }

    /** Tells whether there is a control character other than the tab in the text. */
    static boolean hasControl(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            // One comparison for nearly every character that is ever sent.
            if ((char) (c - ' ') >= PRINTABLE && isControl(c)) {
                return true;
            }
        }
        return false;
    }
}
