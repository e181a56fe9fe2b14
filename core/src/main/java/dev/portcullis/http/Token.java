package dev.portcullis.http;

/** The characters of HTTP's words (RFC 9110, section 5.6.2). */
final class Token {

    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private static final boolean[] PART = new boolean[0x80];

    /** 1 for what may not stand in a token, by the lower byte of a character. */
    private static final byte[] NO_PART = new byte[0x100];

    /** 1 for a control character, by the lower byte of a character. */
    private static final byte[] CONTROL = new byte[0x100];

    static {
        for (var c = 0; c < PART.length; c++) {
            PART[c] = isLetterOrDigit(c) || MARKS.indexOf(c) >= 0;
        }
        for (var c = 0; c < NO_PART.length; c++) {
            NO_PART[c] = (byte) (isPart((char) c) ? 0 : 1);
            CONTROL[c] = (byte) (isControl((char) c) ? 1 : 0);
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
            odd |= NO_PART[c & 0xff] | c >> 8;
        }
        return odd == 0 && !text.isEmpty();
    }

    /** Tells whether the character is a control character that no field value may hold: all but the tab. */
    static boolean isControl(char c) {
        return (c < ' ' && c != '\t') || c == 0x7f;
    }

    /** Tells whether there is a control character other than the tab in the text. Every head passes here, value by value. */
    static boolean hasControl(String text) {
        var odd = 0;
        for (var i = 0; i < text.length(); i++) {
            odd |= CONTROL[text.charAt(i) & 0xff];
        }
        // The lower byte of a character beyond Latin-1 may look like a control character.
        return odd != 0 && hasControlAmongOthers(text);
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
