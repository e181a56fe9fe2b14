package dev.portcullis.respond.leak;

/**
 * A kind of token that is known by how it begins, and by how long it goes on. Immutable.
 *
 * @param id what it is called
 * @param prefix how it begins
 * @param kind what it goes on with
 * @param least how many of those there are at least
 * @param most how many there are at most; more of them make it something else, unless it is {@link Leak#MAX_MATCH}
 */
record Shape(String id, String prefix, Ascii kind, int least, int most) implements Leak {

    @Override
    public String beginnings() {
        return prefix.substring(0, 1);
    }

    @Override
    public int end(Text text, int at) {
        if (!text.has(at, prefix) || !text.begins(at)) {
            return -1;
        }
        var from = at + prefix.length();
        var end = text.run(from, kind, most);
        var whole = most == MAX_MATCH || !kind.has(text.at(end));
        return whole && end - from >= least ? end : -1;
    }

    /** The beginning says whose it is, and is no secret. */
    @Override
    public int hiddenFrom(Text text, int from, int to) {
        return from + prefix.length();
    }
}
