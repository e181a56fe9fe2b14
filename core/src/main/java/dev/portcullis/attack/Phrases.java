package dev.portcullis.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Phrases in small letters, of which most places in a text are told by one character that none begins there. Immutable. */
final class Phrases {

    private final @Nullable String[][] byFirst = new String[128][];
    /** Which second characters the phrases have by the first one: the lower six bits of each. */
    private final long[] seconds = new long[128];

    private Phrases() {}

    static Phrases of(String... phrases) {
        var made = new Phrases();
        var lists = new ArrayList<List<String>>();
        for (var c = 0; c < 128; c++) {
            lists.add(new ArrayList<>());
        }
        for (var phrase : phrases) {
            lists.get(phrase.charAt(0)).add(phrase);
            made.seconds[phrase.charAt(0)] |= phrase.length() == 1 ? -1L : 1L << phrase.charAt(1);
        }
        for (var c = 0; c < 128; c++) {
            made.byFirst[c] = lists.get(c).isEmpty() ? null : lists.get(c).toArray(String[]::new);
        }
        return made;
    }

    /** All of them, in no order. */
    List<String> all() {
        return Arrays.stream(byFirst)
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .toList();
    }

    /** With which characters they begin. */
    String firsts() {
        return all().stream().map(phrase -> phrase.substring(0, 1)).distinct().collect(Collectors.joining());
    }

    /** Tells whether one of them may stand at the index, as far as two characters tell. */
    boolean mayBegin(Text text, int at) {
        var first = text.lower(at);
        return first < 128 && (seconds[first] >>> text.lower(at + 1) & 1) != 0;
    }

    /** Tells whether one of them stands at the index, in capitals or not. */
    boolean begin(Text text, int at) {
        var first = text.lower(at);
        var some = first < 128 && mayBegin(text, at) ? byFirst[first] : null;
        for (var i = 0; some != null && i < some.length; i++) {
            if (text.says(some[i], at)) {
                return true;
            }
        }
        return false;
    }
}
