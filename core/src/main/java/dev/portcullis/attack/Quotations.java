package dev.portcullis.attack;

/**
 * The code that a text in Markdown quotes (CommonMark 0.31, sections 4.5 and 6.1): lines between two fences that begin their lines, and what stands between
 * two runs of ticks of one line. Where readers may differ nothing more is quoted: behind markup that is not quoted, and where fences are indented or made
 * of other signs. Asked from left to right; belongs to one thread.
 */
final class Quotations {

    private static final int LEAST = 3;

    private final Text text;
    private final int lastFence;
    private int at;
    /** How many ticks opened the fence; 0 outside of one. */
    private int fence;

    private boolean doubtful;
    /** Where the latest code between ticks begins and ends. */
    private int opened;

    private int closed;

    Quotations(Text text) {
        this.text = text;
        this.lastFence = text.toString().lastIndexOf("\n```");
        this.doubtful = hasLoneReturn(text);
    }

    /** Tells whether a carriage return ends a line by itself. */
    private static boolean hasLoneReturn(Text text) {
        var i = text.next('\r', 0);
        while (i < text.length() && text.at(i + 1) == '\n') {
            i = text.next('\r', i + 1);
        }
        return i < text.length();
    }

    /** Tells whether the index stands in such code. */
    boolean hold(int index) {
        while (at <= index && !doubtful) {
            at = step();
        }
        return !doubtful && (fence > 0 && index < lastFence || index > opened && index < closed);
    }

    private int step() {
        if (at == 0 || text.at(at - 1) == '\n') {
            var behind = line();
            if (behind > at) {
                return behind;
            }
        }
        if (fence > 0) {
            return at + 1;
        }
        var c = text.at(at);
        if (c == '<' && isMarkup(text.at(at + 1))) {
            var comment = commentEnd();
            doubtful |= comment == at || text.at(at - 1) == '\n' || at == 0;
            return Math.max(comment, at + 1);
        }
        return c == '`' ? ticks() : at + 1;
    }

    /** Where a comment ends that no reader ends elsewhere; the index where it begins when there is none. */
    private int commentEnd() {
        if (!text.says("<!-- ", at)) {
            return at;
        }
        var i = at + 5;
        while (i < text.length() && text.at(i) != '>' && text.at(i) != '<' && text.at(i) != '\n' && text.at(i) != '`') {
            i++;
        }
        return text.at(i) == '>' && text.says(" --", i - 3) ? i + 1 : at;
    }

    private static boolean isMarkup(char next) {
        return Text.isLetter(next) || next == '/' || next == '!' || next == '?';
    }

    /** Begins a line; the index of its end where it is a fence, or stands between two. */
    private int line() {
        var first = at;
        while (text.at(first) == ' ' || text.at(first) == '\t') {
            first++;
        }
        var run = run(first);
        if (run < LEAST) {
            doubtful |= text.says("~~~", first);
            return at;
        }
        doubtful |= first > at;
        var end = text.next('\n', first);
        var told = text.next('`', first + run) < end;
        if (fence == 0) {
            fence = told ? 0 : run;
            return told ? at : end;
        }
        var closes = run >= fence && text.skipSpace(first + run) >= end;
        fence = closes ? 0 : fence;
        return end;
    }

    /** How many ticks stand at the index. */
    private int run(int from) {
        var i = from;
        while (text.at(i) == '`') {
            i++;
        }
        return i - from;
    }

    /** Reads a run of ticks, and the code behind it where as many close that in the same line. */
    private int ticks() {
        var run = run(at);
        if (text.at(at - 1) == '\\') {
            doubtful |= text.at(at - 2) == '\\';
            return at + 1;
        }
        var end = Math.min(text.next('\n', at), text.length());
        for (var i = text.next('`', at + run); i < end; i = text.next('`', i)) {
            var other = run(i);
            if (other == run) {
                opened = at;
                closed = i;
                return i + other;
            }
            i += other;
        }
        doubtful |= text.next('`', end) < text.length();
        return at + run;
    }
}
