package dev.portcullis.attack;

/**
 * What stands in the brackets of one text, asked for from left to right and remembered, so that brackets within brackets take no longer
 * than one. Belongs to one thread.
 */
abstract class Brackets {

    private static final Marks OPENING = Marks.of("{%#$!pPsSiIfFeEmM");

    /** How many brackets are looked into before anything is remembered. */
    private static final int FEW = 8;

    private static final int CALL = 1 << 16;

    private final Text text;
    private final int[] closes = new int['~' + 1];
    private int asked;
    /** How many words reach for something, and in the upper half how many are called, before each index up to the last counted one. */
    private int[] counts = {};

    private int counted;

    Brackets(Text text) {
        this.text = text;
    }

    /** Tells whether a word, up to its end, reaches for what it should not. */
    abstract boolean reaches(int from, int end);

    /** The index of the closing character from one index on and before a limit; the limit when there is none. */
    final int close(char close, int from, int limit) {
        var i = Math.max(closes[close], from);
        while (i < limit && text.at(i) != close) {
            i++;
        }
        closes[close] = i;
        return Math.min(i, limit);
    }

    /** How many words between two indexes reach for something, and in the upper half how many are called. */
    final int words(int from, int end) {
        asked++;
        if (asked <= FEW) {
            return count(from, end);
        }
        if (counts.length == 0) {
            counts = new int[text.length() + 1];
            counted = from;
        }
        remember(end);
        return counts[end] - counts[from];
    }

    private int count(int from, int end) {
        var count = 0;
        for (var i = from; i < end; ) {
            var word = text.wordEnd(i);
            count += one(i, word);
            i = Math.max(word, i + 1);
        }
        return count;
    }

    private int one(int from, int end) {
        if (end <= from) {
            return 0;
        }
        var called = text.at(end) == '(' || text.at(end) == '.';
        return (reaches(from, end) ? 1 : 0) + (called ? CALL : 0);
    }

    private void remember(int end) {
        while (counted < end) {
            var word = Math.min(Math.max(text.wordEnd(counted), counted + 1), text.length());
            var sum = counts[counted] + one(counted, text.wordEnd(counted));
            while (counted < word) {
                counts[++counted] = sum;
            }
        }
    }

    static int reached(int words) {
        return words & CALL - 1;
    }

    static int called(int words) {
        return words >>> 16;
    }

    /** Tells whether a brace may open what a template computes, or a format that reaches into an object. */
    static boolean mayOpen(Text text, int brace) {
        var next = text.at(brace + 1);
        return OPENING.has(next)
                || TemplateDirective.isPiped(text, brace)
                || next == '@' && (text.says("math ", brace + 2) || text.says("if ", brace + 2))
                || text.says("{var $", brace)
                || Text.isWord(next) && text.says(".__", text.wordEnd(brace + 1))
                || TemplateSum.isProduct(text, brace);
    }
}
