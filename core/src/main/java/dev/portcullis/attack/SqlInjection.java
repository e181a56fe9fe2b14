package dev.portcullis.attack;

/**
 * SQL injection.
 *
 * <p>Looks for: text that goes on as SQL where an application's statement would hold it, bare or inside of a string in either kind
 * of quotes: conditions between values, {@code UNION SELECT}, further statements, sub-selects, comments that cut off the rest, and
 * functions that only attacks call.
 *
 * <p>Does not look for: words of SQL in sentences, nor whole statements of mere names and numbers.
 *
 * <p>Caught: {@code 1' or '1'='1}
 *
 * <p>Let through: {@code O'Reilly and sons, select or union}
 */
final class SqlInjection implements Detector {

    private static final int ATTRACTORS = Traits.QUOTE
            | Traits.PAREN
            | Traits.SPACE
            | Traits.EQUALS
            | Traits.STAR
            | Traits.SEMICOLON
            | Traits.HASH
            | Traits.PIPE
            | Traits.DASHES
            | Traits.AT
            | Traits.BACKTICK
            | Traits.CONTROL;
    /** Marks of comments, parentheses and logical operators. */
    private static final int JOINTS =
            Traits.HASH | Traits.DASHES | Traits.STAR | Traits.PAREN | Traits.AMPERSAND | Traits.PIPE;

    private static final char[] QUOTES = {'\'', '"'};

    @Override
    public String id() {
        return "sql-injection";
    }

    /** In a document, which may hold statements from end to end, what breaks out of a string up to its end alone. */
    @Override
    public Finding inDocument(Sample sample, Finding found) {
        return found.isCertain() ? found : Finding.NONE;
    }

    /** In a line, of which sentences and calls may go on in the next, what nothing else is alone, and what all of the line is. */
    @Override
    public Finding inLine(Sample line, Finding found) {
        return found.isCertain() || SqlLine.isValue(line.text(), found.at()) ? found : Finding.NONE;
    }

    @Override
    public int attractors(Place place) {
        return switch (place) {
            case PATH -> Traits.QUOTE | Traits.EQUALS | Traits.SPACE;
            case USER_AGENT, REFERER -> Traits.QUOTE;
            default -> ATTRACTORS;
        };
    }

    @Override
    public boolean mayFind(Sample sample) {
        return mayBreakIn(sample)
                || SqlStacked.mayBe(sample)
                || mayJoin(sample) && SqlSigns.mayBegin(sample.text())
                || SqlShape.judge(sample.text()).suspicion() != Suspicion.NONE;
    }

    /** In a line, text that goes on from its first word counts only where that is not indented. */
    @Override
    public boolean mayFindInLine(Sample line) {
        var text = line.text();
        return mayBreakIn(line)
                || SqlLine.mayBeValue(text) && SqlStacked.mayBe(line)
                || SqlLine.mayBeValue(text) && mayJoin(line) && SqlSigns.mayBegin(text)
                || SqlShape.judge(text).suspicion() != Suspicion.NONE;
    }

    private static boolean mayBreakIn(Sample sample) {
        var text = sample.text();
        return sample.has(Signs.SQL)
                || SqlSigns.mayClose(text, '\'')
                || SqlSigns.mayClose(text, '"')
                || VersionRange.isCondition(text);
    }

    /** Tells whether there is anything that makes more than values of words and numbers: without it the text goes on as no statement does. */
    private static boolean mayJoin(Sample sample) {
        return (sample.traits() & JOINTS) != 0 || sample.has(Signs.CLAUSE);
    }

    @Override
    public Finding look(Sample sample) {
        var finding = look(sample.text(), sample.signs());
        return finding.suspicion() != Suspicion.NONE && SqlReport.is(sample) ? Finding.NONE : finding;
    }

    @Override
    public Finding look(Text text, Place place) {
        return look(text, Signs.SQL | Signs.STATEMENT);
    }

    private static Finding look(Text text, long signs) {
        var finding = SqlJudge.bare(text, signs).or(SqlShape.judge(text));
        for (var i = 0; i < QUOTES.length && !finding.isCertain(); i++) {
            if (text.toString().indexOf(QUOTES[i]) >= 0) {
                finding =
                        finding.or(SqlJudge.quoted(text, QUOTES[i], signs)).or(SqlEscape.judge(text, QUOTES[i], signs));
            }
        }
        if (VersionRange.isCondition(text)) {
            return finding.or(Finding.strong(text.first()));
        }
        var range = (finding.isStrong() || finding.isFaint()) && VersionRange.is(text);
        return range || finding.suspicion() != Suspicion.NONE && SqlScript.is(text) ? Finding.NONE : finding;
    }
}
