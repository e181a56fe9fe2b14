package dev.portcullis.attack;

/**
 * A range of versions, as packages name those of others that they work with: {@code >=16.2 || ^14.0.1}. Where a statement could go on
 * with it as with a condition that always holds, it is none.
 */
final class VersionRange {

    private static final int NONE = -1;

    /** How many full stops a version has at least that is no number for a statement either. */
    private static final int POINTS = 2;

    private VersionRange() {}

    /** Tells whether the text is nothing but such a range, and begins with a sign. */
    static boolean is(Text text) {
        var last = text.last();
        var i = isSign(text.at(text.first())) ? signed(text, text.first()) : NONE;
        while (i != NONE && i < last) {
            var or = text.says(" || ", i);
            var next = i + (or ? 4 : 1);
            if (or) {
                i = isSign(text.at(next)) ? signed(text, next) : bare(text, next);
            } else {
                i = text.at(i) == ' ' && compares(text.at(next)) ? signed(text, next) : NONE;
            }
        }
        return i == last;
    }

    /** Tells whether numbers are compared behind a caret, and the text begins as a range does: none goes on so. */
    static boolean isCondition(Text text) {
        var caret = NONE;
        var compared = NONE;
        var i = text.first();
        if (!compares(text.at(i))) {
            return false;
        }
        while (Text.isDigit(text.at(i)) || text.at(i) != Text.END && "<>=^ .".indexOf(text.at(i)) >= 0) {
            caret = text.at(i) == '^' && caret == NONE ? i : caret;
            compared = text.at(i) == '=' && Text.isDigit(text.at(i - (text.at(i - 1) == ' ' ? 2 : 1))) ? i : compared;
            i++;
        }
        return i >= text.last() && caret != NONE && compared > caret;
    }

    private static boolean compares(char c) {
        return c == '<' || c == '>';
    }

    private static boolean isSign(char c) {
        return compares(c) || c == '^' || c == '~';
    }

    /** The index behind a sign and its version. */
    private static int signed(Text text, int at) {
        if (!compares(text.at(at))) {
            return text.at(at) == '~' ? exact(text, at + 1) : version(text, at + 1);
        }
        var i = text.at(at + 1) == '=' ? at + 2 : at + 1;
        return version(text, text.at(i) == ' ' ? i + 1 : i);
    }

    /** The index behind a version without a sign: one that is no number, or what narrows one, which never holds: {@code 14 >=14.17}. */
    private static int bare(Text text, int from) {
        var end = digitsEnd(text, from);
        var again = end + 3;
        if (end == from || !text.says(" >=", end)) {
            return exact(text, from);
        }
        var narrowed = text.says(text.small(from, end) + ".", again) && isAboveZero(text.at(again + end - from + 1));
        return narrowed ? version(text, again) : NONE;
    }

    private static boolean isAboveZero(char c) {
        return Text.isDigit(c) && c != '0';
    }

    /** The index behind a version that is no number. */
    private static int exact(Text text, int from) {
        var end = version(text, from);
        var points = 0;
        for (var i = from; i < end; i++) {
            points += text.at(i) == '.' ? 1 : 0;
            points += isAny(text.at(i)) ? POINTS : 0;
        }
        return points < POINTS ? NONE : end;
    }

    /** The index behind digits with full stops between them, where {@code x} may stand for the last ones. */
    private static int version(Text text, int from) {
        var i = digitsEnd(text, from);
        if (i == from) {
            return NONE;
        }
        var points = 0;
        while (text.at(i) == '.' && (Text.isDigit(text.at(i + 1)) || isAny(text.at(i + 1)))) {
            i = isAny(text.at(i + 1)) ? i + 2 : digitsEnd(text, i + 1);
            points++;
        }
        var early = points >= POINTS && text.at(i) == '-' && Text.isDigit(text.at(i + 1));
        return early ? digitsEnd(text, i + 1) : i;
    }

    private static boolean isAny(char c) {
        return c == 'x' || c == '*';
    }

    private static int digitsEnd(Text text, int from) {
        var i = from;
        while (Text.isDigit(text.at(i))) {
            i++;
        }
        return i;
    }
}
