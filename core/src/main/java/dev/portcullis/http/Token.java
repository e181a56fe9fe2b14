package dev.portcullis.http;

/** The characters of HTTP's words (RFC 9110, section 5.6.2). */
final class Token {

    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private static final char LAST_PRINTABLE = 0x7e;

    private static final boolean[] PART = new boolean[0x80];

    /** 1 for what may not stand in a token. */
    private static final byte[] NO_PART = new byte[0x80];

    static {
        for (var c = 0; c < PART.length; c++) {
            PART[c] = isLetterOrDigit(c) || MARKS.indexOf(c) >= 0;
            NO_PART[c] = (byte) (PART[c] ? 0 : 1);
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

    /** Tells whether the text is a token. Every head passes here, name by name: no branches, so that processors look ahead. */
    static boolean is(String text) {
        var odd = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            odd |= NO_PART[c & 0x7f] | c >> 7;
        }
        return odd == 0 && !text.isEmpty();
    }

    /** Tells whether the character is a control character that no field value may hold: all but the tab. */
    static boolean isControl(char c) {
        return (c < ' ' && c != '\t') || c == 0x7f;
    }

    /** Tells whether there is a control character other than the tab in the text. */
    static boolean hasControl(String text) {
        var odd = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            odd |= c - ' ' | LAST_PRINTABLE - c;
        }
        // Negative when any character is below the blank or above the tilde, as hardly ever.
        return odd < 0 && hasControlAmongOthers(text);
    }

    private static boolean hasControlAmongOthers(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
