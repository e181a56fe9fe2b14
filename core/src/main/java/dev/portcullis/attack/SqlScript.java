package dev.portcullis.attack;

/**
 * A script of SQL of some lines: statements that each begin a line, with comments of their own before them. Nothing that such a text is put into goes on
 * in it, for it begins with a statement. It tells what data there are and how they are laid out, and asks for nothing of the server itself.
 */
final class SqlScript {

    private static final Words<Boolean> STATEMENTS = Words.set(
            "select insert update delete create alter drop with begin commit" + " comment truncate replace merge");

    /** What only somebody asks or does who breaks in. */
    private static final Phrases SERVER = Phrases.of(
            "information_schema",
            "sysobjects",
            "syscolumns",
            "sys.",
            "pg_sleep",
            "pg_read",
            "pg_ls",
            "pg_shadow",
            "pg_user",
            "sleep(",
            "benchmark(",
            "waitfor",
            "xp_",
            "sp_",
            "load_file",
            "outfile",
            "dumpfile",
            "utl_",
            "dbms_",
            "copy ",
            "program",
            "mysql.",
            "sqlite_",
            "extractvalue",
            "updatexml",
            "all_tables",
            "user_tables",
            "openrowset",
            "shutdown",
            "exec",
            "load_extension",
            "attach",
            "grant",
            "user(",
            "version(",
            "database(",
            "@@",
            "char(",
            "chr(",
            "0x");

    private static final Marks STRINGS = Marks.of(" .%:@+-");

    private SqlScript() {}

    /** Tells whether the text is one. */
    static boolean is(Text text) {
        var start = text.first();
        while (text.says("-- ", start)) {
            start = text.skipSpace(text.next('\n', start));
        }
        return STATEMENTS.has(text, start, text.wordEnd(start)) && Lines.isBroken(text) && isPlain(text, start);
    }

    /** Where a string of words, these marks and perhaps characters outside of ASCII ends that would be nothing of a statement if it stood outside of one; -1 when it does not, or would be. */
    static int stringEnd(Text text, int from, Marks marks, boolean foreign) {
        var i = from + 1;
        while (Text.isWord(text.at(i))
                || marks.has(text.at(i))
                || foreign && text.at(i) > 127 && text.at(i) != Text.END) {
            var joins = text.at(i) == ' '
                    && (text.says("or ", i + 1) || text.says("and ", i + 1) || text.says("union", i + 1));
            if (joins || text.says("--", i)) {
                return -1;
            }
            i++;
        }
        return text.at(i) == text.at(from) ? i + 1 : -1;
    }

    /** Tells whether all strings are closed, no comment cuts anything off, and nothing of the server is asked for. */
    private static boolean isPlain(Text text, int from) {
        var i = from;
        while (i >= 0 && i < text.last()) {
            i = text.at(i) == '\'' || text.at(i) == '"'
                    ? stringEnd(text, i, STRINGS, false)
                    : isForeign(text, i) ? -1 : i + 1;
        }
        return i >= 0;
    }

    /** Tells whether a comment cuts something off at the index, or what only the server knows is asked for. */
    static boolean isForeign(Text text, int at) {
        var cut = text.says("--", at) && !Text.isSpace(text.at(at - 1)) || text.at(at) == '#' || text.says("/*", at);
        return cut || !Text.isWord(text.at(at - 1)) && SERVER.begin(text, at);
    }
}
