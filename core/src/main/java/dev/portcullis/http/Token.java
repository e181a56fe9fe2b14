package dev.portcullis.http;

/** The characters of HTTP's words (RFC 9110, section 5.6.2). */
final class Token {

    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private Token() {}

    /** Tells whether the character may stand in a token. */
    static boolean isPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || MARKS.indexOf(c) >= 0;
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
        return c < ' ' && c != '\t' || c == 0x7f;
    }
}
