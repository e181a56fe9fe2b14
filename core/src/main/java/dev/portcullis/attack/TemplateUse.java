package dev.portcullis.attack;

/**
 * What pages and mails do in the brackets of a template: they print a member of what they were given through filters, or compare it. It reaches for
 * nothing that engines have of themselves, calls nothing but filters that change a text, and does something: a mere name is none.
 */
final class TemplateUse {

    private static final int LONGEST = 160;

    /** Filters that call what they are given, or reach for members. */
    private static final Words<Boolean> CALLING =
            Words.set("attr map filter select reject sort reduce call invoke exec format eval"
                    + " system passthru selectattr rejectattr groupby debug dump pprint");

    private static final Words<Boolean> STATEMENTS =
            Words.set("if elif elsif elseif unless case when firstof with assign");

    private static final Words<Boolean> OPERATORS = Words.set("and or not in is if else contains eq ne gt lt ge le");

    private TemplateUse() {}

    /** Tells whether that is all from an index up to another. */
    static boolean is(Text text, int from, int end) {
        var does = false;
        var piped = false;
        for (var i = from; i < end; ) {
            var c = text.at(i);
            var next = Text.isLetter(c) ? word(text, i, i == text.skipSpace(from), piped) : mark(text, i);
            if (next < 0 || next > from + LONGEST) {
                return false;
            }
            does |= c == '|' || c == '=' || c == '<' || c == '>';
            piped = c == '|' || piped && Text.isSpace(c);
            i = next;
        }
        return does;
    }

    /** Where a name with its members, a word or a filter ends; -1 when it is one that reaches or calls. */
    private static int word(Text text, int from, boolean first, boolean piped) {
        var end = text.wordEnd(from);
        if (piped) {
            return CALLING.has(text, from, end) ? -1 : end;
        }
        if (first && STATEMENTS.has(text, from, end) || OPERATORS.has(text, from, end)) {
            return end;
        }
        if (TemplateObject.is(text, from, end)) {
            return -1;
        }
        while (text.at(end) == '.' && Text.isLetter(text.at(end + 1))) {
            end = text.wordEnd(end + 1);
        }
        return text.at(end) == '(' || text.at(end) == '[' || text.says("__", end - 2) ? -1 : end;
    }

    /** Where a number, a string, an operator or a separator ends; -1 for anything else. */
    private static int mark(Text text, int at) {
        var c = text.at(at);
        if (c == '\'' || c == '"') {
            return stringEnd(text, at);
        }
        return Text.isDigit(c) || Text.isSpace(c) || "|:,.=!<>-()".indexOf(c) >= 0 ? at + 1 : -1;
    }

    /** Where a string ends; -1 when it does not, is the path of a file, or a member of it is reached for. */
    private static int stringEnd(Text text, int at) {
        var i = at + 1;
        while (i < at + LONGEST && text.at(i) != Text.END && text.at(i) != text.at(at)) {
            i++;
        }
        var closed = i < at + LONGEST && text.at(i) == text.at(at);
        var reaches = text.at(i + 1) == '.' || text.at(i + 1) == '[';
        return !closed || reaches || text.says("..", at + 1) || text.at(at + 1) == '/' ? -1 : i + 1;
    }
}
