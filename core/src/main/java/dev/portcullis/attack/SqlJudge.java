package dev.portcullis.attack;

import static dev.portcullis.attack.SqlKind.*;

/** Judges a text as SQL from its first token to its last: whether somebody's statement goes on in it. Immutable. */
final class SqlJudge {

    private static final int ALL = Integer.MAX_VALUE;
    /** How many tokens a call has that is looked at. */
    private static final int FEW = 24;
    /** How many characters are spelled out by their numbers. */
    private static final int MANY = 3;

    private final SqlTokens tokens;

    private SqlJudge(SqlTokens tokens) {
        this.tokens = tokens;
    }

    /** Judges a text of these signs that stands where a value without quotes would stand. */
    static Finding bare(Text text, long signs) {
        var tokens = SqlTokens.behind(Text.END, text);
        var finding = new SqlJudge(tokens).bare();
        return finding.or(anchors(tokens, signs));
    }

    /** Judges a text that stands inside of a string in these quotes. */
    static Finding quoted(Text text, char quote, long signs) {
        var tokens = SqlTokens.behind(quote, text);
        if (tokens.kind(0) != STRING) {
            return Finding.NONE;
        }
        var finding = new SqlJudge(tokens).quoted();
        return finding.or(anchors(tokens, signs));
    }

    /** Judges what stands in the midst of a text with anchors; in documents, which may be scripts of SQL from end to end, none is certain. */
    private static Finding anchors(SqlTokens tokens, long signs) {
        if ((signs & Signs.SQL) == 0) {
            return Finding.NONE;
        }
        var finding = SqlAnchors.judge(tokens, (signs & Signs.STATEMENT) != 0);
        return finding.isCertain() && tokens.text().isDocument() ? finding.atMostStrong() : finding;
    }

    private Finding bare() {
        var begins = continues(tokens.kind(0));
        if (tokens.is(0, "between")) {
            return Finding.NONE;
        }
        var walk = begins ? SqlWalk.operator(tokens, 0, ALL) : SqlWalk.operand(tokens, 0, ALL);
        var packaged = begins && tokens.kind(1) == CATALOG && SqlWords.isPackage(tokens.text(), tokens.start(1));
        if (isChoice() || isComputed() || isStackedBehindNumber() || isSpelledOut() || packaged && !tokens.has(2)) {
            return Finding.strong(0);
        }
        var asks = begins && (walk.has(FUNCTION) || walk.has(PROBE)) && walk.has(COMPARE);
        if (!walk.isThrough() || isOpen() && !asks) {
            return Finding.NONE;
        }
        if (asks && tokens.kind(0) == LOGIC) {
            return Finding.strong(0);
        }
        if (SqlReckoning.is(tokens) || isLimit(walk)) {
            return Finding.faint(0);
        }
        if (isExpression(walk) || isQuery(walk) || isCondition(walk, begins) || isClause(walk, begins)) {
            return Finding.strong(0);
        }
        if (isTautology()) {
            return Finding.strong(0);
        }
        var hints = walk.has(LOGIC) && walk.has(COMPARE) && !isFilter(walk)
                || walk.isCutOff() && walk.values() > 0 && !SqlComment.isTag(tokens);
        return hints ? Finding.faint(0) : Finding.NONE;
    }

    /** Tells whether each condition compares a name with a literal, in the way of programs: it begins with a name, so nothing of a statement's goes on in it. */
    private boolean isFilter(SqlWalk walk) {
        var text = tokens.text();
        var programmed = text.toString().contains("==") || text.toString().contains("!=");
        return programmed
                && tokens.kind(0) == NAME
                && tokens.kind(1) == COMPARE
                && walk.names() > walk.count(LOGIC)
                && !walk.isCutOff()
                && walk.closed() == 0;
    }

    /** Tells whether it is a number, and by another word the same number or a truth, and nothing else but perhaps a comment. */
    private boolean isTautology() {
        var three = tokens.count() == 3 || tokens.count() == 4 && tokens.kind(3) == COMMENT;
        if (isDenied() || SqlTruth.is(tokens)) {
            return true;
        }
        if (!three || tokens.kind(0) != NUMBER || tokens.kind(1) != LOGIC) {
            return false;
        }
        return tokens.is(2, "true") || tokens.is(2, "1") && tokens.is(0, "1");
    }

    /** Tells whether a number is joined with the opposite of nothing, which is true of all rows: {@code 1 or not 0}. */
    private boolean isDenied() {
        var first = tokens.kind(0) == MATH ? 1 : 0;
        var zero = first + (tokens.kind(first + 3) == OPEN ? 4 : 3);
        return tokens.kind(first) == NUMBER
                && tokens.is(first + 1, "or")
                && tokens.kind(first + 2) == NOT
                && tokens.is(zero, "0")
                && tokens.count() <= zero + 3;
    }

    /** Tells whether it is nothing but the number of rows that are asked for. */
    private boolean isLimit(SqlWalk walk) {
        var rest = walk.literals() + walk.count(COMMA);
        return tokens.is(0, "limit") && walk.count(CLAUSE) == 1 && walk.end() == rest + 1;
    }

    /** Tells whether it begins with a choice that two equal numbers or strings make: {@code IF(1=1,a,b)}. */
    private boolean isChoice() {
        var chooses = tokens.is(0, "if") || tokens.is(0, "iif");
        var literals = tokens.kind(2).isLiteral() && tokens.kind(4).isLiteral();
        var made = tokens.is(0, "elt") || tokens.is(0, "make_set");
        var constant = tokens.kind(1) == OPEN && literals && tokens.kind(3) == COMPARE;
        return constant && ((chooses || made) && tokens.kind(5) == COMMA || chooses && tokens.kind(6) == SELECT);
    }

    /** Tells whether what a function makes of literals alone is compared with another one, as only somebody does who tries it out. */
    private boolean isComputed() {
        if (tokens.kind(0) != FUNCTION || tokens.kind(1) != OPEN) {
            return false;
        }
        var depth = 1;
        var i = 2;
        var strings = 0;
        for (; depth > 0 && i < FEW; i++) {
            var kind = tokens.kind(i);
            depth += kind == OPEN ? 1 : kind == CLOSE ? -1 : 0;
            strings += kind == STRING ? 1 : 0;
            switch (kind) {
                case OPEN, CLOSE, COMMA, FROM, JOINT, FUNCTION -> {}
                default -> depth = kind.isLiteral() ? depth : FEW * 2;
            }
        }
        var compared = tokens.kind(i) == COMPARE && (tokens.kind(i + 1).isLiteral() || tokens.kind(i + 1) == FUNCTION);
        return depth == 0
                && strings > 0
                && compared
                && tokens.first(i) == '='
                && tokens.text().at(tokens.start(i) + 1) != '=';
    }

    /** Tells whether a string is spelled out by the numbers of its characters, near the beginning. */
    private boolean isSpelledOut() {
        if (!tokens.kind(0).isCall()) {
            return false;
        }
        var count = 0;
        for (var i = 0; i < FEW && tokens.kind(i) != SEMICOLON; i++) {
            var one = tokens.is(i, "char") || tokens.is(i, "chr") || tokens.is(i, "nchar");
            count += one && tokens.kind(i + 2) == NUMBER && tokens.kind(i + 3) == CLOSE ? 1 : 0;
        }
        return count >= MANY;
    }

    /** Tells whether a token of this kind goes on with what the application has begun. */
    private static boolean continues(SqlKind kind) {
        return switch (kind) {
            case LOGIC, CLOSE, COMMA, UNION, CLAUSE, SEMICOLON, COMPARE, FROM -> true;
            default -> false;
        };
    }

    private boolean isStackedBehindNumber() {
        return tokens.kind(0) == NUMBER && isStacked(1);
    }

    /** Tells whether another statement follows a semicolon: one that some server knows, or any with a comment that cuts off what is behind it. */
    private boolean isStacked(int from) {
        var i = from;
        while (tokens.kind(i) == CLOSE) {
            i++;
        }
        if (tokens.kind(i) != SEMICOLON || !Text.isLetter(tokens.first(i + 1))) {
            return false;
        }
        if (SqlStacked.is(tokens, i + 1)) {
            return true;
        }
        var last = tokens.count() - 1;
        return last > i + 1 && tokens.kind(last) == COMMENT && SqlComment.isCutShort(tokens);
    }

    /** Tells whether the last string waits for the application's quote. */
    private boolean isOpen() {
        var last = tokens.count() - 1;
        var quote = tokens.quote();
        return tokens.kind(last) == OPEN_STRING && (quote == Text.END || tokens.first(last) == quote);
    }

    /** Tells whether it is an expression that nobody would send as a value. */
    private boolean isExpression(SqlWalk walk) {
        var computed = walk.count(FUNCTION) > 1 || walk.has(FUNCTION) && walk.count(LOGIC) > 0;
        return walk.has(PROBE) && !SqlAnchors.isExplained(tokens)
                || computed && walk.names() < walk.count(FUNCTION)
                || walk.count(CASE) > 1 && walk.literals() > 1;
    }

    private static boolean isQuery(SqlWalk walk) {
        if (walk.isPlainQuery()) {
            return false;
        }
        var reads = walk.has(FROM) && walk.values() > 0 || walk.has(CATALOG) || walk.has(FUNCTION);
        return walk.has(SELECT)
                && !walk.isSentence()
                && (reads || walk.values() > 1 || walk.isStacked() && walk.values() > 0);
    }

    private boolean isCondition(SqlWalk walk, boolean begins) {
        var constant = walk.names() == 0 && walk.values() > 0 && !walk.has(COMMA);
        if (constant
                && walk.isCutOff()
                && !SqlComment.isRule(tokens)
                && (walk.operators() > 0 || SqlComment.isCutShort(tokens))) {
            return true;
        }
        if (!walk.has(LOGIC)) {
            return false;
        }
        var ends = walk.isCutOff() || walk.closed() > 0 && (begins || walk.values() > 0);
        var leads = !begins && tokens.kind(0).isLiteral() && tokens.kind(0) != VARIABLE
                || tokens.kind(0) == OPEN && walk.literals() > 0;
        return walk.has(COMPARE) && (walk.names() == 0 || ends || leads)
                || ends && (leads || walk.values() > walk.names());
    }

    private boolean isClause(SqlWalk walk, boolean begins) {
        var clauses = walk.has(CLAUSE) || walk.has(UNION);
        if (clauses && walk.names() == 0 && walk.values() > 0 && walk.isComplete()) {
            return true;
        }
        var clause = walk.count(FROM) + walk.count(CLAUSE);
        var speaks = walk.values() + clause > 0 || walk.has(COMPARE);
        var ends = walk.closed() > 0
                && (walk.isCutOff() && (speaks || SqlComment.isCutShort(tokens)) || speaks && walk.operators() > 0);
        var goesOn = walk.closed() > 0 && clause > 0 && clause + walk.count(COMPARE) > 1;
        return begins && ends || goesOn;
    }

    private Finding quoted() {
        var walk = SqlWalk.operator(tokens, 1, ALL);
        var at = tokens.start(1);
        if (isStacked(1)) {
            return Finding.strong(at);
        }
        if (!walk.isThrough()) {
            return Finding.NONE;
        }
        if (!isOpen() && !walk.isCutOff() && !walk.isStacked()) {
            var condition = tokens.kind(1) == LOGIC && walk.has(COMPARE) && walk.isComplete();
            return condition || isJoinedCall(walk) ? Finding.strong(at) : Finding.NONE;
        }
        if ((tokens.count() == 3 || isList(walk)) && SqlQuotation.is(tokens.text(), tokens.quote())) {
            return Finding.faint(at);
        }
        var queries = walk.has(SELECT) || walk.has(UNION) || walk.has(PROBE) || walk.has(FUNCTION);
        if (queries || walk.has(LOGIC) && walk.has(COMPARE) || isConstant(walk)) {
            return Finding.certain(at);
        }
        if (tokens.count() == 2 && walk.isCutOff()) {
            var mere = !SqlComment.isCutShort(tokens) || SqlQuotation.isArgument(tokens.text(), tokens.quote());
            return mere ? Finding.faint(at) : Finding.strong(at);
        }
        return walk.isCutOff() && SqlComment.isRule(tokens)
                ? connection(walk, at).weaker()
                : connection(walk, at);
    }

    /** Tells whether the text is a quote, two bars, and one call or one part of a package that they join to the string. */
    private boolean isJoinedCall(SqlWalk walk) {
        var joins = tokens.start(0) < 0
                && tokens.text().at(tokens.text().first()) == tokens.quote()
                && tokens.first(1) == '|';
        return joins
                && walk.isComplete()
                && (walk.has(CALL) || walk.has(FUNCTION) || walk.has(PROBE) || walk.has(CATALOG));
    }

    /** Tells whether there is nothing but marks and words, as lists and code have them in quotes. */
    private static boolean isList(SqlWalk walk) {
        var computes = walk.has(NUMBER) || walk.has(CONSTANT) || walk.has(LOGIC) && walk.has(COMPARE);
        return !walk.isCutOff() && !walk.has(SELECT) && !walk.has(PROBE) && !computes;
    }

    /** Tells whether a condition or clause of numbers and truths alone follows, and a comment behind it. */
    private static boolean isConstant(SqlWalk walk) {
        return (walk.has(LOGIC) || walk.has(CLAUSE)) && walk.names() == 0 && walk.values() > 0 && walk.isCutOff();
    }

    /** Judges what merely connects the string with another one. */
    private Finding connection(SqlWalk walk, int at) {
        var clauses = walk.has(CLAUSE) || walk.has(COMMA) || walk.closed() > 0;
        if (walk.operators() == 0 && !clauses) {
            return walk.isCutOff() || tokens.kind(2) == COMMENT ? Finding.strong(at) : Finding.NONE;
        }
        var searches = tokens.quote() == '"'
                && tokens.count() == 3
                && Text.isSpace(tokens.text().at(at - 1));
        var goesOn = walk.has(CLAUSE) || walk.isCutOff() || walk.isStacked() && tokens.has(walk.end());
        var lists = walk.operators() == 0 && !goesOn;
        var weak = walk.has(LOGIC) ? searches : lists || walk.names() > 0 && !walk.has(COMPARE);
        return weak ? Finding.faint(at) : Finding.strong(at);
    }
}
