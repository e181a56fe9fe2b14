package dev.portcullis.attack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The way from the root of a JSON body to the value that is looked at. Belongs to one thread; reading JSON bounds its length. */
final class Trail {

    /** The trail of what is no JSON. */
    static final Trail NONE = new Trail(0);

    private static final int USUAL = 8;
    private static final int MAX_SHOWN = 120;

    private @Nullable String[] names;
    private int depth;

    private Trail(int room) {
        this.names = new String[room];
    }

    static Trail atRoot() {
        return new Trail(USUAL);
    }

    /** Goes down to a member. */
    void enter(String name) {
        push(name);
    }

    /** Goes down to the elements of an array, which are not told from each other. */
    void enterElements() {
        push(null);
    }

    private void push(@Nullable String name) {
        if (depth == names.length) {
            names = Arrays.copyOf(names, depth * 2);
        }
        names[depth++] = name;
    }

    /** Goes back up. */
    void leave() {
        depth--;
    }

    /** The name of the member that was entered last; empty for elements and at the root. */
    String last() {
        var name = depth == 0 ? null : names[depth - 1];
        return name == null ? "" : name;
    }

    /** Tells whether a member of this name was entered on the way. */
    boolean passes(String name) {
        for (var i = 0; i < depth; i++) {
            if (name.equals(names[i])) {
                return true;
            }
        }
        return false;
    }

    int depth() {
        return depth;
    }

    /** Tells whether a step of the way goes to the member of this name; an index of an array is any. */
    boolean says(int step, String name) {
        var here = names[step];
        return here == null ? isIndex(name) : here.equals(name);
    }

    private static boolean isIndex(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The way as a JSON pointer with stars for elements; empty when it is too long to be written down. */
    String pointer() {
        var text = new StringBuilder();
        for (var i = 0; i < depth; i++) {
            var name = names[i];
            text.append('/')
                    .append(
                            name == null
                                    ? Exclusion.ALL
                                    : name.replace("~", "~0").replace("/", "~1"));
        }
        return text.length() <= MAX_SHOWN ? text.toString() : "";
    }
}
