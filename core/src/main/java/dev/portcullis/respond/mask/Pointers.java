package dev.portcullis.respond.mask;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Places in JSON, as a tree of the names on the way to them. Immutable once all are added. */
final class Pointers {

    static final int MAX_SEGMENTS = 64;

    private static final String ANY = "*";

    private final Map<String, Pointers> named = new HashMap<>();
    private @Nullable Pointers any;
    private int field = NONE;

    /** No field ends here. */
    static final int NONE = -1;

    /**
     * Adds the place of a field.
     *
     * @param pointer a JSON Pointer (RFC 6901), in which a segment {@code *} is every member and every item
     * @throws IllegalArgumentException when it is none
     */
    void add(String pointer, int index) {
        var at = this;
        for (var segment : segments(pointer)) {
            at = at.child(segment);
        }
        if (at.field != NONE) {
            throw new IllegalArgumentException("pointer: `" + pointer + "` twice (expected: once)");
        }
        at.field = index;
    }

    private Pointers child(String segment) {
        if (!segment.equals(ANY)) {
            return named.computeIfAbsent(segment, unused -> new Pointers());
        }
        var child = any == null ? new Pointers() : any;
        any = child;
        return child;
    }

    private static List<String> segments(String pointer) {
        var parts = List.of(pointer.split("/", -1));
        if (!pointer.startsWith("/") || parts.size() > MAX_SEGMENTS + 1 || pointer.matches(".*~([^01]|$).*")) {
            throw new IllegalArgumentException(
                    "pointer: `" + pointer + "` (expected: a JSON Pointer such as `/items/*/card`)");
        }
        return parts.stream()
                .skip(1)
                .map(part -> part.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    /** The field that ends here; {@link #NONE} when none does. */
    int field() {
        return field;
    }

    /** Adds what is below these for a member or an item of that name. */
    static void below(List<Pointers> these, String name, List<Pointers> found) {
        for (var i = 0; i < these.size(); i++) {
            var one = these.get(i);
            var child = one.named.get(name);
            if (child != null) {
                found.add(child);
            }
            if (one.any != null) {
                found.add(one.any);
            }
        }
    }
}
