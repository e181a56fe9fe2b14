package dev.portcullis.attack;

/** Traversals of graphs (Gremlin) as a value, and steps that go on with somebody else's behind a string. */
final class GraphTraversal {

    /** Where a traversal begins. */
    static final Words<Boolean> SOURCES = Words.set("v e addv adde");

    /** Steps that hardly anything else is called by behind a string. */
    static final Words<Boolean> STEPS = Words.set(
            "drop has haslabel hasid hasnot valuemap elementmap values tolist iterate or and not out"
                    + " outv oute inv ine both bothe repeat next property properties count union fold unfold sideeffect inject");

    private GraphTraversal() {}

    /** Tells whether a traversal, or a step of one behind a string, hangs on the name that begins at the index. */
    static boolean is(Text text, int at) {
        if (text.at(at - 1) != '.') {
            return false;
        }
        var end = text.wordEnd(at);
        if (text.at(end) != '(') {
            return false;
        }
        var before = text.at(at - 2);
        if (before == 'g' && !Text.isWord(text.at(at - 3)) && text.at(at - 3) != '.') {
            return SOURCES.has(text, at, end);
        }
        return before == ')' && isFirstQuote(text, at - 3) && (STEPS.has(text, at, end) || SOURCES.has(text, at, end));
    }

    private static boolean isFirstQuote(Text text, int at) {
        var c = text.at(at);
        return (c == '\'' || c == '"') && at <= Signs.NEAR && text.next(c, 0) == at;
    }
}
