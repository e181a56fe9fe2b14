package dev.portcullis.attack;

import static dev.portcullis.attack.SqlKind.*;

/**
 * One line of several, in which something of SQL was found that sentences, calls and statements may hold, too: whether all of the line goes on
 * with somebody's statement, as a value of its own would. Immutable.
 */
final class SqlLine {

    private static final Marks BEFORE_VALUE = Marks.of(")+-*/|&^,;");

    private final Text text;
    private final SqlTokens tokens;
    private final int at;

    private SqlLine(Text text, int at) {
        this.text = text;
        this.tokens = SqlTokens.behind(Text.END, text);
        this.at = at;
    }

    /** Tells whether the line that was found suspicious at the index is such a value: it is not indented, and hardly anything stands before. */
    static boolean isValue(Text text, int at) {
        return mayBeValue(text) && text.at(at) != '@' && new SqlLine(text, at).isValue();
    }

    /** Tells whether the line is not indented. */
    static boolean mayBeValue(Text text) {
        return text.first() <= 1;
    }

    private boolean isValue() {
        if (SqlReckoning.isReckoned(tokens)) {
            return false;
        }
        if (at <= text.first()) {
            return joins() && begins();
        }
        var quote = before(at);
        if (text.at(quote) == '\'' || text.at(quote) == '"') {
            var named = Text.isWord(text.at(quote - 1)) || text.at(quote - 1) == '%';
            return named || quote == text.first() && text.at(at) != '#' && !Text.isLetter(text.at(quote + 1));
        }
        return isFirstWord(quote)
                && (quote < at - 1 || Text.isDigit(text.at(quote)) || BEFORE_VALUE.has(text.at(quote)));
    }

    /** Tells whether there is a word or a sign that makes more than a sentence or a call of it. */
    private boolean joins() {
        for (var i = 0; tokens.has(i); i++) {
            var joint = switch (tokens.kind(i)) {
                case LOGIC, UNION, CASE, PROBE, COMMENT -> true;
                case SELECT -> tokens.kind(i - 1) == OPEN;
                case CALL, FUNCTION -> tokens.is(i, "if") || tokens.is(i, "iif");
                default -> false;
            };
            if (joint) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the line begins as no clause of a statement does that is written in several lines. */
    private boolean begins() {
        return switch (tokens.kind(0)) {
            case CLAUSE, FROM, SELECT, JOINT, STATEMENT, CASE -> false;
            case LOGIC, COMPARE -> tokens.kind(1).isLiteral();
            default -> true;
        };
    }

    private int before(int index) {
        var i = index - 1;
        while (Text.isSpace(text.at(i))) {
            i--;
        }
        return i;
    }

    /** Tells whether the word that ends at the index is the first of the line. */
    private boolean isFirstWord(int end) {
        var i = text.first();
        while (i <= end && !Text.isSpace(text.at(i))) {
            i++;
        }
        return i > end;
    }
}
