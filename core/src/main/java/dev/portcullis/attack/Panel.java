package dev.portcullis.attack;

import java.util.Map;
import java.util.Set;

/** The detectors that look, and how sure each must be. Immutable. */
final class Panel {

    private static final Place[] PLACES = Place.values();

    private final Level[] levels = new Level[Detectors.ALL.size()];
    /** What attracts any detector, by place. */
    private final int[] attractors = new int[PLACES.length];
    /** What attracts each detector, by place. */
    private final int[][] each = new int[PLACES.length][Detectors.ALL.size()];

    /** Of which signs each detector needs one, by place. */
    private final long[][] signs = new long[PLACES.length][Detectors.ALL.size()];

    private Panel() {}

    /**
     * A panel of these detectors.
     *
     * @param level how sure a detector must be of which nothing else is said
     * @param levels how sure the others must be, by their ids
     * @param looking the ids of the detectors that look; empty for all
     */
    static Panel of(Level level, Map<String, Level> levels, Set<String> looking) {
        var panel = new Panel();
        var bits = looking.isEmpty() ? Detectors.EVERY & ~Detectors.bits(Detectors.OPTIONAL) : Detectors.bits(looking);
        for (var i = 0; i < Detectors.ALL.size(); i++) {
            panel.levels[i] = levels.getOrDefault(Detectors.ALL.get(i).id(), level);
            if ((bits >>> i & 1) != 0) {
                panel.seat(i);
            }
        }
        return panel;
    }

    static Panel of(Level level) {
        return of(level, Map.of(), Set.of());
    }

    private void seat(int index) {
        var detector = Detectors.ALL.get(index);
        for (var place : PLACES) {
            each[place.ordinal()][index] = detector.attractors(place);
            signs[place.ordinal()][index] = detector.hangsOn(place);
            attractors[place.ordinal()] |= detector.unnoticed(place);
        }
    }

    /** Tells whether nothing in a text of these traits attracts any detector. */
    boolean isPlain(Place place, int traits) {
        return (traits & attractors[place.ordinal()]) == 0;
    }

    /** The detectors that the text attracts, as a set of bits by their index. */
    long attracted(Sample sample) {
        var traits = sample.traits();
        var needed = each[sample.place().ordinal()];
        var hung = signs[sample.place().ordinal()];
        var bits = 0L;
        for (var i = 0; i < needed.length; i++) {
            if ((needed[i] & traits) != 0 && sample.has(hung[i])) {
                bits |= 1L << i;
            }
        }
        return bits;
    }

    Level level(int index) {
        return levels[index];
    }
}
