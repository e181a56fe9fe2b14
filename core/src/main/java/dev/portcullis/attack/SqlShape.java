package dev.portcullis.attack;

/**
 * Texts that are SQL by the shape of all of them, and that no walk along tokens tells: what is equal to itself, one variable or function of
 * a server, statements cut off behind somebody's string, and what {@link SqlSpelling} tells of how words are written.
 */
final class SqlShape {

    private static final Marks COMPARING = Marks.of("><=!");
    private static final Marks NEGATING = Marks.of("-+ ");
    private static final Marks BEHIND_SELECT = Marks.of("(~\\\"'@+-!`.");
    private static final Marks BEHIND_FROM = Marks.of("(`\"'[");
    private static final Marks BEFORE_FROM = Marks.of(")`\"'");
    private static final Marks CLOSING = Marks.of("'\"`);,\\ ");

    /** How long a text is that is looked at as a whole. */
    private static final int SHORT = 160;

    private static final Words<Boolean> SERVER =
            Words.set("version database user current_user session_user system_user current_database"
                    + " sqlite_version db_name connection_id last_insert_rowid current_schema");

    /** What no table has for a column, so that whoever compares it with itself means a truth. */
    private static final Words<Boolean> ALIKE =
            Words.set("rownum rowid sysdate current_user session_user system_user current_date current_timestamp");

    private SqlShape() {}

    static Finding judge(Text text) {
        var first = text.first();
        var length = text.last() - first;
        if (SqlSpelling.isTorn(text)) {
            return Finding.strong(first);
        }
        if (length > SHORT || length < 1) {
            return Finding.NONE;
        }
        var equal = equal(text, first);
        if (equal.isStrong()
                || isCast(text, first)
                || isOfServer(text, first)
                || isCutOff(text, first)
                || isTight(text, first)
                || isUnion(text, first)
                || isProcedure(text, first)
                || isFilled(text, first)
                || isTold(text, first)
                || SqlSpelling.isPadded(text, first)) {
            return Finding.strong(first);
        }
        return equal.isFaint() || areMarks(text, first) || isCalled(text, first) ? Finding.faint(first) : Finding.NONE;
    }

    /** Judges a number, a string or a call that is compared with itself without a blank, be it without its last quote, and nothing else. */
    private static Finding equal(Text text, int first) {
        var sign = text.next('=', first);
        var length = sign - first;
        var rest = text.last() - sign - 1;
        var open = text.at(first) == '\'' || text.at(first) == '"';
        var called = length > 0 && text.at(sign - 1) == ')' && Text.isLetter(text.at(first));
        var cut = open && rest == length - 1 && rest > 1;
        var named = ALIKE.has(text, first, sign);
        if (length < 1 || !(open || called || named || Text.isDigit(text.at(first))) || rest != length && !cut) {
            return Finding.NONE;
        }
        for (var i = 0; i < rest; i++) {
            if (text.lower(first + i) != text.lower(sign + 1 + i)) {
                return Finding.NONE;
            }
        }
        return called || cut || named || text.at(first) == '\'' ? Finding.strong(first) : Finding.faint(first);
    }

    /** Tells whether a number is cast as PostgreSQL does, and compared. */
    private static boolean isCast(Text text, int first) {
        var colons = text.wordEnd(first);
        var end = text.wordEnd(colons + 2);
        var sign = text.at(text.skipSpace(end));
        return Text.isDigit(text.at(first))
                && text.says("::", colons)
                && Text.isLetter(text.at(colons + 2))
                && (sign == '=' || sign == '<' || sign == '>');
    }

    /** Tells whether it is the call of a function that tells about the server. */
    private static boolean isCalled(Text text, int first) {
        return isAsked(text, first) && text.wordEnd(first) + 2 >= text.last();
    }

    private static boolean isAsked(Text text, int first) {
        var end = text.wordEnd(first);
        return text.at(end) == '(' && text.at(end + 1) == ')' && SERVER.has(text, first, end);
    }

    /** Tells whether what a function tells about the server is compared with a string as only SQL does it. */
    private static boolean isTold(Text text, int first) {
        var sign = text.skipSpace(text.wordEnd(first) + 2);
        var like = text.says("like", sign) ? text.skipSpace(sign + 4) : 0;
        return isAsked(text, first) && (text.at(like) == '\'' || text.at(like) == '"') && like > sign;
    }

    /** Tells whether it is one variable of a server, be it compared with something. */
    private static boolean isOfServer(Text text, int first) {
        var end = text.wordEnd(first + 2);
        end = text.at(end) == '.' ? text.wordEnd(end + 1) : end;
        return text.says("@@", first)
                && Text.isLetter(text.at(first + 2))
                && (end >= text.last() || COMPARING.has(text.at(text.skipSpace(end))));
    }

    /** Tells whether statements end, and the mark of a comment is all that follows; or a number does that a comment or nothing follows. */
    private static boolean isCutOff(Text text, int first) {
        var last = text.last() - 1;
        if (text.at(last) == '/' && text.at(last - 1) == '*') {
            return Text.isDigit(text.at(first))
                    && text.next('/', first) == text.wordEnd(first)
                    && text.at(text.wordEnd(first) + 1) == '*';
        }
        var mark = last;
        while (mark > first && NEGATING.has(text.at(mark))) {
            mark--;
        }
        var dashes = text.next('-', mark);
        return text.at(mark) == ';' && text.at(dashes + 1) == '-' && mark > first && text.at(mark - 1) != ';';
    }

    /** Tells whether a query does without blanks, as nobody writes it. */
    private static boolean isTight(Text text, int first) {
        var next = text.at(first + 6);
        if (!text.says("select", first) || BEHIND_SELECT.lacks(next)) {
            return false;
        }
        for (var i = first + 7; i < text.last() - 4; i++) {
            if (text.says("from", i) && isTightAt(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTightAt(Text text, int from) {
        var before = text.at(from - 1);
        var number = before == '.' && Text.isDigit(text.at(from - 2));
        var nothing = Text.lower(before) == 'n' && text.at(from - 2) == '\\';
        var behind = BEHIND_FROM.has(text.at(from + 4));
        return (number || nothing || BEFORE_FROM.has(before)) && (behind || Text.isSpace(text.at(from + 4)));
    }

    /** Tells whether there is nothing but the beginning of another query, be it behind a quote. */
    private static boolean isUnion(Text text, int first) {
        var from = text.at(first) == '\'' || text.at(first) == '"' ? text.skipSpace(first + 1) : first;
        var next = text.skipSpace(from + 5);
        var select = text.says("all", next) ? text.skipSpace(next + 3) : next;
        return text.says("union", from) && next > from + 5 && text.says("select", select) && select + 6 >= text.last();
    }

    /** Tells whether there are nothing but quotes and marks that close and end what is around them. */
    private static boolean areMarks(Text text, int first) {
        var quotes = 0;
        for (var i = first; i < text.last(); i++) {
            var c = text.at(i);
            quotes += c == '\'' || c == '"' ? 1 : 0;
            if (CLOSING.lacks(c)) {
                return false;
            }
        }
        return quotes > 0;
    }

    /** Tells whether a procedure of a server is called, of which the first argument is a string. */
    private static boolean isProcedure(Text text, int first) {
        var end = SqlName.wholeEnd(text, first);
        var argument = text.skipSpace(end);
        return SqlStatement.isProcedure(text, first)
                && argument > end
                && (text.at(argument) == '\'' || text.says("n'", argument));
    }

    /** Tells whether a quote is followed by signs that compute, bars or ampersands among them, one number and perhaps the quote again. */
    private static boolean isFilled(Text text, int first) {
        var quote = text.at(first);
        if (quote != '\'' && quote != '"') {
            return false;
        }
        var i = first + 1;
        var joins = false;
        while ("-+|&^*/%~! ".indexOf(text.at(i)) >= 0) {
            joins |= (text.at(i) == '|' || text.at(i) == '&') && text.at(i - 1) == text.at(i);
            i++;
        }
        var end = i;
        while (Text.isDigit(text.at(end))) {
            end++;
        }
        return joins && end > i && (end == text.last() || text.at(end) == quote && end + 1 == text.last());
    }
}
