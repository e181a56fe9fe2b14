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

    /** Tells whether somebody writes about the element: its tag stands between ticks, or "tag" or the like follows. */
    boolean isNamed() {
        if (text.at(end) != '>' || !Text.isSpace(text.at(end + 1)) && text.at(end + 1) != '`') {
            return false;
        }
        var ticked = text.at(at - 1) == '`' && text.at(end + 1) == '`';
        var next = text.skipSpace(end + 1);
        return ticked || MarkupWords.NOUNS.has(text, next, text.wordEnd(next));
    }

    /** Tells whether the attribute follows by which such an element loads something, or any where that is not known. */
    boolean isLoading() {
        if (!Text.isSpace(text.at(end)) && text.at(end) != '/') {
            return false;
        }
        var attribute = text.says("import", localName()) ? "implementation" : "";
        var away = text.says("xml-stylesheet", start);
        for (var i = end; i < end + NEAR && text.at(i) != '>'; i++) {
            if (text.at(i) == '=' && text.says(attribute, i - attribute.length()) && (!away || leadsAway(i + 1))) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the value is an address with a scheme, or of another host, or leads back into the text. */
    private boolean leadsAway(int from) {
        var value = text.skipSpace(from) + 1;
        return text.at(text.wordEnd(value)) == ':' || text.says("//", value) || text.at(value) == '#';
    }
}
