package dev.portcullis.attack;

import static dev.portcullis.attack.SqlKind.*;

/** Judges words that begin a statement of SQL: whether the words behind them make one. */
final class SqlStatement {

    static final Words<Shape> SHAPES = Words.of(java.util.List.of(
            new Words.Line<>(Shape.INTO, "insert merge"),
            new Words.Line<>(Shape.FROM, "delete copy"),
            new Words.Line<>(Shape.SET, "update"),
            new Words.Line<>(Shape.GRANT, "grant revoke"),
            new Words.Line<>(Shape.OBJECT, "drop create alter truncate rename attach"),
            new Words.Line<>(Shape.DISK, "backup restore"),
            new Words.Line<>(Shape.CALL, "exec execute call"),
            new Words.Line<>(Shape.VARIABLE, "declare set"),
            new Words.Line<>(Shape.NOTHING, "shutdown"),
            new Words.Line<>(Shape.STATEMENT, "begin"),
            new Words.Line<>(Shape.FILE, "load"),
            new Words.Line<>(Shape.LIST, "show"),
            new Words.Line<>(Shape.OPEN, "handler"),
            new Words.Line<>(Shape.CONDITION, "while if do")));

    /** Words that stand behind the name of what is created, changed or dropped. */
    private static final Words<Boolean> AFTER_NAME =
            Words.set("cascade restrict identified with as add modify rename password authorization is owner engine");

    /** What servers list. */
    static final Words<Boolean> LISTED = Words.set(
            "tables databases columns grants schemas processlist variables full create index indexes keys status users plugins");

    private static final Words<Boolean> ROUTINES = Words.set("function procedure trigger package");

    private static final int NEAR = 5;
    /** How many tokens a query may have that is copied. */
    private static final int LONG = 24;

    private final Text text;
    private final SqlTokens tokens;
    private final int at;

    private SqlStatement(SqlTokens tokens, int at) {
        this.tokens = tokens;
        this.text = tokens.text();
        this.at = at;
    }

    /** What has to follow. */
    enum Shape {
        INTO,
        FROM,
        SET,
        GRANT,
        OBJECT,
        DISK,
        CALL,
        VARIABLE,
        NOTHING,
        STATEMENT,
        FILE,
        LIST,
        OPEN,
        CONDITION
    }

    static Finding judge(SqlTokens tokens, int at) {
        if (tokens.is(at, "waitfor") && (tokens.is(at + 1, "delay") || tokens.is(at + 1, "time"))) {
            return Finding.certain(tokens.start(at));
        }
        return new SqlStatement(tokens, at).judge();
    }

    private Finding judge() {
        var start = tokens.start(at);
        var shape = SHAPES.find(text, start, text.wordEnd(start));
        if (shape == Shape.INTO && tokens.is(at - 1, "bulk") && isRead()) {
            return Finding.strong(start);
        }
        if (shape == null || !fits(shape)) {
            return Finding.NONE;
        }
        return switch (tokens.kind(at - 1)) {
            case SEMICOLON, STATEMENT, OPEN_STRING -> Finding.certain(start);
            case STRING, CLOSE, NUMBER, SUFFIX ->
                shape == Shape.OBJECT && isSentence() ? Finding.faint(start) : Finding.strong(start);
            default -> at == 0 && isWhole(shape) ? Finding.strong(start) : Finding.faint(start);
        };
    }

    /** Tells whether a statement that is the whole text is more than a sentence. */
    private boolean isWhole(Shape shape) {
        return switch (shape) {
            case CALL, VARIABLE, SET, FILE, DISK, GRANT -> true;
            case NOTHING -> tokens.is(at + 1, "with") && endsAt(at + 3);
            case LIST ->
                tokens.is(at + 1, "databases") || tokens.is(at + 1, "schemas") || tokens.is(at + 1, "processlist");
            case FROM -> tokens.is(at, "copy") ? isProgram() : SqlWhole.isDeletion(tokens, at);
            case INTO ->
                tokens.is(at + 3, "values") && tokens.kind(at + 4) == SqlKind.OPEN
                        || SqlWalk.operator(tokens, at + 3, at + 3 + NEAR).isThrough()
                        || tokens.kind(at + 3) == SqlKind.OPEN;
            case OBJECT ->
                tokens.kind(at + 1) == SqlKind.OBJECT && SqlWhole.isObject(tokens, at)
                        || isReplaced()
                        || isLanguage()
                        || isWritten();
            default -> false;
        };
    }

    /** Tells whether a routine or a view is put in the place of another one. */
    private boolean isReplaced() {
        var replaces = tokens.is(at + 1, "or") && tokens.is(at + 2, "replace");
        for (var i = at + 4; replaces && i < at + LONG; i++) {
            if (tokens.kind(i) == STRING) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a routine is created or dropped, of which the name is called or asked for. */
    private boolean isRoutine(int index) {
        var start = tokens.start(at + index);
        if (!isRoutine(text, start, text.wordEnd(start))) {
            return false;
        }
        var asked = tokens.is(at + index + 1, "if");
        return asked || tokens.kind(at + index + 1).isCall();
    }

    static boolean isRoutine(Text text, int from, int end) {
        return ROUTINES.has(text, from, end);
    }

    /** Tells whether a database is written to a disk, or read from one. */
    private boolean isDisk() {
        for (var i = at + 2; i < at + 2 * NEAR; i++) {
            if ((tokens.is(i, "disk") || tokens.is(i, "disks")) && tokens.kind(i + 1) == COMPARE) {
                return tokens.is(i - 1, "to") || tokens.kind(i - 1) == SqlKind.FROM;
            }
        }
        return false;
    }

    /** Tells whether words go on behind the name of the object, of which no statement is made: "drop table tennis from the program". */
    private boolean isSentence() {
        var next = tokens.kind(at + 3);
        var named = tokens.kind(at + 1) == SqlKind.OBJECT && tokens.kind(at + 2) == NAME;
        var word = next == NAME && !AFTER_NAME.has(text, tokens.start(at + 3), text.wordEnd(tokens.start(at + 3)));
        return named && (word || next == FROM);
    }

    private boolean endsAt(int index) {
        var kind = tokens.kind(index);
        return !tokens.has(index) || kind == SEMICOLON || kind == COMMENT;
    }

    private boolean fits(Shape shape) {
        var next = tokens.kind(at + 1);
        return switch (shape) {
            case INTO -> within("into");
            case FROM -> within("from") || isProgram() || isCopied();
            case GRANT -> isGranted();
            case SET -> next.isName() && tokens.is(at + 2, "set") && tokens.kind(at + 4) == COMPARE;
            case OBJECT ->
                next == SqlKind.OBJECT
                        || tokens.is(at + 1, "or") && tokens.is(at + 2, "replace")
                        || next == PREFIX && tokens.kind(at + 2) == SqlKind.OBJECT
                        || next == NAME
                                && (tokens.kind(at + 2) == COMMENT || isExtension() || isEmptied() || isLanguage())
                        || isSeparated() && at <= 3 && isRoutine(1)
                        || at == 0 && isWritten();
            case DISK -> next == SqlKind.OBJECT && tokens.kind(at - 1) == SEMICOLON || isDisk();
            case CALL -> isCalled(next);
            case VARIABLE -> next == SqlKind.VARIABLE || isPassword() || next == NAME && tokens.is(at + 2, "cursor");
            case NOTHING ->
                endsAt(at + 1) || next == SUFFIX || tokens.is(at + 1, "with") && tokens.is(at + 2, "nowait");
            case STATEMENT -> next == SqlKind.STATEMENT || next.isCall() && tokens.kind(at - 1) == SEMICOLON;
            case FILE -> within("infile");
            case LIST -> isListed();
            case OPEN -> next == NAME && (tokens.is(at + 2, "open") || tokens.is(at + 2, "read")) && isSeparated();
            case CONDITION -> isCondition(next);
        };
    }

    /** Tells whether the statement stands behind a semicolon or a string. */
    private boolean isSeparated() {
        return tokens.kind(at - 1) == SEMICOLON || tokens.kind(at - 1) == STRING;
    }

    /** Tells whether the server is told to list what it has, and nothing but that, or one name of it. */
    private boolean isListed() {
        var start = tokens.start(at + 1);
        return (isSeparated() || at == 0 && endsAt(at + 2))
                && LISTED.has(text, start, text.wordEnd(start))
                && (endsAt(at + 2) || tokens.is(at + 2, "from") && endsAt(at + 4) || endsAt(at + 3) && !endsAt(at + 2));
    }

    /** Tells whether a language is made known in which routines may be written. */
    private boolean isLanguage() {
        return tokens.is(at + 1, "language")
                && tokens.kind(at + 2) == NAME
                && tokens.kind(at + 3) == SEMICOLON
                && (!tokens.has(at + 4) || tokens.kind(at + 4) == COMMENT);
    }

    /** Tells whether a routine is created of which the body is a string in some language. */
    private boolean isWritten() {
        var written = false;
        for (var i = at + 3; isRoutine(1) && tokens.has(i) && i < at + LONG; i++) {
            written |= tokens.is(i - 1, "as") && tokens.kind(i) == STRING;
            if (written && tokens.is(i, "language")) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the password of somebody who is named in a string is set. */
    private boolean isPassword() {
        return tokens.is(at + 1, "password") && tokens.is(at + 2, "for") && tokens.kind(at + 3) == STRING;
    }

    /** Tells whether a table is emptied, and nothing follows. */
    private boolean isEmptied() {
        return tokens.is(at, "truncate") && isSeparated() && endsAt(at + 2);
    }

    private boolean isExtension() {
        return tokens.is(at + 1, "extension") && tokens.kind(at - 1) == SEMICOLON;
    }

    /** Tells whether data is copied from or to a program of the server. */
    private boolean isProgram() {
        for (var i = at + 2; i < at + LONG; i++) {
            if (tokens.is(i, "program") && tokens.kind(i + 1).isLiteral()) {
                return tokens.is(i - 1, "to") || tokens.is(i - 1, "from");
            }
        }
        return false;
    }

    /** Tells whether a table is copied to a file, or filled from one. */
    private boolean isCopied() {
        for (var i = at + 2; tokens.is(at, "copy") && isSeparated() && i < at + LONG; i++) {
            var direction = tokens.is(i, "to") || tokens.kind(i) == SqlKind.FROM;
            if (direction && tokens.kind(i + 1) == STRING) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a file is read into the table that is named next. */
    private boolean isRead() {
        return tokens.kind(at + 1).isName() && tokens.kind(at + 2) == SqlKind.FROM && tokens.kind(at + 3) == STRING;
    }

    private boolean within(String word) {
        for (var i = at + 1; i < at + NEAR; i++) {
            if (tokens.is(i, word)) {
                return tokens.kind(i + 1).isName()
                        || tokens.kind(i + 1).isCall()
                        || tokens.kind(i + 1).isLiteral();
            }
        }
        return false;
    }

    /** Tells whether rights are given to somebody, or taken. */
    private boolean isGranted() {
        var marked = isSeparated();
        for (var i = at + 2; i < at + 3 * NEAR && (at == 0 || isSeparated()); i++) {
            marked |= tokens.is(i - 1, "on") && tokens.first(i) == '*';
            if (tokens.is(i, "to") || tokens.is(i, "from")) {
                return marked;
            }
        }
        return false;
    }

    private boolean isCalled(SqlKind next) {
        var procedure = isProcedure(text, tokens.start(at + 1));
        var immediate = tokens.is(at + 1, "immediate") && tokens.kind(at + 2).isLiteral();
        var login = tokens.is(at + 1, "as") && tokens.kind(at + 2) == SqlKind.OBJECT && tokens.kind(at + 3) == STRING;
        if (login && tokens.kind(at - 1) == SEMICOLON) {
            return true;
        }
        var built = next == SqlKind.OPEN && tokens.kind(at + 2).isLiteral();
        var named = next == NAME && tokens.kind(at + 2) == STRING && (tokens.kind(at + 3) == COMMA || endsAt(at + 3));
        var stacked = tokens.kind(at - 1) == SEMICOLON
                && next.isCall()
                && tokens.kind(at + 3).isCall();
        if (named && !tokens.is(at, "call") || stacked) {
            return true;
        }
        return procedure || immediate || built || next == CATALOG || next == PROBE || next == SqlKind.VARIABLE;
    }

    /** Tells whether the name, or the last part of it, is that of a procedure of SQL Server. */
    static boolean isProcedure(Text text, int from) {
        var end = SqlSigns.nameEnd(text, from);
        var part = from;
        while (text.at(end) == '.') {
            part = end + 1;
            end = SqlSigns.nameEnd(text, part);
        }
        return text.says("sp_", part) || text.says("xp_", part);
    }

    private boolean isCondition(SqlKind next) {
        if (tokens.kind(at - 1) != SEMICOLON) {
            return false;
        }
        var walk = SqlWalk.operand(tokens, at + 1, at + 1 + 2 * NEAR);
        var block = tokens.is(at, "do") && text.says("$$", tokens.start(at + 1));
        return block
                || next == PREFIX
                || walk.has(SELECT)
                || walk.has(COMPARE) && walk.names() == 0 && !walk.has(SqlKind.CALL);
    }
}
