package dev.portcullis.attack;

/** Handlers of events that do nothing to anybody: they show or hide the element itself, put another picture in its place, or keep a link from being followed. */
final class MarkupIdle {

    private static final int LONGEST = 200;

    /** What may be assigned to a member of the element. */
    private static final Words<Boolean> MEMBERS = Words.set(
            "hidden onerror onload disabled display visibility opacity width height border color background backgroundcolor");

    /** Methods that are called with nothing. */
    private static final Words<Boolean> METHODS = Words.set("remove focus blur select preventdefault stoppropagation");

    private static final Words<Boolean> LITERALS = Words.set("true false null");

    private static final Words<Boolean> PICTURES = Words.set("png jpg jpeg gif svg webp avif ico");

    private MarkupIdle() {}

    /** Tells whether a handler, whose attribute's name ends at the index, is written in quotes and nothing but such statements. */
    static boolean is(Text text, int nameEnd) {
        var open = text.skipSpace(text.skipSpace(nameEnd) + 1);
        var quote = text.at(open);
        if (quote != '"' && quote != '\'') {
            return false;
        }
        var i = text.skipSpace(open + 1);
        while (i > 0 && i < open + LONGEST && text.at(i) != quote) {
            i = statement(text, i, quote);
        }
        return i > open + 1 && text.at(i) == quote && i < open + LONGEST;
    }

    /** Where a statement that does nothing ends, with its semicolon; -1 when it does something. */
    private static int statement(Text text, int from, char quote) {
        var end = text.says("return ", from)
                ? literal(text, text.skipSpace(from + "return".length()), quote, false)
                : text.says("this.", from) || text.says("event.", from) ? member(text, from, quote) : -1;
        if (end < 0) {
            return -1;
        }
        var close = text.skipSpace(end);
        return text.at(close) == ';' ? text.skipSpace(close + 1) : text.at(close) == quote ? close : -1;
    }

    /** Where it ends that a member of the element is called with nothing, or assigned a literal. */
    private static int member(Text text, int from, char quote) {
        var name = from;
        var end = text.wordEnd(from);
        while (text.at(end) == '.' && Text.isLetter(text.at(end + 1))) {
            name = end + 1;
            end = text.wordEnd(name);
        }
        if (text.says("()", end)) {
            return METHODS.has(text, name, end) ? end + 2 : -1;
        }
        var sign = text.skipSpace(end);
        if (text.at(sign) != '=' || text.at(sign + 1) == '=') {
            return -1;
        }
        var picture = text.says("src", name) && end == name + 3;
        return picture || MEMBERS.has(text, name, end) ? literal(text, text.skipSpace(sign + 1), quote, picture) : -1;
    }

    /** Where a literal ends that begins at the index, be it the address of a picture; -1 when there is none. */
    private static int literal(Text text, int from, char quote, boolean picture) {
        var c = text.at(from);
        var end = text.wordEnd(from);
        if (c != '"' && c != '\'') {
            return !picture && (LITERALS.has(text, from, end) || Text.isDigit(c)) ? end : -1;
        }
        var i = from + 1;
        var dot = i;
        while (i < from + LONGEST && (Text.isWord(text.at(i)) || " .-/#%:?=&".indexOf(text.at(i)) >= 0)) {
            dot = text.at(i) == '.' ? i : dot;
            i++;
        }
        var told = !picture && text.next(':', from) >= i || PICTURES.has(text, dot + 1, i);
        return c != quote
                        && text.at(i) == c
                        && told
                        && !text.says("javascript", from + 1)
                        && !text.says("data", from + 1)
                ? i + 1
                : -1;
    }
}
