package dev.portcullis.attack;

import java.util.List;
import java.util.stream.Stream;

/**
 * Names of functions that are put together of strings, or kept in variables, so that nobody finds them by reading; of one text, read from left
 * to right. Belongs to one thread.
 */
final class HiddenName {

    private static final Marks SIGNS = Marks.of(".+|,~");

    private static final int NEAR = 48;
    private static final int LONGEST = 24;
    private static final int FEWEST_CODES = 3;
    /** How many variables are remembered. */
    private static final int MOST = 8;

    /** Functions that run something, whatever the language. */
    private static final Words<Boolean> RUN = Words.set(
            "system exec passthru shell_exec popen proc_open eval assert phpinfo"
                    + " create_function call_user_func preg_replace file_get_contents base64_decode readfile ini_set error_reporting execsync child_process"
                    + " __import__ subprocess alert prompt confirm constructor function document cookie execute executeglobal iex iwr downloadstring");

    private static final Words<Boolean> DECODERS = Words.set(
            "strrev base64_decode str_rot13 hex2bin gzinflate gzuncompress urldecode rawurldecode chr implode join pack");

    /** Functions that call what they are given by its name. */
    private static final Words<Boolean> CALLERS =
            Words.set("call_user_func call_user_func_array array_map array_filter array_walk"
                    + " array_reduce usort uasort uksort array_diff_ukey iterator_apply register_shutdown_function forward_static_call"
                    + " ob_start set_error_handler spl_autoload_register send public_send __send__ getattr compile");

    private final Text text;
    /** The hashes of the names of variables that hold what was made. */
    private final int[] made = new int[MOST];

    private int count;

    /** The names of functions that are signs where they are called. */
    static List<String> names() {
        return Stream.concat(CALLERS.all().stream(), Stream.of("chr")).toList();
    }

    HiddenName(Text text) {
        this.text = text;
    }

    /** Tells whether a name of that kind is made or called at the index. */
    boolean at(int at) {
        return switch (text.at(at)) {
            case '\'', '"' -> isJoined(text, at) || isCallback(text, at);
            case '$' -> isVariable(at);
            case '(' -> isCalled(text, at);
            case 'c' -> isSpelled(text, at) && !Text.isWord(text.at(at - 1));
            default -> false;
        };
    }

    /** Tells whether a string begins at the quote that is put together with others, which say the name of what runs something. */
    private static boolean isJoined(Text text, int quote) {
        if (!isQuote(text.at(quote)) || Text.isWord(text.at(quote - 1)) || mayJoin(text, quote - 1)) {
            return false;
        }
        var first = text.wordEnd(quote + 1);
        if (text.at(first) != text.at(quote) || !mayJoin(text, text.skipSpace(first + 1))) {
            return false;
        }
        var name = new StringBuilder(LONGEST);
        var parts = 0;
        var i = quote;
        while (isQuote(text.at(i)) && i < quote + NEAR) {
            var end = text.wordEnd(i + 1);
            if (parts > 0 && text.at(end) == ':') {
                text.copy(i + 1, end, name);
                return "javascript".equalsIgnoreCase(name.toString());
            }
            if (parts > 0 && text.at(end) == '(') {
                text.copy(i + 1, end, name);
                return RUN.has(name.toString(), 0, name.length());
            }
            if (text.at(end) != text.at(i) || name.length() + end - i > LONGEST) {
                return false;
            }
            text.copy(i + 1, end, name);
            parts++;
            var sign = text.skipSpace(end + 1);
            var joins = mayJoin(text, sign);
            i = joins ? text.skipSpace(sign + 1) : text.length();
        }
        return parts > 1 && RUN.has(name.toString(), 0, name.length());
    }

    /** Tells whether letters are put together by their numbers: {@code chr(105).chr(100)}. */
    private static boolean isSpelled(Text text, int at) {
        var count = 0;
        var i = at;
        while (text.says("chr(", i) && count < FEWEST_CODES) {
            var end = i + 4;
            while (Text.isWord(text.at(end)) || text.at(end) == '^' || text.at(end) == '-') {
                end++;
            }
            if (text.at(end) != ')' || end == i + 4) {
                return false;
            }
            count++;
            var sign = text.skipSpace(end + 1);
            var joins = SIGNS.has(text.at(sign));
            i = joins ? text.skipSpace(text.says("cat:", sign + 1) ? sign + 5 : sign + 1) : text.length();
        }
        return count >= FEWEST_CODES || count == 2 && text.says("|cat:", text.next(')', at) + 1);
    }

    /** Tells whether a variable of PHP is called that is, or is given, what the request says: {@code $_GET[0]($_GET[1])}. */
    static boolean isAskedCall(Text text, int dollar) {
        var open = opened(text, dollar);
        return open > 0 && (isAsked(text, open + 1) || isAsked(text, dollar));
    }

    /** The index of the parenthesis behind a variable; 0 when it is not called. */
    private static int opened(Text text, int dollar) {
        var end = text.wordEnd(dollar + 1);
        var open = end;
        while (text.at(open) == '[' && open < end + NEAR) {
            open++;
            while (text.at(open - 1) != ']' && open < end + NEAR) {
                open++;
            }
        }
        return end > dollar + 1 && text.at(open) == '(' ? open : 0;
    }

    /** Tells whether a variable is called with what the request says, or for which an earlier statement made a name. */
    private boolean isVariable(int dollar) {
        var end = text.wordEnd(dollar + 1);
        var sign = text.skipSpace(end);
        var hash = Words.hash(text, dollar + 1, end);
        if (end > dollar + 1 && text.at(sign) == '=' && text.at(sign + 1) != '=' && isMade(text.skipSpace(sign + 1))) {
            made[count++ % MOST] = hash;
            return false;
        }
        return isAskedCall(text, dollar) || text.at(end) == '(' && isKnown(hash);
    }

    private boolean isKnown(int hash) {
        for (var i = 0; i < Math.min(count, MOST); i++) {
            if (made[i] == hash) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a string stands there that is made rather than written, or that names what runs something. */
    private boolean isMade(int value) {
        var close = text.wordEnd(value);
        if (text.at(value) == '$') {
            return isAsked(text, value) || text.at(text.skipSpace(text.wordEnd(value + 1))) == '.';
        }
        return isQuote(text.at(value)) && RUN.has(text, value + 1, text.wordEnd(value + 1))
                || isJoined(text, value)
                || text.at(close) == '(' && DECODERS.has(text, value, close);
    }

    private static boolean isAsked(Text text, int at) {
        return text.says("$_get[", at)
                || text.says("$_post[", at)
                || text.says("$_request[", at)
                || text.says("$_cookie[", at)
                || text.says("$_server[", at);
    }

    /** Tells whether a string, or what parentheses put together, is called: {@code 'system'('id')}, {@code ($a.$b)('id')}. */
    private static boolean isCalled(Text text, int paren) {
        var last = text.at(paren - 1);
        if (isQuote(last)) {
            return RUN.has(text, wordStart(text, paren - 1), paren - 1)
                    && text.at(wordStart(text, paren - 1) - 1) == last;
        }
        if (last != ')') {
            return false;
        }
        var joined = false;
        var open = paren - 2;
        while (open > paren - NEAR && text.at(open) != '(' && text.at(open) != Text.END) {
            var c = text.at(open);
            joined |= c == '.' && (isQuote(text.at(open - 1)) || text.at(open + 1) == '$')
                    || c == '^' && isQuote(text.at(open - 1)) && isQuote(text.at(open + 1))
                    || c == '~' && text.at(open + 1) >= 128 && text.at(open + 1) != Text.END;
            open--;
        }
        var named = RUN.has(text, open + 1, paren - 1);
        return text.at(open) == '(' && !Text.isWord(text.at(open - 1)) && (joined || named);
    }

    private static int wordStart(Text text, int end) {
        var i = end;
        while (Text.isWord(text.at(i - 1)) && i > end - LONGEST) {
            i--;
        }
        return i;
    }

    /** Tells whether a function that runs something is named in a string to be called by another one: {@code usort($a,'system')}. */
    private static boolean isCallback(Text text, int quote) {
        var before = quote - 1;
        while (text.at(before) == ' ') {
            before--;
        }
        var end = text.wordEnd(quote + 1);
        var next = text.at(text.skipSpace(end + 1));
        return (text.at(before) == '(' || text.at(before) == ',')
                && text.at(end) == text.at(quote)
                && (next == ')' || next == ',')
                && RUN.has(text, quote + 1, end)
                && CALLERS.has(text, text.first(), text.wordEnd(text.first()));
    }

    /** Tells whether strings stand on both sides of a mark that may put them together. */
    static boolean mayJoin(Text text, int at) {
        if (text.at(at) != '.' && text.at(at) != '+' && text.at(at) != '&') {
            return false;
        }
        var before = text.at(at - 1) == ' ' ? text.at(at - 2) : text.at(at - 1);
        var next = text.at(at + 1) == ' ' ? text.at(at + 2) : text.at(at + 1);
        return isQuote(before) && isQuote(next);
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }
}
