package dev.portcullis.attack;

/**
 * Queries in GraphQL that cost more than they ask for, or ask what there is to attack.
 *
 * <p>Looks for: selections that are nested deeper than any page needs or within themselves, fragments that take in themselves, hundreds of
 * aliases, the same field many times, many operations together, more rows than anybody reads, introspection, and hashes of passwords.
 *
 * <p>Does not look for: JSON and code, which are nested too.
 *
 * <p>Caught: {@code query{a{a{a{a{a{a{a{a{a{a{a{a{a{a{a{a{id}}}}}}}}}}}}}}}}}}
 *
 * <p>Let through: {@code query Orders($n: Int) { orders(first: $n) { id lines { product { name } } } }}
 */
final class GraphqlAbuse implements Detector {

    static final Words<Boolean> OPERATIONS = Words.set("query mutation subscription fragment");

    @Override
    public String id() {
        return "graphql-abuse";
    }

    @Override
    public int attractors(Place place) {
        return place.isValue() || place == Place.HEADER ? Traits.BRACE : 0;
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
        return GraphqlTally.judge(text);
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
        if (next == '{' && text.says("__schema", text.skipSpace(text.skipSpace(end) + 1))) {
            return true;
        }
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
}
