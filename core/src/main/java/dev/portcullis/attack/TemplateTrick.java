package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/** How a value that is a template gets at what its engine keeps from it: by filters, by loops over literals, by names that are put together, by static members. */
final class TemplateTrick {

    private static final int NEAR = 128;
    /** How long a value is at most that does nothing else. */
    private static final int LONGEST = 400;

    /** Filters that call what they are given. */
    private static final Words<Boolean> CALLERS = Words.set("map filter sort reduce column find some every");

    /** How long the name of a filter is at most. */
    private static final int LONGEST_NAME = 8;

    private TemplateTrick() {}

    /** Tells whether an expression, or a statement, in a short value does so between two indexes. */
    static boolean is(Text text, int from, int end) {
        if (text.length() > LONGEST || text.isDocument()) {
            return false;
        }
        for (var i = from; i < end && !TemplateExpression.isNested(text, i); i++) {
            var found = switch (text.at(i)) {
                case '|' -> isCallback(text, i);
                case '(' -> isGivenEngine(text, i) || isEmptyMember(text, i);
                case '=', '~' -> isHalf(text, i) || isCommand(text, i);
                case ' ' -> isLiteralLoop(text, i) || text.says("dump(", i + 1);
                default -> false;
            };
            if (found) {
                return true;
            }
        }
        return isListed(text, from, end);
    }

    /** Tells whether a string is put together of others in an index, or for a filter that calls what it is given. */
    static boolean isTorn(Text text, int from, int end) {
        for (var i = from; i < end && !TemplateExpression.isNested(text, i); i++) {
            if ((text.at(i) == '[' || text.at(i) == '(' && isCaller(text, i))
                    && isTornAt(text, text.skipSpace(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTornAt(Text text, int quote) {
        return TemplateExpression.isQuote(text.at(quote)) && isJoined(text, closed(text, quote));
    }

    private static boolean isCaller(Text text, int paren) {
        var from = paren;
        while (from > paren - LONGEST_NAME && Text.isWord(text.at(from - 1))) {
            from--;
        }
        return text.at(from - 1) == '|' && CALLERS.has(text, from, paren);
    }

    /** Where the string ends that begins with the quote, which is not long. */
    private static int closed(Text text, int quote) {
        var i = quote + 1;
        while (i < quote + NEAR && text.at(i) != text.at(quote) && text.at(i) != Text.END) {
            i++;
        }
        return i;
    }

    private static boolean isJoined(Text text, int close) {
        var sign = text.skipSpace(close + 1);
        var joined = text.at(sign) == '~' || text.at(sign) == '+' ? text.skipSpace(sign + 1) : sign;
        return TemplateExpression.isQuote(text.at(joined));
    }

    /** Tells whether a filter that calls what it is given gets a name, or what other filters make of one. */
    private static boolean isCallback(Text text, int pipe) {
        var name = text.skipSpace(pipe + 1);
        var end = text.wordEnd(name);
        var argument = text.skipSpace(end + 1);
        var close = text.wordEnd(argument);
        return text.at(end) == '('
                && CALLERS.has(text, name, end)
                && Text.isLetter(text.at(argument))
                && text.at(close) == '|'
                && text.at(close + 1) != '|';
    }

    /** Tells whether nothing but an object of the engine is given to a filter or a function. */
    private static boolean isGivenEngine(Text text, int paren) {
        var name = text.skipSpace(paren + 1);
        var end = text.wordEnd(name);
        return Text.isWord(text.at(paren - 1)) && text.at(end) == ')' && TemplateObject.isBase(text, name, end);
    }

    /** Tells whether a member is taken of an empty literal in parentheses. */
    private static boolean isEmptyMember(Text text, int paren) {
        var open = text.at(paren + 1);
        var close = text.at(paren + 2);
        var empty = open == '{' && close == '}'
                || open == '[' && close == ']'
                || (open == '\'' || open == '"') && close == open;
        var next = text.at(paren + 3);
        return empty && (next == '.' || next == '[') || isRange(text, paren);
    }

    /** Tells whether numbers from one up to another are given to a filter. */
    private static boolean isRange(Text text, int paren) {
        var dots = text.wordEnd(paren + 1);
        var end = text.wordEnd(dots + 2);
        return Text.isDigit(text.at(paren + 1))
                && text.says("..", dots)
                && Text.isDigit(text.at(dots + 2))
                && text.at(end) == ')'
                && text.at(text.skipSpace(end + 1)) == '|';
    }

    /** Tells whether a half of the name of an inner member stands in a string that is kept or joined: {@code a='__cl'}. */
    private static boolean isHalf(Text text, int sign) {
        var quote = text.skipSpace(sign + 1);
        if (!TemplateExpression.isQuote(text.at(quote))) {
            return false;
        }
        var end = text.wordEnd(quote + 1);
        var begins = text.says("__", quote + 1) && Text.isLetter(text.at(quote + 3)) && !text.says("__", end - 2);
        var ends = text.says("__", end - 2) && Text.isLetter(text.at(quote + 1));
        return text.at(end) == text.at(quote) && (begins || ends);
    }

    /** Tells whether what a command between ticks prints is kept. */
    private static boolean isCommand(Text text, int sign) {
        var tick = text.skipSpace(sign + 1);
        return text.at(tick) == '`' && ShellWord.at(text, tick + 1).kind() != Kind.NONE;
    }

    /** Tells whether a loop goes through literals: {@code for c in [1,2,3]}. */
    private static boolean isLiteralLoop(Text text, int at) {
        var name = text.skipSpace(at + 4);
        var list = text.says("range(", name) ? name + "range".length() : name;
        return text.says("in ", at + 1)
                && (text.at(list) == '[' || text.at(list) == '(')
                && Text.isDigit(text.at(list + 1))
                && text.says("for ", text.skipSpace(statement(text, at)));
    }

    /** The index behind the bracket of the statement in which the index stands. */
    private static int statement(Text text, int at) {
        var i = at;
        while (i > at - NEAR && text.at(i) != '%' && text.at(i) != Text.END) {
            i--;
        }
        return text.at(i + 1) == '-' ? i + 2 : i + 1;
    }

    /** Tells whether names that parameters have are joined to a string: {@code dict(po=a,p=b)|join}. */
    private static boolean isListed(Text text, int from, int end) {
        var i = from;
        while (i < end && i < from + NEAR && !TemplateExpression.isNested(text, i) && !text.says("dict(", i)) {
            i++;
        }
        if (!text.says("dict(", i)) {
            return false;
        }
        var close = i;
        while (close < i + NEAR && text.at(close) != ')' && text.at(close) != Text.END) {
            close++;
        }
        return text.says("|join", text.skipSpace(close + 1));
    }

    /** Tells whether a static member of a class is taken as OGNL does: {@code @java.lang.Math@max(1,2)}. */
    static boolean isStatic(Text text, int at) {
        if (text.at(at) != '@' || Text.isWord(text.at(at - 1))) {
            return false;
        }
        var end = at + 1;
        var last = end;
        while (end < at + NEAR && (Text.isWord(text.at(end)) || text.at(end) == '.' || text.at(end) == '$')) {
            last = text.at(end) == '.' ? end + 1 : last;
            end++;
        }
        var type = text.at(last);
        return last > at + 1 && text.at(end) == '@' && type >= 'A' && type <= 'Z' && Text.isLetter(text.at(end + 1));
    }

    /** Tells whether a value ends, behind a name, an expression that it is put into: {@code user.name}}text}. */
    static boolean leavesExpression(Text text, int close) {
        return mayLeave(text, text.first(), close);
    }

    /** Tells whether a line that begins at the index does so. */
    static boolean mayLeave(Text text, int first, int close) {
        var next = text.at(close + 2);
        if (close > first + NEAR || !text.says("}}", close) || !Text.isLetter(next) && next != '<' && next != '{') {
            return false;
        }
        var i = first;
        while (Text.isWord(text.at(i)) || text.at(i) == '.' && Text.isLetter(text.at(i + 1))) {
            i++;
        }
        return i == close && Text.isLetter(text.at(first));
    }
}
