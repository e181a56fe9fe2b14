package dev.portcullis.attack;

/**
 * The scripts in a text that somebody may only write about: whether one ends in it, and whether there is anything of which one is made. Looks for both once;
 * belongs to one thread.
 */
final class MarkupScripts {

    private static final int UNKNOWN = -2;

    /** How much is read behind a tag until a script ends. */
    private static final int NEAR = 200;

    /** Signs without which nothing is called, assigned or loaded. */
    private static final Marks MADE = Marks.of("(=;+[{$\\/*&");

    private final Text text;
    /** Where the last script ends; -1 when none does. */
    private int end = UNKNOWN;
    /** Where the last sign stands by which something is called or assigned; -1 when there is none. */
    private int call = UNKNOWN;

    MarkupScripts(Text text) {
        this.text = text;
    }

    /** Tells whether the tag of an element is a word in angle brackets, and nothing in the text behind it makes a script of it. */
    boolean holdAsWord(MarkupElement element) {
        return element.isPlaceholder() && !hasEnd(0) && lastCall() < element.end();
    }

    /** Tells whether somebody writes about the element, and means no script by it. */
    boolean holdAsNamed(MarkupElement element) {
        return element.isNamed() && (!element.isScript() || !hasEnd(element.end()) || talk(element.end()) > 0);
    }

    /** Tells whether the tag stands between ticks, of which a script makes strings, and more of the script follows. */
    boolean runBehindTicks(MarkupElement element) {
        return element.isTicked() && element.isScript() && hasEnd(element.end()) && talk(element.end()) < 0;
    }

    private boolean hasEnd(int from) {
        if (end == UNKNOWN) {
            end = lastEnd();
        }
        return end >= from;
    }

    private int lastEnd() {
        var last = -1;
        for (var i = text.next('<', 0); i < text.length(); i = text.next('<', i + 1)) {
            if (text.at(i + 1) == '/' && text.says("script", i + 2)) {
                last = i;
            }
        }
        return last;
    }

    private int lastCall() {
        if (call == UNKNOWN) {
            call = text.length() - 1;
            while (call >= 0 && "(=`".indexOf(text.at(call)) < 0) {
                call--;
            }
        }
        return call;
    }

    /** What is between the tag and where the script ends: 1 for words and at most one string between ticks, -1 for a script, 0 where no end is near. */
    private int talk(int from) {
        var ticks = 0;
        var made = false;
        for (var i = from + 1; i < from + NEAR && text.at(i) != Text.END; i++) {
            var c = text.at(i);
            if (c == '<' && text.at(i + 1) == '/') {
                return made || ticks > 2 ? -1 : 1;
            }
            made |= MADE.has(c);
            ticks += c == '`' ? 1 : 0;
        }
        return 0;
    }
}
