package dev.portcullis.attack;

import static dev.portcullis.attack.SqlKind.*;

/** Names in SQL, without quotes: where they end, and what they name. */
final class SqlName {

    private SqlName() {}

    /** Tells whether a name may begin with the character; digits follow, too. */
    static boolean isPart(char c) {
        return Text.isLetter(c) || c == '_' || c == '$' || c >= 0x80 && c < '\ufffd' && !Text.isSpace(c);
    }

    /** The index behind the name that begins at the index; the index itself where there is none. */
    static int end(Text text, int from) {
        var i = from;
        while (goesOn(text.at(i))) {
            i++;
        }
        return i;
    }

    /** The end of a name with all of its parts. */
    static int wholeEnd(Text text, int from) {
        var i = end(text, from);
        while (text.at(i) == '.' && (isPart(text.at(i + 1)) || text.at(i + 1) == '.')) {
            i = end(text, i + 1);
        }
        return i;
    }

    /** Tells whether a name may go on with the character. */
    private static boolean goesOn(char c) {
        return c < 0x80 ? Text.isWord(c) || c == '$' : c < '\ufffd' && !Text.isSpace(c);
    }

    /** Tells whether a word that is a keyword elsewhere is the name of a function here. */
    static boolean isFunction(Text text, SqlKind keyword, int start, int end) {
        return text.at(end) == '('
                && keyword != COMPARE
                && keyword != PREFIX
                && SqlWords.FUNCTIONS.has(text, start, end);
    }

    /** What a name is that has its first full stop, or its end, at an index and ends at another. */
    static SqlKind kind(Text text, int start, int first, int end) {
        if (SqlWords.CATALOGS.has(text, start, end)
                || end > first && SqlWords.CATALOGS.has(text, start, first)
                || text.at(end) != '(' && SqlWords.isSystem(text, start, end)) {
            return CATALOG;
        }
        // behind the end of a comment that a database executes: /*!sleep*/(5)
        var paren = text.skipSpace(text.at(end) == '*' && text.at(end + 1) == '/' ? end + 2 : end);
        if (text.at(paren) != '(') {
            return end > first && SqlWords.isPackage(text, start) ? CATALOG : NAME;
        }
        var function = SqlWords.FUNCTIONS.find(text, start, end);
        if (end > first && SqlWords.isPackage(text, start)) {
            return PROBE;
        }
        return function != null ? function : paren == end ? CALL : NAME;
    }
}
