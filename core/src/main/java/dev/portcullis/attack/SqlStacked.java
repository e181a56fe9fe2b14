package dev.portcullis.attack;

import java.util.List;

/**
 * Judges statements behind a semicolon that {@link SqlStatement} does not know, for their first words are those of sentences or of single servers:
 * whether they are written out as those servers demand it. Immutable.
 */
final class SqlStacked {

    private static final Words<Shape> SHAPES = Words.of(List.of(
            new Words.Line<>(Shape.FILLED, "replace"),
            new Words.Line<>(Shape.PREPARED, "prepare"),
            new Words.Line<>(Shape.LOCKED, "lock"),
            new Words.Line<>(Shape.SWITCHED, "pragma"),
            new Words.Line<>(Shape.TABLE, "analyze optimize repair"),
            new Words.Line<>(Shape.EXPLAINED, "explain"),
            new Words.Line<>(Shape.ROW, "values"),
            new Words.Line<>(Shape.CALLED, "dbcc perform"),
            new Words.Line<>(Shape.DROPPED, "drop"),
            new Words.Line<>(Shape.SET, "set"),
            new Words.Line<>(Shape.EMPTIED, "flush"),
            new Words.Line<>(Shape.INSTALLED, "install uninstall")));

    private static final Words<Boolean> OBJECTS = Words.set(
            "function procedure trigger type role sequence extension policy rule package event server synonym");
    private static final Words<Boolean> SCOPES = Words.set("global session local persist");
    private static final Words<Boolean> EMPTIED = Words.set("privileges tables logs hosts status");
    private static final Words<Boolean> EXPLAINED = Words.set("select insert update delete analyze query");

    private final SqlTokens tokens;
    private final int at;

    private SqlStacked(SqlTokens tokens, int at) {
        this.tokens = tokens;
        this.at = at;
    }

    /** What has to follow. */
    private enum Shape {
        FILLED,
        PREPARED,
        LOCKED,
        SWITCHED,
        TABLE,
        EXPLAINED,
        ROW,
        CALLED,
        DROPPED,
        SET,
        EMPTIED,
        INSTALLED
    }

    /** Tells whether such a statement begins with the token. */
    static boolean is(SqlTokens tokens, int at) {
        return new SqlStacked(tokens, at).is();
    }

    /** Tells whether a statement may stand behind a number that begins the text, and perhaps a comment before it: no letter does. */
    static boolean mayBe(Sample sample) {
        return (sample.traits() & Traits.SEMICOLON) != 0
                && !Text.isLetter(sample.text().at(sample.text().first()));
    }

    private boolean is() {
        var text = tokens.text();
        var start = tokens.start(at);
        if (SqlStatement.isProcedure(text, start)) {
            return tokens.kind(at + 1).isLiteral();
        }
        var shape = SHAPES.find(text, start, text.wordEnd(start));
        return shape != null && fits(shape);
    }

    private boolean fits(Shape shape) {
        return switch (shape) {
            case FILLED -> tokens.is(at + 1, "into") && isNamed(at + 2) && isFilled(at + 3);
            case PREPARED -> isNamed(at + 1) && (tokens.is(at + 2, "from") || tokens.is(at + 2, "as"));
            case LOCKED -> isTable(at + 1) && isMode(at + 3);
            case SWITCHED ->
                isNamed(at + 1) && (SqlWhole.endsAt(tokens, at + 2) || tokens.kind(at + 2) == SqlKind.COMPARE)
                        || tokens.kind(at + 1).isCall();
            case TABLE -> tokens.is(at + 1, "table") && isTable(at + 1) && SqlWhole.endsAt(tokens, at + 3);
            case EXPLAINED -> has(EXPLAINED, at + 1) && isAsked(at + 2);
            case ROW ->
                tokens.kind(at + 1) == SqlKind.OPEN && tokens.kind(at + 2).isLiteral();
            case CALLED -> tokens.kind(at + 1).isCall();
            case DROPPED ->
                has(OBJECTS, at + 1)
                        && isNamed(at + 2)
                        && (SqlWhole.endsAt(tokens, at + 3) || tokens.is(at + 3, "cascade"));
            case SET -> has(SCOPES, at + 1) && isSet(at + 2);
            case EMPTIED -> has(EMPTIED, at + 1) && SqlWhole.endsAt(tokens, at + 2);
            case INSTALLED ->
                tokens.is(at + 1, "plugin")
                        || tokens.is(at + 1, "component")
                        || tokens.is(at + 1, "soname") && tokens.kind(at + 2) == SqlKind.STRING;
        };
    }

    private boolean has(Words<Boolean> words, int index) {
        var start = tokens.start(index);
        return words.has(tokens.text(), start, tokens.text().wordEnd(start));
    }

    private boolean isNamed(int index) {
        return tokens.kind(index).isName() || tokens.kind(index).isCall();
    }

    private boolean isTable(int index) {
        return (tokens.is(index, "table") || tokens.is(index, "tables")) && isNamed(index + 1);
    }

    private boolean isMode(int index) {
        return tokens.is(index, "read") || tokens.is(index, "write") || tokens.is(index, "in");
    }

    /** Tells whether rows follow the name of a table: written out, put together or asked for. */
    private boolean isFilled(int index) {
        return tokens.is(index, "values")
                || tokens.is(index, "set")
                || tokens.kind(index) == SqlKind.SELECT
                || tokens.kind(index) == SqlKind.OPEN;
    }

    /** Tells whether something else than words that go on is asked for, or a table is. */
    private boolean isAsked(int index) {
        return !SqlWhole.endsAt(tokens, index) && (!isNamed(index) || tokens.kind(index + 1) == SqlKind.FROM);
    }

    /** Tells whether a name follows to which something is given. */
    private boolean isSet(int index) {
        return isNamed(index) && (tokens.kind(index + 1) == SqlKind.COMPARE || tokens.is(index + 1, "to"));
    }
}
