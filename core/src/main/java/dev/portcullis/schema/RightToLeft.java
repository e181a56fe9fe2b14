package dev.portcullis.schema;

import java.util.List;

/** The Bidi rule for domain names (RFC 5893, section 2): labels look alike whichever way the text around them runs. */
final class RightToLeft {

    private static final int L = bit(Character.DIRECTIONALITY_LEFT_TO_RIGHT);
    private static final int R_AL =
            bit(Character.DIRECTIONALITY_RIGHT_TO_LEFT) | bit(Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
    private static final int AN = bit(Character.DIRECTIONALITY_ARABIC_NUMBER);
    private static final int EN = bit(Character.DIRECTIONALITY_EUROPEAN_NUMBER);
    private static final int NSM = bit(Character.DIRECTIONALITY_NONSPACING_MARK);
    private static final int NEUTRAL = bit(Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR)
            | bit(Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR)
            | bit(Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR)
            | bit(Character.DIRECTIONALITY_OTHER_NEUTRALS)
            | bit(Character.DIRECTIONALITY_BOUNDARY_NEUTRAL)
            | NSM;

    private RightToLeft() {}

    /** Tells whether no label runs from right to left, or all follow the rule. */
    static boolean allow(List<String> labels) {
        var none = labels.stream().noneMatch(label -> (all(label) & (R_AL | AN)) != 0);
        return none || labels.stream().allMatch(RightToLeft::allow);
    }

    private static boolean allow(String label) {
        var all = all(label);
        var first = bit(Character.getDirectionality(label.codePointAt(0)));
        var last = last(label);
        if ((first & R_AL) != 0) {
            var numbersMixed = (all & AN) != 0 && (all & EN) != 0;
            return (all & ~(R_AL | AN | EN | NEUTRAL)) == 0 && (last & (R_AL | AN | EN)) != 0 && !numbersMixed;
        }
        return first == L && (all & ~(L | EN | NEUTRAL)) == 0 && (last & (L | EN)) != 0;
    }

    /** The direction of the last character that is no mark upon another. */
    private static int last(String label) {
        return label.codePoints()
                .map(c -> bit(Character.getDirectionality(c)))
                .filter(direction -> direction != NSM)
                .reduce(0, (before, direction) -> direction);
    }

    private static int all(String label) {
        return label.codePoints()
                .map(c -> bit(Character.getDirectionality(c)))
                .reduce(0, (some, other) -> some | other);
    }

    private static int bit(byte direction) {
        return direction < 0 ? 0 : 1 << direction;
    }
}
