package dev.portcullis.attack;

import static dev.portcullis.attack.SqlKind.*;

/** Judges tokens of SQL: whether somebody's statement goes on in them. */
final class SqlJudge {

    private static final int NEAR = 48;
    private static final int ALL = Integer.MAX_VALUE;

    private SqlJudge() {}

    /** Judges a text that stands where a value without quotes would stand. */
    static Finding bare(SqlTokens tokens) {
        var begins = continues(tokens.kind(0));
        var walk = begins ? SqlWalk.operator(tokens, 0, ALL) : SqlWalk.operand(tokens, 0, ALL);
        var whole = walk.isThrough() ? bareWhole(tokens, walk, begins) : Finding.NONE;
        return whole.or(anchors(tokens));
    }

    private static boolean continues(SqlKind kind) {
        return switch (kind) {
            case LOGIC, CLOSE, COMMA, UNION, CLAUSE, SEMICOLON, COMPARE, FROM -> true;
            default -> false;
        };
    }

    private static Finding bareWhole(SqlTokens tokens, SqlWalk walk, boolean begins) {
        if (tokens.kind(tokens.count() - 1) == OPEN_STRING) {
            return Finding.NONE;
        }
        if (walk.probes > 0 || walk.functions > 0 && walk.operators() > 0) {
            return Finding.strong(0);
        }
        var ended = walk.commented || walk.closed > 0;
        if (walk.logic > 0 && (walk.compare > 0 || walk.values() > walk.names && ended)) {
            return walk.names == 0 || ended ? Finding.strong(0) : Finding.faint(0);
        }
        if (walk.selects > 0
                && (walk.literals > 0
                        || walk.functions > 0
                        || walk.unions > 0
                        || tokens.kind(0) == OPEN && walk.froms > 0)) {
            return Finding.strong(0);
        }
        if (walk.commented && walk.names == 0 && walk.values() > 0) {
            return Finding.strong(0);
        }
        if (walk.clauses > 0 && walk.names == 0 && walk.literals > 0 && walk.isComplete()) {
            return Finding.strong(0);
        }
        return begins && walk.closed > 0 && (walk.commented || walk.operators() > 0) ? Finding.strong(0) : Finding.NONE;
    }

    /** Judges a text that stands inside of a string; its first token is what belongs to that string. */
    static Finding quoted(SqlTokens tokens) {
        if (tokens.kind(0) != STRING) {
            return Finding.NONE;
        }
        var walk = SqlWalk.operator(tokens, 1, ALL);
        if (walk.isThrough()) {
            return quotedWhole(tokens, walk).or(anchors(tokens));
        }
        return anchors(tokens);
    }

    private static Finding quotedWhole(SqlTokens tokens, SqlWalk walk) {
        var at = tokens.start(1);
        var open = tokens.kind(tokens.count() - 1) == OPEN_STRING;
        if (!open && !walk.commented && !walk.stacked) {
            return Finding.NONE;
        }
        if (walk.logic + walk.selects + walk.unions + walk.probes + walk.functions > 0) {
            return Finding.certain(at);
        }
        if (walk.operators() + walk.clauses + walk.closed + walk.commas > 0) {
            return Finding.strong(at);
        }
        return walk.commented && tokens.count() == 2 ? Finding.strong(at) : Finding.NONE;
    }

    /** Looks at every token that an attack could hang on. */
    private static Finding anchors(SqlTokens tokens) {
        var finding = Finding.NONE;
        for (var i = 0; i < tokens.count() && !finding.isCertain(); i++) {
            finding = finding.or(
                    switch (tokens.kind(i)) {
                        case UNION -> union(tokens, i);
                        case LOGIC -> condition(tokens, i);
                        case SELECT -> select(tokens, i);
                        case STATEMENT -> statement(tokens, i);
                        case PROBE -> probe(tokens, i);
                        case SYSTEM_VARIABLE -> Finding.strong(tokens.start(i));
                        case CLAUSE -> clause(tokens, i);
                        default -> Finding.NONE;
                    });
        }
        return finding;
    }

    private static Finding union(SqlTokens tokens, int at) {
        var i = at + 1;
        while (i < at + 6 && (tokens.kind(i) == PREFIX || tokens.kind(i) == OPEN)) {
            i++;
        }
        if (tokens.kind(i) != SELECT) {
            return tokens.kind(i) == CALL && tokens.is(at + 1, "all") ? Finding.strong(tokens.start(at)) : Finding.NONE;
        }
        var walk = SqlWalk.operand(tokens, i, i + NEAR);
        if (walk.values() > 0 || walk.selects > 1) {
            return Finding.certain(tokens.start(at));
        }
        return walk.isThrough() || walk.froms > 0 || walk.commas > 0 ? Finding.strong(tokens.start(at)) : Finding.NONE;
    }

    private static Finding condition(SqlTokens tokens, int at) {
        var walk = SqlWalk.condition(tokens, at + 1, at + NEAR);
        var start = tokens.start(at);
        if (walk.probes > 0 || walk.selects > 0 && walk.values() > 0) {
            return Finding.strong(start);
        }
        if (walk.names == 0 && walk.compare > 0 && walk.values() > 1) {
            return Finding.strong(start);
        }
        return Finding.NONE;
    }

    private static Finding select(SqlTokens tokens, int at) {
        var before = tokens.kind(at - 1);
        if (at > 0 && before != OPEN && before != SEMICOLON && before != STRING) {
            return Finding.NONE;
        }
        var walk = SqlWalk.operand(tokens, at, at + NEAR);
        if (walk.probes > 0 || walk.functions > 0 || walk.froms > 0 && walk.values() > 0) {
            return Finding.strong(tokens.start(at));
        }
        return Finding.NONE;
    }

    private static Finding statement(SqlTokens tokens, int at) {
        var start = tokens.start(at);
        if (tokens.is(at, "waitfor") && tokens.is(at + 1, "delay")) {
            return Finding.certain(start);
        }
        var before = tokens.kind(at - 1);
        var next = tokens.kind(at + 1);
        if (at > 0 && before != SEMICOLON && before != STRING && before != CLOSE) {
            return Finding.NONE;
        }
        var fits = next == OBJECT
                || next == JOINT
                || next == VARIABLE
                || next == SqlKind.FROM
                || next == CLAUSE
                || next.isCall()
                || next == CATALOG
                || tokens.is(at, "shutdown")
                || tokens.is(at, "exec");
        return fits ? Finding.strong(start) : Finding.NONE;
    }

    private static Finding probe(SqlTokens tokens, int at) {
        var before = tokens.kind(at - 1);
        var near = at == 0 || before != NAME && before != OTHER;
        return near ? Finding.strong(tokens.start(at)) : Finding.faint(tokens.start(at));
    }

    private static Finding clause(SqlTokens tokens, int at) {
        var start = tokens.start(at);
        var next = tokens.kind(at + 1);
        if (tokens.is(at, "into") && next == OBJECT && tokens.kind(at + 2) == STRING) {
            return Finding.certain(start);
        }
        if (tokens.is(at, "procedure") && tokens.is(at + 1, "analyse")) {
            return Finding.certain(start);
        }
        return Finding.NONE;
    }
}
