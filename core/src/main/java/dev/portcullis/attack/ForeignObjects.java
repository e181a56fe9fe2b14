package dev.portcullis.attack;

/** How serialised objects of other languages begin. */
final class ForeignObjects {

    private static final Phrases TAGS = Phrases.of(
            "!!python/",
            "!!javax.script",
            "!!java.net",
            "!!com.sun",
            "!!org.",
            "!ruby/",
            "!php/object",
            "!!js/function",
            "tag:yaml.org,2002:python/",
            "tag:yaml.org,2002:js/function",
            "_$$nd_func$$_",
            "\"py/object\"",
            "\"py/reduce\"",
            "\"py/function\"",
            "\"__js_function\"",
            "\"py/type\"",
            "\"ruby/object\"",
            "\"^o\"",
            "<objectdataprovider",
            "<resourcedictionary");

    private static final int MOST_DIGITS = 5;

    private ForeignObjects() {}

    /** Tells whether the text begins as such an object. */
    static boolean begin(Text text, int at) {
        return isPhp(text, at)
                || text.toString().startsWith("AAEAAAD/////", at)
                || text.toString().startsWith("/wEy", at) && text.toString().startsWith("AAQAAAP////8", at + 7)
                || text.toString().startsWith("BAhvO", at) && text.length() > 24
                || text.says("ac ed 00 05", at)
                || isCodedPickle(text, at)
                || StreamHead.at(text, at);
    }

    /** Tells whether a program of pickle begins in Base64 that names a module, or in its newer forms as it is. */
    private static boolean isCodedPickle(Text text, int at) {
        var chars = text.toString();
        var coded = chars.startsWith("gAJj", at)
                || chars.startsWith("gANj", at)
                || chars.startsWith("gASV", at)
                || chars.startsWith("gAWV", at);
        var mark = text.at(at) == '\u0080' || text.at(at) == '\ufffd';
        var version = text.at(at + 1);
        return coded && text.length() > 24 || mark && version >= 2 && version <= 5 && text.at(at + 2) > ' ';
    }

    /** Tells whether an object of PHP begins: {@code O:8:"stdClass":1:}. */
    static boolean isPhp(Text text, int at) {
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

    /** Tells whether an array of PHP that holds something begins at the index. */
    static boolean isArray(Text text, int at) {
        var length = digits(text, at + 2);
        var held = length + 2;
        return text.at(at) == 'a'
                && text.at(at + 1) == ':'
                && length > at + 2
                && text.says(":{", length)
                && "isabdO".indexOf(text.at(held)) >= 0
                && text.at(held + 1) == ':';
    }

    /** Tells whether an array of PHP holds texts, numbers and arrays alone: no object, no reference, and no truth that equals any password. */
    static boolean isOfTexts(Text text) {
        for (var i = text.first(); i < text.length(); i++) {
            var begins = text.at(i + 1) == ':' && (text.at(i - 1) == ';' || text.at(i - 1) == '{');
            if (begins && "OCErRb".indexOf(text.at(i)) >= 0) {
                return false;
            }
        }
        return true;
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
        return TAGS.begin(text, at) || text.says("!!", at) && isClass(text, at + 2);
    }

    /** Tells whether the name of a class stands at the index, with those of two packages before it. */
    private static boolean isClass(Text text, int from) {
        var dots = 0;
        var i = from;
        while (Text.isWord(text.at(i)) || text.at(i) == '.' || text.at(i) == '$') {
            dots += text.at(i) == '.' ? 1 : 0;
            var capital = text.at(i) >= 'A' && text.at(i) <= 'Z';
            if (capital && dots > 1 && text.at(i - 1) == '.') {
                return true;
            }
            i++;
        }
        return false;
    }
}
