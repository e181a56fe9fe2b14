package dev.portcullis.attack;

import java.util.ArrayList;
import java.util.List;

/**
 * What a value may be read as, from what the application gets to what careless layers behind it would make of that.
 *
 * <p>Each reading takes one layer of encoding off the one before, at most {@value #DEPTH} times.
 */
final class Readings {

    private static final int DEPTH = 3;
    private static final int ESCAPES =
            Traits.PERCENT | Traits.BACKSLASH | Traits.WIDE | Traits.CODED | Traits.AMPERSAND | Traits.PLUS;

    private Readings() {}

    /** Tells whether a value of these traits may have a layer of encoding to take off. */
    static boolean areLayered(int traits) {
        return (traits & ESCAPES) != 0;
    }

    /** The readings of a value of these traits, the value itself first. */
    static List<String> of(String value, int traits) {
        if ((traits & Traits.CODED) != 0) {
            var decoded = BaseSixtyFour.decode(value);
            return decoded == null ? List.of(value) : List.of(value, decoded);
        }
        if (!areLayered(traits)) {
            return List.of(value);
        }
        var readings = new ArrayList<String>(2);
        readings.add(value);
        var last = value;
        for (var i = 0; i < DEPTH; i++) {
            var next = Escapes.undo(Percent.decode(last, isPlusForSpace(last)));
            if (next.equals(last)) {
                break;
            }
            readings.add(next);
            last = next;
        }
        return readings;
    }

    /** Plus signs mean blanks in a text that was encoded for a form once more: one that has no blanks. */
    private static boolean isPlusForSpace(String text) {
        return text.indexOf('+') >= 0 && text.indexOf(' ') < 0;
    }
}
