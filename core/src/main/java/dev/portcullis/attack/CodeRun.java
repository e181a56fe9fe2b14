package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/** Calls of code that start a program, and what they are told to run: what a break-in runs is told from what programs do. */
final class CodeRun {

    /** The last parts of the names of functions that start a program. */
    static final Words<Boolean> STARTS =
            Words.set("system exec passthru shell_exec popen proc_open pcntl_exec spawn spawnsync execsync execfile"
                    + " execfilesync check_output getoutput capture2 capture2e capture3 start run call execute");

    /** Functions that run what they are given, and nothing when that is nothing. */
    static boolean isIdle(Text text, int from, int end, int paren) {
        return text.at(paren + 1) == ')' && (STARTS.has(text, from, end) || EVALUATES.has(text, from, end));
    }

    /** Functions that evaluate what they are given. */
    private static final Words<Boolean> EVALUATES = Words.set("eval assert system exec passthru shell_exec popen");

    /** Functions that print what they are given, or end with it. */
    static final Words<Boolean> OUTPUTS = Words.set("die var_dump print_r exit print echo");

    /** Functions of PHP with which somebody looks around. */
    private static final Words<Boolean> PROBES =
            Words.set("md5 sha1 phpinfo phpversion scandir getcwd get_current_user php_uname getenv file_get_contents"
                    + " readfile glob highlight_file show_source get_defined_vars ini_get shell_exec system exec");

    /** Functions that read a file. */
    static final Words<Boolean> READS = Words.set("open fopen include require readfile file_get_contents");

    /** Functions of PHP that make code of what hides it. */
    private static final Words<Boolean> UNPACKS =
            Words.set("base64_decode gzinflate gzuncompress str_rot13 hex2bin strrev");

    private static final int LONGEST = 240;
    private static final int NEAR = 24;

    private CodeRun() {}

    /** Tells whether a quotation that Ruby or Perl runs may open with the character. */
    static boolean opens(char c) {
        return "([{</|!".indexOf(c) >= 0;
    }

    /** Tells whether a call whose parenthesis stands at the index runs what only somebody who breaks in does. */
    static boolean intrudes(Text text, int from, int end, int paren) {
        var quote = argument(text, paren + 1);
        if (!isQuote(text.at(quote))) {
            var named = Text.isWord(text.at(quote)) || text.at(quote) == '$';
            return named && EVALUATES.has(text, from, end) && isUnpacked(text, quote);
        }
        return STARTS.has(text, from, end) && isIntrusive(text, quote + 1, text.at(quote));
    }

    /** Tells whether what is asked for, or what hides code, is the argument: {@code eval($_POST['x'])}. */
    private static boolean isUnpacked(Text text, int at) {
        var asked = text.says("$_get[", at) || text.says("$_post[", at) || text.says("$_request[", at);
        return asked || UNPACKS.has(text, at, text.wordEnd(at)) && text.at(text.wordEnd(at)) == '(';
    }

    /** The index of the first string among the arguments, which brackets may hold. */
    private static int argument(Text text, int from) {
        var i = from;
        while (i < from + NEAR && (Text.isSpace(text.at(i)) || "[{(".indexOf(text.at(i)) >= 0)) {
            i++;
        }
        return i;
    }

    /** Tells whether a command looks around, reads secrets, opens a door or fetches from an address without a name. */
    private static boolean isIntrusive(Text text, int from, char quote) {
        var word = ShellWord.at(text, from);
        if ((word.isId() || word.isIntruder()) && text.at(word.end()) == quote) {
            return true;
        }
        var wipes = text.says("rm -rf /", from) && !Text.isLetter(text.at(from + "rm -rf /".length()));
        var shell =
                ShellRisk.isShell(text, from) && ",)".indexOf(text.at(text.wordEnd(from + "/bin/".length()) + 1)) >= 0;
        return wipes
                || shell
                || reaches(text, from)
                || word.kind() != Kind.NONE && ShellRisk.pipesToShell(text, word.end());
    }

    /** Where a line begins that fetches from an address without a name and goes on with another command; -1 when none does. */
    static int fetched(Text text) {
        for (var i = 0; i < text.length(); i++) {
            var starts = (i == 0 || Text.isSpace(text.at(i - 1))) && (text.says("wget ", i) || text.says("curl ", i));
            if (starts && goesOn(text, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean goesOn(Text text, int from) {
        var away = false;
        for (var i = from + 1; i < from + LONGEST && text.at(i) != '\n' && !text.says("wget ", i); i++) {
            var c = text.at(i);
            if (away && (c == ';' || c == '|' || c == '&')) {
                return true;
            }
            away |= c == '/' && text.at(i - 1) == '/' && text.at(i - 2) == ':' && isAddress(text, i + 1);
        }
        return false;
    }

    private static boolean reaches(Text text, int from) {
        for (var i = from; i < from + LONGEST && "\n'`(".indexOf(text.at(i)) < 0 && text.at(i) != Text.END; i++) {
            if (text.at(i) != '/') {
                continue;
            }
            var door = text.says("/dev/tcp/", i) && Text.isDigit(text.at(i + "/dev/tcp/".length()));
            var number = text.at(i - 1) == '/' && text.at(i - 2) == ':' && isAddress(text, i + 1);
            if (door || number || PathShape.isSecretFile(text, i + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a public address of four numbers begins at the index. */
    private static boolean isAddress(Text text, int from) {
        var dots = 0;
        var i = from;
        while (Text.isDigit(text.at(i)) || text.at(i) == '.') {
            dots += text.at(i) == '.' ? 1 : 0;
            i++;
        }
        return dots == 3 && ServerAddress.at(text, from).kind() == ServerAddress.Kind.BARE;
    }

    /** Tells whether a call runs a word that is the name of no command: what programs call so. */
    static boolean isHarmless(Text text, int paren) {
        var quote = text.skipSpace(paren + 1);
        if (!isQuote(text.at(quote)) || ShellWord.whole(text, quote + 1).kind() != Kind.NONE) {
            return false;
        }
        var i = quote + 1;
        while (Text.isWord(text.at(i)) || " .-".indexOf(text.at(i)) >= 0) {
            i++;
        }
        return i > quote + 1 && text.at(i) == text.at(quote);
    }

    /** Tells whether a function prints what another one finds out. */
    static boolean isProbe(Text text, int from, int end, int paren) {
        var inner = text.skipSpace(paren + 1);
        var close = text.wordEnd(inner);
        return OUTPUTS.has(text, from, end) && PROBES.has(text, inner, close) && text.at(close) == '(';
    }

    /** Tells whether such a quotation may begin with the character. */
    static boolean mayQuote(char c) {
        return c == '%' || c == 'q';
    }

    /** Tells whether a program of Ruby or Perl is run by a quotation at the index: {@code %x(id)}, {@code qx/id/}. */
    static boolean isQuotation(Text text, int at) {
        var first = at <= text.first() || ";|&{(".indexOf(text.at(at - 1)) >= 0;
        if (!first || !isQuotationMark(text, at)) {
            return isIntrusiveQuotation(text, at);
        }
        var word = ShellWord.at(text, at + 3);
        return word.kind() != Kind.NONE && (isClosed(text.at(word.end())) || word.argued())
                || isIntrusiveQuotation(text, at);
    }

    /** Tells whether such a quotation runs what only somebody who breaks in does. */
    static boolean isIntrusiveQuotation(Text text, int at) {
        return isQuotationMark(text, at) && isIntrusive(text, at + 3, closing(text.at(at + 2)));
    }

    private static boolean isQuotationMark(Text text, int at) {
        var ruby = text.at(at) == '%' && text.at(at + 1) == 'x';
        return (ruby || text.says("qx", at) && !Text.isWord(text.at(at - 1))) && opens(text.at(at + 2));
    }

    private static boolean isClosed(char c) {
        return ")]}>/|!".indexOf(c) >= 0;
    }

    private static char closing(char open) {
        return switch (open) {
            case '(' -> ')';
            case '[' -> ']';
            case '{' -> '}';
            case '<' -> '>';
            default -> open;
        };
    }

    /** Tells whether a value is a call without parentheses of what runs a command: {@code system "id"}. */
    static boolean isStatement(Text text, int from) {
        var end = text.wordEnd(from);
        var quote = text.skipSpace(end);
        return quote > end
                && isQuote(text.at(quote))
                && EVALUATES.has(text, from, end)
                && ShellWord.at(text, quote + 1).kind() != Kind.NONE
                && text.at(text.last() - 1 - (text.at(text.last() - 1) == ';' ? 1 : 0)) == text.at(quote);
    }

    /** Tells whether a value is a call with the path of a file that is not for all to read. */
    static boolean isReading(Text text, int from, int end, int paren) {
        for (var i = paren + 1; i < paren + NEAR && READS.has(text, from, end); i++) {
            if (isQuote(text.at(i))) {
                return ShellRisk.isSecret(text, i + 1);
            }
        }
        return false;
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"' || c == '`';
    }
}
