package dev.portcullis.attack;

import static dev.portcullis.attack.SqlKind.*;

/** Sentences of arithmetic and logic: numbers and truths that are joined and compared, of which hardly any goes on with a statement. */
final class SqlReckoning {

    /** How long a number is that is compared with another one. */
    private static final int NEAR = 24;

    private SqlReckoning() {}

    /**
     * Tells whether it is a sentence of arithmetic or logic that gives nobody more rows than before: "2 and 3 = 5", "true and false = false".
     * It is joined by "and", the numbers are not alike, and blanks stand around the sign.
     */
    static boolean is(SqlTokens tokens) {
        if (!isReckoned(tokens) || !tokens.is(1, "and")) {
            return false;
        }
        var text = tokens.text();
        var left = text.excerpt(tokens.start(2), Math.min(NEAR, tokens.start(3) - tokens.start(2)));
        var right = text.excerpt(tokens.start(4), NEAR);
        return tokens.kind(0) == CONSTANT || !left.strip().equals(right.strip());
    }

    /** Tells whether two numbers or truths are joined to be one, with blanks around the sign: "1 or 0 = 1". */
    static boolean isReckoned(SqlTokens tokens) {
        if (tokens.kind(1) != LOGIC || tokens.kind(3) != COMPARE || tokens.count() != 5) {
            return false;
        }
        var text = tokens.text();
        var sign = tokens.start(3);
        var equal = tokens.is(3, "is") || text.at(sign) == '=' && text.at(sign + 1) == ' ';
        var first = tokens.kind(0);
        return equal
                && text.at(sign - 1) == ' '
                && (first == NUMBER || first == CONSTANT)
                && tokens.kind(2) == first
                && tokens.kind(4) == first;
    }
}
