package dev.portcullis.attack;

import static dev.portcullis.attack.SqlKind.*;

/**
 * One walk along tokens as long as they can be SQL: operands and operators by turns.
 *
 * <p>It is lenient where dialects differ, and counts what it meets. Not thread-safe.
 */
final class SqlWalk {

    private final SqlTokens tokens;
    private final int from;
    private final int limit;
    private int at;
    private boolean operand;
    private int depth;

    int literals;
    int names;
    int aliases;
    int functions;
    int probes;
    int calls;
    int logic;
    int compare;
    int math;
    int cases;
    int catalogs;
    int selects;
    int unions;
    int froms;
    int clauses;
    int commas;
    /** Parentheses that close what the application has opened. */
    int closed;

    boolean stacked;
    boolean commented;

    private SqlWalk(SqlTokens tokens, int from, int limit, boolean operand) {
        this.tokens = tokens;
        this.from = from;
        this.at = from;
        this.limit = Math.min(limit, tokens.count());
        this.operand = operand;
    }

    /** Walks from a token on that should be an operand. */
    static SqlWalk operand(SqlTokens tokens, int from, int limit) {
        return new SqlWalk(tokens, from, limit, true).go(false);
    }

    /** Walks from a token on that should be an operator. */
    static SqlWalk operator(SqlTokens tokens, int from, int limit) {
        return new SqlWalk(tokens, from, limit, false).go(false);
    }

    /** Walks one condition: up to the next logical operator. */
    static SqlWalk condition(SqlTokens tokens, int from, int limit) {
        return new SqlWalk(tokens, from, limit, true).go(true);
    }

    /** Where the walk ended. */
    int end() {
        return at;
    }

    /** Tells whether the walk ended where SQL may end: at the end of the text, a comment or a statement's end. */
    boolean isComplete() {
        return (at >= tokens.count() || commented || stacked) && !operand;
    }

    /** Tells whether the walk has come to the end, be it in the midst of an expression. */
    boolean isThrough() {
        return at >= tokens.count() || commented || stacked;
    }

    int operators() {
        return logic + compare + math;
    }

    /** What none but programs write: values, functions and variables. */
    int values() {
        return literals + functions + probes;
    }

    private SqlWalk go(boolean single) {
        while (at < limit && !commented && !stacked) {
            var kind = tokens.kind(at);
            if (single && kind == LOGIC && !operand) {
                break;
            }
            if (!(operand ? takeOperand(kind) : takeOperator(kind))) {
                break;
            }
            at++;
        }
        return this;
    }

    private boolean takeOperand(SqlKind kind) {
        switch (kind) {
            case STRING, OPEN_STRING, NUMBER, CONSTANT, VARIABLE, SYSTEM_VARIABLE -> value(literals++);
            case NAME, OBJECT -> value(names++);
            case CATALOG -> value(catalogs++);
            case FUNCTION -> functions++;
            case PROBE -> probes++;
            case CALL -> calls++;
            case OPEN -> depth++;
            case NOT, PREFIX -> {}
            case UNION -> unions++;
            case SELECT -> {
                return select();
            }
            case COMPARE -> {
                return tokens.is(at - 1, "sounds") || tokens.is(at - 1, "is");
            }
            case JOINT -> {
                cases++;
                return tokens.is(at, "case") || tokens.is(at, "when");
            }
            case MATH -> {
                return unary();
            }
            case CLOSE -> {
                return emptyParentheses();
            }
            case COMMENT -> commented = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void value(int unusedCount) {
        operand = false;
    }

    private boolean select() {
        selects++;
        return switch (tokens.kind(at - 1)) {
            case OPEN, UNION, PREFIX, SEMICOLON, JOINT, NOT -> true;
            default -> at == from;
        };
    }

    private boolean unary() {
        var sign = tokens.first(at);
        if (sign == '*') {
            var before = tokens.kind(at - 1);
            literals++;
            operand = false;
            return before == SELECT || before == OPEN || before == COMMA || before == PREFIX;
        }
        return sign == '+' || sign == '-' || sign == '~';
    }

    private boolean emptyParentheses() {
        depth--;
        operand = false;
        return tokens.kind(at - 1) == OPEN;
    }

    private boolean takeOperator(SqlKind kind) {
        switch (kind) {
            case LOGIC -> expect(logic++);
            case COMPARE -> expect(compare++);
            case MATH -> expect(math++);
            case COMMA -> expect(commas++);
            case UNION -> expect(unions++);
            case FROM -> expect(froms++);
            case CLAUSE -> clause();
            case JOINT -> expect(cases++);
            case NOT -> {
                return tokens.kind(at + 1) == COMPARE;
            }
            case SUFFIX -> {}
            case CLOSE -> close();
            case SEMICOLON -> {
                return stack();
            }
            case COMMENT -> commented = true;
            case STRING, OPEN_STRING -> {
                return tokens.kind(at - 1) == STRING && tokens.first(at) == tokens.first(at - 1);
            }
            case NAME, CATALOG -> {
                return alias();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void expect(int unusedCount) {
        operand = true;
    }

    private void close() {
        depth--;
        if (depth < 0) {
            depth = 0;
            closed++;
        }
    }

    private void clause() {
        clauses++;
        operand = true;
        var next = tokens.kind(at + 1);
        if (next == JOINT || next == OBJECT) {
            at++;
        }
        if (tokens.is(at, "for")) {
            operand = tokens.kind(at + 1) == NUMBER;
        }
    }

    private boolean stack() {
        stacked = true;
        var next = tokens.kind(at + 1);
        return at + 1 >= tokens.count() || next == COMMENT || next == STATEMENT || next == SELECT || next == SEMICOLON;
    }

    private boolean alias() {
        var before = tokens.kind(at - 1);
        catalogs += tokens.kind(at) == CATALOG ? 1 : 0;
        aliases++;
        return selects > 0 && (before == CLOSE || before.isLiteral() || froms > 0 && before.isName());
    }
}
