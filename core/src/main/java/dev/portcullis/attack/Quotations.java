package dev.portcullis.attack;

/**
 * The code that a text in Markdown quotes: lines between two fences, and what stands between two ticks of one line. Asked from left to right; belongs to
 * one thread.
 */
final class Quotations {

    private static final String FENCE = "```";

    private final Text text;
    private final int lastFence;
    private int at;
    private boolean fenced;
    /** Where the latest code between ticks begins and ends. */
    private int opened;

    private int closed;

    Quotations(Text text) {
        this.text = text;
        this.lastFence = text.toString().lastIndexOf("\n" + FENCE);
    }

    /** Tells whether the index stands in such code. */
    boolean hold(int index) {
        while (at <= index) {
            at = step();
        }
        return fenced && index < lastFence || index > opened && index < closed;
    }

    private int step() {
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

    /** Tells whether a fence begins the line. */
    private boolean isFence() {
        var i = at - 1;
        while (text.at(i) == ' ' && i > at - 2 * FENCE.length()) {
            i--;
        }
        return text.says(FENCE, at) && (i < 0 || text.at(i) == '\n');
    }
}
