package dev.portcullis.attack;

/**
 * Quotes that set something off, as sentences, lists and code have them: blanks or marks stand outside of each pair, and what is within is no
 * more than marks or has no blanks at its ends. Quotes that break out of a string stand at a word, or alone. Immutable.
 */
final class SqlQuotation {

    private static final String BEFORE = "=&:,;.([{<>|+*/!?`";
    private static final String BEHIND = "=&:,;.)]}<>|+*/!?`";
    private static final String OPENERS = "=:,([{";
    private static final String CLOSERS = ":,;.)]}";

    private final Text text;
    private final char quote;

    private SqlQuotation(Text text, char quote) {
        this.text = text;
        this.quote = quote;
    }

    /** Tells whether all quotes of this kind set something off, and are not all there is. */
    static boolean is(Text text, char quote) {
        return new SqlQuotation(text, quote).areAll();
    }

    /** Tells whether the first pair of quotes holds an argument of code that is nothing but marks, such as the sign of a comment. */
    static boolean isArgument(Text text, char quote) {
        return new SqlQuotation(text, quote).isArgument();
    }

    private boolean areAll() {
        var first = text.next(quote, 0);
        var open = first;
        var close = open;
        while (open < text.length()) {
            close = text.next(quote, open + 1);
            if (close >= text.length() || !isPair(open, close)) {
                return false;
            }
            open = text.next(quote, close + 1);
        }
        return first < text.length() && (quote == '"' || first > 0 || close + 1 < text.length());
    }

    private boolean isPair(int open, int close) {
        var tight = !Text.isSpace(text.at(open + 1)) && !Text.isSpace(text.at(close - 1));
        return opens(open) && isEdge(text.at(close + 1), BEHIND) && (tight || isMarks(open + 1, close));
    }

    /** Tells whether a string may begin at the quote: behind a mark, or behind the letter that code writes before strings. */
    private boolean opens(int at) {
        var before = text.at(at - 1);
        var lettered = "bfruBFRU".indexOf(before) >= 0 && isEdge(text.at(at - 2), BEFORE);
        return lettered || isEdge(before, BEFORE);
    }

    private boolean isEdge(char c, String marks) {
        var other = quote == '"' ? '\'' : '"';
        return c == Text.END || Text.isSpace(c) || c == other || marks.indexOf(c) >= 0;
    }

    private boolean isMarks(int from, int to) {
        for (var i = from; i < to; i++) {
            if (SqlSigns.isLetter(text.at(i)) || Text.isDigit(text.at(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isArgument() {
        var open = text.next(quote, 0);
        var close = text.next(quote, open + 1);
        if (close >= text.length() || !isMarks(open + 1, close)) {
            return false;
        }
        var before = open - 1;
        while (Text.isSpace(text.at(before))) {
            before--;
        }
        return OPENERS.indexOf(text.at(before)) >= 0 && CLOSERS.indexOf(text.at(text.skipSpace(close + 1))) >= 0;
    }
}
