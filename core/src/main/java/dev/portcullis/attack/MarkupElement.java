package dev.portcullis.attack;

import org.jspecify.annotations.Nullable;

/**
 * The beginning of an element, or of an instruction, in a text. Immutable.
 *
 * @param text the text
 * @param at where the angle bracket stands
 * @param start where the name begins, with its namespace
 * @param end where the name ends
 */
record MarkupElement(Text text, int at, int start, int end) {

    private static final int NEAR = 64;

    /** The element that begins at the angle bracket; its name is empty when there is none. */
    static MarkupElement at(Text text, int at) {
        var start = at + 1;
        while (text.at(start) == '/' || text.at(start) == 0 || text.at(start) == '?' || text.at(start) == '\\') {
            start++;
        }
        var end = start;
        while (Text.isWord(text.at(end)) || text.at(end) == ':' || text.at(end) == '-') {
            end++;
        }
        return new MarkupElement(text, at, start, end);
    }

    /** What is known of elements of this name; null for nothing, as of most instructions. */
    @Nullable
    Suspicion known() {
        if (text.at(end) == '|') {
            return null;
        }
        var instruction = text.at(at + 1) == '?' && !MarkupWords.INSTRUCTIONS.has(text, start, end);
        return instruction ? null : MarkupWords.ELEMENTS.find(text, localName(), end);
    }

    private int localName() {
        var i = end;
        while (i > start && text.at(i - 1) != ':') {
            i--;
        }
        return i;
    }

    /** Tells whether sections of data spell the brackets of an element that executes something: {@code <![CDATA[<]]>script}. */
    static boolean isSpelledByData(Text text, int at) {
        var name = at + "<![cdata[<]]>".length();
        var begins = text.says("<![cdata[<", at);
        name = text.at(name - 3) == ']' ? name : at + "<![cdata[<".length();
        var end = text.wordEnd(name);
        return begins && text.at(end) != '>' && MarkupWords.ELEMENTS.find(text, name, end) != null;
    }

    /** Tells whether somebody writes about the element: its tag stands between ticks or amid words, or "tag" or the like follows. */
    boolean isNamed() {
        return isMentioned() || isWord();
    }

    /** Tells whether it is a word in angle brackets, as manuals and maps of keys have it, on a line on which nothing is added or labelled. */
    boolean isPlaceholder() {
        var close = end;
        while (close < end + NEAR && (Text.isLetter(text.at(close)) || text.at(close) == ' ')) {
            close++;
        }
        if (start != at + 1 || !text.says("script", start) || text.at(close) != '>' || text.at(close + 1) == Text.END) {
            return false;
        }
        var i = close;
        while (i < close + 2 * NEAR
                && text.at(i) != Text.END
                && text.at(i) != '\n'
                && text.at(i) != ':'
                && text.at(i) != '+') {
            i++;
        }
        return text.at(i) == Text.END || text.at(i) == '\n';
    }

    /** Tells whether its tag alone stands between ticks. */
    boolean isTicked() {
        return text.at(at - 1) == '`' && text.at(end) == '>' && text.at(end + 1) == '`';
    }

    /** Tells whether it begins a script. */
    boolean isScript() {
        return text.says("script", localName()) && !isClosing();
    }

    /** Tells whether it embeds what other sites give for that, or belongs to a page as a whole and loads what harms nobody. */
    boolean isUsual(boolean page) {
        if (isClosing()) {
            return page;
        }
        var local = localName();
        if (text.says("iframe", local)) {
            return MarkupPage.embeds(text, end);
        }
        return page
                && start == at + 1
                && (text.says("noscript", local) || text.says("script", local) && MarkupPage.isOwnScript(text, end));
    }

    /** Tells whether it is the end of an element, which executes nothing by itself. */
    boolean isClosing() {
        return text.at(at + 1) == '/';
    }

    /** Tells whether a word stands before the tag, and nothing but words behind it on its line, of which no script is made. */
    private boolean isWord() {
        var before = text.at(at - 1);
        var amid = (before == ' ' || before == '\t') && Text.isLetter(text.at(text.first()));
        if (!amid || text.at(end) != '>' || text.at(at + 1) == '/') {
            return false;
        }
        var words = false;
        for (var i = end + 1; i < end + NEAR; i++) {
            var c = text.at(i);
            if (c == '\n' || c == '\r') {
                return words;
            }
            if (c == Text.END || c == '.' && Text.isSpace(text.at(i + 1))) {
                return true;
            }
            if (!Text.isLetter(c) && !Text.isDigit(c) && " ,?!.:-'".indexOf(c) < 0 && c < 0x80) {
                return false;
            }
            words |= Text.isLetter(c);
        }
        return true;
    }

    private boolean isMentioned() {
        if (text.at(end) != '>') {
            return false;
        }
        if (text.says("</code>", end + 1) && text.says("<code>", at - 6)) {
            return true;
        }
        if (!Text.isSpace(text.at(end + 1)) && text.at(end + 1) != '`') {
            return false;
        }
        var next = text.skipSpace(end + 1);
        return isTicked() || MarkupWords.NOUNS.has(text, next, text.wordEnd(next));
    }

    /** Tells whether the attribute follows by which such an element loads something, or any where that is not known. */
    boolean isLoading() {
        if (!Text.isSpace(text.at(end)) && text.at(end) != '/') {
            return false;
        }
        var attribute = text.says("import", localName()) ? "implementation" : "";
        var away = text.says("xml-stylesheet", start);
        var embeds = MarkupWords.EMBEDDING.has(text, start, end);
        for (var i = end; i < end + NEAR && text.at(i) != '>'; i++) {
            if (text.at(i) == '='
                    && text.says(attribute, i - attribute.length())
                    && (!away || leadsAway(i + 1))
                    && (!embeds || isSource(i))) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the attribute before the sign says what the element embeds; any that is cut off may. */
    private boolean isSource(int sign) {
        var to = sign;
        while (Text.isSpace(text.at(to - 1))) {
            to--;
        }
        var from = to;
        while (Text.isLetter(text.at(from - 1))) {
            from--;
        }
        return from == to || MarkupWords.SOURCES.has(text, from, to);
    }

    /** Tells whether the value is an address with a scheme, or of another host, or leads back into the text. */
    private boolean leadsAway(int from) {
        var value = text.skipSpace(from) + 1;
        return text.at(text.wordEnd(value)) == ':' || text.says("//", value) || text.at(value) == '#';
    }
}
