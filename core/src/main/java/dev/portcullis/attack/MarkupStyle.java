package dev.portcullis.attack;

/** How styles are made to execute something: by words that escapes and comments tear apart, and by expressions. */
final class MarkupStyle {

    private static final int NEAR = 64;

    private MarkupStyle() {}

    /** Tells whether an escape or a comment stands at the index as if to hide a word; in a sheet, where both are common, only within one. */
    static boolean isTorn(Text text, int at, boolean sheet) {
        var c = text.at(at);
        if (c != '\\' && (c != '/' || text.at(at + 1) != '*')) {
            return false;
        }
        return !sheet || (c == '\\' ? isEscaped(text, at) : isParted(text, at));
    }

    private static boolean isEscaped(Text text, int at) {
        var before = text.at(at - 1);
        return Text.isWord(text.at(at + 1)) && (Text.isLetter(before) || before == ':');
    }

    private static boolean isParted(Text text, int at) {
        if (!Text.isLetter(text.at(at - 1))) {
            return false;
        }
        var i = at + 2;
        while (i < at + NEAR && (text.at(i) != '*' || text.at(i + 1) != '/')) {
            i++;
        }
        return i < at + NEAR && Text.isLetter(text.at(i + 2));
    }

    /** Tells whether it stands behind the colon of a property, or behind a comment there. */
    static boolean isValued(Text text, int at) {
        var i = at - 1;
        var torn = true;
        while (i > at - NEAR && (Text.isSpace(text.at(i)) || Text.isLetter(text.at(i)))) {
            torn &= text.at(i) != '\n' && text.at(i) != '\r';
            i--;
        }
        return text.at(i) == ':' || torn && text.at(i) == '/' && text.at(i - 1) == '*' || text.at(i) == '\\';
    }
}
