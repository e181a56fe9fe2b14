package dev.portcullis.attack;

/**
 * Injection of code that a server would run: PHP, JSP, Java, JavaScript, Python, Perl, Ruby.
 *
 * <p>Looks for: opening tags of server pages, calls of functions that start programs or evaluate code where a value begins or behind
 * a semicolon, and variables and classes that only such code names.
 *
 * <p>Does not look for: calls in the midst of a text.
 *
 * <p>Caught: {@code <?php system('id'); ?>}
 *
 * <p>Let through: {@code the system (see below) works}
 */
final class CodeInjection implements Detector {

    private static final Marks QUOTING = Marks.of("`|/");
    private static final Marks LISTING = Marks.of(",]");
    private static final Marks TELLING = Marks.of(" [-");
    private static final Marks OPENING = Marks.of(";{}|&@`'\"");

    static final Words<Boolean> CALLS = Words.set("system exec passthru shell_exec popen proc_open pcntl_exec phpinfo"
            + " phpversion eval assert create_function call_user_func preg_replace file_get_contents file_put_contents readfile"
            + " base64_decode unserialize os.system os.popen subprocess.call subprocess.popen subprocess.check_output __import__"
            + " child_process.exec process.exit execsync runtime.getruntime processbuilder kernel.exec io.popen");

    /** With which characters something may begin that runs without the name of a function. */
    private static final Marks TRICKS = Marks.of("'\"nN%qQcFri[!(+]{\\");

    /** With which marks anything else may begin that is looked at. */
    private static final Marks STARTS = Marks.of("<$'\"(");

    @Override
    public String id() {
        return "code-injection";
    }

    @Override
    public int attractors(Place place) {
        return switch (place) {
            case PATH, REFERER -> Traits.ANGLE;
            case USER_AGENT -> Traits.ANGLE | Traits.DOLLAR;
            default ->
                Traits.BACKTICK
                        | Traits.ANGLE
                        | Traits.PAREN
                        | Traits.DOLLAR
                        | Traits.AT
                        | Traits.BRACKET
                        | Traits.BRACE
                        | Traits.DOT
                        | Traits.BACKSLASH
                        | Traits.SEMICOLON
                        | Traits.COLON;
        };
    }

    @Override
    public Reach reach() {
        return Reach.VALUES;
    }

    @Override
    public long hangsOn(Place place) {
        return Signs.CODE | Signs.PAGE | Signs.NAMESPACE;
    }

    @Override
    public Finding look(Text text, Place place) {
        var finding = Finding.NONE;
        var hidden = new HiddenName(text);
        for (var i = 0; i < text.length() && !finding.isCertain(); ) {
            var c = text.at(i);
            if (!Text.isWord(c) && STARTS.lacks(c) && TRICKS.lacks(c) && i != text.first()) {
                i++;
                continue;
            }
            var end = Text.isWord(c) ? CodeName.end(text, i) : i + 1;
            finding = isTrick(text, c, i, end) || hidden.at(i) || CodeTricks.isReflected(text, end)
                    ? finding.or(Finding.strong(i))
                    : finding;
            finding =
                    finding.or(c == '<' ? CodePage.judge(text, i) : Text.isWord(c) ? word(text, i, end) : Finding.NONE);
            i = end;
        }
        return finding;
    }

    /** Tells whether something runs at the index that needs no name of a function. */
    private static boolean isTrick(Text text, char c, int at, int end) {
        var may = TRICKS.has(c) || at == text.first();
        return may
                        && (isExecuted(text, at)
                                || ScriptTricks.begin(text, at)
                                || CodeTricks.isLiteralMember(text, at)
                                || c == '\\' && TexCommand.begins(text, at)
                                || CodeRun.mayQuote(c) && CodeRun.isQuotation(text, at))
                || isMade(text, at, end);
    }

    /** Tells whether a string is executed as Groovy does, or a function is made of one. */
    private static boolean isExecuted(Text text, int at) {
        var quoted = text.at(at) == '\'' || text.at(at) == '"';
        var listed = text.at(at) == ']' && (text.at(at - 1) == '\'' || text.at(at - 1) == '"');
        return quoted && text.says(".getclass().", at + 1)
                || (quoted || listed) && text.says(".execute()", at + 1)
                || at == text.first() && (text.says("@grab", at) || text.says("@groovy.", at))
                || at == text.first() && (text.says("this.getclass().", at) || text.says("zerodium", at))
                || text.lower(at) == 'n'
                        && text.says("new", at)
                        && !Text.isWord(text.at(at + 3))
                        && text.says("function(", text.skipSpace(at + 3))
                        && (text.first() == at || text.at(at - 1) == ';');
    }

    /** Tells whether the last member of a dotted name is a constructor that makes a function of a string, or a command of Groovy is run and read. */
    private static boolean isMade(Text text, int from, int end) {
        return end - from >= "execute".length()
                        && text.says("().text", end)
                        && text.says(".execute", end - ".execute".length())
                || end - from > 12 && text.says(".constructor", end - 12) && ScriptTricks.begin(text, end - 11);
    }

    /**
     * In a line of several, what is no name between ticks or of a stack, no tag alone, behind which a whole file follows, and no call in a line
     * that is indented, as the examples of documents are.
     */
    @Override
    public Finding inLine(Sample line, Finding found) {
        var text = line.text();
        if (isIntruding(text, found.at())) {
            return found;
        }
        if (isCalled(text, found.at())) {
            return Finding.NONE;
        }
        if (text.first() > 1 && text.at(found.at()) != '<' || CodePage.isRead(text, found.at())) {
            return Finding.NONE;
        }
        var before = text.at(found.at() - 1);
        var typed = text.at(found.at()) == '<' && Text.isWord(before);
        var alone = text.at(found.at()) == '<' && text.wordEnd(found.at() + 2) >= text.last();
        return typed
                        || alone
                        || isUnused(text, found.at())
                        || isMentioned(text, found.at())
                        || text.says("at ", text.first())
                ? Finding.NONE
                : found;
    }

    /** Tells whether the index begins a call that means something only where it is all of a value. */
    private static boolean isCalled(Text text, int at) {
        var end = CodeName.end(text, at);
        var paren = text.skipSpace(end);
        return !CALLS.has(text, at, end)
                && RuntimeCall.is(text, at, end, paren)
                && !RuntimeCall.isInner(text, at, paren);
    }

    /** In a document, what runs a command that only somebody who breaks in does; names that only such code has, for a hint. */
    @Override
    public Finding inDocument(Sample sample, Finding found) {
        var text = sample.text();
        for (var i = 0; i < text.length(); ) {
            var end = Text.isWord(text.at(i)) ? CodeName.end(text, i) : i + 1;
            if (isIntruding(text, i)) {
                return Finding.strong(i);
            }
            i = end;
        }
        var page = text.at(text.first()) == '<' && text.at(text.first() + 1) == '?';
        return page ? Finding.NONE : Reach.VALUES.temper(found);
    }

    /** Tells whether what stands at the index runs something that no program does. */
    private static boolean isIntruding(Text text, int at) {
        if (!Text.isWord(text.at(at))) {
            var asked = text.at(at) == '$' && HiddenName.isAskedCall(text, at);
            return asked
                    || text.at(at) == '\\' && TexCommand.begins(text, at)
                    || text.at(at) == '%' && CodeRun.isIntrusiveQuotation(text, at);
        }
        var end = CodeName.end(text, at);
        var paren = text.skipSpace(end);
        return text.at(paren) == '(' && CodeRun.intrudes(text, CodeName.lastPart(text, at, end), end, paren);
    }

    /** Tells whether a name stands there that is not called, and before it what stands before any word of a sentence. */
    private static boolean isMentioned(Text text, int at) {
        var before = text.at(at - 1);
        var end = CodeName.end(text, at);
        return at > text.first()
                && (QUOTING.has(before)
                        || CodeName.isQuote(before) && text.at(end) == before && LISTING.has(text.at(end + 1))
                        || TELLING.has(before) && CodeName.known(text, at, end) != null);
    }

    /** Tells whether a member that breaks in elsewhere is asked of one plain name, and nothing is done with it. */
    private static boolean isUnused(Text text, int at) {
        var end = text.wordEnd(at);
        var called = text.says("()", end) ? end + 2 : end;
        return text.says(".__", at - 1)
                && text.wordEnd(text.first()) == at - 1
                && text.at(text.first()) != '_'
                && called >= text.last();
    }

    private static Finding word(Text text, int from, int end) {
        var known = CodeName.known(text, from, end);
        if (known != null) {
            return CodeName.isUsual(text, from, end)
                            || CodeName.isQuoted(text, from, end)
                            || CodeName.isTraced(text, end)
                            || text.at(from - 1) == '$' && text.isPassage()
                    ? Finding.faint(from)
                    : new Finding(known, from);
        }
        if (CodeTricks.isPrinted(text, from, end) || CodeTricks.isIncluding(text, from, end)) {
            return Finding.strong(from);
        }
        var paren = CodeTricks.behindComments(text, end);
        return text.at(paren) == '(' ? call(text, from, end, paren) : Finding.NONE;
    }

    private static Finding call(Text text, int from, int end, int paren) {
        var last = CodeName.lastPart(text, from, end);
        if (CodeRun.intrudes(text, last, end, paren)
                || isProbing(text, from, end, paren)
                || CodeTricks.isSent(text, last, end, paren)
                || CodeTricks.isBusy(text, last)
                || CodeTricks.isAsked(text, last, end, paren)) {
            return Finding.strong(from);
        }
        if (RuntimeCall.is(text, from, end, paren)) {
            return Finding.strong(from);
        }
        if (!CALLS.has(text, from, end)) {
            return Finding.NONE;
        }
        if (CodeRun.isIdle(text, last, end, paren)) {
            return Finding.faint(from);
        }
        var before = before(text, from);
        var opens = before == Text.END || OPENING.has(before) || isJoined(text, from) || isRooted(text, from);
        var told =
                CodeRun.STARTS.has(text, last, end) && CodeRun.isHarmless(text, paren) || isTicked(text, from, paren);
        var evaluates = before == '$' && from == text.first() + 1 && CodeName.isQuote(text.at(paren + 1));
        var runs = evaluates
                || opens && !told && (before == '@' || closes(text, paren)) && !ScriptTricks.isEnding(text, end);
        return runs ? Finding.strong(from) : Finding.faint(from);
    }

    private static boolean isProbing(Text text, int from, int end, int paren) {
        if (from != text.first()) {
            var behind = before(text, from) == ';' || isJoined(text, from);
            return behind && CodeRun.isProbe(text, from, end, paren);
        }
        return CodeRun.isProbe(text, from, end, paren) || CodeRun.isReading(text, from, end, paren);
    }

    /** Tells whether a name between ticks has empty parentheses, as functions have in texts about them. */
    private static boolean isTicked(Text text, int from, int paren) {
        return text.at(from - 1) == '`' && text.says(")`", paren + 1);
    }

    /** Tells whether the call makes an object, or is joined to a string that ends before it. */
    private static boolean isJoined(Text text, int from) {
        var quoted = text.at(from - 2) == '\'' || text.at(from - 2) == '"';
        var first = text.first();
        return text.says("new", first) && text.skipSpace(first + 3) == from && from > first + 3
                || text.at(from - 1) == '.' && quoted;
    }

    /** Tells whether the value begins with the mark of PHP for what belongs to no name space, or with the end of a comment. */
    private static boolean isRooted(Text text, int from) {
        return text.at(from - 1) == '\\' && from - 1 == text.first()
                || text.at(from - 1) == '/' && text.at(from - 2) == '*' && from - 2 == text.first();
    }

    private static char before(Text text, int from) {
        var i = from - 1;
        while (Text.isSpace(text.at(i)) && i > from - 8) {
            i--;
        }
        return text.at(i);
    }

    /** Tells whether the argument of a call is a string, a variable or nothing. */
    private static boolean closes(Text text, int paren) {
        var at = text.skipSpace(paren + 1);
        var first = text.at(at);
        var nested = Text.isLetter(first)
                && CALLS.has(text, at, CodeName.end(text, at))
                && text.at(CodeName.end(text, at)) == '(';
        return nested
                || (first == '[' || first == '{') && CodeName.isQuote(text.at(at + 1))
                || first == '\''
                || first == '"'
                || first == '$'
                || first == ')'
                || first == '\\'
                || first == '-' && Text.isDigit(text.at(at + 1))
                || Text.isDigit(first);
    }
}
