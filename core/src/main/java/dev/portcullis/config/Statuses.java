package dev.portcullis.config;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/** Sets of HTTP statuses, written as {@code 401} or {@code 4xx}. */
final class Statuses {

    private static final String HELP = "write statuses such as `401`, or classes such as `4xx`";

    private Statuses() {}

    static IntPredicate read(At at, List<String> texts) {
        var statuses = new BitSet();
        if (texts.isEmpty()) {
            at.problem("an empty list, so that nothing is charged", HELP);
        }
        for (var i = 0; i < texts.size(); i++) {
            var here = at.item(i);
            here.make(texts.get(i), HELP, text -> add(statuses, text));
        }
        return statuses::get;
    }

    private static BitSet add(BitSet statuses, String text) {
        if (text.matches("[1-5]xx")) {
            var first = (text.charAt(0) - '0') * 100;
            statuses.set(first, first + 100);
        } else if (text.matches("[1-5][0-9][0-9]")) {
            statuses.set(Integer.parseInt(text));
        } else {
            throw new IllegalArgumentException("`" + At.shown(text) + "` (expected: a status)");
        }
        return statuses;
    }
}
