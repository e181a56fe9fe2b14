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

    /** What {@link Escapes} are made of. */
    private static final int ESCAPED = Traits.BACKSLASH | Traits.WIDE | Traits.AMPERSAND;

    /** What comments have. */
    private static final int COMMENTED = Traits.SLASH | Traits.STAR;

    /** How long a text may be that has nothing but letters and plus signs and is no Base64. */
    private static final int WORDS = 2_048;

    private Readings() {}

    /** Tells whether a value of these traits may have a layer of encoding to take off. */
    static boolean areLayered(int traits) {
        return (traits & ESCAPES) != 0;
    }

    /** The readings of a value of these traits, the value itself first. */
    static List<String> of(String sent, int traits) {
        var value = LongBlanks.shorten(sent);
        if (!areLayered(traits)) {
            return (traits & COMMENTED) == COMMENTED ? uncommented(List.of(value)) : List.of(value);
        }
        var readings = new ArrayList<String>(2);
        readings.add(value);
        var last = value;
        var next = decoded(last, traits);
        while (!next.equals(last)) {
            readings.add(next);
            last = next;
            next = readings.size() > DEPTH ? last : decoded(last, Traits.of(last));
        }
        return uncommented(readings);
    }

    /** The readings, and the last one without comments that hide or push apart where it has some. */
    private static List<String> uncommented(List<String> readings) {
        var last = readings.get(readings.size() - 1);
        var undone = Comments.undo(last);
        if (undone.equals(last)) {
            return readings;
        }
        var all = new ArrayList<>(readings);
        all.add(undone);
        return all;
    }

    /** The text without its outermost layer of encoding; itself when it has none. */
    private static String decoded(String text, int traits) {
        if ((traits & Traits.CODED) != 0) {
            var decoded = BaseSixtyFour.decode(text);
            return decoded == null && text.length() <= WORDS
                    ? plusForSpace(text, traits)
                    : decoded == null ? text : decoded;
        }
        if (!areLayered(traits)) {
            return text;
        }
        var octets =
                Percent.decode(text, (traits & (Traits.PLUS | Traits.WIDE)) == Traits.PLUS && isPlusForSpace(text));
        return (traits & (Traits.PERCENT | ESCAPED)) != 0 ? Escapes.undo(octets) : octets;
    }

    private static String plusForSpace(String text, int traits) {
        return (traits & Traits.PLUS) != 0 && isPlusForSpace(text) ? text.replace('+', ' ') : text;
    }

    /** Plus signs mean blanks in a text that was encoded for a form once more: one that has no blanks. */
    private static boolean isPlusForSpace(String text) {
        return text.indexOf('+', schemeEnd(text)) >= 0 && text.indexOf(' ') < 0;
    }

    /** The index of the colon behind a scheme in which there may be a plus sign, as in {@code git+https:}; 0 when there is none. */
    private static int schemeEnd(String text) {
        var colon = text.indexOf("://");
        for (var i = 0; i < colon; i++) {
            if (!Text.isWord(text.charAt(i)) && text.charAt(i) != '+') {
                return 0;
            }
        }
        return Math.max(colon, 0);
    }
}
