package dev.portcullis.attack;

/**
 * The code that a text in Markdown quotes: lines between two fences, lines that are indented behind a blank one, and what stands between two ticks of one
 * line. Asked from left to right; belongs to one thread.
 */
final class Quotations {

    private static final String FENCE = "```";

    private final Text text;
    private final int lastFence;
    private int at;
    private boolean fenced;
    /** Whether the line is indented as code, and whether the one before is blank. */
    private boolean indented;

    private boolean parted;
    /** Whether the text begins as markup does, which is indented for another reason. */
    private final boolean marked;

    /** Where the latest code between ticks begins and ends. */
    private int opened;

    private int closed;

    Quotations(Text text) {
        this.text = text;
        this.marked = text.at(text.first()) == '<';
        this.lastFence = text.toString().lastIndexOf("\n" + FENCE);
    }

    /** Tells whether the index stands in such code. */
    boolean hold(int index) {
        while (at <= index) {
            at = step();
        }
        return fenced && index < lastFence || indented && !marked || index > opened && index < closed;
    }

    private int step() {
        if (at > 0 && text.at(at - 1) == '\n') {
            begin();
        }
        if (isFence()) {
            fenced = !fenced;
            return at + FENCE.length();
        }
        if (text.at(at) != '`' || fenced) {
            return at + 1;
        }
        var close = at + 1;
        while (text.at(close) != '`' && text.at(close) != '\n' && text.at(close) != Text.END) {
            close++;
        }
        if (text.at(close) != '`') {
            return close;
        }
        opened = at;
        closed = close;
        return close + 1;
    }

    /** Begins a line. */
    private void begin() {
        var first = at;
        while (text.at(first) == ' ' || text.at(first) == '\t' || text.at(first) == '\r') {
            first++;
        }
        var blank = text.at(first) == '\n' || text.at(first) == Text.END;
        if (!blank) {
            var deep = text.at(at) == '\t' || text.says("    ", at);
            indented = deep && (indented || parted);
        }
        parted = blank;
    }

    /** Tells whether a fence begins the line. */
    private boolean isFence() {
        var i = at - 1;
        while (text.at(i) == ' ' && i > at - 2 * FENCE.length()) {
            i--;
        }
        return text.says(FENCE, at) && (i < 0 || text.at(i) == '\n');
    }
}
