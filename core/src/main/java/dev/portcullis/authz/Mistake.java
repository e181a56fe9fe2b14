package dev.portcullis.authz;

import java.util.Collection;
import java.util.List;

/** Says what is wrong with a condition, and where. Immutable. */
public final class Mistake extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String written;
    private final transient List<String> known;

    private Mistake(String message, String written, List<String> known) {
        super(message);
        this.written = written;
        this.known = known;
    }

    /** A mistake that begins with the character of this index, counted from 0. */
    static Mistake at(int index, String message) {
        return new Mistake(message + ", at character " + (index + 1), "", List.of());
    }

    /** A word that there is not, where these are known. */
    static Mistake unknown(int index, String message, String written, Collection<String> known) {
        var sorted = known.stream().sorted().toList();
        return new Mistake(message + ", at character " + (index + 1), written, sorted);
    }

    /** The word that there is not; empty when something else is wrong. */
    public String written() {
        return written;
    }

    /** The words that could have been meant. */
    public List<String> known() {
        return known == null ? List.of() : known;
    }
}
