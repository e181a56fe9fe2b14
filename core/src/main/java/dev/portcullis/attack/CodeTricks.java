package dev.portcullis.attack;

/** How code that is put into other code leaves it, looks around or keeps it busy without the name of anything that runs a program. */
final class CodeTricks {

    /** How long a value of code is at most. */
    private static final int LONGEST = 400;

    private static final int NEAR = 32;

    /** With what languages print, or end with what they print. */
    private static final Words<Boolean> PRINTS = Words.set("print echo");

    /** Methods of Ruby that call what a symbol names. */
    private static final Words<Boolean> SENDS = Words.set("send public_send __send__ method instance_method");

    /** What such a symbol names when something is run. */
    private static final Words<Boolean> SENT =
            Words.set("system exec eval spawn instance_eval class_eval open fork popen syscall");

    /** Members that all objects of Python have. */
    static final Words<Boolean> INNER = Words.set(
            "__class__ __base__ __bases__ __mro__ __subclasses__ __init__ __dict__ __getattribute__ __reduce__");

    /** With what code takes in other files. */
    private static final Words<Boolean> INCLUDES = Words.set("include include_once require require_once");

    private CodeTricks() {}

    /** Tells whether the name that ends at the index asks the class of a literal for another one, as no program does: {@code 1.class.forName('x')}. */
    static boolean isReflected(Text text, int end) {
        var dot = end - ".class.forname".length();
        var before = text.at(dot - 1);
        return text.at(end) == '('
                && text.says(".class.forname", dot)
                && (Text.isDigit(before) && !Text.isLetter(text.at(dot - 2)) || "'\")]".indexOf(before) >= 0);
    }

    /** The index behind blanks and comments. */
    static int behindComments(Text text, int from) {
        var i = text.skipSpace(from);
        if (text.at(i) != '/' || text.at(i + 1) != '*') {
            return i;
        }
        var end = i + 2;
        while (end < i + NEAR && (text.at(end) != '*' || text.at(end + 1) != '/')) {
            end++;
        }
        return end < i + NEAR ? text.skipSpace(end + 2) : i;
    }

    /** Tells whether a value begins with an empty literal or a number of which a member is taken that all objects of Python have. */
    static boolean isLiteralMember(Text text, int at) {
        if (at != text.first()) {
            return false;
        }
        var c = text.at(at);
        var close = c == '(' ? ')' : c == '[' ? ']' : c == '{' ? '}' : c == '\'' || c == '"' ? c : Text.END;
        var number = c == '(' ? text.wordEnd(at + 1) : at + 1;
        if (c == '\'' || c == '"' || c == '(') {
            var value = c == '(' && CodeName.isQuote(text.at(at + 1)) ? at + 2 : at + 1;
            var end = text.wordEnd(value);
            end = value > at + 1 ? end + 1 : end;
            if (text.at(end) == close && text.says(".getclass()", end + 1)) {
                return true;
            }
        }
        return text.at(number) == close
                && text.at(number + 1) == '.'
                && INNER.has(text, number + 2, text.wordEnd(number + 2));
    }

    /** Tells whether a statement behind another one, or behind what ends a string, prints what it computes of numbers: {@code ";print 7*7;#}. */
    static boolean isPrinted(Text text, int from, int end) {
        var before = from - 1;
        while (text.at(before) == ' ') {
            before--;
        }
        var number = text.at(end) == '(' ? end + 1 : text.skipSpace(end);
        if (text.at(before) != ';' || number == end || !PRINTS.has(text, from, end)) {
            return false;
        }
        var sign = text.skipSpace(digits(text, number));
        if (sign > number && CodeName.isQuote(text.at(before - 1)) && text.at(text.first()) == text.at(before - 1)) {
            return true;
        }
        var next = text.skipSpace(sign + 1);
        return sign > number && "+*-/".indexOf(text.at(sign)) >= 0 && Text.isDigit(text.at(next));
    }

    private static int digits(Text text, int from) {
        var i = from;
        while (Text.isDigit(text.at(i)) && i < from + NEAR) {
            i++;
        }
        return i;
    }

    /** Tells whether Ruby is told to call what runs something: {@code send(:system, 'id')}. */
    static boolean isSent(Text text, int last, int end, int paren) {
        var symbol = text.skipSpace(paren + 1);
        return text.at(symbol) == ':'
                && SENDS.has(text, last, end)
                && SENT.has(text, symbol + 1, text.wordEnd(symbol + 1));
    }

    /** Tells whether a value asks for the time until some of it has passed. */
    static boolean isBusy(Text text, int from) {
        if (text.length() > LONGEST || !text.says("date()", from) || !text.says("new ", from - 4)) {
            return false;
        }
        var chars = text.toString();
        var loop = chars.indexOf("while");
        var compared = Math.max(chars.indexOf('<', loop), chars.indexOf('>', loop));
        return loop >= 0
                && compared > loop
                && Text.isDigit(text.at(text.skipSpace(compared + 1)))
                && (chars.contains("do{") || chars.contains("do {") || text.at(text.first()) != 'c');
    }

    /** Tells whether a value, or a statement behind what ends another one, takes in a file of another host, of the system or of a stream. */
    static boolean isIncluding(Text text, int from, int end) {
        var paren = text.skipSpace(end);
        var quote = text.skipSpace(text.at(paren) == '(' ? paren + 1 : paren);
        if (quote == end || !CodeName.isQuote(text.at(quote)) || !INCLUDES.has(text, from, end)) {
            return false;
        }
        var before = text.at(from - 1);
        var begins = from == text.first() || before == ';' || before == '@' || text.at(from - 2) == ';';
        return begins && (text.says("://", text.wordEnd(quote + 1)) || ShellRisk.isSecret(text, quote + 1));
    }

    /** Tells whether a word may print a number that follows. */
    static boolean mayPrint(Text text, int from) {
        var end = text.wordEnd(from);
        return Text.isSpace(text.at(end)) && Text.isDigit(text.at(text.skipSpace(end))) && PRINTS.has(text, from, end);
    }

    /** Tells whether a word may take in what a string behind it names. */
    static boolean mayInclude(Text text, int from) {
        var end = text.wordEnd(from);
        return (text.says("include", from) || text.says("require", from))
                && CodeName.isQuote(text.at(text.skipSpace(end)))
                && INCLUDES.has(text, from, end);
    }

    /** Tells whether a class of VBScript is asked for what the request says: {@code execute(request("x"))}. */
    static boolean isAsked(Text text, int last, int end, int paren) {
        var evaluates = text.says("execute", last) || text.says("eval", last) && end == last + 4;
        var asked = paren + 1;
        return evaluates && text.says("request", asked) && ".(".indexOf(text.at(asked + 7)) >= 0;
    }
}
