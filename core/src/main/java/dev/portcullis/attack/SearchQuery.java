package dev.portcullis.attack;

/**
 * Queries of search engines (Lucene, Solr, Elasticsearch) that are more than words to look for: what asks for everything, breaks out of
 * somebody else's string or brackets, asks for a secret, or runs a script.
 */
final class SearchQuery {

    private static final Marks SIGNS = Marks.of("(+-!");

    /** How far back an open bracket is looked for. */
    private static final int NEAR = 256;
    /** How long the name of a field is at most: operators may stand in it, and each is read from. */
    private static final int LONGEST_FIELD = 64;

    /** Words of the query language that are written as JSON, and of other stores' that nothing else is called by. */
    static final Words<Boolean> KEYS =
            Words.set("match_all query_string must_not script_fields script_score function_score"
                    + " minimum_should_match comparisonoperator scanfilter keyconditionexpression");

    /** Names that are asked in front of a bracket, or before a colon. */
    static final Words<Boolean> NAMES = Words.set(
            "_exists_ _query_ attribute_exists attribute_not_exists attribute_type _all_docs _all_dbs couchdb");

    private static final Words<Boolean> PARSERS = Words.set(
            "func frange join xmlparser lucene dismax edismax term terms boost graph parent"
                    + " child geofilt bbox field prefix raw query switch mlt complexphrase surround simple rerank collapse child_of velocity");

    private SearchQuery() {}

    /** Judges a text from its first character on. */
    static Finding first(Text text) {
        var first = text.first();
        if (text.says("*:*", first)) {
            var next = text.skipSpace(first + 3);
            if (next >= text.last()) {
                return Finding.faint(first);
            }
            var goesOn = isOperator(text, next) || text.at(next) == ')' || text.at(next) == '^';
            return goesOn ? Finding.strong(first) : Finding.NONE;
        }
        var end = text.wordEnd(first);
        return text.at(end) == ':' && Secrets.has(text, first, end) && isAny(text, end + 1)
                ? Finding.strong(first)
                : Finding.NONE;
    }

    /** Tells whether the parameters of a parser begin at the brace, as Solr has them: <code>{!func}</code>. */
    static boolean isParser(Text text, int brace) {
        var end = text.wordEnd(brace + 2);
        return text.at(brace + 1) == '!'
                && PARSERS.has(text, brace + 2, end)
                && (text.at(end) == '}' || text.at(end) == ' ' && text.next('=', end) < text.next('}', end));
    }

    /** Tells whether the key of a query stands at the index, in quotes, and the text is one from its first character on. */
    static boolean isKey(Text text, int at) {
        var first = text.at(text.first());
        if (text.at(at - 1) != '"' || first != '{' && first != '[') {
            return false;
        }
        var end = text.wordEnd(at);
        var colon = text.skipSpace(end + 1);
        return text.at(end) == '"'
                && text.at(colon) == ':'
                && (KEYS.has(text, at, end) || text.says("script\"", at) && isScript(text, text.skipSpace(colon + 1)));
    }

    /** Tells whether a script is written down at the index. */
    private static boolean isScript(Text text, int brace) {
        var key = text.skipSpace(brace + 1);
        return text.at(brace) == '{'
                && (text.says("\"source\"", key) || text.says("\"inline\"", key) || text.says("\"lang\"", key));
    }

    /** Judges a name that only queries have. */
    static Finding name(Text text, int at) {
        var end = text.wordEnd(at);
        var next = text.at(end);
        var found = switch (text.lower(at + 1)) {
            case 'e' -> next == ':' && Secrets.within(text, end + 1, text.wordEnd(end + 1));
            case 'q' -> text.says(":\"{!", end);
            case 'a' -> isPart(text, at, next);
            case 'o' -> text.says("org.couchdb.user:", at - 4);
            default -> next == '(' && Text.isLetter(text.at(text.skipSpace(end + 1)));
        };
        var exists = text.says("_exists_:", at) && Text.isLetter(text.at(end + 1));
        return found ? Finding.strong(at) : exists ? Finding.faint(at) : Finding.NONE;
    }

    private static boolean isPart(Text text, int at, char next) {
        var before = text.at(at - 1);
        return (before == Text.END || before == '/') && (next == Text.END || next == '?' || next == '/');
    }

    private static boolean isOperator(Text text, int at) {
        var word = text.wordEnd(at) - at;
        return word == 2 && is(text, at, "OR")
                || word == 3 && (is(text, at, "AND") || is(text, at, "NOT"))
                || text.says("||", at)
                || text.says("&&", at);
    }

    private static boolean is(Text text, int at, String word) {
        for (var i = 0; i < word.length(); i++) {
            if (text.at(at + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a field is asked for behind the operator that begins at the index, which is written in capitals. */
    static boolean joins(Text text, int at) {
        return isOperator(text, at) && isField(text, operand(text, at));
    }

    /** No operator stands among the blanks and signs that are gone over, so each of them is read for the one or two before it, however many there are. */
    private static int operand(Text text, int at) {
        var i = text.skipSpace(text.wordEnd(at));
        if (text.says("NOT ", i) || text.says("not ", i)) {
            i = text.skipSpace(i + 4);
        }
        while (SIGNS.has(text.at(i))) {
            i++;
        }
        return i;
    }

    private static boolean isField(Text text, int at) {
        var end = text.at(at) == '*' ? at + 1 : fieldEnd(text, at);
        return end > at && text.at(end) == ':' && text.at(end + 1) != '/';
    }

    private static int fieldEnd(Text text, int at) {
        var i = at;
        while (i < at + LONGEST_FIELD && isFieldPart(text.at(i))) {
            i++;
        }
        return i;
    }

    private static boolean isFieldPart(char c) {
        return Text.isWord(c) || c == '.' || c == '-';
    }

    /** Judges what an operator joins. */
    static Finding joined(Text text, int at) {
        if (!joins(text, at)) {
            return Finding.NONE;
        }
        var field = operand(text, at);
        if (text.at(field) == '*' || isBroken(text, at)) {
            return Finding.strong(at);
        }
        var end = fieldEnd(text, field);
        var value = text.wordEnd(end + 1);
        var same = Text.isDigit(text.at(field)) && value - end - 1 == end - field;
        for (var i = 0; same && i < end - field; i++) {
            same = text.at(field + i) == text.at(end + 1 + i);
        }
        var exists = text.says("_exists_:", field);
        var name = exists ? end + 1 : field;
        var asks = (exists || isAny(text, end + 1) || isPrefix(text, end + 1))
                && Secrets.within(text, name, text.wordEnd(name));
        return same || asks ? Finding.strong(at) : isAny(text, end + 1) ? Finding.faint(at) : Finding.NONE;
    }

    /** Tells whether whatever begins with a word is asked for, and nothing follows. */
    private static boolean isPrefix(Text text, int at) {
        var star = text.wordEnd(at);
        return star > at && text.at(star) == '*' && star + 1 == text.last();
    }

    /** Tells whether any value is asked for: by an asterisk, a regular expression or a range. */
    private static boolean isAny(Text text, int at) {
        var c = text.at(at);
        var next = text.at(at + 1);
        return c == '*' && (next == Text.END || next == ' ' || next == ')' || next == '"')
                || c == '/' && (next == '.' || next == '[' || next == '^')
                || text.says("[* to ", at);
    }

    /** Tells whether a string or a bracket is closed before the operator that was not opened in the text. */
    private static boolean isBroken(Text text, int at) {
        var i = at - 1;
        while (text.at(i) == ' ') {
            i--;
        }
        var c = text.at(i);
        if (c == '"') {
            return i <= NEAR && text.next('"', 0) == i;
        }
        if (c != ')' || i > NEAR) {
            return false;
        }
        var depth = 0;
        for (var k = 0; k <= i; k++) {
            depth += text.at(k) == '(' ? 1 : text.at(k) == ')' ? -1 : 0;
        }
        return depth < 0;
    }
}
