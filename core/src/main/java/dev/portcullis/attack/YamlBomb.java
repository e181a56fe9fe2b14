package dev.portcullis.attack;

/** Documents of YAML whose anchors are made of each other, so that few lines become more than a machine can hold. */
final class YamlBomb {

    /** How many aliases one level has at least, and how many levels there are. */
    private static final int ALIASES = 4;

    private static final int LEVELS = 3;

    private YamlBomb() {}

    /** Where the first anchor of such a document stands; -1 where there is none. */
    static int in(Text text) {
        var first = -1;
        var aliases = 0;
        var levels = 0;
        for (var i = 0; i < text.length() && levels < LEVELS; i++) {
            var c = text.at(i);
            var mark = (c == '&' || c == '*') && Text.isWord(text.at(i + 1)) && opens(text.at(i - 1));
            if (mark && c == '&' || c == '[') {
                first = first < 0 && mark ? i : first;
                aliases = 0;
            } else if (mark && first >= 0) {
                aliases++;
                levels += aliases == ALIASES ? 1 : 0;
            }
        }
        return levels == LEVELS ? first : -1;
    }

    private static boolean opens(char before) {
        return before == Text.END || Text.isSpace(before) || "[,{-:".indexOf(before) >= 0;
    }

    /** Tells whether a list of aliases may begin or go on at the asterisk. */
    static boolean mayList(Text text, int at) {
        var end = text.wordEnd(at + 1);
        return (text.at(at - 1) == '[' || text.at(at - 1) == ',' || text.says(", ", at - 2))
                && end > at + 1
                && (text.at(end) == ',' || text.at(end) == ']');
    }
}
