package dev.portcullis.attack;

import static dev.portcullis.attack.SqlKind.*;

/**
 * One walk along tokens as long as they can be SQL: operands and operators by turns.
 *
 * <p>It is lenient where dialects differ, and counts what it meets. Not thread-safe while it walks.
 */
final class SqlWalk {

    private static final int KINDS = SqlKind.values().length;

    private final SqlTokens tokens;
    private final int from;
    private final int limit;
    private final int[] counts = new int[KINDS];
    private int at;
    private int depth;
    private int closed;
    private boolean operand;
    private boolean stacked;
    private boolean sentence;

    private SqlWalk(SqlTokens tokens, int from, int limit, boolean operand) {
        this.tokens = tokens;
        this.from = from;
        this.at = from;
        this.limit = limit;
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

    /** How many tokens of this kind the walk has met. */
    int count(SqlKind kind) {
        return counts[kind.ordinal()];
    }

    boolean has(SqlKind kind) {
        return count(kind) > 0;
    }

    /** Tells whether the word behind {@code from} is one that no table has for a name, as in "select a plan from the list". */
    boolean isSentence() {
        return sentence;
    }

    /** How many parentheses close what the application has opened. */
    int closed() {
        return closed;
    }

    /** Tells whether another statement, or nothing, follows a semicolon. */
    boolean isStacked() {
        return stacked;
    }

    /** Tells whether a comment cuts off what the application would append. */
    boolean isCutOff() {
        return has(COMMENT);
    }

    /** Tells whether the walk has come to the end, be it in the midst of an expression. */
    boolean isThrough() {
        return !tokens.has(at) || isCutOff() || stacked;
    }

    /** Tells whether the walk has come to the end, and to that of an expression. */
    boolean isComplete() {
        return isThrough() && !operand;
    }

    /** Tells whether it is one query that reads columns of a table by their names, as everybody does who writes about SQL. */
    boolean isPlainQuery() {
        var odd = count(FUNCTION) + count(PROBE) + count(CATALOG) + count(UNION) + count(COMMENT) + tokens.comments();
        var i = from + 1;
        while (isColumn(i)) {
            i++;
        }
        odd += tokens.is(i + 1, "dual") ? 1 : 0;
        return odd == 0 && count(SELECT) == 1 && closed == 0 && tokens.kind(i) == FROM && at + 1 >= tokens.count();
    }

    private boolean isColumn(int index) {
        return switch (tokens.kind(index)) {
            case NAME, COMMA -> true;
            case MATH -> tokens.first(index) == '*';
            default -> false;
        };
    }

    int operators() {
        return count(LOGIC) + count(COMPARE) + count(MATH);
    }

    int names() {
        return count(NAME) + count(OBJECT);
    }

    int literals() {
        return count(STRING)
                + count(OPEN_STRING)
                + count(NUMBER)
                + count(CONSTANT)
                + count(VARIABLE)
                + count(SYSTEM_VARIABLE);
    }

    /** How much there is that none but programs write: literals, variables and functions. */
    int values() {
        return literals() + count(FUNCTION) + count(PROBE);
    }

    private SqlWalk go(boolean single) {
        while (at < limit && tokens.has(at) && !isCutOff() && !stacked) {
            var kind = tokens.kind(at);
            var ends = single && kind == LOGIC && !operand;
            if (ends || !(operand ? takeOperand(kind) : takeOperator(kind))) {
                break;
            }
            counts[kind.ordinal()]++;
            sentence |= kind == FROM && isArticle(at + 1);
            at++;
        }
        return this;
    }

    private boolean isArticle(int index) {
        return tokens.is(index, "the")
                || tokens.is(index, "a")
                || tokens.is(index, "my")
                || tokens.is(index, "our")
                || tokens.is(index, "your")
                || tokens.is(index, "this")
                || tokens.is(index, "these");
    }

    private boolean takeOperand(SqlKind kind) {
        return switch (kind) {
            case NUMBER -> expecting(tokens.is(at - 1, "top"));
            case STRING, OPEN_STRING, CONSTANT, VARIABLE, SYSTEM_VARIABLE, NAME, CATALOG, OBJECT -> expecting(false);
            case FUNCTION, PROBE, CALL, NOT, PREFIX, UNION, COMMENT -> true;
            case OPEN -> open();
            case CLOSE -> tokens.kind(at - 1) == OPEN && close();
            case SELECT -> isSelectable();
            case COMPARE -> tokens.is(at - 1, "sounds") || tokens.is(at - 1, "is") || tokens.is(at - 1, "similar");
            case CASE -> tokens.is(at, "case") || tokens.is(at, "when");
            case MATH -> isSign() || isStar();
            default -> false;
        };
    }

    private boolean takeOperator(SqlKind kind) {
        return switch (kind) {
            case LOGIC, COMPARE, MATH, COMMA, UNION, FROM, JOINT, CASE -> expecting(true);
            case CLAUSE -> clause();
            case NOT -> tokens.kind(at + 1) == COMPARE;
            case SUFFIX, COMMENT -> true;
            case CLOSE -> close();
            case SEMICOLON -> stack();
            case STRING, OPEN_STRING -> tokens.kind(at - 1) == STRING && tokens.first(at) == tokens.first(at - 1);
            case NAME, CATALOG -> isAlias();
            default -> false;
        };
    }

    private boolean expecting(boolean anOperand) {
        operand = anOperand;
        return true;
    }

    private boolean open() {
        depth++;
        return true;
    }

    private boolean close() {
        operand = false;
        if (depth > 0) {
            depth--;
        } else {
            closed++;
        }
        return true;
    }

    private boolean isSelectable() {
        return switch (tokens.kind(at - 1)) {
            case OPEN, UNION, PREFIX, SEMICOLON, CASE, NOT -> true;
            case LOGIC -> false;
            default -> at == from;
        };
    }

    private boolean isSign() {
        var sign = tokens.first(at);
        return sign == '+' || sign == '-' || sign == '~';
    }

    /** Takes the asterisk that stands for all columns, which is as good as a number. */
    private boolean isStar() {
        var all = tokens.first(at) == '*'
                && switch (tokens.kind(at - 1)) {
                    case SELECT, OPEN, COMMA, PREFIX -> true;
                    default -> false;
                };
        if (all) {
            counts[NUMBER.ordinal()]++;
            operand = false;
        }
        return all;
    }

    private boolean clause() {
        operand = true;
        var next = tokens.kind(at + 1);
        if (next == JOINT || next == OBJECT) {
            at++;
        }
        return true;
    }

    private boolean stack() {
        stacked = !tokens.has(at + 1)
                || switch (tokens.kind(at + 1)) {
                    case COMMENT, STATEMENT, SELECT, SEMICOLON -> true;
                    default -> false;
                };
        return stacked;
    }

    private boolean isAlias() {
        var before = tokens.kind(at - 1);
        return has(SELECT) && (before == CLOSE || before.isLiteral() || has(FROM) && before.isName());
    }
}
