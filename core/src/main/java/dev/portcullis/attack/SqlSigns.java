package dev.portcullis.attack;

import org.jspecify.annotations.Nullable;

/**
 * A first look at text as SQL, which cuts nothing into tokens and makes no object: whether words and quotes are followed by what sentences are
 * not. It may say so of more than {@link SqlJudge} finds anything in, and never of less.
 */
final class SqlSigns {

    private static final Marks PREFIXES = Marks.of("(+-~!");
    private static final Marks COMPARING = Marks.of("=<>!~^");
    private static final Marks SENTENCE_MARKS = Marks.of(".;:?'\"!");

    /** What stands before is not known. */
    static final int HIDDEN = -1;

    /** How many words and marks that stand before an operand are read. */
    private static final int MOST = 8;
    /** How long a name is that is read backwards. */
    private static final int LONGEST = 64;

    private SqlSigns() {}

    /** Tells whether anything can hang on a word of this kind. */
    static boolean isAnchor(@Nullable SqlKind kind) {
        return kind == SqlKind.UNION
                || kind == SqlKind.LOGIC
                || kind == SqlKind.SELECT
                || kind == SqlKind.STATEMENT
                || kind == SqlKind.CLAUSE;
    }

    /** Tells whether more than a sentence may stand behind a word on which something can hang. */
    static boolean goesOn(Text text, int from, int end) {
        if (end - from == 2 && text.says("or", from) || end - from == 3 && text.says("and", from)) {
            return !isLetter(text.at(end)) && isCondition(text, end);
        }
        var kind = isLetter(text.at(end)) ? null : SqlWords.KEYWORDS.find(text, from, end);
        if (kind == null) {
            return false;
        }
        return switch (kind) {
            case UNION -> isUnion(text, end);
            case LOGIC -> isCondition(text, end);
            case STATEMENT -> SqlOutset.mayBegin(text, from, end);
            case CLAUSE -> isClause(text, from, end);
            default -> true;
        };
    }

    private static boolean isUnion(Text text, int end) {
        var next = skip(text, end);
        if (!isLetter(text.at(next))) {
            return text.at(next) == '(' || text.at(next) == Text.END || mayComment(text, next);
        }
        var kind = keyword(text, next);
        return kind == SqlKind.SELECT
                || kind == SqlKind.PREFIX
                || kind == SqlKind.OBJECT && (text.says("table", next) || text.says("values", next));
    }

    private static boolean isClause(Text text, int from, int end) {
        if (text.says("having", from) || text.says("where", from)) {
            return isCondition(text, end);
        }
        var next = skip(text, end);
        if (text.says("by", next)) {
            var word = skip(text, next + 2);
            var behind = text.skipSpace(nameEnd(text, word));
            return mayComment(text, word) || mayComment(text, behind) || text.at(behind) == '(';
        }
        return mayComment(text, next)
                || text.says("outfile", next)
                || text.says("dumpfile", next)
                || text.says("analyse", next);
    }

    /** Tells whether a word follows that makes a mode of what was compared. */
    static boolean isMode(Text text, int end) {
        var next = skip(text, end);
        return text.says("mode", next) || mayComment(text, next);
    }

    /** The index of the character before white space; {@link #HIDDEN} when a comment may stand there. */
    static int before(Text text, int from) {
        var i = from - 1;
        var ended = false;
        while (Text.isSpace(text.at(i))) {
            ended |= text.at(i) == '\n' || text.at(i) == '\r';
            i--;
        }
        return text.at(i) == '/' || text.at(i) == '!' || text.at(i) == '\ufffd' || ended && isComment(text, i)
                ? HIDDEN
                : Math.max(i, 0);
    }

    /** Tells whether the line that ends at the index may be a comment. */
    private static boolean isComment(Text text, int end) {
        for (var i = end; text.at(i) != '\n' && text.at(i) != '\r' && text.at(i) != Text.END; i--) {
            if (text.at(i) == '#' || text.at(i) == '-' && text.at(i - 1) == '-') {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a literal or a parenthesis may end before the index. */
    static boolean followsValue(Text text, int from) {
        var last = before(text, from);
        var number = text.at(last) == '.' && Text.isDigit(text.at(last - 1));
        if (number || last < 0 || isQuote(text.at(last)) || text.at(last) == ')' || text.at(last) == '}') {
            return true;
        }
        var start = last;
        while (start > last - LONGEST && (isLetter(text.at(start - 1)) || Text.isDigit(text.at(start - 1)))) {
            start--;
        }
        var c = text.at(last);
        var mark = text.at(start - 1);
        return Text.isDigit(c)
                || start == last - LONGEST
                || c == '.' && Text.isDigit(mark)
                || isLetter(c)
                        && (Text.isDigit(text.at(start))
                                || mark == '@'
                                || mark == '.'
                                || mark == '\\'
                                || SqlWords.KEYWORDS.find(text, start, last + 1) == SqlKind.CONSTANT);
    }

    /** Tells whether a condition may follow that is more than a name. */
    static boolean isCondition(Text text, int from) {
        var at = from;
        for (var i = 0; i < MOST; i++) {
            at = skip(text, at);
            if (mayComment(text, at)) {
                return true;
            }
            var end = beforeOperand(text, at);
            if (end == at) {
                return isOperand(text, at);
            }
            at = end;
        }
        return true;
    }

    /** The index behind a word or a mark that stands before an operand; the index itself where none does. */
    private static int beforeOperand(Text text, int at) {
        if (!isLetter(text.at(at))) {
            return PREFIXES.has(text.at(at)) ? at + 1 : at;
        }
        var end = wholeEnd(text, at);
        var before = text.at(end) == '('
                ? !SqlWords.FUNCTIONS.has(text, at, end)
                : isBefore(SqlWords.KEYWORDS.find(text, at, end));
        return before ? end : at;
    }

    /** Tells whether what stands there, and not before an operand, is one. */
    private static boolean isOperand(Text text, int at) {
        if (!isLetter(text.at(at))) {
            return text.at(at) == '{' || isValue(text, at);
        }
        var end = wholeEnd(text, at);
        return text.at(end) == '(' || isOperand(text, at, end, SqlWords.KEYWORDS.find(text, at, end));
    }

    /** The end of a name with all of its parts. */
    private static int wholeEnd(Text text, int from) {
        var end = nameEnd(text, from);
        while (text.at(end) == '.' && (isLetter(text.at(end + 1)) || text.at(end + 1) == '.')) {
            end = nameEnd(text, end + 1);
        }
        return end;
    }

    /** Tells whether the word stands before an operand. */
    private static boolean isBefore(@Nullable SqlKind kind) {
        return kind == SqlKind.NOT || kind == SqlKind.PREFIX || kind == SqlKind.CASE || kind == SqlKind.UNION;
    }

    /** Tells whether a word where an operand should be is a literal, a function, or a name that is compared with itself. */
    private static boolean isOperand(Text text, int from, int end, @Nullable SqlKind kind) {
        if (isQuote(text.at(end)) && end == from + 1) {
            return true;
        }
        var called = text.at(text.skipSpace(end)) == '(';
        if (kind != null && kind != SqlKind.OBJECT) {
            return kind == SqlKind.CONSTANT || called;
        }
        var first = nameEnd(text, from);
        return called && SqlWords.FUNCTIONS.has(text, from, end)
                || SqlWords.CATALOGS.has(text, from, end)
                || first < end && SqlWords.CATALOGS.has(text, from, first)
                || SqlWords.isSystem(text, from, end)
                || SqlWords.isPackage(text, from)
                || text.says("table", from) && end == from + "table".length() && isLetter(text.at(skip(text, end)))
                || isCompared(text, from, end);
    }

    private static boolean isCompared(Text text, int from, int end) {
        var sign = skip(text, end);
        if (mayComment(text, sign)) {
            return true;
        }
        var behind = sign;
        if (isLetter(text.at(sign))) {
            behind = keyword(text, sign) == SqlKind.COMPARE ? nameEnd(text, sign) : sign;
        } else {
            while (COMPARING.has(text.at(behind))) {
                behind++;
            }
        }
        var other = skip(text, behind);
        return behind > sign && (mayComment(text, other) || isSame(text, from, other) || text.at(from) == ')');
    }

    private static boolean isSame(Text text, int left, int right) {
        var i = 0;
        while (Text.isWord(text.at(left + i)) && text.lower(left + i) == text.lower(right + i)) {
            i++;
        }
        return i > 0 && !Text.isWord(text.at(left + i)) && !Text.isWord(text.at(right + i));
    }

    /** Tells whether a literal may stand at the index, and be compared. */
    private static boolean isValue(Text text, int at) {
        var c = text.at(at);
        var number = Text.isDigit(c) || c == '.' && Text.isDigit(text.at(at + 1));
        if (!number) {
            return isQuote(c) || c == '@' || c == '\\' || c == ')' && isCompared(text, at, at + 1);
        }
        var end = at;
        while (Text.isDigit(text.at(end)) || text.at(end) == '.') {
            end++;
        }
        var next = skip(text, end);
        if (isLetter(text.at(next))) {
            var kind = keyword(text, next);
            return next == end || kind != null && kind != SqlKind.LOGIC;
        }
        return SENTENCE_MARKS.lacks(text.at(next)) && text.at(next) != Text.END;
    }

    /** Tells whether the text may go on as SQL from its first word on: not when two words begin it that are mere names. */
    static boolean mayBegin(Text text) {
        var first = skip(text, 0);
        while (isSign(text, first)) {
            first = skip(text, first + 1);
        }
        if (!isName(text, first)) {
            return true;
        }
        var second = skip(text, nameEnd(text, first));
        return text.at(nameEnd(text, first)) == '(' || !isName(text, second);
    }

    /** Tells whether a sign stands at the index that a number or a name may have before it, and no comment. */
    private static boolean isSign(Text text, int at) {
        var c = text.at(at);
        return c == '+' || c == '~' || c == '-' && text.at(at + 1) != '-' && text.at(at + 1) != '>';
    }

    private static boolean isName(Text text, int at) {
        var end = nameEnd(text, at);
        return isLetter(text.at(at))
                && !(isQuote(text.at(end)) && end == at + 1)
                && SqlWords.KEYWORDS.find(text, at, end) == null;
    }

    /** Tells whether the text may close a string in these quotes and go on as SQL. */
    static boolean mayClose(Text text, char quote) {
        var at = text.toString().indexOf(quote);
        if (at < 0) {
            return false;
        }
        var escaped = text.at(at + 1) == quote || text.at(at - 1) == '\\';
        var next = skip(text, at + 1);
        var c = text.at(next);
        return escaped || !isName(text, next) && !Text.isDigit(c) && c != '.' && c != Text.END;
    }

    private static @Nullable SqlKind keyword(Text text, int from) {
        return SqlWords.KEYWORDS.find(text, from, nameEnd(text, from));
    }

    /** The index of the next character that is no white space to SQL. */
    static int skip(Text text, int from) {
        var i = text.skipSpace(from);
        while (text.at(i) == '\ufffd') {
            i = text.skipSpace(i + 1);
        }
        return i;
    }

    /** Tells whether a comment may begin or end at the index. */
    static boolean mayComment(Text text, int at) {
        var next = text.at(at + 1);
        return switch (text.at(at)) {
            case '#' -> true;
            case '-' -> next == '-';
            case '/' -> next == '*';
            case '*' -> next == '/';
            default -> false;
        };
    }

    static boolean isLetter(char c) {
        return Text.isLetter(c) || c == '_' || c == '$' || c >= 0x80 && c < '\ufffd' && !Text.isSpace(c);
    }

    static int nameEnd(Text text, int from) {
        return SqlName.end(text, from);
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }
}
