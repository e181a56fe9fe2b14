package dev.portcullis.attack;

/**
 * Injection into queries of document stores.
 *
 * <p>Looks for: operators of MongoDB as names of parameters and members, or as keys in a value, and scripts that its {@code $where}
 * would run.
 *
 * <p>Does not look for: amounts of money and other words with a dollar sign.
 *
 * <p>Caught: <code>{$gt: ''}</code>
 *
 * <p>Let through: {@code it costs $in or $or, take your pick}
 */
final class NosqlInjection implements Detector {

    static final Words<Boolean> OPERATORS =
            Words.set("where ne gt gte lt lte eq in nin or and nor not exists regex expr"
                    + " elemmatch jsonschema function accumulator");

    @Override
    public String id() {
        return "nosql-injection";
    }

    @Override
    public int attractors(Place place) {
        return switch (place) {
            case PATH, USER_AGENT, REFERER, HEADER -> 0;
            case QUERY_NAME, FORM_NAME, JSON_NAME, XML_NAME -> Traits.DOLLAR;
            default -> Traits.DOLLAR | Traits.BRACE | Traits.PAREN | Traits.SEMICOLON;
        };
    }

    @Override
    public boolean mayFind(Sample sample) {
        return sample.has(Signs.NOSQL);
    }

    @Override
    public Finding look(Text text, Place place) {
        var finding = Finding.NONE;
        for (var i = 0; i < text.length() && !finding.isCertain(); i++) {
            var c = text.at(i);
            if (c == '$') {
                finding = finding.or(operator(text, i, place));
            } else if (c == ';' && isReturn(text, i)) {
                finding = finding.or(Finding.strong(i));
            } else if ((Text.lower(c) == 't' || Text.lower(c) == 'd') && !Text.isWord(text.at(i - 1))) {
                finding = finding.or(script(text, i));
            }
        }
        return finding;
    }

    private static Finding operator(Text text, int at, Place place) {
        var end = text.wordEnd(at + 1);
        if (!OPERATORS.has(text, at + 1, end)) {
            return Finding.NONE;
        }
        var before = text.at(at - 1);
        if (!place.isValue() && (before == '[' || before == Text.END || before == '.')) {
            return Finding.certain(at);
        }
        var quote = text.at(end) == '\'' || text.at(end) == '"' ? 1 : 0;
        var next = text.at(text.skipSpace(end + quote));
        return next == ':' || before == '[' && next == ']' ? Finding.strong(at) : Finding.NONE;
    }

    /** Tells whether a string is closed, what a script answers is said, and a string is open at the end, or the rest a comment. */
    private static boolean isReturn(Text text, int semicolon) {
        var quote = text.at(semicolon - 1);
        var end = text.last();
        var open = text.at(end - 1) == quote || text.at(end - 1) == '/' && text.at(end - 2) == '/';
        return (quote == '\'' || quote == '"') && open && text.says("return", text.skipSpace(semicolon + 1));
    }

    private static Finding script(Text text, int at) {
        if (text.says("this.", at)) {
            var end = text.wordEnd(at + 5);
            var called = text.says(".match(", end) || text.says(".length", end) || text.says("==", text.skipSpace(end));
            return called && text.first() < at ? Finding.strong(at) : Finding.NONE;
        }
        if (!text.says("db.", at)) {
            return Finding.NONE;
        }
        var end = text.wordEnd(at + 3);
        var verb = text.wordEnd(end + 1);
        return text.at(end) == '.' && text.at(verb) == '(' && isVerb(text, end + 1, verb)
                ? Finding.strong(at)
                : Finding.NONE;
    }

    private static final Words<Boolean> VERBS = Words.set(
            "insert insertone insertmany find findone update updateone remove drop"
                    + " deleteone deletemany mapreduce aggregate dropdatabase eval runcommand group count distinct save");

    private static boolean isVerb(Text text, int from, int end) {
        return VERBS.has(text, from, end);
    }
}
