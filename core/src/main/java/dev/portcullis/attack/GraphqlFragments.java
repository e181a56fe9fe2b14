package dev.portcullis.attack;

/** The fragments of a query in GraphQL, and which others each takes in. Not thread-safe. */
final class GraphqlFragments {

    /** How many fragments, and how many of their spreads are followed; what more there are is not. */
    private static final int MOST = 48;

    private static final int NONE = -1;

    private final Text text;
    /** Where the names of the fragments stand. */
    private final int[] names = new int[MOST];
    /** In which fragment each spread is, and where its name stands. */
    private final int[] within = new int[MOST];

    private final int[] spreads = new int[MOST];
    private int count;
    private int edges;
    private int current = NONE;

    GraphqlFragments(Text text) {
        this.text = text;
    }

    /** Begins the fragment whose name stands at the index. */
    void define(int at) {
        current = count < MOST ? count : NONE;
        if (count < MOST) {
            names[count++] = at;
        }
    }

    /** Ends the fragment. */
    void leave() {
        current = NONE;
    }

    boolean isInside() {
        return current != NONE;
    }

    /** Takes in the fragment whose name stands at the index. */
    void spread(int at, int end) {
        if (current != NONE && edges < MOST && !(end == at + 2 && text.says("on", at))) {
            within[edges] = current;
            spreads[edges++] = at;
        }
    }

    /** Tells whether a fragment takes in itself, be it by others. */
    boolean areCircular() {
        var taken = new long[edges];
        for (var edge = 0; edge < edges; edge++) {
            taken[edge] = named(spreads[edge]);
        }
        for (var i = 0; i < count && edges > 0; i++) {
            if (reaches(i, taken)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a fragment is taken in by what it takes in. */
    private boolean reaches(int fragment, long[] taken) {
        var seen = 0L;
        var next = 1L << fragment;
        while (next != 0) {
            var more = 0L;
            for (var edge = 0; edge < edges; edge++) {
                more |= (next >>> within[edge] & 1) != 0 ? taken[edge] : 0;
            }
            next = more & ~seen;
            seen |= more;
        }
        return (seen >>> fragment & 1) != 0;
    }

    private long named(int at) {
        var found = 0L;
        for (var i = 0; i < count; i++) {
            found |= isSame(names[i], at) ? 1L << i : 0;
        }
        return found;
    }

    private boolean isSame(int one, int other) {
        var i = 0;
        while (Text.isWord(text.at(one + i)) && text.at(one + i) == text.at(other + i)) {
            i++;
        }
        return !Text.isWord(text.at(one + i)) && !Text.isWord(text.at(other + i));
    }
}
