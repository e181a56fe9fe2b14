package dev.portcullis.schema;

import com.google.re2j.Pattern;
import dev.portcullis.TrustedBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of one character after another, each from a set and repeated so and so often, of which every text is read in one way:
 * what may be repeated is never what may follow. Immutable.
 *
 * <p>Most patterns of most schemas are such, and are matched in one look through the text. What the sets hold is asked of RE2, once,
 * when the pattern is built.
 */
@TrustedBase
final class PlainPattern {

    private static final int MAX_STEPS = 64;
    private static final int ASCII = 0x80;
    private static final int NO_END = Integer.MAX_VALUE;

    private final List<Step> steps;
    private final boolean toTheEnd;

    /** What a look through a text has told. */
    enum Told {
        MATCHES,
        DIFFERS,
        /** Nothing: there are characters outside of ASCII. */
        NOTHING
    }

    /** Characters of a set, by their numbers, repeated. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Step(boolean[] takes, int least, int most) {

        boolean varies() {
            return least != most;
        }

        boolean meets(Step other) {
            for (var c = 0; c < ASCII; c++) {
                if (takes[c] && other.takes[c]) {
                    return true;
                }
            }
            return false;
        }
    }

    private PlainPattern(List<Step> steps, boolean toTheEnd) {
        this.steps = List.copyOf(steps);
        this.toTheEnd = toTheEnd;
    }

    /** Tells whether the text is as the pattern says. */
    Told match(String text) {
        var at = 0;
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var end = end(text, at, step);
            if (end < text.length() && text.charAt(end) >= ASCII) {
                return Told.NOTHING;
            }
            if (end - at < step.least) {
                return Told.DIFFERS;
            }
            at = end;
        }
        return at == text.length() || !toTheEnd ? Told.MATCHES : Told.DIFFERS;
    }

    private static int end(String text, int from, Step step) {
        var limit = (int) Math.min(text.length(), (long) from + step.most);
        var at = from;
        while (at < limit && text.charAt(at) < ASCII && step.takes[text.charAt(at)]) {
            at++;
        }
        return at;
    }

    /** Collects the steps while a pattern is read. For one pattern. */
    static final class Draft {

        private final List<Atom> atoms = new ArrayList<>();
        private boolean begun;
        private boolean ended;
        private boolean plain = true;

        /** A set in the syntax of RE2, repeated. */
        private record Atom(String set, int least, int most) {}

        /** The beginning of the text is demanded. */
        void begin() {
            plain &= !begun && atoms.isEmpty();
            begun = true;
        }

        /** The end of the text is demanded. */
        void end() {
            plain &= begun && !ended;
            ended = true;
        }

        /** One character of a set is demanded, in the syntax of RE2. */
        void take(String set) {
            plain &= begun && !ended && atoms.size() < MAX_STEPS;
            if (plain) {
                atoms.add(new Atom(set, 1, 1));
            }
        }

        /** The last character is repeated; less than nothing is without an end. */
        void repeat(int least, int most) {
            if (plain) {
                var last = atoms.remove(atoms.size() - 1);
                atoms.add(new Atom(last.set, least, most < 0 ? NO_END : most));
            }
        }

        /** Something else is demanded. */
        void giveUp() {
            plain = false;
        }

        /** The pattern; null when it is another one. */
        @Nullable
        PlainPattern pattern() {
            if (!plain || !begun) {
                return null;
            }
            var sets = new HashMap<String, boolean[]>();
            var steps = atoms.stream()
                    .map(atom -> new Step(sets.computeIfAbsent(atom.set, PlainPattern::members), atom.least, atom.most))
                    .toList();
            return isReadInOneWay(steps) ? new PlainPattern(steps, ended) : null;
        }
    }

    private static boolean[] members(String set) {
        var pattern = Pattern.compile(set);
        var members = new boolean[ASCII];
        for (var c = 0; c < ASCII; c++) {
            members[c] = pattern.matches(Character.toString(c));
        }
        return members;
    }

    private static boolean isReadInOneWay(List<Step> steps) {
        for (var i = 0; i < steps.size(); i++) {
            if (steps.get(i).varies() && meetsItsSuccessors(steps, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean meetsItsSuccessors(List<Step> steps, int index) {
        for (var i = index + 1; i < steps.size(); i++) {
            if (steps.get(index).meets(steps.get(i))) {
                return true;
            }
            if (steps.get(i).least > 0) {
                return false;
            }
        }
        return false;
    }
}
