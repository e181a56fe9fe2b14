package dev.portcullis.attack;

import static dev.portcullis.attack.SqlKind.*;

/** Judges statements that are the whole text: whether they are written as servers demand it, and not as sentences are. */
final class SqlWhole {

    /** What columns hold. */
    private static final Words<Boolean> TYPES = Words.set(
            "int integer bigint smallint serial bigserial text varchar varchar2 nvarchar char number numeric decimal blob"
                    + " boolean bool date datetime timestamp uuid json jsonb real float");

    private final SqlTokens tokens;
    private final Text text;
    private final int at;

    private SqlWhole(SqlTokens tokens, int at) {
        this.tokens = tokens;
        this.text = tokens.text();
        this.at = at;
    }

    /** Tells whether what stands behind the kind of an object makes a statement of it. */
    static boolean isObject(SqlTokens tokens, int at) {
        return new SqlWhole(tokens, at).isObject();
    }

    /** Tells whether rows of a table are taken away that are told by what they hold, or all of them, and a semicolon follows. */
    static boolean isDeletion(SqlTokens tokens, int at) {
        return new SqlWhole(tokens, at).isDeletion();
    }

    /** Tells whether nothing of a statement stands at the index: the text ends, another statement begins or a comment does. */
    static boolean endsAt(SqlTokens tokens, int index) {
        var kind = tokens.kind(index);
        return !tokens.has(index) || kind == SEMICOLON || kind == COMMENT;
    }

    private boolean isObject() {
        var next = tokens.kind(at + 3);
        if (next == SEMICOLON || next == COMMENT || tokens.is(at + 2, "if") && tokens.is(at + 3, "exists")) {
            return true;
        }
        var created = tokens.is(at, "create") && tokens.kind(at + 2) == CALL && tokens.kind(at + 4) == NAME;
        var altered = tokens.is(at, "alter")
                && (tokens.is(at + 3, "add")
                        || tokens.is(at + 3, "drop")
                        || tokens.is(at + 3, "modify")
                        || tokens.is(at + 3, "rename"));
        return created
                || altered
                || isTyped()
                || tokens.is(at, "attach") && tokens.kind(at + 2) == STRING && tokens.is(at + 3, "as");
    }

    private boolean isDeletion() {
        var which = at + 3;
        return tokens.is(at + 1, "from")
                && tokens.kind(at + 2).isName()
                && (tokens.kind(which) == SEMICOLON && endsAt(tokens, which + 1)
                        || tokens.is(which, "where") && isSign(which + 2));
    }

    private boolean isSign(int index) {
        return tokens.kind(index) == COMPARE && !Text.isLetter(tokens.first(index));
    }

    /** Tells whether a table is made whose first column is of a type that servers know. */
    private boolean isTyped() {
        var type = tokens.start(at + 5);
        var named = tokens.kind(at + 2) == NAME || tokens.kind(at + 2).isCall();
        return tokens.is(at, "create")
                && tokens.is(at + 1, "table")
                && named
                && tokens.kind(at + 3) == OPEN
                && TYPES.has(text, type, text.wordEnd(type));
    }
}
