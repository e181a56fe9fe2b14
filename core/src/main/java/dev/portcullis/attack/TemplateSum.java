package dev.portcullis.attack;

/** Computing with literals alone, which no template does, and everybody who tries whether there is one. */
final class TemplateSum {

    private static final Marks DOUBLED = Marks.of("=*");
    private static final Marks MARKING = Marks.of("$!@~");
    private static final Marks SCRIPTED = Marks.of("^}])\\");

    /** How far is looked for the marks before a sum, and for its parts. */
    static final int NEAR = 48;
    /** What a bracket may have before what it computes: marks of engines that print, escape or trim. */
    private static final Marks MARKS = Marks.of("=-{!~@:%#$&");

    private static final Marks OPERATORS = Marks.of("*+-/%~<>=!^,");
    /** Operators that stand between the numbers of dates and ranges, too. */
    private static final Marks PARTING = Marks.of("-/~,");

    private TemplateSum() {}

    /** Tells whether nothing but literals with operators between them stand from an index up to another, or up to a filter. */
    static boolean is(Text text, int from, int end) {
        return isBehind(text, marks(text, from, end), end);
    }

    /** The same behind the marks that a bracket may have before what it computes. */
    static boolean isBehind(Text text, int i, int end) {
        var first = operand(text, i);
        return first > i && (isContinued(text, first, end) || isBuilt(text, i, first));
    }

    private static int marks(Text text, int from, int end) {
        var i = from;
        while (i < end && i < from + NEAR && isMark(text.at(i))) {
            i++;
        }
        return i;
    }

    /** Tells whether the character may stand between a bracket and what it computes. */
    static boolean isMark(char c) {
        return MARKS.has(c) || Text.isSpace(c);
    }

    private static boolean isContinued(Text text, int from, int end) {
        var operators = 0;
        var telling = false;
        var listed = false;
        var i = text.skipSpace(from);
        while (i < end && i < from + NEAR && OPERATORS.has(text.at(i))) {
            var operand = behindOperator(text, i);
            var next = operand(text, operand);
            if (next == operand) {
                return operators > 0 && !listed && isTrimmed(text, i, end);
            }
            telling |= PARTING.lacks(text.at(i));
            listed |= text.at(i) == ',';
            operators++;
            i = text.skipSpace(next);
        }
        var filtered = text.at(i) == '|' && Text.isLetter(text.at(text.skipSpace(i + 1)))
                || text.at(i) == ';' && Text.isLetter(text.at(i + 1));
        return operators > 0
                && (operators == 1 && !listed || telling)
                && (i >= end || filtered || isTrimmed(text, i, end));
    }

    /** Tells whether a number is given to a filter, or to what FreeMarker builds in. */
    private static boolean isBuilt(Text text, int from, int end) {
        var mark = text.skipSpace(end);
        var behind = text.skipSpace(mark + 1);
        return Text.isDigit(text.at(from))
                && (text.at(mark) == '|' && text.at(text.wordEnd(behind)) == ':' || text.at(mark) == '?')
                && Text.isLetter(text.at(behind));
    }

    /** Tells whether nothing but marks stand before the end. */
    private static boolean isTrimmed(Text text, int from, int end) {
        return marks(text, from, end) >= end || text.at(from) == '}' && from + 1 >= end;
    }

    private static int behindOperator(Text text, int at) {
        var i = at + 1;
        while (i < at + 3 && DOUBLED.has(text.at(i))) {
            i++;
        }
        return text.skipSpace(i);
    }

    /** The index behind the number or the string at the index; the index itself when there is none. */
    private static int operand(Text text, int at) {
        var open = text.at(at) == '(' ? at + 1 : at;
        var c = text.at(open);
        if (c == '\'' || c == '"') {
            var close = open + 1;
            while (close < open + NEAR && text.at(close) != c && text.at(close) != Text.END) {
                close++;
            }
            return text.at(close) == c ? close + 1 : at;
        }
        var i = open;
        while (Text.isDigit(text.at(i)) || i > open && text.at(i) == '.' && Text.isDigit(text.at(i + 1))) {
            i++;
        }
        return i == open ? at : text.at(i) == ')' ? i + 1 : i;
    }

    /**
     * Tells whether a product of two numbers stands in one bracket of whichever kind, which other notations have for something else:
     * <code>{7*7}</code>, <code>[%7*7%]</code>, {@code $(7*7)}.
     */
    static boolean isProduct(Text text, int open) {
        var bracket = text.at(open);
        var from = open + 1;
        while (from < open + 4 && (MARKS.has(text.at(from)) || text.at(from) == ' ')) {
            from++;
        }
        var marked = from > open + 1 || MARKING.has(text.at(open - 1));
        if (!Text.isDigit(text.at(from)) || !marked && bracket != '{' || isScripted(text, open)) {
            return false;
        }
        var sign = text.skipSpace(digits(text, from));
        var number = text.skipSpace(sign + 1);
        var end = digits(text, number);
        while (end < number + NEAR && (MARKS.has(text.at(end)) || text.at(end) == ' ')) {
            end++;
        }
        return text.at(sign) == '*' && Text.isDigit(text.at(number)) && text.at(end) == closing(bracket);
    }

    /** Tells whether the bracket belongs to a word, a power or an index, as in formulas. */
    private static boolean isScripted(Text text, int open) {
        var before = text.at(open - 1);
        return Text.isWord(before) || SCRIPTED.has(before);
    }

    private static int digits(Text text, int from) {
        var i = from;
        while (i < from + NEAR && Text.isDigit(text.at(i))) {
            i++;
        }
        return i;
    }

    private static char closing(char open) {
        return switch (open) {
            case '{' -> '}';
            case '[' -> ']';
            case '<' -> '>';
            default -> ')';
        };
    }
}
