package dev.portcullis.attack;

/**
 * A query that the user of a tool writes, and the tool is there to run, as those of dashboards and notebooks are: a whole {@code SELECT} in a member that is
 * called by what it holds. No string in it is open, no comment cuts anything off, and it asks for nothing of the server itself, nor for secrets.
 */
final class SqlReport {

    /** What members are called that hold one, beside names with "sql" in them. */
    private static final Words<Boolean> NAMES = Words.set("query statement rawquery expandedquery");

    private static final Marks STRINGS = Marks.of(" .%:@+-$*,/{}()&|[]=?<>");

    private SqlReport() {}

    /** Tells whether the text is one. */
    static boolean is(Sample sample) {
        var name = sample.name();
        var named = isNamed(name)
                && (sample.place() == Place.JSON_VALUE || sample.place() == Place.FORM_VALUE && hasSql(name));
        var text = sample.text();
        var first = text.first();
        return named
                && (text.says("select ", first) || text.says("select\n", first) || text.says("with ", first))
                && isPlain(text, first);
    }

    private static boolean isNamed(String name) {
        return hasSql(name) || NAMES.has(name, 0, name.length());
    }

    private static boolean hasSql(String name) {
        for (var i = 0; i + 3 <= name.length(); i++) {
            if (name.regionMatches(true, i, "sql", 0, 3)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether it reads from something, and each word and string of it is one of a report. */
    private static boolean isPlain(Text text, int from) {
        var reads = false;
        var i = from;
        while (i >= 0 && i < text.last()) {
            var c = text.at(i);
            if (c == '\'' || c == '"' || c == '`') {
                i = stringEnd(text, i);
            } else if (Text.isWord(c)) {
                var end = text.wordEnd(i);
                reads |= text.says("from", i) && end == i + 4;
                i = isOdd(text, i, end) ? -1 : end;
            } else {
                i = isCut(text, i) || SqlScript.isForeign(text, i) ? -1 : i + 1;
            }
        }
        return reads && i >= 0;
    }

    /** Tells whether a comment begins there, or a further statement follows. */
    private static boolean isCut(Text text, int at) {
        return text.says("--", at) || text.at(at) == ';' && at + 1 < text.last();
    }

    /** Where a string ends that holds no quote; -1 when it does not, or would go on as SQL if it stood outside of one. */
    private static int stringEnd(Text text, int from) {
        var i = from + 1;
        while (Text.isWord(text.at(i)) || STRINGS.has(text.at(i)) || text.at(i) > 127 && text.at(i) != Text.END) {
            var joins = text.at(i) == ' '
                    && (text.says("or ", i + 1) || text.says("and ", i + 1) || text.says("union", i + 1));
            if (joins || text.says("--", i)) {
                return -1;
            }
            i++;
        }
        return text.at(i) == text.at(from) ? i + 1 : -1;
    }

    /** Tells whether a word is none of a report: what only a server knows, a secret, a second query of constants, or what is always true. */
    private static boolean isOdd(Text text, int from, int end) {
        if (SqlScript.isForeign(text, from) || Secrets.within(text, from, end)) {
            return true;
        }
        var next = text.skipSpace(end);
        if (text.says("or", from) && end == from + 2) {
            return Text.isDigit(text.at(next)) || "'\"".indexOf(text.at(next)) >= 0 || text.says("true", next);
        }
        return text.says("union", from) && end == from + 5 && isPadded(text, next);
    }

    /** Tells whether a query begins at the index of which the first column is nothing, or a number. */
    private static boolean isPadded(Text text, int at) {
        var select = text.says("all", at) ? text.skipSpace(at + 3) : at;
        var column = text.skipSpace(select + 6);
        return !text.says("select", select)
                || Text.isDigit(text.at(column))
                || text.says("null", column)
                || text.at(column) == '@';
    }
}
