package dev.portcullis.attack;

/**
 * Undoes comments that databases and languages skip: those between the name of a function and what it is called with, as in
 * {@code sleep/**&#47;(5)}, and in long texts those that push apart what belongs together.
 */
final class Comments {

    /** How long a comment is at least that pushes apart; as long a text is looked at in several windows. */
    private static final int LONG = 512;

    private static final int LONG_TEXT = 16_384;

    private Comments() {}

    /** The text without such comments; the very same text when it has none. */
    static String undo(String text) {
        StringBuilder undone = null;
        var copied = 0;
        for (var open = text.indexOf("/*"); open >= 0; ) {
            var close = text.indexOf("*/", open + 2);
            if (close < 0) {
                break;
            }
            var next = close + 2;
            var apart = text.length() > LONG_TEXT && next - open > LONG && text.charAt(open + 2) != '!';
            if (apart || isInCall(text, open, next)) {
                undone = undone == null ? new StringBuilder(text.length()) : undone;
                undone.append(text, copied, open).append(apart ? " " : "");
                copied = next;
            }
            open = text.indexOf("/*", next);
        }
        return undone == null
                ? text
                : undone.append(text, copied, text.length()).toString();
    }

    /** Tells whether the comment between the indexes stands between a word and a parenthesis. */
    private static boolean isInCall(String text, int open, int next) {
        return open > 0 && Text.isWord(text.charAt(open - 1)) && next < text.length() && text.charAt(next) == '(';
    }
}
