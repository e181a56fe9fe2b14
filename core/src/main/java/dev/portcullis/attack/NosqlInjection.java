package dev.portcullis.attack;

/**
 * Injection into queries of document and graph stores, and commands of those that keep values by their keys.
 *
 * <p>Looks for: operators of MongoDB as names of parameters and members, or as keys in a value, scripts that its {@code $where}
 * would run, clauses of Cypher, and commands of Redis and memcached as a whole line.
 *
 * <p>Does not look for: amounts of money and other words with a dollar sign, and variables of GraphQL.
 *
 * <p>Caught: <code>{$gt: ''}</code>
 *
 * <p>Let through: {@code it costs $in or $or, take your pick}
 */
final class NosqlInjection implements Detector {

    static final Words<Boolean> OPERATORS =
            Words.set("where ne gt gte lt lte eq in nin or and nor not exists regex expr"
                    + " elemmatch jsonschema function accumulator text lookup out merge unset push pull rename"
                    + " mod comment");

    private static final int NEAR = 64;

    /** How long the name of a method is at most. */
    private static final int LONGEST_NAME = 24;

    /** How far back the beginning of a list of variables is looked for. */
    private static final int LONGEST_LIST = 512;

    /** How statements of a script begin that somebody appends to another. */
    private static final Phrases STATEMENTS = Phrases.of(
            "return",
            "while(",
            "while (",
            "for(",
            "for (",
            "do{",
            "do {",
            "sleep(",
            "var ",
            "let ",
            "it=",
            "throw ",
            "function",
            "db.");

    @Override
    public String id() {
        return "nosql-injection";
    }

    @Override
    public int attractors(Place place) {
        return switch (place) {
            case PATH, USER_AGENT, REFERER, HEADER -> 0;
            case QUERY_NAME, FORM_NAME, JSON_NAME, XML_NAME -> Traits.DOLLAR;
            default ->
                Traits.DOLLAR
                        | Traits.BRACE
                        | Traits.PAREN
                        | Traits.SEMICOLON
                        | Traits.PIPE
                        | Traits.SPACE
                        | Traits.CONTROL;
        };
    }

    @Override
    public long hangsOn(Place place) {
        return Signs.NOSQL;
    }

    @Override
    public Finding look(Text text, Place place) {
        var finding = place.isValue() && StoreCommand.begins(text, text.first()) ? Finding.strong(0) : Finding.NONE;
        if (place.isValue() && text.first() <= 1 && isScript(text, text.first())) {
            finding = finding.or(Finding.strong(text.first()));
        }
        var quotes = "";
        var call = 0; // how many parentheses are open since that of a method
        var first = -2; // where the latest quote stands that was the first of its kind
        for (var i = 0; i < text.length() && !finding.isCertain(); i++) {
            var c = text.at(i);
            if (isQuote(c) && quotes.indexOf(c) < 0) {
                quotes += c;
                first = i;
            } else if (c == '\n' && StoreCommand.begins(text, i + 1) || Text.isLetter(c) && GraphQuery.is(text, i)) {
                finding = finding.or(Finding.strong(i));
            } else if (c == '(') {
                call = call > 0 || isMethod(text, i) ? call + 1 : 0;
            } else if (c == ')') {
                call = Math.max(0, call - 1);
            } else if (c == '$' && call == 0) {
                finding = finding.or(operator(text, i, place));
            } else if (c == ';' && first == i - 1 && isReturn(text, i)) {
                finding = finding.or(Finding.strong(i));
            } else if ((Text.lower(c) == 't' || Text.lower(c) == 'd') && !Text.isWord(text.at(i - 1))) {
                finding = finding.or(script(text, i));
            }
        }
        return finding;
    }

    /** Tells whether the text is a script that keeps a store busy, or a function with which it goes over all it has. */
    private static boolean isScript(Text text, int first) {
        if (text.says("for(;;", first) || text.says("while(true)", first) || text.says("while(1)", first)) {
            return "{;".indexOf(text.at(text.skipSpace(text.next(')', first) + 1))) >= 0;
        }
        if (!text.says("function", first)) {
            return false;
        }
        for (var i = first; i < first + NEAR && text.at(i) != Text.END; i++) {
            if (text.at(i) == '{') {
                var call = text.skipSpace(i + 1);
                return text.says("emit(", call) || text.says("sleep(", call);
            }
        }
        return false;
    }

    /** Tells whether the parenthesis is that of a method's arguments: no query is read there by anything that takes the text for a value. */
    private static boolean isMethod(Text text, int paren) {
        var i = paren;
        while (Text.isWord(text.at(i - 1)) && i > paren - LONGEST_NAME) {
            i--;
        }
        return i < paren && text.at(i - 1) == '.' && Text.isWord(text.at(i - 2));
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
        var follows = text.skipSpace(end + quote);
        var next = text.at(follows);
        var typed = text.at(end) == ':' && text.at(end + 1) == ':' || next == ':' && isVariable(text, at, follows);
        return next == ':' && !typed || before == '[' && next == ']' ? Finding.strong(at) : Finding.NONE;
    }

    /** Tells whether a name is declared to be of a type within brackets, as GraphQL does: {@code ($text: String!)}. */
    private static boolean isVariable(Text text, int at, int colon) {
        var type = text.skipSpace(colon + 1);
        type = text.at(type) == '[' ? text.skipSpace(type + 1) : type;
        return GraphqlAbuse.isOperation(text)
                && Text.isLetter(text.at(text.first()))
                && text.at(type) >= 'A'
                && text.at(type) <= 'Z'
                && "!]),=@$ \t\r\n".indexOf(text.at(text.wordEnd(type))) >= 0
                && isInBrackets(text, at);
    }

    /** Tells whether the nearest bracket that is open before the index is a round one. */
    private static boolean isInBrackets(Text text, int at) {
        var closed = 0;
        for (var i = at - 1; i >= Math.max(0, at - LONGEST_LIST); i--) {
            var c = text.at(i);
            if (c == ')' || c == '}') {
                closed++;
            } else if ((c == '(' || c == '{') && closed-- == 0) {
                return c == '(';
            }
        }
        return false;
    }

    /**
     * Tells whether the string that the text stands in is closed, a statement of a script follows, and a string is open at the end, or the
     * rest is a comment or done.
     */
    private static boolean isReturn(Text text, int semicolon) {
        var quote = text.at(semicolon - 1);
        var last = text.at(text.last() - 1);
        var open = last == quote || last == '/' || last == ';' || last == '}' || isOpen(text);
        return open && STATEMENTS.begin(text, text.skipSpace(semicolon + 1));
    }

    /** Tells whether the text ends inside of a string. */
    private static boolean isOpen(Text text) {
        var quotes = 0;
        for (var i = 0; i < text.length(); i++) {
            quotes += text.at(i) == '\'' || text.at(i) == '"' ? 1 : 0;
        }
        return quotes % 2 == 0;
    }

    private static Finding script(Text text, int at) {
        if (text.says("this.", at)) {
            var end = text.wordEnd(at + 5);
            var called = text.says(".match(", end)
                    || text.says(".length", end)
                    || text.says("==", text.skipSpace(end))
                    || text.at(end) == '[' && isQuote(text.at(text.first()));
            return called && isJoined(text, at) ? Finding.strong(at) : Finding.NONE;
        }
        if (!text.says("db.", at)) {
            return Finding.NONE;
        }
        var end = text.wordEnd(at + 3);
        var verb = text.wordEnd(end + 1);
        if (text.at(end) == '(' && OF_DATABASE.has(text, at + 3, end)) {
            return Finding.strong(at);
        }
        return text.at(end) == '.' && text.at(verb) == '(' && isVerb(text, end + 1, verb)
                ? Finding.strong(at)
                : Finding.NONE;
    }

    /** Tells whether a sign for "and" or "or" stands before the index, and before that a quote, or nothing but one value. */
    private static boolean isJoined(Text text, int at) {
        var i = at - 1;
        while (Text.isSpace(text.at(i)) || text.at(i) == '(') {
            i--;
        }
        if (text.at(i) != '&' && text.at(i) != '|' || text.at(i - 1) != text.at(i)) {
            return false;
        }
        var before = i - 2;
        while (Text.isSpace(text.at(before))) {
            before--;
        }
        var quoted = text.at(before) == '\'' || text.at(before) == '"';
        return quoted || text.wordEnd(text.first()) >= before;
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    private static final Words<Boolean> OF_DATABASE =
            Words.set("dropdatabase getcollection admincommand runcommand eval");

    private static final Words<Boolean> VERBS = Words.set(
            "insert insertone insertmany find findone update updateone remove drop"
                    + " deleteone deletemany mapreduce aggregate dropdatabase eval runcommand group count distinct save");

    private static boolean isVerb(Text text, int from, int end) {
        return VERBS.has(text, from, end);
    }
}
