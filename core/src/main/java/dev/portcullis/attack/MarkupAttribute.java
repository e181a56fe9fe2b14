package dev.portcullis.attack;

/** Attributes of elements: where their names and values are, and whose values frameworks of a page run as scripts (Vue, Alpine, Angular, htmx). */
final class MarkupAttribute {

    private static final Marks SIGNS = Marks.of("=<>");
    private static final Marks BEFORE_NAME = Marks.of("<>/\"'");

    private static final int NEAR = 96;
    /** How many characters between two attributes are passed over. */
    private static final int FAR = 64;

    /** How their names begin. */
    private static final Phrases DIRECTIVES =
            Phrases.of("@", ":", "v-", "x-", "ng-", "data-ng-", "hx-on", "hx-vals", "(", "[", "#");

    private MarkupAttribute() {}

    /** Tells whether the index stands in the value of an attribute that a framework runs. */
    static boolean isDirective(Text text, int at) {
        var sign = at - 1;
        while (sign > at - NEAR && SIGNS.lacks(text.at(sign)) && text.at(sign) != Text.END) {
            sign--;
        }
        if (text.at(sign) != '=') {
            return false;
        }
        var from = sign;
        while (from > at - 2 * NEAR
                && !Text.isSpace(text.at(from - 1))
                && BEFORE_NAME.lacks(text.at(from - 1))
                && text.at(from - 1) != Text.END) {
            from--;
        }
        return from < sign && DIRECTIVES.begin(text, from);
    }

    /** Where a name ends that begins at the index. */
    static int end(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || text.at(i) == '-') {
            i++;
        }
        return i;
    }

    /** Tells whether a value follows behind the name that ends at the index. */
    static boolean isAssigned(Text text, int end) {
        return text.at(text.skipSpace(end)) == '=';
    }

    /** Where the value of an attribute begins whose name ends at the index. */
    static int valueStart(Text text, int end) {
        var from = text.skipSpace(text.skipSpace(end) + 1);
        return isQuote(text.at(from)) ? text.skipSpace(from + 1) : from;
    }

    /** Tells whether one of the words is in the value that begins at the index; where that is not in quotes, it is one word. */
    static boolean hasWord(Text text, int value, Words<Boolean> words) {
        var quoted = isQuote(text.at(value - 1)) || Text.isSpace(text.at(value - 1));
        var i = value;
        for (var end = end(text, i); end > i && i < value + NEAR; end = end(text, i)) {
            if (words.has(text, i, end)) {
                return true;
            }
            i = quoted ? text.skipSpace(end) : end;
        }
        return false;
    }

    /** Tells whether it links to a part of the page, to another page or to a still picture, as figures and icons do. */
    static boolean isLink(Text text, int at, int end) {
        var value = valueStart(text, end);
        var scheme = end(text, value);
        return text.says("xlink:href", at)
                && (text.at(scheme) != ':' && !text.says("//", value)
                        || text.says("http", value)
                        || text.says("mailto:", value)
                        || text.says("data:image/", value) && !text.says("svg", value + 11));
    }

    /** The last character before the index that separates no attributes. */
    static char before(Text text, int at) {
        var i = at - 1;
        while (i > at - FAR && (Text.isSpace(text.at(i)) || text.at(i) == '/')) {
            i--;
        }
        return text.at(i);
    }

    static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }
}
