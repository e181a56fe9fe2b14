package dev.portcullis.attack;

/** How JavaScript is made to run something without calling it by its name, on a server or in a page. */
final class ScriptTricks {

    private static final int NEAR = 48;
    private static final int FEWEST_MARKS = 20;
    private static final int FEWEST_CODES = 3;

    /** Methods that call what they are given. */
    private static final Words<Boolean> CALLERS =
            Words.set("map find filter foreach some every apply replace sort reduce findindex flatmap from then");

    private static final Words<Boolean> MODULES = Words.set("child_process fs vm net os http cluster worker_threads");

    /** The characters that a row of brackets is made of. */
    private static final boolean[] MARKS = new boolean[128];

    static {
        for (var c : "[]()!+{}".toCharArray()) {
            MARKS[c] = true;
        }
    }

    private ScriptTricks() {}

    /** Tells whether code is made of a string, or of nothing but brackets, or a module is loaded and used at once. */
    static boolean begin(Text text, int at) {
        return switch (text.at(at)) {
            case 'c' ->
                text.says("constructor", at)
                        && !Text.isWord(text.at(at - 1))
                        && text.at(at - 1) != '-'
                        && isMaker(text, at + 11);
            case 'F' -> isFunction(text, at);
            case 'r' -> text.says("require(", at) && isUsed(text, at);
            case 'i' -> text.says("import(", at) && isLoaded(text, at);
            case '[', '!', '(', '+' ->
                isMark(text.at(at + FEWEST_MARKS - 1)) && !isMark(text.at(at - 1)) && isBracketsAlone(text, at);
            default -> false;
        };
    }

    /** Tells whether the constructor of whatever object is given a string, which makes a function of it. */
    private static boolean isMaker(Text text, int end) {
        if (text.at(end) == '`' && text.at(end - 12) == '.' && isGivenString(text, end)) {
            return true;
        }
        var i = end;
        while (i < end + 3 && "'\"`]".indexOf(text.at(i)) >= 0) {
            i++;
        }
        var chained = text.says(".constructor", i) || text.says("[\"constructor", i) || text.says("['constructor", i);
        return chained
                || isGivenString(text, i)
                || i > end && text.at(end) != '`' && text.at(i) == '(' && text.at(i - 1) == ']';
    }

    private static boolean isGivenString(Text text, int at) {
        return text.at(at) == '`' && text.at(at + 1) > ' ' && text.at(at + 1) != Text.END
                || text.at(at) == '(' && isQuote(text.at(text.skipSpace(at + 1)));
    }

    private static boolean isFunction(Text text, int at) {
        return text.says("function", at)
                && text.at(at + 1) == 'u'
                && !Text.isWord(text.at(at - 1))
                && text.at(at - 1) != '.'
                && isGivenString(text, at + 8);
    }

    private static boolean isUsed(Text text, int at) {
        var quote = text.at(at + 8);
        var end = text.wordEnd(at + 9);
        return isQuote(quote)
                && MODULES.has(text, at + 9, end)
                && text.at(end) == quote
                && text.says(").", end + 1)
                && !Text.isSpace(text.at(at - 1));
    }

    /** Tells whether a module of a server is loaded by a value that begins as a function, or with that. */
    private static boolean isLoaded(Text text, int at) {
        var end = text.wordEnd(at + 8);
        return isQuote(text.at(at + 7))
                && MODULES.has(text, at + 8, end)
                && text.at(end) == text.at(at + 7)
                && (at == text.first() || text.at(text.first()) == '(')
                && !text.isDocument();
    }

    private static boolean isMark(char c) {
        return c < 128 && MARKS[c];
    }

    /** Tells whether a row of brackets begins that makes letters of truths and empty lists. */
    private static boolean isBracketsAlone(Text text, int at) {
        var i = at;
        var empty = 0;
        while (isMark(text.at(i)) && i < at + 4 * NEAR) {
            empty += text.says("![]", i) || text.says("+[]", i) || text.says("+{}", i) || text.says("!+", i) ? 1 : 0;
            i++;
        }
        return i - at >= FEWEST_MARKS && empty > 2;
    }

    /** Tells whether a function, which the word names, is called though no parenthesis follows it. */
    static boolean isPassed(Text text, int at, int end) {
        var next = text.at(end);
        if (text.at(at - 1) == '(' && (next == ')' || next == ',')) {
            var call = text.at(end + 1);
            var calls = call == '(' || call == '`' && !isTicked(text, at);
            return next == ')' && calls || isCaller(text, at - 1);
        }
        return text.says(".call(", end)
                || text.says(".apply(", end)
                || text.says(".bind(", end)
                || text.says("?.(", end);
    }

    /** Tells whether the index is between ticks, as names of code are in a text. */
    static boolean isTicked(Text text, int at) {
        var ticks = 0;
        for (var i = at - 1; i > at - NEAR && text.at(i) != Text.END && text.at(i) != '\n'; i--) {
            ticks += text.at(i) == '`' ? 1 : 0;
        }
        return ticks % 2 == 1;
    }

    private static boolean isCaller(Text text, int paren) {
        var start = paren;
        while (Text.isWord(text.at(start - 1)) && start > paren - NEAR) {
            start--;
        }
        return text.at(start - 1) == '.' && CALLERS.has(text, start, paren);
    }

    /** Tells whether a function follows that makes a string, in the brackets of a member that is called: {@code self[atob('YQ')](1)}. */
    private static boolean isMadeName(Text text, int bracket) {
        var close = bracket + 1;
        while (close < bracket + NEAR && text.at(close) != ']' && text.at(close) != Text.END) {
            close++;
        }
        var makes = text.says("atob(", bracket + 1)
                || text.says("string.fromcharcode(", bracket + 1)
                || text.says("unescape(", bracket + 1);
        return makes && text.at(close) == ']' && text.at(close + 1) == '(';
    }

    /** Tells whether a member that attacks are after is taken by its name as a string: {@code document['cookie']}. */
    static boolean isSecret(Text text, int bracket) {
        var quote = text.at(bracket + 1);
        var close = text.wordEnd(bracket + 2);
        return isQuote(quote)
                && text.at(close) == quote
                && text.at(close + 1) == ']'
                && MarkupWords.MEMBERS.has(text, bracket + 2, close);
    }

    /** Tells whether something is called whose name is taken from what there is: {@code self[Object.keys(self)[5]](1)}. */
    private static boolean isTaken(Text text, int bracket) {
        var depth = 0;
        var made = false;
        for (var i = bracket; i < bracket + 2 * NEAR && text.at(i) != Text.END && text.at(i) != '\n'; i++) {
            var c = text.at(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            made |= c == '(' && text.at(i - 1) != '[';
            if (depth == 0) {
                return made && (text.at(i + 1) == '(' || text.at(i + 1) == '`');
            }
        }
        return false;
    }

    /** Tells whether a member, whose name is a string, is called: {@code window['al'+'ert'](1)}. */
    static boolean isComputed(Text text, int end) {
        var name = text.at(end + 1);
        if (text.at(end) == '[' && (isMadeName(text, end) || isTaken(text, end))) {
            return true;
        }
        if (text.at(end) != '[' || !isQuote(name) && name != '/') {
            return false;
        }
        for (var i = end + 2; i < end + NEAR; i++) {
            if (text.at(i) == '+' && isQuote(name) && text.at(i - 1) == name && text.at(i + 1) == name) {
                return true;
            }
            if (text.at(i) == ']') {
                var next = text.at(i + 1);
                return next == '(' || next == '`' || next == '[' || next == '=' && text.at(i + 2) != '=';
            }
        }
        return false;
    }

    /** Tells whether parentheses only give the word another ending that ends there, and a sentence goes on: {@code prompt(s) needed}. */
    static boolean isEnding(Text text, int end) {
        var close = text.wordEnd(end + 1);
        return text.at(end) == '('
                && (Text.isLetter(text.at(end + 1)) || close == end + 1)
                && text.at(close) == ')'
                && text.at(close + 1) == ' '
                && Text.isLetter(text.at(close + 2));
    }

    /** Tells whether a timer is given a function, as in any script, and no string. */
    static boolean isTimer(Text text, int at) {
        var end = text.wordEnd(at);
        var given = text.skipSpace(end + 1);
        var function = text.at(given) == '(' || text.says("function", given) || text.says("async", given);
        return text.says("set", at) && text.at(end) == '(' && (function || isNamed(text, given));
    }

    /** Tells whether a member of the page's address, whose object ends at the index, is assigned a path of the same site, or what a response says. */
    static boolean isOwnMove(Text text, int objectEnd) {
        var end = objectEnd;
        while (text.at(end) == '.' && Text.isLetter(text.at(end + 1)) && end < objectEnd + NEAR) {
            end = text.wordEnd(end + 1);
        }
        var sign = text.skipSpace(end);
        var value = text.skipSpace(sign + 1);
        if (text.at(sign) != '=' || text.at(sign + 1) == '=') {
            return false;
        }
        var from = isQuote(text.at(value)) ? value + 1 : value;
        var i = from;
        while (Text.isWord(text.at(i)) || "/.-?=&_".indexOf(text.at(i)) >= 0) {
            i++;
        }
        if (from > value) {
            return text.at(from) == '/' && text.at(from + 1) != '/' && text.at(i) == text.at(value);
        }
        var object = text.wordEnd(value);
        return text.at(object) == '.'
                && i == text.wordEnd(object + 1)
                && !MarkupWords.OBJECTS.has(text, value, object)
                && (text.at(i) == ';' || i >= text.last());
    }

    /** Tells whether nothing is given to a timer, or a function by its name and a number, and no function that attacks try first. */
    private static boolean isNamed(Text text, int given) {
        var end = text.wordEnd(given);
        var number = text.skipSpace(end + 1);
        return text.at(given) == ')'
                || text.at(end) == ',' && Text.isDigit(text.at(number)) && !MarkupWords.PROBES.has(text, given, end);
    }

    /** Tells whether a string is spelled by the numbers of its letters. */
    static boolean isSpelled(Text text, int at, int end) {
        var codes = 0;
        var i = end + 1;
        while (i < end + NEAR && (Text.isDigit(text.at(i)) || Text.isSpace(text.at(i)) || text.at(i) == ',')) {
            codes += text.at(i) == ',' ? 1 : 0;
            i++;
        }
        return text.says("fromcharcode(", at) && codes >= FEWEST_CODES;
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"' || c == '`';
    }

    /** Tells whether an attribute is an address of JavaScript that does nothing: {@code href="javascript:void(0)"}. */
    static boolean isNothing(Text text, int at) {
        var quote = text.at(at - 1);
        if (quote != '"' && quote != '\'' || !text.says("javascript:", at)) {
            return false;
        }
        var i = text.skipSpace(at + "javascript:".length());
        i = text.says("void(0)", i) ? i + "void(0)".length() : i;
        i = text.at(i) == ';' ? i + 1 : i;
        return text.at(i) == quote;
    }
}
