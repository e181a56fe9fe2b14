package dev.portcullis.attack;

/** How styles are made to execute something: by words that escapes and comments tear apart, and by expressions. */
final class MarkupStyle {

    private static final int NEAR = 64;
    /** How long the address of a picture is at most. */
    private static final int LONGEST = 400;

    private static final Words<Boolean> PICTURES = Words.set("png jpg jpeg gif webp avif");

    private MarkupStyle() {}

    /** Tells whether an escape or a comment stands at the index as if to hide a word; in a sheet, where both are common, only within one. */
    static boolean isTorn(Text text, int at, boolean sheet) {
        var c = text.at(at);
        if (c != '\\' && (c != '/' || text.at(at + 1) != '*')) {
            return false;
        }
        return !sheet || (c == '\\' ? isEscaped(text, at) : isParted(text, at));
    }

    /** Tells whether a style loads a picture or a font from beside the page or from within itself, or a font from elsewhere. */
    static boolean isHarmless(Text text, int at) {
        var paren = at + "url".length();
        var value = text.skipSpace(paren + 1);
        value = text.at(value) == '"' || text.at(value) == '\'' ? value + 1 : value;
        var c = text.at(value);
        if (text.at(paren) != '(') {
            return false;
        }
        var beside = c == '.' || c == '/' && Text.isWord(text.at(value + 1)) || isRelative(text, value);
        return c == '#'
                || c == '{' && text.at(value + 1) == '{'
                || beside && isStill(text, value)
                || text.says("data:image/", value) && !text.says("svg", value + "data:image/".length())
                || text.says("data:font/", value)
                || text.says("http", value) && isFont(text, at);
    }

    /** Tells whether the style of one element loads a picture that is no script from elsewhere, as an element for pictures does. */
    static boolean isPicture(Text text, int at) {
        var from = at + "url(".length();
        var quote = text.at(from) == '"' || text.at(from) == '\'' ? text.at(from++) : ')';
        if (!text.says("https://", from) && !text.says("http://", from)) {
            return false;
        }
        var i = from;
        while (i < from + LONGEST && (Text.isWord(text.at(i)) || "/.-:_%~".indexOf(text.at(i)) >= 0)) {
            i++;
        }
        var ended = text.at(i) == quote || text.at(i) == '?' && text.next(quote, i) < text.next('>', i);
        return ended && PICTURES.has(text, wordStart(text, i), i);
    }

    private static int wordStart(Text text, int end) {
        var i = end;
        while (Text.isLetter(text.at(i - 1))) {
            i--;
        }
        return i;
    }

    /** Tells whether a path begins with a name. */
    private static boolean isRelative(Text text, int from) {
        var end = text.wordEnd(from);
        return end > from && "/.-".indexOf(text.at(end)) >= 0;
    }

    /** Tells whether the address is that of a file, and of no picture that may hold scripts. */
    private static boolean isStill(Text text, int from) {
        var named = false;
        for (var i = from; i < from + 2 * NEAR && ")'\" \n".indexOf(text.at(i)) < 0; i++) {
            if (text.says(".svg", i)) {
                return false;
            }
            named |= text.at(i) == '.' && Text.isLetter(text.at(i + 1));
        }
        return named;
    }

    /** Tells whether it is the source of a font. */
    private static boolean isFont(Text text, int at) {
        var i = at - 1;
        while (i > at - NEAR && Text.isSpace(text.at(i))) {
            i--;
        }
        return text.at(i) == ':' && text.says("src", i - 3) && !Text.isWord(text.at(i - 4)) && text.at(i - 4) != '-';
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

    /** Tells whether a style asks another host by what an attribute holds: <code>input[value^=a]{background:url(//...)}</code>. */
    static boolean isAsking(Text text, int bracket) {
        if (!isSelector(text, bracket)) {
            return false;
        }
        for (var i = bracket + 1;
                i < bracket + 2 * NEAR && "}[".indexOf(text.at(i)) < 0 && text.at(i) != Text.END;
                i++) {
            if (text.at(i) == 'u' && text.says("url(", i)) {
                var quoted = text.at(i + 4) == '"' || text.at(i + 4) == '\'' ? i + 5 : i + 4;
                return MarkupScheme.leadsAway(text, quoted);
            }
        }
        return false;
    }

    /** Tells whether a value loads a style or a plug-in from elsewhere: {@code @import '//...'}, {@code @plugin "http://..."}. */
    static boolean isImporting(Text text, int at) {
        var opens = at == text.first() || "{};".indexOf(text.at(at - 1)) >= 0 || text.at(text.first()) == '}';
        var plugs = text.says("@plugin", at);
        if (!opens || !plugs && !text.says("@import", at)) {
            return false;
        }
        var value = text.skipSpace(at + "@import".length());
        if (text.at(value) == '(') {
            return isOptioned(text, value);
        }
        return MarkupScheme.leadsAway(text, address(text, value));
    }

    /** Tells whether words in parentheses stand before what is imported, as Less has them. */
    private static boolean isOptioned(Text text, int paren) {
        var i = paren + 1;
        while (Text.isLetter(text.at(i)) || text.at(i) == ',' || text.at(i) == ' ') {
            i++;
        }
        var value = text.skipSpace(i + 1);
        return text.at(i) == ')' && (text.says("url(", value) || MarkupAttribute.isQuote(text.at(value)));
    }

    /** The index of the address that may be quoted, and in {@code url(...)}. */
    private static int address(Text text, int from) {
        var i = text.says("url(", from) ? text.skipSpace(from + 4) : from;
        return MarkupAttribute.isQuote(text.at(i)) ? i + 1 : i;
    }

    /** Tells whether a value that ends a rule or a declaration loads something from elsewhere, or any that is run when it is loaded. */
    static boolean isLeaving(Text text, int from, int end) {
        if (text.at(end) != '(' || end != from + 3 || !text.says("url", from)) {
            return false;
        }
        var before = from - 1;
        while (Text.isSpace(text.at(before))) {
            before--;
        }
        var bound = text.at(before) == ':'
                && (text.says("behavior", before - "behavior".length())
                        || text.says("binding", before - "binding".length()));
        return (bound || breaksOut(text, from)) && MarkupScheme.leadsAway(text, address(text, from));
    }

    /** Tells whether more braces end than begin before the index. */
    private static boolean breaksOut(Text text, int at) {
        var depth = 0;
        var least = 0;
        for (var i = text.first(); i < at; i++) {
            depth += text.at(i) == '{' ? 1 : text.at(i) == '}' ? -1 : 0;
            least = Math.min(least, depth);
        }
        return least < 0;
    }

    /** Tells whether a font is asked for by one character alone, so that its host is told when a page has it. */
    static boolean isCounting(Text text, int from, int end) {
        if (!text.says("unicode-range", from) || text.at(text.skipSpace(end)) != ':') {
            return false;
        }
        var value = text.skipSpace(text.skipSpace(end) + 1);
        var close = text.wordEnd(value + 2);
        return text.lower(value) == 'u'
                && close > value + 2
                && "},; \n".indexOf(text.at(close)) >= 0
                && text.at(text.skipSpace(close)) != ','
                && text.at(close) != ',';
    }

    /** Tells whether an attribute selector asks for a part of a value. */
    static boolean isSelector(Text text, int bracket) {
        var end = text.wordEnd(bracket + 1);
        var sign = text.at(end);
        return end > bracket + 1
                && "^*$~|=".indexOf(sign) >= 0
                && (text.says("value", bracket + 1)
                        || text.says("content", bracket + 1)
                        || text.says("data", bracket + 1));
    }
}
