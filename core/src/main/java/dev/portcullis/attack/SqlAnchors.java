package dev.portcullis.attack;

import static dev.portcullis.attack.SqlKind.*;

/** Judges the tokens of SQL that an attack hangs on, each with what stands near it, whatever the rest looks like. Immutable. */
final class SqlAnchors {

    /** How many tokens are near. */
    private static final int NEAR = 48;
    /** How many tokens stand before a table that a condition asks for. */
    private static final int SOON = 6;

    private final SqlTokens tokens;

    private SqlAnchors(SqlTokens tokens) {
        this.tokens = tokens;
    }

    /** Judges all of them, or none behind what is strong where there are no words on which more hangs. */
    static Finding judge(SqlTokens tokens, boolean more) {
        var anchors = new SqlAnchors(tokens);
        var finding = Finding.NONE;
        for (var i = 0; tokens.has(i) && !finding.isCertain() && (more || !finding.isStrong()); i++) {
            finding = finding.or(anchors.at(i));
        }
        return finding;
    }

    private Finding at(int index) {
        return switch (tokens.kind(index)) {
            case UNION -> union(index);
            case LOGIC -> condition(index);
            case SELECT -> select(index);
            case STATEMENT -> isDuplicate(index) ? certain(index) : SqlStatement.judge(tokens, index);
            case PROBE -> probe(index);
            case SYSTEM_VARIABLE -> variable(index);
            case CLAUSE -> clause(index);
            case COMPARE ->
                tokens.is(index + 1, "boolean") && tokens.is(index + 2, "mode") ? strong(index) : Finding.NONE;
            default -> Finding.NONE;
        };
    }

    /** Tells whether an update stands there that an insertion goes on with where a row is there already. */
    private boolean isDuplicate(int at) {
        return tokens.is(at, "update")
                && tokens.is(at - 1, "key")
                && tokens.is(at - 2, "duplicate")
                && tokens.kind(at - 4) == CLOSE;
    }

    private Finding strong(int index) {
        return Finding.strong(tokens.start(index));
    }

    private Finding certain(int index) {
        return Finding.certain(tokens.start(index));
    }

    /** Judges a variable of the server; what has digits in its name is the version of a symbol. */
    private Finding variable(int at) {
        var text = tokens.text();
        for (var i = tokens.start(at) + 2; Text.isWord(text.at(i)); i++) {
            if (Text.isDigit(text.at(i))) {
                return Finding.faint(tokens.start(at));
            }
        }
        return strong(at);
    }

    private Finding union(int at) {
        var i = at + 1;
        while (i < at + 6 && (tokens.kind(i) == PREFIX || tokens.kind(i) == OPEN)) {
            i++;
        }
        if (tokens.kind(i) != SELECT) {
            if (isTable(i) || tokens.is(i, "values") && (tokens.kind(i + 1) == OPEN || isRow(i + 1))) {
                return strong(at);
            }
            var torn = tokens.is(at + 1, "all") && tokens.kind(i) == CALL;
            return torn || tokens.comments() > 0 && i >= tokens.count() ? strong(at) : Finding.NONE;
        }
        var walk = SqlWalk.operand(tokens, i, i + NEAR);
        if (walk.values() > 0 || walk.count(SELECT) > 1 || hasCatalog(i)) {
            return certain(at);
        }
        if (walk.has(COMMA) || tokens.comments() > 0) {
            return strong(at);
        }
        var named = tokens.kind(at - 1) == NAME || tokens.kind(at - 1) == OTHER;
        if (!walk.isThrough() && !walk.has(FROM)) {
            return Finding.NONE;
        }
        return named ? Finding.faint(tokens.start(at)) : strong(at);
    }

    private boolean isRow(int index) {
        return tokens.is(index, "row") && tokens.kind(index + 1) == OPEN;
    }

    /** Tells whether a condition soon asks whether there is anything in a table, or compares all columns of one of its rows. */
    private boolean isTableAsked(int from) {
        for (var i = from; i < from + SOON; i++) {
            if (tokens.kind(i) == OPEN
                    && tokens.is(i + 1, "table")
                    && tokens.kind(i + 2).isName()) {
                var asked = tokens.is(i - 1, "exists") || tokens.kind(i - 1) == COMPARE;
                return tokens.is(i + 3, "limit")
                        || tokens.kind(i + 3) == CLOSE && (asked || tokens.kind(i + 4) == COMPARE);
            }
        }
        return false;
    }

    /** Tells whether all of a table is asked for, and nothing but a comment or the end follows. */
    private boolean isTable(int index) {
        var isCounted = tokens.kind(index - 2) == NUMBER && index == 2 && !tokens.has(index + 2);
        return tokens.is(index, "table")
                && tokens.kind(index + 1).isName()
                && (tokens.kind(index + 2) == COMMENT || tokens.kind(index + 2) == CLAUSE || isCounted);
    }

    private boolean hasCatalog(int from) {
        for (var i = from; i < from + NEAR; i++) {
            if (tokens.kind(i) == CATALOG) {
                return true;
            }
        }
        return false;
    }

    private Finding condition(int at) {
        if (isMere(at + 1)) {
            return Finding.NONE;
        }
        if (isTableAsked(at + 1)) {
            return strong(at);
        }
        var walk = SqlWalk.condition(tokens, at + 1, at + NEAR);
        if (isCode(at + 1, walk.end())) {
            return Finding.NONE;
        }
        if (walk.has(PROBE) || walk.has(SELECT) && (walk.values() > 0 || walk.has(FROM))) {
            return strong(at);
        }
        var constant = walk.names() == 0 && !walk.has(CALL) && walk.has(COMPARE) && walk.values() > 1;
        var words = !walk.has(FUNCTION) && goesOnInWords(walk.end());
        if ((constant || isSame(at + 1, walk)) && !words && !SqlReckoning.is(tokens)) {
            return strong(at);
        }
        var before = tokens.kind(at - 1);
        var valued = before.isLiteral() || before == CLOSE;
        var computes = walk.has(FUNCTION) && (before != CLOSE || walk.literals() > 0 || walk.names() == 0);
        return valued && computes && walk.isComplete() ? strong(at) : Finding.NONE;
    }

    /** Tells whether names alone stand there, one by itself or two that are compared with each other, of which nothing comes. */
    private boolean isMere(int at) {
        if (tokens.kind(at) != NAME) {
            return false;
        }
        return switch (tokens.kind(at + 1)) {
            case NAME, LOGIC, OTHER -> true;
            case COMPARE -> tokens.kind(at + 2) == NAME && tokens.kind(at + 3) == LOGIC && !isSame(at, at + 2);
            default -> false;
        };
    }

    /** Tells whether two words stand behind a condition, of which nothing of SQL is made: "1 = 1 of a kind". */
    private boolean goesOnInWords(int end) {
        var words = tokens.kind(end) == NAME && tokens.kind(end + 1) == NAME;
        return words
                && tokens.quote() == Text.END
                && !tokens.is(end, "window")
                && !tokens.is(end, "start")
                && !isBroken(tokens.start(end));
    }

    /** Tells whether a line begins at the index. */
    private boolean isBroken(int start) {
        var i = start - 1;
        while (tokens.text().at(i) == ' ') {
            i--;
        }
        return Text.isSpace(tokens.text().at(i));
    }

    /** Tells whether a name is compared with itself. */
    private boolean isSame(int at, SqlWalk walk) {
        return walk.count(COMPARE) == 1 && walk.names() == 2 && walk.end() == at + 3 && isSame(at, at + 2);
    }

    /** Tells whether two tokens are the same name. */
    private boolean isSame(int one, int other) {
        var text = tokens.text();
        var left = tokens.start(one);
        var right = tokens.start(other);
        var i = 0;
        while (Text.isWord(text.at(left + i)) && text.lower(left + i) == text.lower(right + i)) {
            i++;
        }
        return i > 0 && !isNamed(text.at(left + i)) && !isNamed(text.at(right + i));
    }

    private static boolean isNamed(char c) {
        return Text.isWord(c) || c == '.';
    }

    /** Tells whether a variable of a script, of a shell or of XPath stands between the tokens, or a string that begins with one. */
    private boolean isCode(int from, int to) {
        for (var i = from; i < to; i++) {
            var variable = switch (tokens.kind(i)) {
                case NAME -> tokens.first(i) == '$';
                case STRING -> tokens.text().at(tokens.start(i) + 1) == '$';
                case VARIABLE -> tokens.kind(i + 1) == COMPARE && tokens.kind(i + 2) == STRING;
                default -> false;
            };
            if (variable) {
                return true;
            }
        }
        return false;
    }

    private Finding select(int at) {
        var before = tokens.kind(at - 1);
        if (isOdd(at, before)) {
            return strong(at);
        }
        if (at > 0 && before != OPEN && before != SEMICOLON && before != STRING) {
            return Finding.NONE;
        }
        var walk = SqlWalk.operand(tokens, at, at + NEAR);
        if (walk.isSentence()) {
            return Finding.NONE;
        }
        if (at == 0 && tokens.kind(1).isLiteral() && (!tokens.has(2) || tokens.kind(2) == SEMICOLON)) {
            return Finding.faint(tokens.start(at));
        }
        if (before != STRING && hasCatalog(at, walk)) {
            return strong(at);
        }
        if (before == STRING) {
            return walk.has(CATALOG) || walk.has(PROBE) ? strong(at) : Finding.NONE;
        }
        if (at == 0 && walk.isPlainQuery()) {
            var odd = asksSecret(at) || SqlSpelling.isOdd(tokens.text(), tokens.start(at));
            return odd ? strong(at) : Finding.faint(tokens.start(at));
        }
        var chooses = before == OPEN && walk.count(CASE) > 1 && walk.values() > 1;
        if (isLiteral(at) || chooses || at == 0 && walk.isThrough() && isCommented(at)) {
            return strong(at);
        }
        var nested = before == OPEN && walk.isThrough();
        var reads = walk.has(FROM) && (walk.values() > 0 || walk.has(CATALOG) || nested);
        var stacked = before == SEMICOLON && walk.values() > 0 && (walk.names() == 0 || walk.has(FROM));
        return walk.has(PROBE) || walk.has(FUNCTION) || reads || stacked ? strong(at) : Finding.NONE;
    }

    /** Tells whether a comment stands behind the word in the place of a blank. */
    private boolean isCommented(int at) {
        var end = tokens.text().wordEnd(tokens.start(at));
        return tokens.text().says("/*", end);
    }

    /** Tells whether a query of one literal stands in parentheses, which are all there is or follow a comma. */
    private boolean isLiteral(int at) {
        var inside = tokens.kind(at - 1) == OPEN && tokens.kind(at + 1).isLiteral() && tokens.kind(at + 2) == CLOSE;
        return inside && (at == 1 && !tokens.has(at + 3) || tokens.kind(at - 2) == COMMA);
    }

    /** Tells whether a query follows where sentences have none: behind "and", a variable or a literal of another query, or of a string in dollars. */
    private boolean isOdd(int at, SqlKind before) {
        var next = tokens.kind(at + 1);
        if (before == VARIABLE) {
            return next == VARIABLE;
        }
        if (before == STRING) {
            return next == STRING && tokens.kind(at - 2) == SELECT;
        }
        if (before == LOGIC) {
            var walk = SqlWalk.operand(tokens, at + 1, at + NEAR);
            return walk.has(FROM) && !walk.isSentence() && (walk.values() > 0 || hasCatalog(at, walk));
        }
        return (at == 0 || before == SEMICOLON) && isInDollars(tokens.start(at + 1));
    }

    /** Tells whether a string between dollar signs begins, with or without a word between them. */
    private boolean isInDollars(int start) {
        var text = tokens.text();
        var end = text.wordEnd(start + 1);
        return text.at(start) == '$' && text.at(end) == '$' && text.next('$', end + 1) < text.length();
    }

    /** Tells whether the query reads from where a server describes itself. */
    private boolean hasCatalog(int from, SqlWalk walk) {
        for (var i = from; i < Math.max(walk.end(), from + NEAR) && tokens.has(i); i++) {
            var table = tokens.kind(i + 1) == OBJECT && tokens.kind(i + 2) == OPEN ? i + 3 : i + 1;
            if (tokens.kind(i) == FROM && tokens.kind(table) == CATALOG) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a secret is one of the columns. */
    private boolean asksSecret(int at) {
        var text = tokens.text();
        for (var i = at + 1; tokens.kind(i) == NAME || tokens.kind(i) == COMMA; i++) {
            if (Secrets.has(text, tokens.start(i), text.wordEnd(tokens.start(i)))) {
                return true;
            }
        }
        return false;
    }

    private Finding probe(int at) {
        var before = tokens.kind(at - 1);
        var computed = before == MATH || before == LOGIC || before == COMPARE;
        var mere = before == NAME
                || at > 0 && before == OTHER
                || isCounted(at) && !computed
                || at == 0 && isExplained(tokens);
        return mere ? Finding.faint(tokens.start(at)) : strong(at);
    }

    /** Tells whether a number and a name follow, as in "sleep (8 hours)" and "sleep(8) hours". */
    private boolean isCounted(int at) {
        return tokens.kind(at + 2) == NUMBER
                && (tokens.kind(at + 3) == NAME || tokens.kind(at + 3) == CLOSE && tokens.kind(at + 4) == NAME);
    }

    /** Tells whether one name in parentheses behind a blank is all there is, as in "benchmark (CPU)". */
    static boolean isExplained(SqlTokens tokens) {
        var apart = tokens.kind(0) == PROBE && Text.isSpace(tokens.text().at(tokens.start(1) - 1));
        return apart && tokens.kind(2) == NAME && tokens.kind(3) == CLOSE && tokens.count() == 4;
    }

    private Finding clause(int at) {
        var file = tokens.is(at + 1, "outfile") || tokens.is(at + 1, "dumpfile");
        if (tokens.is(at, "into") && file || tokens.is(at, "procedure") && tokens.is(at + 1, "analyse")) {
            return certain(at);
        }
        if (tokens.is(at, "having") || tokens.is(at, "where")) {
            return condition(at);
        }
        if (!tokens.is(at + 1, "by")) {
            return Finding.NONE;
        }
        var counts = tokens.kind(at + 2) == NUMBER && tokens.kind(at + 3) == COMMENT && SqlComment.isCutShort(tokens);
        var ordered = tokens.kind(at + 2) == FUNCTION && tokens.kind(at - 1).isLiteral();
        return counts || ordered ? strong(at) : Finding.NONE;
    }
}
