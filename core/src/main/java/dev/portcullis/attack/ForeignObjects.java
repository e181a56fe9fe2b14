package dev.portcullis.attack;

/** How serialised objects of other languages begin. */
final class ForeignObjects {

    private static final String[] TAGS = {
        "!!python/",
        "!!javax.script",
        "!!java.net",
        "!!com.sun",
        "!!org.",
        "!ruby/",
        "_$$nd_func$$_",
        "\"py/object\"",
        "\"py/reduce\""
    };

    private static final int MOST_DIGITS = 5;

    private ForeignObjects() {}

    /** Tells whether the text begins as such an object. */
    static boolean begin(Text text, int at) {
        return isPhp(text, at)
                || text.toString().startsWith("AAEAAAD/////", at)
                || text.toString().startsWith("/wEy", at) && text.toString().startsWith("AAQAAAP////8", at + 7)
                || text.toString().startsWith("BAhvO", at) && text.length() > 24
                || text.says("ac ed 00 05", at)
                || text.toString().startsWith("gASV", at) && text.length() > 24
                || text.says("cos\nsystem\n", at)
                || text.says("cposix\nsystem\n", at);
    }

    /** Tells whether an object of PHP begins: {@code O:8:"stdClass":1:}. */
    private static boolean isPhp(Text text, int at) {
        var kind = text.at(at);
        var length = digits(text, at + 2);
        if ((kind != 'O' && kind != 'C') || text.at(at + 1) != ':' || length == at + 2) {
            return false;
        }
        var plus = text.at(length) == ':' && text.at(length + 1) == '"';
        return plus && (Text.isLetter(text.at(length + 2)) || text.at(length + 2) == '\\');
    }

    private static int digits(Text text, int from) {
        var i = text.at(from) == '+' ? from + 1 : from;
        while (i < from + MOST_DIGITS && Text.isDigit(text.at(i))) {
            i++;
        }
        return i;
    }

    /** Tells whether the text begins as an array or an object of PHP. */
    static boolean mayHold(Text text) {
        var first = text.at(text.first());
        return (first == 'a' || first == 'O' || first == 'C') && text.at(text.first() + 1) == ':';
    }

    /** Tells whether an object of PHP stands in the array or the object that the text begins as. */
    static boolean isHeld(Text text, int at) {
        return (text.at(at) == '{' || text.at(at) == ';') && mayHold(text) && isPhp(text, at + 1);
    }

    /** Tells whether a tag stands here that makes a reader build an object. */
    static boolean isTag(Text text, int at) {
        for (var tag : TAGS) {
            if (text.says(tag, at)) {
                return true;
            }
        }
        return false;
    }
}
