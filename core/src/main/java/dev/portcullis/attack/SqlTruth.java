package dev.portcullis.attack;

import static dev.portcullis.attack.SqlKind.*;

/**
 * Values that are nothing but literals, and a truth or a comparison of them by words that only SQL has: {@code 1 like 1}, {@code 1 is not null},
 * {@code ~1 or ~0}, and a column that is compared with a string that is not written as one. Immutable.
 */
final class SqlTruth {

    /** How many tokens such a value has. */
    private static final int MOST = 9;
    /** Comparisons by words that no sentence has between numbers. */
    static final Words<Boolean> WORDS = Words.set("like rlike regexp ilike glob sounds");

    private final SqlTokens tokens;
    private int joints;
    private int compared;
    private int marks;

    private SqlTruth(SqlTokens tokens) {
        this.tokens = tokens;
    }

    static boolean is(SqlTokens tokens) {
        return isWritten(tokens) || tokens.kind(0) != NAME && new SqlTruth(tokens).is();
    }

    private boolean is() {
        for (var i = 0; tokens.has(i); i++) {
            if (i > MOST || !take(i)) {
                return false;
            }
        }
        var signed = tokens.kind(0) == MATH || tokens.kind(0) == NOT;
        var begins = tokens.kind(signed ? 1 : 0) == NUMBER;
        return begins && ends() && (compared > 0 || joints == 1 && marks > 0) && compared < 2;
    }

    /** Tells whether an operand stands at the end, before what closes it or cuts off the rest. */
    private boolean ends() {
        var last = tokens.count() - 1;
        while (tokens.kind(last) == COMMENT || tokens.kind(last) == CLOSE) {
            last--;
        }
        return last > 1 && tokens.kind(last).isLiteral();
    }

    private boolean take(int at) {
        switch (tokens.kind(at)) {
            case NUMBER, CONSTANT, STRING, CLOSE, COMMENT -> {}
            case COMPARE -> compared += tokens.is(at - 1, "sounds") ? 0 : isWord(at) ? 1 : 2;
            case OPEN -> {
                return tokens.is(at - 1, "in");
            }
            case LOGIC -> joints++;
            case NOT -> marks++;
            case PREFIX -> marks += tokens.is(at, "binary") && tokens.kind(at - 1) == LOGIC ? 1 : 0;
            case MATH -> marks += tokens.first(at) == '~' ? 1 : 0;
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean isWord(int at) {
        var text = tokens.text();
        var start = tokens.start(at);
        if (tokens.is(at, "is")) {
            return tokens.is(at + 1, "null") || tokens.is(at + 1, "not") && tokens.is(at + 2, "null");
        }
        if (tokens.is(at, "in")) {
            return tokens.kind(at + 1) == OPEN && tokens.kind(at + 2).isLiteral();
        }
        return WORDS.has(text, start, text.wordEnd(start));
    }

    /** Tells whether a name is compared with a string that is written as a number or as the numbers of its characters, and nothing else. */
    private static boolean isWritten(SqlTokens tokens) {
        var text = tokens.text();
        var value = tokens.start(2);
        var called = (tokens.is(2, "char") || tokens.is(2, "chr")) && tokens.kind(3) == OPEN;
        return tokens.kind(0) == NAME
                && (tokens.is(1, "like") || tokens.is(1, "rlike") || tokens.is(1, "regexp"))
                && (tokens.kind(2) == NUMBER && text.lower(value + 1) == 'x' && !tokens.has(3)
                        || called && tokens.kind(4) == NUMBER);
    }
}
