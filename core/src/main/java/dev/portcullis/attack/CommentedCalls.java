package dev.portcullis.attack;

/** Undoes comments between the name of a function and what it is called with, as in {@code sleep/**&#47;(5)}: databases and languages skip them. */
final class CommentedCalls {

    private CommentedCalls() {}

    /** The text without such comments; the very same text when it has none. */
    static String join(String text) {
        StringBuilder joined = null;
        var copied = 0;
        for (var open = text.indexOf("/*"); open >= 0; ) {
            var close = text.indexOf("*/", open + 2);
            if (close < 0) {
                break;
            }
            var next = close + 2;
            if (open > 0 && Text.isWord(text.charAt(open - 1)) && next < text.length() && text.charAt(next) == '(') {
                joined = joined == null ? new StringBuilder(text.length()) : joined;
                joined.append(text, copied, open);
                copied = next;
            }
            open = text.indexOf("/*", next);
        }
        return joined == null
                ? text
                : joined.append(text, copied, text.length()).toString();
    }
}
