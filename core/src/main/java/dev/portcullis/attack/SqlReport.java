package dev.portcullis.attack;

/**
 * A query that the user of a tool writes, and the tool is there to run, as those of dashboards and notebooks are: a whole {@code SELECT} in a member that is
 * called by what it holds. No string in it is open, no comment cuts anything off, and it asks for nothing of the server itself, nor for secrets.
 */
final class SqlReport {

    /** What members are called that hold one, beside names with "sql" in them. */
    private static final Words<Boolean> NAMES = Words.set("query statement rawquery expandedquery");

    /** Functions that a report calls: they count, and shape numbers, texts and times. */
    private static final Words<Boolean> FUNCTIONS = Words.set(
            "count sum avg min max round floor ceil ceiling abs coalesce nullif ifnull cast convert date date_trunc date_part date_format"
                    + " extract year month day hour minute week quarter now current_date to_char to_date strftime datediff date_add date_sub"
                    + " dateadd timestampdiff interval lower upper trim length left right substring substr concat replace row_number rank"
                    + " dense_rank lag lead over partition percentile_cont within string_agg group_concat array_agg median stddev if iif"
                    + " greatest least mod power in as and on where from join select case when then else using having by values not between"
                    + " any all filter");

    /** Words that make more than a report of it. */
    private static final Words<Boolean> OTHERS =
            Words.set("delete insert update into exists procedure drop alter create truncate grant exec execute call");

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
            var begins = i == 0 || name.charAt(i) == 'S' || !Character.isLetter(name.charAt(i - 1));
            var ends = i + 3 == name.length() || !Character.isLowerCase(name.charAt(i + 3));
            if (begins && ends && name.regionMatches(true, i, "sql", 0, 3)) {
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
                i = SqlScript.stringEnd(text, i, STRINGS, true);
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

    /** Tells whether a comment begins there, a text is joined to another one or a further statement follows. */
    private static boolean isCut(Text text, int at) {
        return text.says("--", at) || text.says("||", at) || text.at(at) == ';' && at + 1 < text.last();
    }

    /** Tells whether a word is none of a report: what only a server knows, a secret, a second query, a function of none, or what is always true. */
    private static boolean isOdd(Text text, int from, int end) {
        if (SqlScript.isForeign(text, from) || Secrets.within(text, from, end)) {
            return true;
        }
        var next = text.skipSpace(end);
        var macro = text.at(from) == '_' && text.at(from + 1) == '_' && text.at(from - 1) == '$';
        if (text.at(next) == '(' && !macro && !FUNCTIONS.has(text, from, end) || OTHERS.has(text, from, end)) {
            return true;
        }
        if (text.says("or", from) && end == from + 2) {
            return Text.isDigit(text.at(next))
                    || "'\"(".indexOf(text.at(next)) >= 0
                    || text.says("true", next)
                    || text.says("not", next)
                    || isSame(text, next);
        }
        return text.says("union", from) && end == from + 5;
    }

    /** Tells whether a name is compared with itself. */
    private static boolean isSame(Text text, int from) {
        var end = text.wordEnd(from);
        var sign = text.skipSpace(end);
        var other = text.skipSpace(sign + 1);
        return text.at(sign) == '='
                && text.wordEnd(other) - other == end - from
                && text.says(text.excerpt(from, end - from), other);
    }
}
