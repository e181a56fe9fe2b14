package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/** What stands behind a separator of commands, and whether somebody slips it in there. */
final class ShellCommand {

    private static final Marks PIPES = Marks.of(";|&");
    private static final Marks ENDS = Marks.of(" \"'`)");
    private static final Marks CLOSERS = Marks.of("\"')");
    private static final Marks QUOTES = Marks.of("\"'");

    private ShellCommand() {}

    /** Judges a command behind the separator at the index. */
    static Finding behind(Text text, int at) {
        var c = text.at(at);
        var first = ShellSeparator.skip(text, at + (c == '\\' || c == '$' ? 2 : 1));
        if (text.at(first) == '#' && isFirst(text, at)) {
            first = ShellSeparator.skip(text, text.lineEnd(first) + 1);
        }
        if (isVariable(text, at, first)) {
            return Finding.strong(at);
        }
        var query = c == '&' && text.at(at - 1) != c;
        var from = nothingEnd(text, query ? first : ShellNoise.assignedEnd(text, first));
        if (ShellGlob.begins(text, from)
                || isSpelt(text, at, from)
                || isSourced(text, at, from)
                || !isSoft(text, at) && ShellProbe.runsItself(text, at, from)
                || isScript(text, at, from)) {
            return Finding.strong(at);
        }
        var word = ShellWord.at(text, from);
        if (isPowerShell(text, at, from) || isExpanded(text, at, from, word)) {
            return Finding.strong(at);
        }
        if (word.kind() == Kind.NONE) {
            return isUnknown(text, at, from) ? Finding.strong(at) : Finding.NONE;
        }
        return isReference(text, at, word) ? Finding.NONE : known(text, at, word);
    }

    /** The index behind a variable that nobody has set, or a quote that reads escapes, with which a command may begin, too. */
    private static int nothingEnd(Text text, int from) {
        if (text.at(from) != '$') {
            return from;
        }
        if ((text.at(from + 1) == '\'' || text.at(from + 1) == '"') && text.at(from + 2) != '\\') {
            return from + 2;
        }
        var end = text.wordEnd(from + 1);
        return end > from + 1 && Text.isSpace(text.at(end)) && !text.says("ifs", from + 1) ? text.skipSpace(end) : from;
    }

    /** Tells whether a command is written in numbers, or of a word and what another one says: {@code who$(echo am)i}. */
    private static boolean isSpelt(Text text, int at, int from) {
        var end = text.wordEnd(from);
        var escaped = text.says("$'\\", from)
                && (Text.isDigit(text.at(from + 3)) || text.lower(from + 3) == 'x' || text.lower(from + 3) == 'u');
        var joined = end > from
                && text.says("$(", end)
                && text.at(end + 2) != '('
                && text.at(end + 2) != ')'
                && Text.isLetter(text.at(text.next(')', end) + 1));
        return (escaped || joined) && !isSoft(text, at);
    }

    /** Tells whether a command of PowerShell is run behind nothing or one word. */
    private static boolean isPowerShell(Text text, int at, int from) {
        var dash = text.wordEnd(from);
        return text.at(dash) == '-'
                && PowerShell.isNamed(text, from, text.wordEnd(dash + 1))
                && !isSoft(text, at)
                && ShellBefore.of(text, at).isShort();
    }

    /** Tells whether braces make a command and its arguments of one word: <code>{cat,/etc/hosts}</code>. */
    private static boolean isExpanded(Text text, int at, int from, ShellWord word) {
        return text.at(from - 1) == '{'
                && text.at(word.end()) == ','
                && word.kind() != Kind.ENGLISH
                && word.kind() != Kind.NONE
                && PIPES.has(text.at(at))
                && !Text.isSpace(text.at(word.end() + 1));
    }

    /** Judges a word that is a command. */
    private static Finding known(Text text, int at, ShellWord word) {
        var before = ShellBefore.of(text, at);
        if (isCutOff(text, word) || isStep(text, at, word, before)) {
            return Finding.faint(at);
        }
        if (before.isShort() ? isRun(text, at, word, before) : isSlippedIn(text, at, word, before)) {
            return Finding.strong(at);
        }
        var close = !Text.isSpace(text.at(at + 1));
        var some = word.ends() || word.argued() || word.kind() == Kind.DISTINCT || close && word.kind() == Kind.COMMON;
        return some ? Finding.faint(at) : Finding.NONE;
    }

    /** Tells whether the command is cut off where what it runs would stand. */
    private static boolean isCutOff(Text text, ShellWord word) {
        var option = text.skipSpace(word.end());
        return word.isRunner()
                && option > word.end()
                && text.says("-c", option)
                && text.at(text.skipSpace(option + 2)) == '\\'
                && text.skipSpace(option + 2) + 1 == text.last();
    }

    /**
     * Tells whether a script in a folder near by is all that is run, behind another step that begins the text with a program, as scripts
     * that build something say: {@code npm run build && node tools/pack.js}.
     */
    private static boolean isStep(Text text, int at, ShellWord word, ShellBefore before) {
        var spaced = Text.isSpace(text.at(at - 2)) && Text.isSpace(text.at(at + 1));
        var builds = before == ShellBefore.SCRIPT
                || ShellWords.BUILDERS.has(text, text.first(), text.wordEnd(text.first()))
                        && Text.isSpace(text.at(text.wordEnd(text.first())));
        if (!spaced || !builds || !text.says("&&", at - 1) || ENDS.has(text.at(at - 3))) {
            return false;
        }
        var argument = text.skipSpace(word.end());
        var file = text.says("./", argument) ? argument + 2 : argument;
        var i = file;
        var folders = 0;
        var dot = file;
        while (Text.isWord(text.at(i))
                || text.at(i) == '-'
                || (text.at(i) == '/' || text.at(i) == '.') && Text.isWord(text.at(i + 1))) {
            folders += text.at(i) == '/' ? 1 : 0;
            dot = text.at(i) == '.' ? i : dot;
            i++;
        }
        return word.isRunner()
                && !word.ties()
                && Text.isLetter(text.at(file))
                && folders > 0
                && ShellWords.SCRIPT_ENDINGS.has(text, dot + 1, i)
                && (i >= text.last() || text.says(" && ", i));
    }

    /** Tells whether a command is run behind nothing or one word. */
    private static boolean isRun(Text text, int at, ShellWord word, ShellBefore before) {
        var quoted = before == ShellBefore.WORD && text.at(at) == '`' && Text.isSpace(text.at(at - 1));
        if (quoted) {
            return false;
        }
        var leads = before == ShellBefore.NOTHING || CLOSERS.has(text.at(before(text, at)));
        var given = before == ShellBefore.VALUE && word.kind() != Kind.ENGLISH;
        if (before == ShellBefore.NOTHING && isLineEnd(text.at(at))) {
            return isLine(word) || ShellRisk.readsSystem(word);
        }
        if (ShellProbe.isBehindNumber(text, at, word)
                || ShellProbe.isCommented(text, at, word)
                || ShellClose.isRun(text, at, word)
                || ShellSole.isPrinted(text, at, word)
                || !isSoft(text, at) && before != ShellBefore.NOTHING && ShellRisk.pipesToShell(text, word.end())) {
            return true;
        }
        return leads && isCutOff(text, at, word)
                || isCommand(word, leads, leads || given || !isSoft(text, at))
                || (leads || before == ShellBefore.VALUE)
                        && (word.redirects() || leads && (word.names() || word.asksForProgram()))
                || ShellRisk.readsSystem(word)
                || isAppended(text, at, word, before);
    }

    /** Tells whether the command breaks out of a quote, and a comment cuts off what the application appends. */
    private static boolean isCutOff(Text text, int at, ShellWord word) {
        var last = text.last() - 1;
        return QUOTES.has(text.at(before(text, at)))
                && text.at(last) == '#'
                && Text.isSpace(text.at(last - 1))
                && word.end() <= last;
    }

    /** Tells whether a command is all of a line behind an empty one, or has an argument that only commands have. */
    private static boolean isLine(ShellWord word) {
        return word.isLast() || word.kind() == Kind.ENGLISH ? word.isLast() || word.optioned() : word.argued();
    }

    /** Tells whether a command is run behind several words, and is none of a line of a script. */
    private static boolean isSlippedIn(Text text, int at, ShellWord word, ShellBefore before) {
        var c = text.at(at);
        var quoted = c == '`' && Text.isSpace(text.at(at - 1));
        var pipe = c == '|' && text.at(at - 1) != c;
        if (isLineEnd(c) || quoted) {
            return false;
        }
        if (c == '`' && word.looksAround() && text.at(word.end()) == c && before == ShellBefore.SCRIPT) {
            return true;
        }
        var leads = CLOSERS.has(text.at(before(text, at)));
        var expected = before == ShellBefore.SCRIPT || pipe && word.isFilter();
        return isCommand(word, leads, leads || !isSoft(text, at)) && (!expected || ShellRisk.isIntrusive(word));
    }

    static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    /** Tells whether the word is the name of a character reference of HTML, or says how an address holds data: {@code &copy;}. */
    private static boolean isReference(Text text, int at, ShellWord word) {
        return text.at(at) == '&' && text.says("copy;", at + 1) && word.end() == at + 5
                || text.at(at) == ';' && text.says("base64,", at + 1);
    }

    private static boolean isVariable(Text text, int at, int from) {
        var hard = !isSoft(text, at) || text.at(at) == '&';
        return hard && text.at(at) != '$' && ShellScript.runsVariable(text, from);
    }

    private static boolean isScript(Text text, int at, int from) {
        var hard = !isSoft(text, at) || text.at(at) == '&';
        return hard
                && (text.at(at) != '$' && ShellFile.isShared(text, from) && !text.isDocument()
                        || (ShellScript.begins(text, from) || ShellScript.starts(text, from))
                                && ShellBefore.of(text, at).isShort());
    }

    /** Tells whether the text begins with a separator and a word that has an option or a path, whatever program that may be. */
    private static boolean isUnknown(Text text, int at, int from) {
        var c = text.at(at);
        var hard = c == ';' || c == '|' || c == '&' && text.at(at - 1) == '&' || c == '$';
        if (!hard || !isFirst(text, at)) {
            return false;
        }
        if (ShellAlone.hasOption(text, from) || text.says("$env:", from) || ShellProbe.isNamed(text, from)) {
            return true;
        }
        var word = ShellWord.whole(text, from);
        if (isProgramOfWindows(text, from, word.end())) {
            return true;
        }
        var substituted = Text.isWord(text.at(from)) && text.says("$(", word.end()) && text.at(word.end() + 2) != '(';
        return substituted || word.end() > from + 1 && word.optioned();
    }

    /** Tells whether the word is the name of a program of Windows, and nothing but options or other commands follow. */
    private static boolean isProgramOfWindows(Text text, int from, int end) {
        var ending = text.says(".exe", end - 4) || text.says(".bat", end - 4) || text.says(".ps1", end - 4);
        var next = text.at(text.skipSpace(end));
        return ending && end > from + 4 && (next == Text.END || ";|&-/".indexOf(next) >= 0);
    }

    /** Tells whether one word, then one separator and then one command is all there is: {@code 7;env}. */
    private static boolean isAppended(Text text, int at, ShellWord word, ShellBefore before) {
        var c = text.at(at);
        var close = !Text.isSpace(text.at(at - 1)) && !Text.isSpace(text.at(at + 1));
        var english = word.kind() == Kind.ENGLISH;
        if (close && (c == '`' || c == '$') && text.at(word.end()) == (c == '$' ? ')' : c)) {
            return before != ShellBefore.NOTHING;
        }
        if (ShellProbe.isEnclosed(text, at, word)) {
            return true;
        }
        if (!word.isLast() || word.isRunner()) {
            return false;
        }
        var single = c == '&' && text.at(at - 1) != c;
        if (word.looksAround()
                && (c == '|' && before != ShellBefore.NOTHING || single && close && text.at(word.end()) == c)) {
            return true;
        }
        return before == ShellBefore.VALUE
                ? !english || word.isId() && !single || close && !isSoft(text, at)
                : before == ShellBefore.WORD && close && !english && !isSoft(text, at);
    }

    /** Tells whether a script is run in the shell itself: {@code . /tmp/x}. */
    private static boolean isSourced(Text text, int at, int from) {
        return !isSoft(text, at)
                && text.at(from) == '.'
                && Text.isSpace(text.at(from + 1))
                && text.at(text.skipSpace(from + 1)) == '/';
    }

    /** Tells whether the separator at the index stands in sentences, too. */
    private static boolean isSoft(Text text, int at) {
        return switch (text.at(at)) {
            case '&' -> text.at(at - 1) != '&';
            case '`' -> Text.isSpace(text.at(at - 1));
            case '\n', '\r', '\\' -> true;
            default -> false;
        };
    }

    static boolean isCommand(ShellWord word, boolean leads, boolean hard) {
        return switch (word.kind()) {
            case NONE -> false;
            case DISTINCT -> word.argued() || hard && (word.ends() || word.spaced());
            case COMMON -> hard && word.argued() || leads && (word.ends() || word.spaced());
            case ENGLISH -> hard && word.optioned() || leads && (word.ends() || word.argued());
        };
    }

    /** Tells whether nothing but the same mark or a quote stands before the separator. */
    private static boolean isFirst(Text text, int at) {
        var before = text.at(at - 1);
        return at <= text.first()
                || at == text.first() + 1 && (before == text.at(at) || before == '\'' || before == '"');
    }

    /** The index of the last character before the index that is no blank. */
    private static int before(Text text, int at) {
        var i = at - 1;
        while (text.at(i) == ' ' && i > at - 4) {
            i--;
        }
        return i;
    }
}
