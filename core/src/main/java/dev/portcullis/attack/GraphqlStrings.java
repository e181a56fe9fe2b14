package dev.portcullis.attack;

import java.util.ArrayList;
import java.util.List;

/** The strings that are written in a query of GraphQL: what an application takes from it is not the query but these. */
final class GraphqlStrings {

    /** How many strings of one query are taken; what more there are is read as part of the query alone. */
    private static final int MOST = 64;

    private GraphqlStrings() {}

    /** Tells whether the text begins as an operation of GraphQL does, and ends with its brace. */
    static boolean isOperation(Text text) {
        var first = text.first();
        var named = text.says("query ", first)
                || text.says("mutation ", first)
                || text.says("subscription ", first)
                || text.says("fragment ", first);
        return (named || text.at(first) == '{') && text.at(text.last() - 1) == '}';
    }

    /** The strings of a value with these traits, without their escapes; none where it is no query. */
    static List<String> of(String value, int traits) {
        if ((traits & Traits.BRACE) == 0 || (traits & Traits.QUOTE) == 0) {
            return List.of();
        }
        var text = new Text(value);
        var strings = new ArrayList<String>();
        if (!GraphqlAbuse.isOperation(text)) {
            return strings;
        }
        for (var i = text.next('"', 0); i < text.length() && strings.size() < MOST; ) {
            var end = GraphqlAbuse.stringEnd(text, i);
            if (end > i + 1) {
                strings.add(plain(value.substring(i + 1, Math.min(end, value.length()))));
            }
            i = text.next('"', end + 1);
        }
        return strings;
    }

    private static String plain(String string) {
        return Escapes.undo(string.indexOf('\\') < 0 ? string : string.replace("\\\"", "\""));
    }
}
