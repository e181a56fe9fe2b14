package dev.portcullis.attack;

/**
 * Scripts (JavaScript) that a document store runs for each document where a value should be: a function or a condition that says yes, and
 * statements behind the string or the number that they break out of.
 */
final class StoreScript {

    /** How long a value is that is looked at as a whole. */
    private static final int LONGEST = 256;

    private static final int NEAR = 64;

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
            "function(",
            "function ",
            "db.");

    /** What a script begins with that is a whole value. */
    private static final Phrases OPENINGS = Phrases.of("function", "(function", "this.", "return", "for(;;", "while(");

    private StoreScript() {}

    /** Tells whether a text may be such a script by how it begins. */
    static boolean mayBegin(Text text) {
        var first = text.first();
        return OPENINGS.begin(text, first) || text.at(first) == '(' && isArrow(text, first);
    }

    /** Judges a text that is a script from its first character on. */
    static Finding whole(Text text) {
        var first = text.first();
        if (first > 1 || text.last() - first > LONGEST || !mayBegin(text)) {
            return Finding.NONE;
        }
        if (isLoop(text, first) || isFunction(text, first) || isCondition(text, first) || isYes(text, first)) {
            return Finding.strong(first);
        }
        return isAnswer(text, first) ? Finding.faint(first) : Finding.NONE;
    }

    /** Tells whether the members of what is looked at are listed. */
    static boolean isListed(Text text, int at) {
        return text.says("object.keys(this", at) || text.says("object.values(this", at);
    }

    /** Tells whether a number or a string that is closed is joined with what is looked at, which is true, and nothing else: {@code 1'||this'}. */
    static boolean isItself(Text text) {
        var last = text.last() - 1;
        last -= text.at(last) == '\'' || text.at(last) == '"' || text.at(last) == ';' ? 1 : 0;
        var i = last - 4;
        if (!text.says("this", last - 3) || last >= text.first() + LONGEST) {
            return false;
        }
        while (text.at(i) == ' ' || text.at(i) == '!') {
            i--;
        }
        var joins = (text.at(i) == '|' || text.at(i) == '&') && text.at(i - 1) == text.at(i);
        var before = i - 2;
        while (text.at(before) == ' ') {
            before--;
        }
        var c = text.at(before);
        return joins && (c == '\'' || c == '"' || isNumber(text, before));
    }

    /** Tells whether it keeps a store busy for good. */
    private static boolean isLoop(Text text, int first) {
        var loops = text.says("for(;;", first) || text.says("while(true)", first) || text.says("while(1)", first);
        return loops && "{;".indexOf(text.at(text.skipSpace(text.next(')', first) + 1))) >= 0;
    }

    /** Tells whether it is a function that goes over all there is, waits, or returns what is true or compares a member. */
    private static boolean isFunction(Text text, int first) {
        var name = text.at(first) == '(' ? first + 1 : first;
        if (!text.says("function", name)) {
            return false;
        }
        var brace = text.next('{', name);
        if (brace > name + NEAR || brace >= text.last()) {
            return false;
        }
        var body = text.skipSpace(brace + 1);
        if (text.says("emit(", body) || text.says("sleep(", body)) {
            return true;
        }
        return text.says("return", body) && isClosed(text) && answers(text, body + 6, text.next('}', body));
    }

    private static boolean isClosed(Text text) {
        var last = text.last() - 1;
        while (";()".indexOf(text.at(last)) >= 0) {
            last--;
        }
        return text.at(last) == '}';
    }

    /** Tells whether what is returned is true of whatever is asked, or compares a member of what is looked at. */
    private static boolean answers(Text text, int from, int to) {
        return isTrue(text, from) || isMember(text, text.skipSpace(from)) && compares(text, from, to);
    }

    private static boolean isMember(Text text, int at) {
        return text.says("this.", at) || text.says("obj.", at);
    }

    private static boolean compares(Text text, int from, int to) {
        for (var i = from; i < to; i++) {
            if (text.says("==", i)
                    || text.says("!=", i)
                    || text.says(".match(", i)
                    || text.at(i) == '<'
                    || text.at(i) == '>') {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a condition begins that is always true, and nothing else follows. */
    private static boolean isTrue(Text text, int from) {
        var i = text.skipSpace(from);
        while ("(!".indexOf(text.at(i)) >= 0) {
            i = text.skipSpace(i + 1);
        }
        var end = text.wordEnd(i);
        if (text.says("true", i) && end == i + 4) {
            return ends(text, end);
        }
        if (!Text.isDigit(text.at(i))) {
            return false;
        }
        var sign = text.skipSpace(end);
        return text.says("==", sign) || text.at(i) != '0' && end == i + 1 && ends(text, end);
    }

    private static boolean ends(Text text, int from) {
        var i = text.skipSpace(from);
        return text.at(i) == Text.END || ";)}/".indexOf(text.at(i)) >= 0;
    }

    /** Tells whether it is a condition on a member, and no statement. */
    private static boolean isCondition(Text text, int first) {
        if (!text.says("this.", first) || text.next(';', first) < text.last()) {
            return false;
        }
        var end = text.wordEnd(first + 5);
        if (text.says(".match(", end)) {
            return true;
        }
        var sign = text.skipSpace(text.says(".length", end) ? end + 7 : end);
        var c = text.at(sign);
        return text.says("==", sign) || text.says("!=", sign) || (c == '>' || c == '<') && text.at(sign + 1) != c;
    }

    /** Tells whether it is the answer to everything: an arrow to what is true, or a comparison of numbers that is returned. */
    private static boolean isYes(Text text, int first) {
        if (text.at(first) == '(') {
            return isArrow(text, first) && isTrue(text, text.next('>', first) + 1);
        }
        var value = text.skipSpace(first + 6);
        return text.says("return", first)
                && Text.isDigit(text.at(value))
                && isTrue(text, value)
                && compares(text, value, text.last());
    }

    private static boolean isArrow(Text text, int paren) {
        var close = paren + 1;
        while (close < paren + NEAR && (Text.isWord(text.at(close)) || text.at(close) == ' ')) {
            close++;
        }
        return text.at(close) == ')' && text.says("=>", text.skipSpace(close + 1));
    }

    /** Tells whether something is returned that is true, or belongs to what is looked at, and nothing else happens. */
    private static boolean isAnswer(Text text, int first) {
        var function = text.next('{', first);
        var from = text.says("return", first) ? first : text.skipSpace(function + 1);
        return text.says("return", from)
                && !Text.isWord(text.at(from + 6))
                && (isTrue(text, from + 6) || isMember(text, text.skipSpace(from + 6)));
    }

    /**
     * Tells whether the string or the number that the text stands in is closed before the semicolon, a statement of a script follows, and a
     * string is open at the end, or the rest is a comment or done.
     *
     * @param quote where the latest quote stands that was the first of its kind
     */
    static boolean isAppended(Text text, int semicolon, int quote) {
        var before = before(text, semicolon);
        var next = text.skipSpace(semicolon + 1);
        if (before < 0) {
            return text.says("return", next) && isTrue(text, next + 6);
        }
        if (before != quote || quote < 0) {
            return isNumber(text, before) && STATEMENTS.begin(text, next) && does(text, next);
        }
        var last = text.at(text.last() - 1);
        var open = last == text.at(before) || last == '/' || last == ';' || last == '}' || isOpen(text);
        return open && STATEMENTS.begin(text, next);
    }

    /** What goes on behind a string in languages whose comments begin with two slashes. */
    private static final Words<Boolean> CLAUSES = Words.set(
            "return for remove filter update insert replace with match limit sort set delete detach union call where merge");

    /** Tells whether the first string is closed, be it with brackets, and an operator or a clause goes on. */
    static boolean goesOn(Text text) {
        var quote = text.first();
        while (quote < text.first() + NEAR && text.at(quote) != '\'' && text.at(quote) != '"') {
            quote++;
        }
        var next = text.skipSpace(quote + 1);
        while (")}]".indexOf(text.at(next)) >= 0) {
            next = text.skipSpace(next + 1);
        }
        if (text.at(quote) != '\'' && text.at(quote) != '"' || next >= text.last()) {
            return false;
        }
        var c = text.at(next);
        return (c == '|' || c == '&') && text.at(next + 1) == c || CLAUSES.has(text, next, text.wordEnd(next));
    }

    /** The index of the last character before a semicolon that is neither white space nor closes a parenthesis. */
    static int before(Text text, int semicolon) {
        var i = semicolon - 1;
        while (Text.isSpace(text.at(i)) || text.at(i) == ')') {
            i--;
        }
        return i;
    }

    private static boolean isNumber(Text text, int last) {
        return Text.isDigit(text.at(last))
                && text.wordEnd(text.first()) == last + 1
                && Text.isDigit(text.at(text.first()));
    }

    /** Tells whether the statement is no word of a sentence. */
    private static boolean does(Text text, int at) {
        var end = text.wordEnd(at);
        return text.at(end) != ' '
                || text.says("return", at) && isTrue(text, end)
                || text.next('=', end) < end + NEAR && text.next('=', end) < text.last();
    }

    /** Tells whether the text ends inside of a string. */
    private static boolean isOpen(Text text) {
        var quotes = 0;
        for (var i = 0; i < text.length(); i++) {
            quotes += text.at(i) == '\'' || text.at(i) == '"' ? 1 : 0;
        }
        return quotes % 2 == 0;
    }
}
