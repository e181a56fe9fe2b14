package dev.portcullis.attack;

/**
 * Injection into XPath expressions.
 *
 * <p>Looks for: axes with a node test, functions that are asked about a path or a node, comparisons of a node's name or position, and
 * a quote or a bracket that closes what the application wrote before a union with another path.
 *
 * <p>Does not look for: paths with single or double slashes alone, which addresses and files have too.
 *
 * <p>Caught: {@code ' and count(/*)=1 and '1'='1}
 *
 * <p>Let through: {@code see //orders/order, or call name(user)}
 */
final class XpathInjection implements Detector {

    /** Within how many characters of the first one a quote ends a string of the application's. */
    private static final int NEAR = 64;

    private static final Marks ARGUMENTS = Marks.of("/@.)('\"");

    /** With what something begins that is looked at. */
    private static final Marks STARTS = Marks.of("[(:|$");

    private static final int JOINED = Traits.PIPE | Traits.SLASH;
    private static final int CLOSED = Traits.PAREN | Traits.BRACKET;

    private static final Words<Boolean> AXES = Words.set("ancestor ancestor-or-self attribute child descendant"
            + " descendant-or-self following following-sibling namespace parent preceding preceding-sibling self");

    static final Words<Boolean> FUNCTIONS = Words.set(
            "boolean contains count local-name name namespace-uri normalize-space number starts-with string string-length substring"
                    + " sum translate matches substring-before substring-after string-to-codepoints ends-with lower-case"
                    + " upper-case distinct-values");

    /** Functions of no argument that are all of a condition. */
    static final Words<Boolean> TRUTHS = Words.set("true false");

    static final Words<Boolean> LOADS =
            Words.set("doc document doc-available unparsed-text unparsed-text-lines collection");

    /** Functions that nothing else is called by, whatever they are asked. */
    private static final Words<Boolean> ODD = Words.set("codepoints-to-string string-to-codepoints environment-variable"
            + " available-environment-variables unparsed-text unparsed-text-lines unparsed-text-available");

    /** Axes that are no words of programs. */
    private static final Words<Boolean> FAR_AXES = Words.set(
            "ancestor ancestor-or-self descendant descendant-or-self following-sibling" + " preceding-sibling");

    private static final Words<Boolean> NODE_TESTS = Words.set("node text comment processing-instruction");

    static final Words<Boolean> POSITIONS = Words.set("name local-name namespace-uri position");

    @Override
    public String id() {
        return "xpath-injection";
    }

    @Override
    public int attractors(Place place) {
        return place.isArgument() || place == Place.HEADER
                ? Traits.PAREN | Traits.COLON | Traits.PIPE | Traits.DOLLAR | Traits.BRACKET | Traits.SLASH | Traits.AT
                : 0;
    }

    @Override
    public boolean mayFind(Sample sample) {
        var traits = sample.traits();
        var joined = (traits & JOINED) == JOINED && (traits & CLOSED) != 0;
        return joined || sample.has(Signs.XPATH) || XpathShape.is(sample.text());
    }

    @Override
    public Finding look(Text text, Place place) {
        if (XpathShape.is(text)) {
            return Finding.strong(text.first());
        }
        var opened = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.at(i);
            if (STARTS.lacks(c)) {
                continue;
            }
            opened |= c == '[';
            var found = switch (c) {
                case '(' -> isCall(text, i);
                case ':' -> isAxis(text, i);
                case '|' -> isUnion(text, i, opened);
                case '$' -> isBound(text, i);
                default -> false;
            };
            if (found) {
                return Finding.strong(i);
            }
        }
        return Finding.NONE;
    }

    private static boolean isAxis(Text text, int colon) {
        if (text.at(colon + 1) != ':' || !AXES.has(text, nameStart(text, colon), colon)) {
            return false;
        }
        var start = nameStart(text, colon);
        var test = text.at(colon + 2);
        var end = text.wordEnd(colon + 2);
        var step = text.at(start - 1) == '/' || FAR_AXES.has(text, start, colon);
        return test == '*'
                || step && end > colon + 2 && text.at(end) != ':' && text.at(end) != '('
                || text.at(end) == '(' && NODE_TESTS.has(text, colon + 2, end);
    }

    /** Tells whether a variable of XQuery is bound to nodes of a document: {@code for $u in //user}. */
    static boolean isBound(Text text, int dollar) {
        var sign = text.skipSpace(text.wordEnd(dollar + 1));
        var bound = text.says("in ", sign) || text.says(":=", sign);
        var path = text.skipSpace(sign + 2);
        return bound && text.says("//", path) && Text.isLetter(text.at(path + 2)) || bound && text.says("doc(", path);
    }

    private static boolean isCall(Text text, int paren) {
        var start = nameStart(text, paren);
        if (start == paren || text.at(start - 1) == '.' || text.at(start - 1) == '$') {
            return false;
        }
        var argument = text.skipSpace(paren + 1);
        var loads = isLoad(text, start, paren) || ODD.has(text, start, paren) || isFailing(text, start, argument);
        if (loads
                || FUNCTIONS.has(text, start, paren)
                        && (isPath(text, argument)
                                || isAsked(text, start, paren)
                                || asksSecret(text, argument, start))) {
            return true;
        }
        if (text.at(argument) != ')') {
            return false;
        }
        if (TRUTHS.has(text, start, paren)) {
            var denied = text.at(start - 1) == '(' && text.says("not", start - 4) ? start - 4 : start;
            return isJoined(text, denied) && isBroken(text, start);
        }
        if (text.at(start - 1) == '/' && NODE_TESTS.has(text, start, paren) && argument + 1 >= text.last()) {
            return text.at(text.first()) == '/' || text.at(text.first()) == '.';
        }
        return text.at(start - 1) == '/' && text.says("text", start) && start + 4 == paren && isCompared(text, argument)
                || POSITIONS.has(text, start, paren) && isCompared(text, argument) && isJoined(text, start);
    }

    /** Tells whether an error is made where a condition holds, or where it does not: {@code then error() else}. */
    private static boolean isFailing(Text text, int start, int argument) {
        var chosen = text.says("then ", start - 5) || text.says("else ", start - 5);
        return chosen && text.says("error", start) && text.at(argument) == ')' && text.next('(', 0) < start;
    }

    /** Tells whether a secret is named, or the name that belongs to one. */
    static boolean names(Text text, int from, int end) {
        return Secrets.has(text, from, end) || text.says("username", from) && end == from + 8;
    }

    /** Tells whether a function in a predicate is asked about a secret. */
    static boolean asksSecret(Text text, int argument, int start) {
        var end = text.wordEnd(argument);
        return text.at(start - 1) == '[' && text.at(end) == ',' && names(text, argument, end);
    }

    /** Tells whether a function with a dash in its name stands in a condition that goes on with another one, and is compared. */
    private static boolean isAsked(Text text, int start, int paren) {
        var dash = start;
        while (dash < paren && text.at(dash) != '-') {
            dash++;
        }
        var end = text.wordEnd(text.skipSpace(paren + 1));
        var first = text.first();
        var joined = text.says("and ", first) || text.says("or ", first);
        return dash < paren && joined && first + 4 >= start - 1 && text.at(end) == ')' && isCompared(text, end);
    }

    /** Tells whether a document from elsewhere, or a property of the processor, is asked for. */
    private static boolean isLoad(Text text, int start, int paren) {
        var quoted = text.at(paren + 1) == '\'' || text.at(paren + 1) == '"';
        var end = text.wordEnd(paren + 2);
        var address = text.says("://", end) || text.at(paren + 2) == '/';
        if (isPrefixed(text, start, "xdmp")) {
            return true;
        }
        var argument = text.skipSpace(paren + 1);
        var named = LOADS.has(text, start, paren);
        if (named && text.says("concat(", argument)) {
            return true;
        }
        if (named && isPrefixed(text, start, "fn") && ARGUMENTS.has(text.at(argument))) {
            return true;
        }
        return quoted
                && (LOADS.has(text, start, paren) && address
                        || text.says("system-property", start) && text.says("xsl:", paren + 2));
    }

    /** Tells whether the name belongs to this prefix. */
    private static boolean isPrefixed(Text text, int start, String prefix) {
        var at = start - 1 - prefix.length();
        return text.at(start - 1) == ':' && text.says(prefix, at) && !Text.isWord(text.at(at - 1));
    }

    /** Tells whether a path from the root, of an attribute or of the parent begins, and no regular expression or comment does. */
    private static boolean isPath(Text text, int at) {
        var next = text.at(at + 1);
        if (text.at(at) == '(' && text.at(at + 1) == '/') {
            return isPath(text, at + 1);
        }
        if (text.at(at) == '/') {
            var step = next == '/' ? text.at(at + 2) : next;
            return step == '*' || step == '@' || step == '.' || isWholeStep(text, next == '/' ? at + 2 : at + 1);
        }
        var itself = text.at(at) == '.' && (next == ',' || next == ')');
        return text.at(at) == '@' && next == '*' || itself || text.says("../", at);
    }

    /** Tells whether a name stands here that more of an expression follows, as nothing else puts it behind a slash. */
    private static boolean isWholeStep(Text text, int from) {
        var end = text.wordEnd(from);
        var next = text.at(end);
        var argued = text.at(from - 2) == '/' && (next == ')' || next == ',' || next == '/');
        return end > from && (argued || next == '[' || next == ':' && text.at(end + 1) == ':' || next == '(');
    }

    private static boolean isCompared(Text text, int paren) {
        var sign = text.skipSpace(paren + 1);
        var c = text.at(sign);
        var simple =
                c == '=' && text.at(sign + 1) != '=' || c == '<' || c == '>' || c == '!' && text.at(sign + 1) == '=';
        var value = text.at(text.skipSpace(c == '!' ? sign + 2 : sign + 1));
        return simple && (value == '\'' || value == '"' || Text.isDigit(value));
    }

    /** Tells whether a condition stands here: in a predicate, or behind a word that joins it to another one. */
    private static boolean isJoined(Text text, int start) {
        var before = start - 1;
        while (Text.isSpace(text.at(before))) {
            before--;
        }
        var word = text.says("or", before - 1) ? before - 2 : text.says("and", before - 2) ? before - 3 : before;
        return text.at(before) == '[' || word < before && Text.isSpace(text.at(word));
    }

    /** Tells whether the text begins with a quote, a parenthesis or a word that joins, as what breaks out of an expression does. */
    private static boolean isBroken(Text text, int start) {
        var first = text.first();
        var word = text.at(start - 1) == '(' ? start - 4 : start;
        return text.at(first) == '\''
                || text.at(first) == '"'
                || text.at(first) == ')'
                || first >= word - 4
                || endsString(text, word);
    }

    /** Tells whether the word that joins stands behind a quote, the first of its kind, that ends a string of the application's. */
    private static boolean endsString(Text text, int from) {
        var joint = from - 1;
        while (Text.isSpace(text.at(joint))) {
            joint--;
        }
        var before = text.says("or", joint - 1) ? joint - 2 : joint - 3;
        while (Text.isSpace(text.at(before)) || text.at(before) == ')') {
            before--;
        }
        var quote = text.at(before);
        return (quote == '\'' || quote == '"')
                && before < text.first() + NEAR
                && text.next(quote, text.first()) == before;
    }

    /** Tells whether what is closed before the bar is joined with a path behind it. */
    private static boolean isUnion(Text text, int bar, boolean opened) {
        var before = bar - 1;
        while (Text.isSpace(text.at(before))) {
            before--;
        }
        var path = text.skipSpace(bar + 1);
        var closes = text.at(before) == ']' || text.at(before) == ')';
        var quoted = text.at(before - 1) == '\'' || text.at(before - 1) == '"';
        var step = text.at(path + 1) == '/' ? path + 2 : path + 1;
        var named = text.wordEnd(step) > step || text.at(step) == '*';
        var broken = text.at(before) == ']' && !opened;
        return closes && (quoted || broken || text.at(before - 2) == '\'') && text.at(path) == '/' && named;
    }

    private static int nameStart(Text text, int end) {
        var start = end;
        while (Text.isWord(text.at(start - 1)) || text.at(start - 1) == '-') {
            start--;
        }
        return start;
    }
}
