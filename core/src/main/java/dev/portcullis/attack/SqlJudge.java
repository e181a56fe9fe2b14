package dev.portcullis.attack;

import static dev.portcullis.attack.SqlKind.*;

/** Judges tokens of SQL: whether somebody's statement goes on in them. Immutable. */
final class SqlJudge {

    private static final int NEAR = 48;
    private static final int ALL = Integer.MAX_VALUE;

    private final SqlTokens tokens;

    private SqlJudge(SqlTokens tokens) {
        this.tokens = tokens;
    }

    /** Judges a text that stands where a value without quotes would stand. */
    static Finding bare(Text text) {
        return new SqlJudge(SqlTokens.behind(Text.END, text)).bare();
    }

    /** Judges a text that stands inside of a string in these quotes. */
    static Finding quoted(Text text, char quote) {
        return new SqlJudge(SqlTokens.behind(quote, text)).quoted();
    }

    private Finding bare() {
        var begins = continues(tokens.kind(0));
        var walk = begins ? SqlWalk.operator(tokens, 0, ALL) : SqlWalk.operand(tokens, 0, ALL);
        return bareWhole(walk, begins).or(anchors());
    }

    private static boolean continues(SqlKind kind) {
        return switch (kind) {
            case LOGIC, CLOSE, COMMA, UNION, CLAUSE, SEMICOLON, COMPARE, FROM -> true;
            default -> false;
        };
    }

    private Finding bareWhole(SqlWalk walk, boolean begins) {
        if (!walk.isThrough() || tokens.kind(tokens.count() - 1) == OPEN_STRING) {
            return Finding.NONE;
        }
        if (isExpression(walk) || isCondition(walk, begins) || isClause(walk, begins)) {
            return Finding.strong(0);
        }
        if (walk.selects > 0 && (walk.values() > 1 || walk.froms > 0 && walk.values() > 0 || walk.catalogs > 0)) {
            return Finding.strong(0);
        }
        return walk.logic > 0 && walk.compare > 0 || walk.commented && walk.values() > 0
                ? Finding.faint(0)
                : Finding.NONE;
    }

    /** Tells whether it is an expression that nobody would send as a value. */
    private static boolean isExpression(SqlWalk walk) {
        var computed = walk.functions > 1 || walk.functions > 0 && walk.operators() > 0;
        return walk.probes > 0
                || computed && walk.names == 0
                || walk.cases > 1 && walk.literals > 1
                || walk.selects > 0 && walk.functions > 0;
    }

    private boolean isCondition(SqlWalk walk, boolean begins) {
        var ended = walk.commented || walk.closed > 0;
        if (walk.commented && walk.names == 0 && walk.values() > 0 && walk.commas == 0) {
            return true;
        }
        if (walk.logic == 0) {
            return false;
        }
        var leads = !begins && tokens.kind(0).isLiteral() || tokens.kind(0) == OPEN && walk.literals > 0;
        return walk.compare > 0 && (walk.names == 0 || ended || leads)
                || ended && (leads || walk.values() > walk.names);
    }

    private boolean isClause(SqlWalk walk, boolean begins) {
        var clauses = walk.clauses + walk.unions;
        if (clauses > 0 && walk.names == 0 && walk.values() > 0 && walk.isComplete()) {
            return true;
        }
        var ended = walk.closed > 0 && (walk.commented || walk.operators() > 0);
        return begins && ended || walk.closed > 0 && walk.froms + walk.clauses + walk.compare > 1;
    }

    private Finding quoted() {
        if (tokens.kind(0) != STRING) {
            return Finding.NONE;
        }
        var walk = SqlWalk.operator(tokens, 1, ALL);
        return quotedWhole(walk).or(anchors());
    }

    private Finding quotedWhole(SqlWalk walk) {
        if (!walk.isThrough()) {
            return Finding.NONE;
        }
        var at = tokens.start(1);
        var open = tokens.kind(tokens.count() - 1) == OPEN_STRING;
        if (!open && !walk.commented && !walk.stacked) {
            return tokens.kind(1) == LOGIC && walk.compare > 0 && walk.isComplete() ? Finding.strong(at) : Finding.NONE;
        }
        if (walk.selects + walk.unions + walk.probes + walk.functions > 0 || walk.logic > 0 && walk.compare > 0) {
            return Finding.certain(at);
        }
        if (tokens.count() == 2 && walk.commented) {
            return isCutOff() ? Finding.strong(at) : Finding.faint(at);
        }
        return operators(walk, at);
    }

    /** Judges what merely connects the string with another one. */
    private Finding operators(SqlWalk walk, int at) {
        if (walk.operators() + walk.clauses + walk.closed + walk.commas == 0) {
            return walk.commented ? Finding.strong(at) : Finding.NONE;
        }
        if (walk.logic > 0) {
            return isPhrase() || tokens.quote() == '"' && walk.values() == 1 && !walk.commented
                    ? Finding.faint(at)
                    : Finding.strong(at);
        }
        return walk.names > 0 || isPhrase() ? Finding.faint(at) : Finding.strong(at);
    }

    /** Tells whether nothing but blanks and dashes follow the mark of the comment. */
    private boolean isCutOff() {
        var text = tokens.text();
        var i = tokens.start(1);
        while (i < text.length() && (Text.isSpace(text.at(i)) || "#-+/*".indexOf(text.at(i)) >= 0)) {
            i++;
        }
        return text.length() - i < 2 || text.at(tokens.start(1)) == '/';
    }

    /** Tells whether the quotes set off a phrase: blanks outside of them, none inside. */
    private boolean isPhrase() {
        var text = tokens.text();
        var open = tokens.start(1) - 1;
        while (open >= 0 && text.at(open) != tokens.quote()) {
            open--;
        }
        var close = tokens.start(tokens.count() - 1);
        var outside = isEdge(text.at(open - 1)) && isEdge(text.at(close + 1));
        return tokens.quote() == '"'
                && outside
                && !Text.isSpace(text.at(open + 1))
                && !Text.isSpace(text.at(close - 1));
    }

    private static boolean isEdge(char c) {
        return c == Text.END || Text.isSpace(c);
    }

    /** Looks at every token that an attack could hang on. */
    private Finding anchors() {
        var finding = Finding.NONE;
        for (var i = 0; i < tokens.count() && !finding.isCertain(); i++) {
            finding = finding.or(anchor(i));
        }
        return finding;
    }

    private Finding anchor(int at) {
        return switch (tokens.kind(at)) {
            case UNION -> union(at);
            case LOGIC -> condition(at);
            case SELECT -> select(at);
            case STATEMENT -> SqlStatement.judge(tokens, at);
            case PROBE -> probe(at);
            case SYSTEM_VARIABLE -> Finding.strong(tokens.start(at));
            case CLAUSE -> clause(at);
            case COMPARE -> tokens.is(at + 1, "boolean") && tokens.is(at + 2, "mode") ? strong(at) : Finding.NONE;
            default -> Finding.NONE;
        };
    }

    private Finding strong(int at) {
        return Finding.strong(tokens.start(at));
    }

    private Finding union(int at) {
        var i = at + 1;
        while (i < at + 6 && (tokens.kind(i) == PREFIX || tokens.kind(i) == OPEN)) {
            i++;
        }
        if (tokens.kind(i) != SELECT) {
            var torn = tokens.is(at + 1, "all") && tokens.kind(i) == CALL;
            return torn || tokens.comments() > 0 && i >= tokens.count() ? strong(at) : Finding.NONE;
        }
        var walk = SqlWalk.operand(tokens, i, i + NEAR);
        if (walk.values() > 0 || walk.selects > 1 || catalogs(i) > 0) {
            return Finding.certain(tokens.start(at));
        }
        return walk.isThrough() || walk.froms > 0 || walk.commas > 0 || tokens.comments() > 0
                ? strong(at)
                : Finding.NONE;
    }

    private int catalogs(int from) {
        var count = 0;
        for (var i = from; i < from + NEAR; i++) {
            count += tokens.kind(i) == CATALOG ? 1 : 0;
        }
        return count;
    }

    private Finding condition(int at) {
        var walk = SqlWalk.condition(tokens, at + 1, at + NEAR);
        if (walk.probes > 0 || walk.selects > 0 && (walk.values() > 0 || walk.froms > 0)) {
            return strong(at);
        }
        if (walk.names == 0 && walk.compare > 0 && walk.values() > 1 || isSame(at + 1, walk)) {
            return strong(at);
        }
        var before = tokens.kind(at - 1);
        var valued = before.isLiteral() || before == CLOSE;
        return valued && walk.functions > 0 && walk.isComplete() ? strong(at) : Finding.NONE;
    }

    /** Tells whether a name is compared with itself. */
    private boolean isSame(int at, SqlWalk walk) {
        if (walk.compare != 1 || walk.names != 2 || walk.end() != at + 3) {
            return false;
        }
        var text = tokens.text();
        var left = tokens.start(at);
        var right = tokens.start(at + 2);
        var i = 0;
        while (Text.isWord(text.at(left + i)) && text.lower(left + i) == text.lower(right + i)) {
            i++;
        }
        return i > 0 && !Text.isWord(text.at(left + i)) && !Text.isWord(text.at(right + i));
    }

    private Finding select(int at) {
        var before = tokens.kind(at - 1);
        var opens = at == 0 || before == OPEN || before == SEMICOLON || before == STRING;
        if (!opens) {
            return Finding.NONE;
        }
        var walk = SqlWalk.operand(tokens, at, at + NEAR);
        var reads = walk.froms > 0 && (walk.values() > 0 || walk.catalogs > 0 || before == OPEN && walk.isThrough());
        var stacked = before == SEMICOLON && walk.values() > 0;
        return walk.probes > 0 || walk.functions > 0 || reads || stacked ? strong(at) : Finding.NONE;
    }

    private Finding probe(int at) {
        var before = tokens.kind(at - 1);
        var near = at == 0 || before != NAME && before != OTHER;
        return near ? strong(at) : Finding.faint(tokens.start(at));
    }

    private Finding clause(int at) {
        if (tokens.is(at, "into") && tokens.kind(at + 1) == OBJECT && isFile(at + 1)) {
            return Finding.certain(tokens.start(at));
        }
        if (tokens.is(at, "procedure") && tokens.is(at + 1, "analyse")) {
            return Finding.certain(tokens.start(at));
        }
        if (tokens.is(at, "having") || tokens.is(at, "where")) {
            return condition(at);
        }
        var ordered = tokens.is(at + 1, "by") && tokens.kind(at + 2) == FUNCTION;
        return ordered && tokens.kind(at - 1).isLiteral() ? strong(at) : Finding.NONE;
    }

    private boolean isFile(int at) {
        return tokens.is(at, "outfile") || tokens.is(at, "dumpfile");
    }
}
