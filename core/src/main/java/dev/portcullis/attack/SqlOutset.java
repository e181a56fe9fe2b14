package dev.portcullis.attack;

import org.jspecify.annotations.Nullable;

/** A first look at words that begin a statement of SQL, which cuts nothing into tokens: never of less than {@link SqlStatement} finds one in. */
final class SqlOutset {

    private SqlOutset() {}

    /** Tells whether a statement may begin with the word, by what stands behind it; {@link Signs} tells words that mean something together. */
    static boolean mayBegin(Text text, int from, int end) {
        var shape = SqlStatement.SHAPES.find(text, from, end);
        if (shape == null) {
            return text.says("waitfor", from);
        }
        var next = SqlSigns.skip(text, end);
        var name = SqlSigns.nameEnd(text, next);
        var kind = SqlWords.KEYWORDS.find(text, next, name);
        return SqlSigns.mayComment(text, next)
                || switch (shape) {
                    case INTO -> isBulk(text, from);
                    case FROM -> text.says("copy", from) && mayFollow(text, from);
                    case SET, FILE -> false;
                    case DISK -> kind == SqlKind.OBJECT || SqlSigns.isLetter(text.at(next));
                    case OBJECT ->
                        mayChange(text, next, name, kind) || text.says("truncate", from) && mayFollow(text, from);
                    case LIST -> mayFollow(text, from) || SqlStatement.LISTED.has(text, next, name);
                    case GRANT -> mayFollow(text, from) || isFirst(text, from);
                    case OPEN -> mayFollow(text, from);
                    case CONDITION ->
                        mayFollow(text, from)
                                && (kind == SqlKind.PREFIX || text.says("$$", next) || SqlSigns.isCondition(text, end));
                    case CALL -> mayCall(text, next, name);
                    case VARIABLE ->
                        text.at(next) == '@'
                                || text.says("password", next)
                                || text.says("cursor", SqlSigns.skip(text, name));
                    case NOTHING -> true;
                    case STATEMENT -> kind == SqlKind.STATEMENT || mayFollow(text, from);
                };
    }

    /** Tells whether what follows is what is made, changed or taken away: a word of this kind, or another that leads to one. */
    private static boolean mayChange(Text text, int from, int end, @Nullable SqlKind kind) {
        return kind == SqlKind.OBJECT
                || kind == SqlKind.PREFIX
                || text.says("or", from) && end == from + 2
                || text.says("extension", from)
                || text.says("language", from)
                || SqlStatement.isRoutine(text, from, end)
                || isCutOff(text, from, end);
    }

    /** Tells whether a comment may follow the name. */
    private static boolean isCutOff(Text text, int from, int end) {
        var i = end;
        while (text.at(i) == '.') {
            i = SqlSigns.nameEnd(text, i + 1);
        }
        return text.at(from) == '`' || text.at(from) == '[' || SqlSigns.mayComment(text, SqlSigns.skip(text, i));
    }

    /** Tells whether the word may stand behind a semicolon or a string. */
    private static boolean mayFollow(Text text, int from) {
        var before = SqlSigns.before(text, from);
        return before < 0 || ";'\"".indexOf(text.at(before)) >= 0;
    }

    /** Tells whether the word is the first of its line. */
    private static boolean isFirst(Text text, int from) {
        var i = from - 1;
        while (Text.isSpace(text.at(i)) && text.at(i) != '\n' && text.at(i) != '\r') {
            i--;
        }
        return text.at(i) == Text.END || text.at(i) == '\n' || text.at(i) == '\r';
    }

    /** Tells whether the word for many rows may stand before. */
    private static boolean isBulk(Text text, int from) {
        var before = SqlSigns.before(text, from);
        return before < 0 || text.says("bulk", before - 3);
    }

    private static boolean mayCall(Text text, int from, int end) {
        var next = text.at(text.skipSpace(end));
        return "@(".indexOf(text.at(from)) >= 0
                || next == '\''
                || next == '"'
                || text.at(end) == '('
                || SqlSigns.mayComment(text, text.skipSpace(end))
                || text.at(end) == '.'
                || text.says("sp_", from)
                || text.says("xp_", from)
                || text.says("immediate", from)
                || text.says("as", from)
                || SqlWords.CATALOGS.has(text, from, end)
                || SqlWords.FUNCTIONS.has(text, from, end);
    }
}
