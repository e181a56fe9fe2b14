package dev.portcullis.attack;

/** What the comment is that ends the tokens of a text: hardly more than its mark, a line that is drawn, or no comment at all. */
final class SqlComment {

    private static final Marks COMMENTING = Marks.of("#-+/*");

    /** How many marks in a row draw a line, on a line of their own and elsewhere. */
    private static final int SHORT_RULE = 3;

    private static final int LONG_RULE = 9;

    private SqlComment() {}

    /** Tells whether what looks like a comment belongs to a code of letters and numbers, or ends a path of files: {@code A-1293-#f3}, {@code com/x/**}. */
    static boolean isTag(SqlTokens tokens) {
        var text = tokens.text();
        var at = tokens.start(tokens.count() - 1);
        var tagged = text.at(at) == '#'
                && Text.isWord(text.at(at + 1))
                && text.at(at - 1) == '-'
                && text.wordEnd(at + 1) >= text.last();
        return tagged
                || text.at(at) == '/'
                        && at + 3 >= text.last()
                        && text.next('/', text.first()) < at
                        && Text.isLetter(text.at(text.first()));
    }

    /** Tells whether the comment that ends the tokens is hardly more than its mark. */
    static boolean isCutShort(SqlTokens tokens) {
        var text = tokens.text();
        var mark = tokens.start(tokens.count() - 1);
        var i = mark;
        while (Text.isSpace(text.at(i)) || COMMENTING.has(text.at(i))) {
            i++;
        }
        var numbered = text.at(mark) == '#' && i == mark + 1 && Text.isDigit(text.at(i));
        return text.length() - i < 2 && !isRule(tokens) && !numbered || text.at(mark) == '/';
    }

    /** Tells whether what looks like a comment is a line drawn with dashes or the like. */
    static boolean isRule(SqlTokens tokens) {
        var text = tokens.text();
        var from = tokens.start(tokens.count() - 1);
        var end = from;
        while (text.at(end) == text.at(from)) {
            end++;
        }
        var before = text.at(from - 1);
        var alone = (before == '\n' || before == '\r') && text.skipSpace(end) >= text.length();
        return end - from >= (alone ? SHORT_RULE : LONG_RULE);
    }
}
