package dev.portcullis.schema;

import dev.portcullis.schema.EcmaPattern.Look;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a regular expression becomes in RE2, which has no lookaround and repeats nothing more than a thousand times.
 *
 * <p>Lookahead before the first character of a branch that begins with the text, and lookbehind before the end of one that ends with it,
 * are conditions of their own: each is searched for by itself. A single character that is repeated more often, where all else has a known
 * length, is a condition on the length of the text; other long repeats are written out.
 */
final class EcmaOutput {

    private static final int MAX_REPEAT = 1_000;
    /** How many characters and repeats a pattern may have once it is written out. */
    private static final long MAX_SIZE = 20_000;

    private static final int NO_END = -1;

    private final String text;
    private final boolean counting;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Place> open = new ArrayDeque<>();
    private final List<Branch> branches = new ArrayList<>();
    private List<Condition> conditions = new ArrayList<>();
    private final Width width = new Width();
    private Place here = new Place(0);
    private boolean begun;
    private boolean anchored;
    private boolean ended;
    private boolean looksAhead;
    private boolean floating;
    private int atom;
    private long atomSize;
    private long atomRepeats;

    /** How much stands in a group so far, and how often things in it are repeated at most. */
    private static final class Place {

        private final int start;
        private long size;
        private long repeats = 1;

        Place(int start) {
            this.start = start;
        }
    }

    /** Something that must be found in a text, or must not. */
    record Condition(String re2, boolean negated) {}

    /**
     * What must hold of a text.
     *
     * @param conditions what must be found in it, and what must not
     * @param least how many characters it has at least
     * @param most how many characters it has at most; less than 0 when there is no such number
     */
    record Branch(List<Condition> conditions, int least, int most) {}

    /** How often something is repeated; without an end when {@code most} is less than 0. */
    record Counts(int least, int most, String written) {

        static Counts of(char sign) {
            var least = sign == '+' ? 1 : 0;
            return new Counts(least, sign == '?' ? 1 : NO_END, String.valueOf(sign));
        }

        static Counts of(String counts) {
            var comma = counts.indexOf(',');
            var least = Integer.parseInt(comma < 0 ? counts : counts.substring(0, comma));
            var most = comma < 0 ? least : comma + 1 == counts.length() ? NO_END : number(counts.substring(comma + 1));
            return new Counts(least, most, "{" + counts + "}");
        }

        private static int number(String digits) {
            return Integer.parseInt(digits);
        }

        int largest() {
            return Math.max(1, Math.max(least, most));
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** How long a text is of which all but one repeated character has a known length. */
    private static final class Width {

        private boolean known = true;
        private long fixed;
        private int least;
        private int most;
        private boolean counted;

        void unknown() {
            known = false;
        }

        int shortest() {
            return (int) Math.min(Integer.MAX_VALUE, fixed + least);
        }

        int longest() {
            return most < 0 ? NO_END : (int) Math.min(Integer.MAX_VALUE, fixed + most);
        }
    }

    EcmaOutput(String text, boolean counting) {
        this.text = text;
        this.counting = counting;
    }

    /** Tells whether there was something to count, and all else has a known length. */
    boolean hasCounted() {
        return width.counted && width.known;
    }

    void atom(String translated) {
        begin(1, 1);
        out.append(translated);
        width.fixed++;
    }

    private void begin(long size, long repeats) {
        begun |= open.isEmpty();
        ended = false;
        atom = out.length();
        atomSize = size;
        atomRepeats = repeats;
        add(size, repeats);
    }

    private void add(long size, long repeats) {
        here.size += size;
        here.repeats = Math.max(here.repeats, repeats);
        if (here.size > MAX_SIZE) {
            throw new IllegalArgumentException("pattern: `" + text + "` (expected: at most " + MAX_SIZE
                    + " characters once repeats are written out)");
        }
    }

    void assertion(String sign) {
        anchored |= open.isEmpty() && !begun && sign.equals("^");
        ended = sign.equals("$");
        out.append(sign);
    }

    void alternative() {
        width.unknown();
        if (open.isEmpty()) {
            endBranch();
        }
        out.append('|');
        if (open.isEmpty()) {
            here = new Place(out.length());
        }
    }

    void open(Look look) {
        width.unknown();
        open.push(here);
        here = new Place(out.length());
        out.append("(?:");
    }

    /** Ends a group; false when it looks around where that cannot be told. */
    boolean close(Look look, boolean atEnd) {
        out.append(')');
        var group = here;
        here = open.pop();
        if (look == Look.NONE) {
            begin(group.size, group.repeats);
            atom = group.start;
            return true;
        }
        var body = out.substring(group.start);
        out.setLength(group.start);
        if (!open.isEmpty() || (look.isAhead() ? begun : !atEnd)) {
            return false;
        }
        add(group.size, 1);
        conditions.add(new Condition(look.isAhead() ? "^" + body : body + "$", look.isNegated()));
        looksAhead |= look.isAhead();
        begun |= !look.isAhead();
        return true;
    }

    /** Repeats what came last. */
    void repeat(Counts counts, String last, boolean ends) {
        if (counts.largest() * atomRepeats <= MAX_REPEAT) {
            out.append(counts).append(last);
            grow(counts.largest(), counts.largest());
            width.known &= counts.least() == counts.most() && atomSize == 1;
            width.fixed += counts.least() - 1L;
        } else if (counting && open.isEmpty() && atomSize == 1 && !width.counted) {
            count(counts);
        } else {
            width.unknown();
            var free = ends || open.isEmpty() && atom == here.start;
            written(free ? new Counts(counts.least(), counts.least(), "") : counts);
        }
    }

    private void grow(long times, long repeats) {
        var size = atomSize;
        atomSize = size * times;
        atomRepeats *= repeats;
        add(atomSize - size, atomRepeats);
    }

    private void count(Counts counts) {
        out.append('*');
        width.counted = true;
        width.fixed--;
        width.least = counts.least();
        width.most = counts.most();
    }

    /** Writes repeats out, in pieces of which RE2 has enough repeats. */
    private void written(Counts counts) {
        var repeated = out.substring(atom);
        out.setLength(atom);
        var step = (int) Math.max(1, MAX_REPEAT / atomRepeats);
        grow(counts.largest(), step);
        var least = counts.least();
        var most = Math.max(counts.most(), least);
        for (var left = most; left > 0; left -= step) {
            var to = Math.min(step, left);
            var from = Math.min(to, least);
            least -= from;
            out.append(repeated).append('{').append(from).append(',').append(to).append('}');
        }
        if (counts.most() == NO_END) {
            out.append(repeated).append('*');
        }
    }

    /** Ends one of several texts that may be found. */
    void endBranch() {
        conditions.add(0, new Condition(out.substring(here.start), false));
        branches.add(new Branch(List.copyOf(conditions), 0, NO_END));
        floating |= looksAhead && !anchored;
        width.known &= anchored && ended;
        conditions = new ArrayList<>();
        begun = false;
        anchored = false;
        looksAhead = false;
    }

    /** Tells whether something looks ahead from where the text need not begin. */
    boolean isFloating() {
        return floating;
    }

    /** What must hold of a text, one of several. */
    List<Branch> branches() {
        var whole = new Condition(out.toString(), false);
        if (counting) {
            return List.of(new Branch(List.of(whole), width.shortest(), width.longest()));
        }
        return branches.stream().allMatch(branch -> branch.conditions().size() == 1)
                ? List.of(new Branch(List.of(whole), 0, NO_END))
                : List.copyOf(branches);
    }
}
