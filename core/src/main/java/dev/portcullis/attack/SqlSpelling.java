package dev.portcullis.attack;

/**
 * How words of SQL are written by somebody who wants no filter to know them: torn by comments or by percent signs, in capitals and small
 * letters by turns, and with comments or tabs in the place of blanks.
 */
final class SqlSpelling {

    /** How long a comment is that tears a word, and how long that word. */
    private static final int TORN = 24;
    /** How many letters a word has that percent signs tear. */
    private static final int FEWEST = 2;

    private SqlSpelling() {}

    /** Tells whether a comment, or a percent sign before each letter, stands within a word of SQL. */
    static boolean isTorn(Text text) {
        for (var i = text.next('*', 0); i < text.length(); i = text.next('*', i + 1)) {
            if (text.at(i - 1) == '/' && Text.isLetter(text.at(i - 2)) && isTorn(text, i)) {
                return true;
            }
        }
        for (var i = text.next('%', 0); i < text.length(); i = text.next('%', i + 1)) {
            if (text.at(i + 2) == '%' && Text.isLetter(text.at(i + 1)) && !isRun(text, i - 2) && isSpelled(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTorn(Text text, int star) {
        var end = text.next('*', star + 1);
        if (end > star + TORN || text.at(end + 1) != '/' || !Text.isLetter(text.at(end + 2))) {
            return false;
        }
        var from = star - 1;
        while (Text.isWord(text.at(from - 1)) && from > star - TORN) {
            from--;
        }
        var to = text.wordEnd(end + 2);
        if (to - end > TORN) {
            return false;
        }
        var word = text.excerpt(from, star - 1 - from) + text.excerpt(end + 2, to - end - 2);
        return isKeyword(word) || text.at(to) == '(' && SqlWords.FUNCTIONS.has(word, 0, word.length());
    }

    private static boolean isRun(Text text, int at) {
        return text.at(at) == '%' && Text.isLetter(text.at(at + 1));
    }

    /** Tells whether letters with a percent sign before each make a word from the index on. */
    private static boolean isSpelled(Text text, int from) {
        var word = new StringBuilder();
        for (var i = from; isRun(text, i) && word.length() < TORN; i += 2) {
            word.append(text.at(i + 1));
        }
        return word.length() >= FEWEST && (isKeyword(word.toString()) || isKind(word.toString(), SqlKind.LOGIC));
    }

    private static boolean isKind(String word, SqlKind kind) {
        return SqlWords.KEYWORDS.find(word, 0, word.length()) == kind;
    }

    private static boolean isKeyword(String word) {
        var kind = SqlWords.KEYWORDS.find(word, 0, word.length());
        return kind == SqlKind.SELECT
                || kind == SqlKind.UNION
                || kind == SqlKind.FROM
                || kind == SqlKind.STATEMENT
                || kind == SqlKind.CLAUSE;
    }

    /** Tells whether a number ends at the index in a full stop and the mark of a power that is not there, which is white space to MySQL. */
    static boolean isPadding(Text text, int at) {
        return text.lower(at) == 'e' && text.at(at - 1) == '.' && "(),".indexOf(text.at(at + 1)) >= 0;
    }

    /** Tells whether numbers without the power that they announce pad what stands between parentheses: {@code sleep 1.e(5 1.e)}. */
    static boolean isPadded(Text text, int first) {
        var count = 0;
        var opens = false;
        for (var i = text.next('.', first); i < text.length(); i = text.next('.', i + 1)) {
            var pads = Text.isDigit(text.at(i - 1)) && isPadding(text, i + 1);
            count += pads ? 1 : 0;
            opens |= pads && text.at(i + 2) == '(';
        }
        return opens && count > 1;
    }

    /** Tells whether the query whose first word stands at the index is spelled so that no filter knows it. */
    static boolean isOdd(Text text, int from) {
        var end = text.wordEnd(from);
        if (text.at(end) == '/' && text.at(end + 1) == '*' || isMixed(text, from, end)) {
            return true;
        }
        var c = text.at(end);
        return c != ' ' && c <= ' ' && text.lineEnd(0) >= text.last();
    }

    /** Tells whether capitals and small letters stand by turns. */
    private static boolean isMixed(Text text, int from, int end) {
        var turns = 0;
        for (var i = from + 1; i < end; i++) {
            turns += text.at(i) >= 'a' != text.at(i - 1) >= 'a' ? 1 : 0;
        }
        return turns > 2;
    }
}
