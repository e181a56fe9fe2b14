package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/**
 * Command injection.
 *
 * <p>Looks for: commands of Unix shells and of Windows where a shell would begin one: behind {@code ;}, {@code |}, {@code &}, a line
 * end, in a substitution, or as the whole value; function definitions that old shells run; PowerShell that loads and runs.
 *
 * <p>Does not look for: commands inside of longer texts, such as instructions, nor single words without anything around them.
 *
 * <p>Caught: {@code 127.0.0.1; cat /etc/hosts}
 *
 * <p>Let through: {@code salt & pepper; sort it out}
 */
final class CommandInjection implements Detector {

    private static final Marks JOINTS = Marks.of(";|&`< ");
    private static final Marks PIPES = Marks.of(";|&");

    private static final int SEPARATORS =
            Traits.SEMICOLON | Traits.PIPE | Traits.AMPERSAND | Traits.DOLLAR | Traits.BACKTICK;
    private static final int LONGEST_COMMAND = 400;
    private static final int MAX_LINES = 1;
    private static final int MAX_WORDS = 12;
    private static final int MAX_INDENT = 8;

    /** The characters that separate commands, or begin what does. */
    private static final boolean[] SEPARATES = new boolean[128];

    static {
        for (var c : ";|&\n\r`$\\".toCharArray()) {
            SEPARATES[c] = true;
        }
    }

    @Override
    public String id() {
        return "command-injection";
    }

    @Override
    public int attractors(Place place) {
        return switch (place) {
            case PATH -> Traits.PIPE | Traits.BACKTICK | Traits.DOLLAR;
            case USER_AGENT, REFERER -> Traits.BRACE | Traits.PIPE | Traits.BACKTICK | Traits.DOLLAR;
            default ->
                SEPARATORS
                        | Traits.ANGLE
                        | Traits.PAREN
                        | Traits.SPACE
                        | Traits.CONTROL
                        | Traits.BACKSLASH
                        | Traits.BRACE
                        | Traits.QUOTE
                        | Traits.PERCENT
                        | Traits.DASHES;
        };
    }

    @Override
    public Reach reach() {
        return Reach.VALUES;
    }

    @Override
    public boolean mayFind(Sample sample) {
        return sample.has(Signs.SHELL | Signs.COMMAND)
                || leads(sample.text(), sample.place()).suspicion() != Suspicion.NONE;
    }

    @Override
    public Finding look(Sample sample) {
        var text = sample.text();
        var found = sample.has(Signs.SHELL) ? look(text, sample.place()) : signed(sample);
        return found.isStrong() && ShellClose.isList(sample) ? Finding.NONE : found;
    }

    /** Judges what begins the value, and commands behind separators where there may be some. */
    private static Finding signed(Sample sample) {
        var text = sample.text();
        var first = leads(text, sample.place());
        return judged(text, sample.has(Signs.COMMAND) ? first.or(separated(text, sample.place())) : first);
    }

    /** Judges commands behind separators alone. */
    private static Finding separated(Text text, Place place) {
        var finding = Finding.NONE;
        for (var i = 0; i < text.length() && !finding.isStrong(); i++) {
            var c = text.at(i);
            if (c < 128 && SEPARATES[c] && (!place.isAgent() || isForeign(c))) {
                finding = finding.or(separated(text, i));
            }
        }
        return finding;
    }

    /** Tells whether the separator is one that no program's name of itself has, nor an address. */
    private static boolean isForeign(char c) {
        return c == '|' || c == '`' || c == '$';
    }

    /** Judges what stands behind a separator at the index, if one does. */
    static Finding separated(Text text, int at) {
        return ShellSeparator.maySeparate(text, at, text.first()) ? ShellCommand.behind(text, at) : Finding.NONE;
    }

    /** Judges a command that begins the value, before which no separator stands. */
    private static Finding leads(Text text, Place place) {
        return place.isAgent() || ShellSeparator.begins(text, 0, text.at(0))
                ? Finding.NONE
                : alone(text).or(ShellOption.in(text));
    }

    @Override
    public Finding inDocument(Sample sample, Finding found) {
        var text = sample.text();
        if (found.isCertain() && ShellRisk.opensDoor(text, found.at())) {
            return Finding.strong(found.at());
        }
        for (var i = 0; i < text.length(); i++) {
            if (ShellCommand.isLineEnd(text.at(i))
                    && text.at(i - 1) != '\\'
                    && isSlippedIn(text, lineStart(text, i + 1))) {
                return Finding.strong(i + 1);
            }
        }
        var fetched = CodeRun.fetched(text);
        if (fetched >= 0) {
            return Finding.strong(fetched);
        }
        return Reach.VALUES.temper(found);
    }

    @Override
    public Finding inLine(Sample line, Finding found) {
        return ShellLine.breaksIn(line.text(), found) ? found : Finding.NONE;
    }

    @Override
    public boolean countsInCode() {
        return true;
    }

    @Override
    public Finding inCode(Sample line, Finding found) {
        return ShellLine.isAlien(line.text(), found) ? found : Finding.NONE;
    }

    private static int lineStart(Text text, int from) {
        var i = from;
        while (text.at(i) == ' ' && i < from + MAX_INDENT) {
            i++;
        }
        return i;
    }

    /** Tells whether a line of a document begins with a separator, which no script has there, and a command that breaks in behind it. */
    private static boolean isSlippedIn(Text text, int at) {
        var c = text.at(at);
        if (c != ';' && c != '|' && c != '&' && !(c == '$' && text.at(at + 1) == '(') && c != '`') {
            return false;
        }
        var twice = text.at(at + 1) == c || c == '$';
        var from = ShellSeparator.skip(text, twice ? at + 2 : at + 1);
        var word = ShellWord.at(text, from);
        return word.kind() != Kind.NONE
                && (ShellRisk.readsSystem(word)
                        || word.isIntruder() && (word.ends() || word.argued())
                        || twice
                                && c != '$'
                                && c != '`'
                                && word.kind() != Kind.ENGLISH
                                && word.dashed()
                                && word.optioned()
                        || (twice || from == at + 1) && ShellRisk.pipesToShell(text, word.end()));
    }

    @Override
    public Finding look(Text text, Place place) {
        var finding = Finding.NONE;
        var inWord = false;
        for (var i = 0; i < text.length() && !finding.isCertain(); i++) {
            var isPart = Text.isWord(text.at(i));
            finding = isPart && inWord ? finding : finding.or(at(text, i, place));
            inWord = isPart;
        }
        return judged(text, finding);
    }

    /** Takes a command for less that stands in sentences. */
    private static Finding judged(Text text, Finding finding) {
        if (finding.isFaint() && (ShellBuild.is(text) || GraphqlStrings.isOperation(text))) {
            return Finding.NONE;
        }
        return finding.suspicion() == Suspicion.STRONG
                        && isProse(text, finding.at())
                        && !(finding.at() == 0 && ShellAlone.opensDoor(text, ShellSeparator.skip(text, 0)))
                ? Finding.faint(finding.at())
                : finding;
    }

    /** Tells whether a text is longer than what anybody would put into a command's argument; it may begin with the separator. */
    private static boolean isProse(Text text, int at) {
        var lines = 0;
        var words = 0;
        var fences = 0;
        for (var i = text.first(); i < text.last(); i++) {
            var c = text.at(i);
            lines += c == '\n' ? 1 : 0;
            words += c == ' ' && Text.isLetter(text.at(i + 1)) ? 1 : 0;
            fences += c == '`' && text.at(i + 1) == '`' && text.at(i + 2) == '`' ? 1 : 0;
        }
        var leads = at <= text.first() && ShellSeparator.isSeparator(text, at);
        return fences > 0
                || lines > MAX_LINES
                || !leads && (words > MAX_WORDS || text.length() > LONGEST_COMMAND && words > MAX_WORDS / 2);
    }

    private static Finding at(Text text, int i, Place place) {
        var c = text.at(i);
        if (c == '(' && i < text.first() + 3 && ShellRisk.isFunction(text, i)) {
            return Finding.certain(i);
        }
        if (c == '$' && isExpanded(text, i + 1)
                || c == '/' && ShellRisk.isDevice(text, i)
                || c == '-' && PowerShell.isEncoded(text, i)) {
            return Finding.certain(i);
        }
        if (c == '$' && (ShellRisk.isSlice(text, i) && isJoined(text.at(i - 1)) || ShellRisk.isFile(text, i))
                || c == '$' && ShellProbe.isNumbered(text, i)
                || c == '%' && ShellRisk.isWindowsSlice(text, i)) {
            return Finding.strong(i);
        }
        if (place.isAgent()) {
            return isForeign(c) && ShellSeparator.begins(text, i, c) ? ShellCommand.behind(text, i) : Finding.NONE;
        }
        if ((c == '<' || c == '>') && i == text.first() && text.at(i + 1) == '(' && isWhole(text, i + 2)) {
            return Finding.strong(i);
        }
        var found = PowerShell.at(text, i);
        if (found.suspicion() != Suspicion.NONE || (c == '<' || c == '>') && isSubstitution(text, i)) {
            return Finding.strong(i);
        }
        if (i == 0 && !ShellSeparator.begins(text, 0, c)) {
            return alone(text).or(ShellOption.in(text));
        }
        return ShellSeparator.begins(text, i, c) ? ShellCommand.behind(text, i) : Finding.NONE;
    }

    /** Tells whether a part of a variable goes on with a word of a command, or is one. */
    private static boolean isJoined(char before) {
        return Text.isLetter(before) || JOINTS.has(before);
    }

    /** Tells whether a variable stands here that separates words, or what a mail server runs in a string. */
    private static boolean isExpanded(Text text, int from) {
        return text.says("{ifs", from) || text.says("ifs", from) || text.says("{run{", from);
    }

    /** Tells whether a command stands in the parentheses of a file that a shell makes of its output. */
    private static boolean isSubstitution(Text text, int at) {
        return text.at(at + 1) == '('
                && ShellCommand.isCommand(ShellWord.at(text, ShellSeparator.skip(text, at + 2)), false, true);
    }

    /** Tells whether one command is all there is in the parentheses, and in the text. */
    private static boolean isWhole(Text text, int from) {
        var word = ShellWord.at(text, from);
        return word.kind() != Kind.NONE && text.at(word.end()) == ')' && word.isLast();
    }

    /** Judges a command that begins the value. */
    private static Finding alone(Text text) {
        var from = ShellSeparator.skip(text, 0);
        from += text.at(from) == '@' && text.at(from + 1) == '^' ? 1 : 0;
        if (ShellGlob.begins(text, from)
                || ShellRisk.isRedirected(text, from)
                || ShellAlone.isBraced(text, text.first())
                || ShellProbe.isPair(text)
                || ShellFile.isTied(text, from)
                || ShellRisk.isWritten(text, from)
                || ShellTorn.begins(text, from)
                || ShellSole.isOfWindows(text, from)) {
            return Finding.strong(0);
        }
        var word = ShellWord.at(text, from);
        if (word.kind() == Kind.NONE) {
            return isUnnamed(text, from) ? Finding.strong(0) : Finding.NONE;
        }
        if (ShellRisk.isMember(text, from, word.end())) {
            return Finding.NONE;
        }
        if (word.isLast() && word.isDisguised()
                || word.hasCarets()
                || isPiped(text, from, word)
                || CodeRun.isStatement(text, from)
                || ShellAlone.isSpelt(text, from)
                || ShellAlone.isSuspect(text, from, word)) {
            return Finding.strong(0);
        }
        if (word.optioned() && (word.kind() == Kind.DISTINCT && !word.lists() || !word.dashed() || word.runs())) {
            return Finding.strong(0);
        }
        var alone = word.kind() == Kind.ENGLISH && word.end() >= text.last();
        return !alone && word.ends() || word.argued() ? Finding.faint(0) : Finding.NONE;
    }

    /** Tells whether what begins with no name of a command runs one all the same: in a loop, by its parts or in a script. */
    private static boolean isUnnamed(Text text, int from) {
        return ShellAlone.loops(text, from) || ShellAlone.isSpelt(text, from) || ShellScript.startsAlone(text, from);
    }

    /** Tells whether the value is the path of a program and a separator: what is opened with that is run. */
    private static boolean isPiped(Text text, int from, ShellWord word) {
        return text.at(from) == '/' && PIPES.has(text.at(word.end()));
    }
}
