package dev.portcullis.attack;

/**
 * Queries in GraphQL that cost more than they ask for, or ask what there is to attack.
 *
 * <p>Looks for: selections that are nested deeper than any page needs, hundreds of aliases, and, at the strict level, introspection.
 *
 * <p>Does not look for: JSON and code, which are nested too.
 *
 * <p>Caught: {@code query{a{a{a{a{a{a{a{a{a{a{a{a{a{a{a{a{id}}}}}}}}}}}}}}}}}}
 *
 * <p>Let through: {@code query Orders($n: Int) { orders(first: $n) { id lines { product { name } } } }}
 */
final class GraphqlAbuse implements Detector {

    /** How deep selections may be nested. */
    static final int MAX_DEPTH = 15;
    /** How many selections may have a name of the client's own. */
    static final int MAX_ALIASES = 100;

    private static final Words<Boolean> OPERATIONS = Words.set("query mutation subscription fragment");

    @Override
    public String id() {
        return "graphql-abuse";
    }

    @Override
    public int attractors(Place place) {
        return place.isValue() ? Traits.BRACE : 0;
    }

    @Override
    public Reach reach() {
        return Reach.ANYWHERE;
    }

    @Override
    public Finding look(Text text, Place place) {
        if (!isDocument(text)) {
            return Finding.NONE;
        }
        var introspects = -1;
        var tally = new Tally();
        for (var i = text.first(); i < text.length(); i++) {
            var c = text.at(i);
            if (c == '"') {
                i = stringEnd(text, i);
            } else if (tally.exceedsWith(c)) {
                return Finding.strong(i);
            }
            introspects = introspects < 0 && c == '_' && isIntrospection(text, i) ? i : introspects;
        }
        return introspects < 0 ? Finding.NONE : Finding.faint(introspects);
    }

    /** What was counted so far, outside of strings. */
    private static final class Tally {

        private int depth;
        private int parens;
        private int aliases;

        /** Counts the character; tells whether there are too many of its kind. */
        boolean exceedsWith(char c) {
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            parens += c == '(' ? 1 : c == ')' ? -1 : 0;
            aliases += c == ':' && parens == 0 && depth > 0 ? 1 : 0;
            return depth > MAX_DEPTH || aliases > MAX_ALIASES;
        }
    }

    /** Tells whether it begins as an operation does, and not as JSON does. */
    private static boolean isDocument(Text text) {
        var start = text.first();
        var end = text.wordEnd(start);
        if (end == start) {
            var next = text.at(text.skipSpace(start + 1));
            return text.at(start) == '{' && (Text.isLetter(next) || next == '_' || next == '.');
        }
        var next = text.at(text.skipSpace(end));
        return OPERATIONS.has(text, start, end)
                && (next == '{' || next == '(' || next == '@' || Text.isLetter(next) || next == '_');
    }

    /** Tells whether it begins as an operation does that takes arguments: with its kind, or with a field that has them. */
    static boolean isOperation(Text text) {
        if (!isDocument(text)) {
            return false;
        }
        var start = text.first();
        var field = text.wordEnd(text.skipSpace(start + 1));
        return text.at(start) != '{' || text.at(text.skipSpace(field)) == '(' || text.at(text.skipSpace(field)) == '{';
    }

    /** Where the string ends that begins at the quote. */
    static int stringEnd(Text text, int quote) {
        var i = quote + 1;
        while (text.at(i) != '"' && text.at(i) != Text.END) {
            i += text.at(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    private static boolean isIntrospection(Text text, int at) {
        return !Text.isWord(text.at(at - 1))
                && (text.says("__schema", at) || text.says("__type(", at) || text.says("__type (", at));
    }
}
