package dev.portcullis.form;

/** Character references of XML, such as {@code &#106;}, behind which a picture may hide what it does. */
final class References {

    private static final int MAX_DIGITS = 8;

    private References() {}

    /** The text with its numeric references undone, and without tabs and line ends, which browsers leave out of addresses. */
    static String undone(String text) {
        var out = new StringBuilder(text.length());
        for (var at = 0; at < text.length(); at++) {
            var end = text.charAt(at) == '&' ? endOfReference(text, at) : -1;
            var c = end < 0 ? text.charAt(at) : character(text, at, end);
            if (c != '\t' && c != '\n' && c != '\r') {
                out.append(c);
            }
            at = Math.max(at, end);
        }
        return out.toString();
    }

    /** The index of the semicolon of the numeric reference that begins here; -1 when none does. */
    private static int endOfReference(String text, int at) {
        if (!text.startsWith("&#", at)) {
            return -1;
        }
        var end = text.indexOf(';', at);
        return end < 0 || end - at > 3 + MAX_DIGITS ? -1 : end;
    }

    private static char character(String text, int at, int end) {
        try {
            var hex = text.charAt(at + 2) == 'x';
            return (char) Integer.parseInt(text, at + (hex ? 3 : 2), end, hex ? 16 : 10);
        } catch (NumberFormatException e) {
            return ' ';
        }
    }
}
