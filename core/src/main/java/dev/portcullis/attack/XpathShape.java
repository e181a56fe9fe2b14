package dev.portcullis.attack;

/**
 * Paths of XPath by the shape of the text: what is nothing but one, closes a predicate that was not opened, or goes on with one behind
 * somebody else's string.
 */
final class XpathShape {

    private static final Marks STEPS = Marks.of("/*@.");
    private static final Marks SEPARATORS = Marks.of("|,");
    private static final Marks CLOSERS = Marks.of(")]}");

    /** Within how many characters of the first one a string or a predicate is closed. */
    private static final int NEAR = 96;
    /** How long a path of marks alone is. */
    private static final int SHORT = 8;

    private static final Words<Boolean> JOINTS = Words.set("or and union intersect except return");

    private XpathShape() {}

    /** Tells whether a text is or holds such a path. */
    static boolean is(Text text) {
        var first = text.first();
        var c = text.at(first);
        if ((c == '/' || c == '@') && text.last() - first <= SHORT && areMarks(text, first)) {
            return true;
        }
        return (text.says("//", first) || text.says(".//", first)) && asksSecret(text, first) || isBroken(text, first);
    }

    /** Tells whether there is nothing but the marks of a path that means all nodes. */
    private static boolean areMarks(Text text, int first) {
        var star = false;
        for (var i = first; i < text.last(); i++) {
            if (STEPS.lacks(text.at(i))) {
                return false;
            }
            star |= text.at(i) == '*';
        }
        return star && (text.says("//", first) || text.says("@*", first) || text.says("/*/", first));
    }

    /** Tells whether the last step of the path, which names no host, is a secret. */
    private static boolean asksSecret(Text text, int first) {
        var from = first;
        for (var i = first; i < text.last(); i++) {
            if (text.at(i) == '/') {
                from = i + 1;
            } else if (!Text.isWord(text.at(i)) && (text.at(i) != '.' || i > first)) {
                return false;
            }
        }
        return Secrets.has(text, from, text.last());
    }

    /** Tells whether the text closes a predicate or a string first, and a path goes on there. */
    private static boolean isBroken(Text text, int first) {
        for (var i = first; i < first + NEAR && text.at(i) != Text.END; i++) {
            var c = text.at(i);
            if (c == '[' || c == '(') {
                return false;
            }
            if (c == ']') {
                return goesOn(text, i, first);
            }
            if (c == '\'' || c == '"') {
                return text.at(i + 1) == ']' && goesOn(text, i + 1, first) || isPath(text, i + 1);
            }
        }
        return false;
    }

    private static boolean goesOn(Text text, int bracket, int first) {
        var next = text.skipSpace(bracket + 1);
        var c = text.at(next);
        var before = text.at(bracket - 1);
        var quoted = before == '\'' || before == '"';
        var word = text.wordEnd(first) == bracket && Text.isDigit(before);
        var step = text.at(next + 1);
        var path = c == '/' && (step == '/' || step == '*' || step == '@' || step == '.' || Text.isLetter(step));
        var more = c == '|' && text.at(text.skipSpace(next + 1)) == '/' || c == '[' && next == bracket + 1;
        return (quoted || word) && (path || more);
    }

    /** Tells whether a path follows behind brackets, commas and words that join, and not at once. */
    private static boolean isPath(Text text, int from) {
        var i = from;
        var joined = false;
        while (i < from + NEAR) {
            var c = text.at(i);
            if (c == '/' && joined) {
                return isStart(text, i);
            }
            var end = text.wordEnd(i);
            if (end > i && JOINTS.has(text, i, end)) {
                joined = true;
                i = end;
            } else if (SEPARATORS.has(c)) {
                joined = true;
                i++;
            } else if (Text.isSpace(c) || CLOSERS.has(c)) {
                i++;
            } else if (text.says("catch *", i)) {
                i += 7;
            } else {
                return false;
            }
        }
        return false;
    }

    /** Tells whether a path from the root begins that goes deep, or along an axis. */
    private static boolean isStart(Text text, int at) {
        var next = text.at(at + 1);
        if (next == '/') {
            var step = text.at(at + 2);
            return Text.isLetter(step) && text.at(text.wordEnd(at + 2)) != '.' || step == '*' || step == '@';
        }
        return next == '*' || text.says("::", text.wordEnd(at + 1));
    }
}
