package dev.portcullis.attack;

/**
 * What workflows of builds write between <code>${{</code> and <code>}}</code>: members of what the workflow is given, literals, operators and
 * functions of a fixed set, none of which an engine of templates has.
 */
final class WorkflowExpression {

    /** How many characters one may have. */
    private static final int LONGEST = 400;

    private static final Words<Boolean> CONTEXTS =
            Words.set("github env vars job jobs steps runner secrets strategy matrix needs inputs"
                    + " parameters variables dependencies stagedependencies resources pipeline gitea forgejo");

    private static final Words<Boolean> FUNCTIONS =
            Words.set("contains startswith endswith format join tojson fromjson hashfiles success"
                    + " always cancelled failure eq ne and or not in notin gt ge lt le coalesce containsvalue counter length lower upper"
                    + " replace split succeeded failed succeededorfailed canceled converttojson");

    private static final Words<Boolean> WORDS = Words.set("if else elseif each in insert true false null");

    private WorkflowExpression() {}

    /** Tells whether that is all from an index up to another, with at least one member or function. */
    static boolean is(Text text, int from, int end) {
        var known = false;
        for (var i = from; i < end; ) {
            var c = text.at(i);
            var next = Text.isLetter(c) ? name(text, i) : c == '\'' ? string(text, i) : mark(text, i);
            if (next < 0 || i > from + LONGEST) {
                return false;
            }
            known |= Text.isLetter(c) && !WORDS.has(text, i, text.wordEnd(i));
            i = next;
        }
        return known;
    }

    /** Where a word, a member or the name of a function ends; -1 when it is none of them. */
    private static int name(Text text, int from) {
        var end = text.wordEnd(from);
        if (text.at(end) == '(') {
            return FUNCTIONS.has(text, from, end) ? end : -1;
        }
        if (WORDS.has(text, from, end)) {
            return end;
        }
        if (!CONTEXTS.has(text, from, end) || text.at(end) != '.' && text.at(end) != '[') {
            return -1;
        }
        var i = end;
        while (Text.isWord(text.at(i)) && !text.says("__", i) || ".-*".indexOf(text.at(i)) >= 0) {
            i++;
        }
        return text.at(i) == '(' || text.at(i) == '_' ? -1 : i;
    }

    private static int string(Text text, int from) {
        for (var i = from + 1; i < from + LONGEST && !text.says("__", i); i++) {
            if (text.at(i) == '\'') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int mark(Text text, int at) {
        var c = text.at(at);
        return Text.isDigit(c) || Text.isSpace(c) || "!&|=<>(),.[]-".indexOf(c) >= 0 ? at + 1 : -1;
    }
}
