package dev.portcullis.attack;

/**
 * Quotes that stand twice or behind a backslash, all of them, as they do in a string within a string: to the statement that is made of the
 * inner one they are quotes.
 */
final class SqlEscape {

    private SqlEscape() {}

    /** Judges a text of these signs by what it is without what escapes its quotes; a text in which some are not escaped is none. */
    static Finding judge(Text text, char quote, long signs) {
        var first = text.next(quote, 0);
        var mark = text.at(first + 1) == quote ? quote : text.at(first - 1) == '\\' ? '\\' : Text.END;
        var before = text.at(mark == quote ? first - 1 : first - 2);
        if (mark == Text.END || mark == quote && !Text.isWord(before) && before != ')' || !areAll(text, quote, mark)) {
            return Finding.NONE;
        }
        var inner = text.toString().replace(mark + String.valueOf(quote), String.valueOf(quote));
        var found = SqlJudge.quoted(new Text(inner), quote, signs);
        var breaks = found.isCertain() || found.isStrong() && !text.isDocument();
        return breaks ? Finding.strong(text.first()) : Finding.NONE;
    }

    private static boolean areAll(Text text, char quote, char mark) {
        for (var i = text.next(quote, 0); i < text.length(); i = text.next(quote, i + 1)) {
            if (mark == quote && text.at(++i) != quote || mark != quote && text.at(i - 1) != mark) {
                return false;
            }
        }
        return true;
    }
}
