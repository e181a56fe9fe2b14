package dev.portcullis.schema;

import dev.portcullis.schema.EcmaPattern.Look;
import dev.portcullis.schema.Program.Kind;
import dev.portcullis.schema.Program.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the parts while a pattern is read that looks around. For one pattern. */
final class LookingDraft {

    private final Map<String, Integer> sets = new LinkedHashMap<>();
    private final List<Seen> looks = new ArrayList<>();
    private final Deque<Group> groups = new ArrayDeque<>();
    private Group here = new Group();

    /** What is looked for, and where. */
    private record Seen(Look look, Part part) {}

    /** What stands in a group so far. */
    private static final class Group {

        private final List<Part> alternatives = new ArrayList<>();
        private List<Part> parts = new ArrayList<>();

        void alternative() {
            alternatives.add(new Part.All(parts));
            parts = new ArrayList<>();
        }

        Part whole() {
            alternative();
            return alternatives.size() == 1 ? alternatives.get(0) : new Part.Any(alternatives);
        }
    }

    /** One character of a set is demanded, in the syntax of RE2. */
    void take(String set) {
        here.parts.add(new Part.One(Kind.CHARACTER, sets.computeIfAbsent(set, own -> sets.size())));
    }

    /** Something is demanded of the place. */
    void ask(Kind kind) {
        here.parts.add(new Part.One(kind, 0));
    }

    void alternative() {
        here.alternative();
    }

    void open() {
        groups.push(here);
        here = new Group();
    }

    void close(Look look) {
        var part = here.whole();
        here = groups.pop();
        if (look == Look.NONE) {
            here.parts.add(part);
        } else {
            here.parts.add(new Part.One(look.isNegated() ? Kind.NO_LOOK : Kind.LOOK, looks.size()));
            looks.add(new Seen(look, part));
        }
    }

    /** What came last is repeated; less than nothing is without an end. */
    void repeat(int least, int most) {
        var last = here.parts.remove(here.parts.size() - 1);
        here.parts.add(new Part.Repeat(last, least, most));
    }

    /**
     * The pattern.
     *
     * @throws IllegalArgumentException when it is too large
     */
    LookingPattern pattern() {
        var programs = looks.stream()
                .map(seen -> Program.of(seen.part, seen.look.isAhead()))
                .toList();
        return new LookingPattern(programs, Program.of(here.whole(), false), List.copyOf(sets.keySet()));
    }
}
