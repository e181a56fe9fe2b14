package dev.portcullis.attack;

import java.util.ArrayList;
import java.util.List;

/** What a value is that as a whole is a script, or that leaves the attribute it is put into. */
final class ScriptValue {

    private static final int NEAR = 64;

    /** Functions and constructors that ask another host, by the last part of their names. */
    private static final Words<Boolean> ASKING =
            Words.set("fetch open importscripts import sendbeacon getscript getjson ajax get post"
                    + " websocket eventsource sharedworker worker assign replace load");

    /** Elements that scripts make to execute or to send something. */
    private static final Words<Boolean> MADE = Words.set("script iframe img image object embed link base form");

    /** Operators that are words. */
    private static final Words<Boolean> OPERATORS =
            Words.set("in of instanceof typeof void delete throw return new await yield case else do");

    /** What a script takes that is secret, or that the address says. */
    private static final Phrases TAKEN = Phrases.of(
            "document.cookie",
            "localstorage",
            "sessionstorage",
            "location.hash",
            "location.search",
            "document.domain",
            "document.documentelement",
            "document.body");

    /** What a script begins with that runs a function at once. */
    private static final Phrases WRAPPED = Phrases.of(
            "(function",
            "!function",
            "+function",
            "-function",
            "~function",
            "(()=>",
            "(() =>",
            "(_=>",
            "(async",
            "void(",
            "void ",
            "with(",
            "throw ",
            "settimeout(",
            "setinterval(",
            "try{",
            "if(",
            "reflect.",
            "object.",
            "promise.",
            "window.",
            "document.",
            "self.",
            "top.",
            "parent.",
            "globalthis.",
            "navigator.",
            "cookiestore.",
            "['",
            "[\"",
            "[1]",
            "[].");

    private ScriptValue() {}

    /** The names of functions that are signs where they are called. */
    static List<String> names() {
        var names = new ArrayList<>(ASKING.all());
        names.add("createelement");
        names.addAll(MarkupWords.LEAVING.all());
        return names;
    }

    /** Tells whether a value is a script that runs what it holds at once. */
    static boolean isWrapped(Text text) {
        return WRAPPED.begin(text, text.first());
    }

    /** Tells whether the tag behind a quote that ends an attribute, and the element, begins at the angle bracket. */
    static boolean leavesAttribute(Text text, int angle) {
        var first = text.first();
        if (angle > first + NEAR || !isQuote(text.at(first)) || !isName(text.at(angle + 1))) {
            return false;
        }
        var i = first + 1;
        while (i < angle && (isQuote(text.at(i)) || "/ )]};".indexOf(text.at(i)) >= 0)) {
            i++;
        }
        return text.at(i) == '>' && text.skipSpace(i + 1) == angle;
    }

    /** Tells whether a tag may begin there whose attribute was left, wherever the value begins. */
    static boolean mayLeave(Text text, int angle) {
        var i = angle - 1;
        while (i > angle - NEAR && Text.isSpace(text.at(i))) {
            i--;
        }
        return text.at(i) == '>' && isName(text.at(angle + 1)) && "\"'`/)]}; ".indexOf(text.at(i - 1)) >= 0;
    }

    private static boolean isName(char c) {
        return Text.isLetter(c) || c == '/' || c == '!';
    }

    /** Tells whether a call from an index on asks another host, and takes something with it; or does so by an address without a scheme. */
    static boolean isAsking(Text text, int from, int end) {
        var quote = text.skipSpace(end + 1);
        if (text.at(end) != '('
                || !isQuote(text.at(quote))
                || !ASKING.has(text, from, end)
                || !isStatement(text, from)) {
            return false;
        }
        if (!MarkupScheme.leadsAway(text, quote + 1)) {
            return false;
        }
        return text.says("//", quote + 1) || takes(text, quote) || loads(text, from, end);
    }

    /** Tells whether what is asked for is run: a module, or a script of a server's engine. */
    private static boolean loads(Text text, int from, int end) {
        return text.says("import", end - 6) || from == text.first() && text.says("load(", from);
    }

    private static boolean takes(Text text, int from) {
        for (var i = from; i < from + 4 * NEAR && text.at(i) != Text.END; i++) {
            if (TAKEN.begin(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether an element is made that executes something: {@code document.createElement('script')}. */
    static boolean isMaking(Text text, int from, int end) {
        var quote = text.at(end + 1);
        return text.at(end) == '('
                && isQuote(quote)
                && text.says("createelement", from)
                && MADE.has(text, end + 2, text.wordEnd(end + 2))
                && isCode(text);
    }

    /** Tells whether the value begins as code does: with a name that is assigned, called or led on from. */
    static boolean isCode(Text text) {
        var first = text.first();
        if (text.at(first) == '<') {
            return true;
        }
        var end = text.wordEnd(first);
        var next = text.at(end) == ' ' ? text.at(end + 1) : text.at(end);
        return "(!$'\");}".indexOf(text.at(first)) >= 0
                || end > first && "=.([".indexOf(next) >= 0 && text.at(end + 1) != ' '
                || end > first && next == '=' && text.at(end) == ' '
                || text.says("var ", first)
                || text.says("let ", first)
                || text.says("const ", first)
                || text.says("new ", first);
    }

    /** Tells whether nothing but the objects that lead to a name stand before it, in a statement that begins the value or follows another. */
    private static boolean isStatement(Text text, int from) {
        var i = from;
        while (i > from - NEAR && (Text.isWord(text.at(i - 1)) || text.at(i - 1) == '.' || text.at(i - 1) == '$')) {
            i--;
        }
        var before = i - 1;
        while (text.at(before) == ' ') {
            before--;
        }
        var made = text.says("new", before - 2) && before - 2 == text.first();
        var c = text.at(before);
        return i == text.first() || made || isCode(text) && ";{}=,(&|?:>".indexOf(c) >= 0;
    }

    /** Tells whether a function that attacks try first is given another name: {@code a=alert,a(1)}. */
    static boolean isRenamed(Text text, int from, int end, boolean tag) {
        var before = from - 1;
        while (text.at(before) == ' ') {
            before--;
        }
        var next = text.at(end);
        var apart = next == ',' || next == ';' || next == ')' && text.at(end + 1) == '(';
        return text.at(before) == '=' && Text.isWord(text.at(before - 1)) && apart && (tag || isCode(text));
    }

    /** Tells whether letters of any language are variables that truths and empty objects are put together with, to make other letters. */
    static boolean isSigned(Text text) {
        var chars = text.toString();
        return (chars.contains("='',") || chars.contains("=\"\",") || chars.contains("=``,")) && chars.contains("=!");
    }

    /**
     * Tells whether a value that ends a string calls, behind an operator, what scripts call by themselves, or leads the page elsewhere. Behind the
     * prompt of an interpreter it ends none.
     */
    static boolean isLeaving(Text text, int from, int end) {
        var next = text.at(end);
        var leads = next == '='
                && Text.isLetter(text.at(text.at(end + 1) == '\'' ? end + 2 : end + 1))
                && text.says("location", from)
                && end == from + "location".length();
        if (!leads && !(next == '(' && MarkupWords.LEAVING.has(text, from, end))) {
            return false;
        }
        if (text.says("``", text.first()) || text.says(">>> ", text.first())) {
            return false;
        }
        var before = from - 1;
        while (text.at(before) == ' ') {
            before--;
        }
        var made = text.says("new", before - 2);
        var joins = text.at(before) == '-' && text.at(before - 1) == '-' ? leads : false;
        return (made || !joins && "+*^|&-/%,~?:=({!<>;".indexOf(text.at(before)) >= 0) && breaksOut(text);
    }

    /** Tells whether the text soon ends a string and what holds it, as nothing but a script does that is put into another one. */
    static boolean breaksOut(Text text) {
        var first = text.first();
        while (text.at(first) == '\\') {
            first++;
        }
        if (isQuote(text.at(first)) || text.says("*/", first)) {
            return true;
        }
        for (var i = first; i < first + NEAR; i++) {
            if (isQuote(text.at(i)) && ")]};".indexOf(text.at(i + 1)) >= 0 && ")]};+-,".indexOf(text.at(i + 2)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether an operator that is a word stands before the index. */
    static boolean followsOperator(Text text, int at) {
        var end = at - 1;
        while (text.at(end) == ' ' || text.at(end) == '\t') {
            end--;
        }
        var start = end;
        while (Text.isLetter(text.at(start)) && start > end - 12) {
            start--;
        }
        return end < at - 1 && OPERATORS.has(text, start + 1, end + 1);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    /** Tells whether an attribute with the address of another host is never closed, so that it takes with it what follows in the page. */
    static boolean isDangling(Text text, int sign) {
        var quote = text.at(sign + 1);
        if (quote != '"' && quote != '\'' || !MarkupScheme.leadsAway(text, sign + 2)) {
            return false;
        }
        return text.next(quote, sign + 2) >= text.length() && text.next('>', sign) >= text.length();
    }
}
