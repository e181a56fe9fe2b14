package dev.portcullis.schema;

import com.google.re2j.Pattern;
import dev.portcullis.TrustedBase;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/**
 * A pattern that looks around anywhere, searched in time linear in the text. Immutable.
 *
 * <p>Whether something is found behind or ahead of a place does not depend on how the place was reached, so it is told beforehand for all places
 * at once: what is looked for behind by one look through the text from its beginning, what is looked for ahead by one from its end, those within
 * others first. No place is visited twice with the same rest of the pattern to go.
 */
@TrustedBase
final class LookingPattern {

    static final int ASCII = 0x80;

    /** What asking RE2 for one character outside of ASCII counts as, in steps. */
    private static final int STEPS_TO_ASK = 50;

    private final List<Program> looks;
    private final Program whole;
    private final List<Pattern> sets;
    private final boolean[][] ascii;
    private final long size;

    LookingPattern(List<Program> looks, Program whole, List<String> sets) {
        this.looks = List.copyOf(looks);
        this.whole = whole;
        this.sets = sets.stream().map(Pattern::compile).toList();
        this.ascii = this.sets.stream().map(LookingPattern::ascii).toArray(boolean[][]::new);
        this.size = whole.size() + looks.stream().mapToLong(Program::size).sum();
    }

    private static boolean[] ascii(Pattern set) {
        var members = new boolean[ASCII];
        for (var c = 0; c < ASCII; c++) {
            members[c] = set.matches(Character.toString(c));
        }
        return members;
    }

    /** How many steps it takes at each place of a text. */
    long size() {
        return size;
    }

    /**
     * Tells whether the pattern is found anywhere in the text.
     *
     * @throws TooCostly when that would take too long to tell
     */
    boolean isFound(String text) {
        var read = read(text);
        var holds = new boolean[looks.size()][];
        for (var i = 0; i < holds.length; i++) {
            holds[i] = new Walk(looks.get(i), read, holds).places();
        }
        return new Walk(whole, read, holds).isFound();
    }

    /** Characters by number, from 128 on those outside of ASCII in the order in which they came, and which sets have them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Read(int[] symbols, boolean[][] members) {

        boolean has(int set, int place) {
            return members[set][symbols[place]];
        }

        boolean isWord(int place) {
            if (place < 0 || place >= symbols.length) {
                return false;
            }
            var c = symbols[place];
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
        }
    }

    private Read read(String text) {
        var symbols = text.codePoints().toArray();
        var others = new HashMap<Integer, Integer>();
        for (var i = 0; i < symbols.length; i++) {
            if (symbols[i] >= ASCII) {
                symbols[i] = others.computeIfAbsent(symbols[i], c -> ASCII + others.size());
            }
        }
        if ((long) others.size() * sets.size() * STEPS_TO_ASK > LinearPattern.MAX_WORK) {
            throw new TooCostly("a text has too many characters for a pattern");
        }
        var members = ascii;
        if (!others.isEmpty()) {
            members = new boolean[sets.size()][];
            for (var i = 0; i < members.length; i++) {
                var known = Arrays.copyOf(ascii[i], ASCII + others.size());
                var set = sets.get(i);
                others.forEach((c, symbol) -> known[symbol] = set.matches(Character.toString(c)));
                members[i] = known;
            }
        }
        return new Read(symbols, members);
    }

    /** One look through a text. For one thread. */
    private static final class Walk {

        private final Program program;
        private final Read text;
        private final boolean[][] holds;
        private final int[] seen;
        private int[] here;
        private int[] next;
        private int[] rest;
        private int count;
        private boolean found;

        Walk(Program program, Read text, boolean[][] holds) {
            this.program = program;
            this.text = text;
            this.holds = holds;
            this.seen = new int[program.size()];
            this.here = new int[program.size()];
            this.next = new int[program.size()];
            this.rest = new int[16];
        }

        /** Tells whether it is found anywhere. */
        boolean isFound() {
            var length = text.symbols.length;
            for (var place = 0; place <= length; place++) {
                enter(0, place);
                if (found) {
                    return true;
                }
                step(place, place + 1);
            }
            return false;
        }

        /** The places where it ends, or where it begins when it is read backwards. */
        boolean[] places() {
            var length = text.symbols.length;
            var places = new boolean[length + 1];
            for (var i = 0; i <= length; i++) {
                var place = program.isBackwards() ? length - i : i;
                enter(0, place);
                places[place] = found;
                step(program.isBackwards() ? place - 1 : place, program.isBackwards() ? place - 1 : place + 1);
            }
            return places;
        }

        /** Goes over the character, from all that waits for one, to the place behind it. */
        private void step(int character, int place) {
            var waiting = here;
            var waits = count;
            here = next;
            next = waiting;
            count = 0;
            found = false;
            if (character < 0 || character >= text.symbols.length) {
                return;
            }
            for (var i = 0; i < waits; i++) {
                var at = waiting[i];
                if (text.has(program.first(at), character)) {
                    enter(at + 1, place);
                }
            }
        }

        /** Goes on from a step of the program to all that wait for a character. */
        private void enter(int start, int place) {
            var left = 0;
            rest[left++] = start;
            while (left > 0) {
                var at = rest[--left];
                if (seen[at] == place + 1) {
                    continue;
                }
                seen[at] = place + 1;
                left = follow(at, place, left);
            }
        }

        private int follow(int at, int place, int left) {
            switch (program.kind(at)) {
                case CHARACTER -> here[count++] = at;
                case FOUND -> found = true;
                case EITHER -> {
                    var more = push(program.second(at), left);
                    return push(program.first(at), more);
                }
                default -> {
                    return holdsAt(at, place) ? push(at + 1, left) : left;
                }
            }
            return left;
        }

        private int push(int at, int left) {
            if (left == rest.length) {
                rest = Arrays.copyOf(rest, 2 * left);
            }
            rest[left] = at;
            return left + 1;
        }

        private boolean holdsAt(int at, int place) {
            return switch (program.kind(at)) {
                case BEGIN -> place == 0;
                case END -> place == text.symbols.length;
                case EDGE -> text.isWord(place - 1) != text.isWord(place);
                case NO_EDGE -> text.isWord(place - 1) == text.isWord(place);
                case LOOK -> holds[program.first(at)][place];
                case NO_LOOK -> !holds[program.first(at)][place];
                default -> true;
            };
        }
    }
}
