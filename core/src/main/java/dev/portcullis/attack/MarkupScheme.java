package dev.portcullis.attack;

/** The name of an address's scheme that executes something, with whatever browsers skip inside of it. */
final class MarkupScheme {

    /** How many characters a name takes at most with what is skipped. */
    private static final int NEAR = 64;

    private MarkupScheme() {}

    /** Tells whether such a name begins at the index. */
    static boolean begins(Text text, int at) {
        return switch (text.lower(at)) {
            case 'j' -> spells("javascript:", text, at);
            case 'v' -> spells("vbscript:", text, at);
            case 'l' -> spells("livescript:", text, at);
            case 'd' ->
                spells("data:text/html", text, at)
                        || spells("data:image/svg", text, at)
                        || spells("data:text/xml", text, at);
            default -> false;
        };
    }

    private static boolean spells(String word, Text text, int at) {
        var i = at;
        for (var k = 0; k < word.length(); k++) {
            while (i < at + NEAR && k > 0 && isSkipped(text.at(i))) {
                i++;
            }
            if (text.lower(i) != word.charAt(k)) {
                return false;
            }
            i++;
        }
        return true;
    }

    /** The character behind the colon of the scheme that begins at the index. */
    static char behind(Text text, int at) {
        return text.at(text.next(':', at) + 1);
    }

    /** Tells whether an address of another host, or one that holds what is loaded, begins at the index. */
    static boolean leadsAway(Text text, int at) {
        return text.says("//", at) || text.says("http://", at) || text.says("https://", at) || text.says("data:", at);
    }

    /** Tells whether such a name may end at the colon. */
    static boolean mayEnd(Text text, int colon) {
        var last = behindSkipped(text, colon - 1, colon - NEAR);
        var before = text.lower(behindSkipped(text, last - 1, colon - NEAR));
        return text.lower(last) == 't' && before == 'p' || text.lower(last) == 'a' && before == 't';
    }

    private static int behindSkipped(Text text, int from, int limit) {
        var i = from;
        while (i > limit && isSkipped(text.at(i))) {
            i--;
        }
        return i;
    }

    private static boolean isSkipped(char c) {
        return c <= ' ' || c == '\\' || c == '\u00ad' || c == '\u200b';
    }

    /** Tells whether the text begins with one scheme around the one at the index: {@code feed:javascript:}. */
    static boolean isNested(Text text, int at) {
        return text.at(at - 1) == ':' && MarkupAttribute.end(text, text.first()) == at - 1;
    }

    /** Tells whether words follow behind a blank, as in titles: "JavaScript: the good parts". */
    static boolean isTitle(Text text, int at) {
        var colon = text.next(':', at);
        var word = colon + 2;
        return text.at(colon + 1) == ' ' && text.at(text.wordEnd(word)) == ' ' && Text.isLetter(text.at(word));
    }

    /** Tells whether a style sheet selects elements by the scheme: {@code a[href^="javascript:"]}. */
    static boolean isSelected(Text text, int at) {
        return MarkupAttribute.isQuote(text.at(at - 1))
                && text.at(at - 2) == '='
                && "^*$~|".indexOf(text.at(at - 3)) >= 0;
    }
}
