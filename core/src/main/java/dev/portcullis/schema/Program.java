package dev.portcullis.schema;

import java.util.Arrays;
import java.util.List;

/** What a pattern asks, step by step: a character of a set, one of two ways on, or something that holds at a place. Immutable once built. */
final class Program {

    /** The most steps that a pattern may have, once repeats are written out. */
    static final int MAX_SIZE = 20_000;

    private final boolean backwards;
    private Kind[] kinds = new Kind[32];
    private int[] firsts = new int[32];
    private int[] seconds = new int[32];
    private int size;

    /** What a step asks. */
    enum Kind {
        /** One character of the set {@code first}. */
        CHARACTER,
        /** On at {@code first}, or at {@code second}. */
        EITHER,
        BEGIN,
        END,
        EDGE,
        NO_EDGE,
        /** That the look {@code first} finds something here. */
        LOOK,
        NO_LOOK,
        FOUND
    }

    /** A part of a pattern. */
    sealed interface Part {

        /** A question about one place, or a character of a set. */
        record One(Kind kind, int first) implements Part {}

        /** One after another. */
        record All(List<Part> parts) implements Part {}

        /** One of them. */
        record Any(List<Part> parts) implements Part {}

        /** So and so often; without an end when {@code most} is less than 0. */
        record Repeat(Part part, int least, int most) implements Part {}
    }

    private Program(boolean backwards) {
        this.backwards = backwards;
    }

    /**
     * The steps of a pattern, to be read from the end of a text when it is read backwards.
     *
     * @throws IllegalArgumentException when there are too many
     */
    static Program of(Part part, boolean backwards) {
        var program = new Program(backwards);
        program.write(part);
        program.add(Kind.FOUND, 0);
        return program;
    }

    boolean isBackwards() {
        return backwards;
    }

    int size() {
        return size;
    }

    Kind kind(int at) {
        return kinds[at];
    }

    int first(int at) {
        return firsts[at];
    }

    int second(int at) {
        return seconds[at];
    }

    private int add(Kind kind, int first) {
        if (size == MAX_SIZE) {
            throw new IllegalArgumentException(
                    "expected: at most " + MAX_SIZE + " characters once repeats are written out");
        }
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * size);
            firsts = Arrays.copyOf(firsts, 2 * size);
            seconds = Arrays.copyOf(seconds, 2 * size);
        }
        kinds[size] = kind;
        firsts[size] = first;
        return size++;
    }

    private void write(Part part) {
        if (part instanceof Part.One one) {
            add(one.kind, one.first);
        } else if (part instanceof Part.All all) {
            for (var i = 0; i < all.parts.size(); i++) {
                write(all.parts.get(backwards ? all.parts.size() - 1 - i : i));
            }
        } else if (part instanceof Part.Any any) {
            any(any.parts);
        } else if (part instanceof Part.Repeat repeat) {
            repeat(repeat);
        }
    }

    private void any(List<Part> parts) {
        var ends = new int[parts.size()];
        for (var i = 0; i < parts.size(); i++) {
            var choice = i + 1 < parts.size() ? add(Kind.EITHER, size + 1) : -1;
            write(parts.get(i));
            if (choice >= 0) {
                ends[i] = add(Kind.EITHER, 0);
                seconds[choice] = size;
            }
        }
        for (var i = 0; i + 1 < ends.length; i++) {
            jump(ends[i], size);
        }
    }

    private void jump(int at, int to) {
        firsts[at] = to;
        seconds[at] = to;
    }

    private void repeat(Part.Repeat repeat) {
        for (var i = 0; i < repeat.least; i++) {
            var before = size;
            write(repeat.part);
            if (size == before) {
                return;
            }
        }
        if (repeat.most < 0) {
            var loop = add(Kind.EITHER, size + 1);
            write(repeat.part);
            jump(add(Kind.EITHER, 0), loop);
            seconds[loop] = size;
            return;
        }
        var choices = new int[Math.max(0, Math.min(MAX_SIZE, repeat.most - repeat.least))];
        for (var i = 0; i < choices.length; i++) {
            choices[i] = add(Kind.EITHER, size + 1);
            write(repeat.part);
        }
        for (var choice : choices) {
            seconds[choice] = size;
        }
    }
}
