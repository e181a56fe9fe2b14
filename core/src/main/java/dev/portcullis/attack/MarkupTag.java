package dev.portcullis.attack;

import java.util.Locale;

/**
 * The tag of an element that is written plainly: each attribute behind a blank, by a name that is known here, at most once, and its value in quotes.
 * Browsers take the first of two attributes and values without quotes, too, so a tag that has such is not read at all. Immutable.
 *
 * @param text the text
 * @param end where the tag ends; -1 where it is not written plainly
 * @param value where the value begins that was looked for; 0 where there is none
 */
record MarkupTag(Text text, int end, int value) {

    private static final int LONGEST = 600;
    private static final int NEAR = 96;

    /** Attributes with which an element does no more than it does by its address. */
    private static final Words<Boolean> HARMLESS = Words.set(
            "src type async defer charset crossorigin integrity id class nomodule"
                    + " referrerpolicy lang title width height allow allowfullscreen webkitallowfullscreen mozallowfullscreen frameborder loading"
                    + " scrolling marginheight marginwidth name sandbox style content http-equiv rel media as sizes hreflang");

    /** Reads the tag of an element whose name ends at the index, in which a value is looked for by the name of its attribute. */
    static MarkupTag read(Text text, int nameEnd, String wanted) {
        var value = 0;
        var i = nameEnd;
        while (i < nameEnd + LONGEST) {
            var from = text.skipSpace(i);
            var close = text.at(from) == '/' ? from + 1 : from;
            if (text.at(close) == '>') {
                return new MarkupTag(text, close, value);
            }
            var to = MarkupAttribute.end(text, from);
            var asked = text.says(wanted, from) && to == from + wanted.length();
            if (from == i || !asked && !HARMLESS.has(text, from, to) || isTwice(text, nameEnd, from, to)) {
                break;
            }
            i = next(text, to);
            if (asked && i > to + 2) {
                value = to + 2;
            }
        }
        return new MarkupTag(text, -1, 0);
    }

    /** Reads the tag in which the index stands. */
    static MarkupTag around(Text text, int at, String wanted) {
        var open = at;
        while (open > at - LONGEST && text.at(open) != '<' && text.at(open) != Text.END) {
            open--;
        }
        return read(text, text.wordEnd(open + 1), wanted);
    }

    /** Tells whether a name stands in front of it already; what only looks like it counts, too. */
    private static boolean isTwice(Text text, int nameEnd, int from, int to) {
        var name = text.excerpt(from, to - from).toLowerCase(Locale.ROOT);
        for (var i = nameEnd; i < from - 1; i++) {
            if (text.says(name, i + 1) && Text.isSpace(text.at(i)) && !Text.isWord(text.at(i + 1 + name.length()))) {
                return true;
            }
        }
        return false;
    }

    /** Where an attribute ends whose name ends at the index; far behind all where its value is not in quotes. */
    private static int next(Text text, int nameEnd) {
        var quote = text.at(nameEnd + 1);
        if (text.at(nameEnd) != '=') {
            return nameEnd;
        }
        if (quote != '"' && quote != '\'') {
            return Integer.MAX_VALUE;
        }
        var i = nameEnd + 2;
        while (i < nameEnd + LONGEST
                && text.at(i) != quote
                && text.at(i) != '<'
                && text.at(i) != '>'
                && text.at(i) != Text.END) {
            i = Math.max(i + 1, placeholderEnd(text, i));
        }
        return text.at(i) == quote ? i + 1 : Integer.MAX_VALUE;
    }

    /** Where a placeholder of a template ends that begins at the index and holds names and paths alone, of which browsers make nothing; 0 where there is none. */
    static int placeholderEnd(Text text, int at) {
        if (!text.says("{{", at)) {
            return 0;
        }
        var i = at + 2;
        while (i < at + NEAR
                && (Text.isWord(text.at(i)) || " ./-@\"'".indexOf(text.at(i)) >= 0)
                && !text.says("//", i)) {
            i++;
        }
        return text.says("}}", i) ? i + 2 : 0;
    }

    /** Tells whether it is written plainly and has the value that was looked for. */
    boolean isPlain() {
        return end > 0 && value > 0;
    }
}
