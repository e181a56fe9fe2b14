package dev.portcullis.attack;

import dev.portcullis.attack.Words.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    static final Words<Boolean> CALLS = Words.set("system exec passthru shell_exec popen proc_open pcntl_exec phpinfo"
            + " phpversion eval assert create_function call_user_func preg_replace file_get_contents file_put_contents readfile"
            + " base64_decode unserialize os.system os.popen subprocess.call subprocess.popen subprocess.check_output __import__"
            + " child_process.exec process.exit execsync runtime.getruntime processbuilder kernel.exec io.popen");
    /** What programs ask the machine of Java. */
    private static final Words<Boolean> ASKED = Words.set(
            "availableprocessors freememory totalmemory maxmemory addshutdownhook removeshutdownhook gc version");

    /** With what a page of PHP takes in other files, and with what it reads the fields that it was asked with. */
    private static final Words<Boolean> INCLUDES = Words.set("include include_once require require_once");

    private static final Words<Boolean> HEADERS = Words.set("getallheaders apache_request_headers");

    /** How far behind a tag that is not the first one a page is read. */
    private static final int PAGE = 512;

    private static final int NEAR = 64;
    /** Arrays of PHP, which are variables of it only behind its mark. */
    private static final Words<Boolean> ARRAYS =
            Words.set("_get _post _request _server _cookie _files _session globals");

    static final Words<Suspicion> NAMES = Words.of(
            List.of(
                    new Line<>(
                            Suspicion.CERTAIN,
                            "_get _post _request _server _cookie _files _session globals java.lang.runtime java.lang.processbuilder"
                                    + " getruntime child_process _memberaccess java.lang.system"),
                    new Line<>(
                            Suspicion.STRONG,
                            "passthru shell_exec proc_open pcntl_exec allow_url_include auto_prepend_file"
                                    + " process.env mainmodule __import__ __subclasses__ __globals__ system.diagnostics.process groovy.lang.groovyshell groovy.util.eval java.lang.class java.lang.thread scriptenginemanager")));

    /** Tags of ColdFusion, which runs them. */
    static final Words<Boolean> TAGS =
            Words.set("cfexecute cfscript cfset cfoutput cfinclude cffile cfhttp cfquery cfobject");

    /** With which characters something may begin that runs without the name of a function. */
    private static final boolean[] TRICKS = new boolean[128];

    static {
        for (var c : "'\"nN%qQcFr[!(+]".toCharArray()) {
            TRICKS[c] = true;
        }
    }

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
                        | Traits.DOT;
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
            var end = Text.isWord(c) ? wordEnd(text, i) : i + 1;
            finding = isTrick(text, c, i, end) || hidden.at(i) ? finding.or(Finding.strong(i)) : finding;
            finding = finding.or(c == '<' ? tag(text, i) : Text.isWord(c) ? word(text, i, end) : Finding.NONE);
            i = end;
        }
        return finding;
    }

    /** Tells whether something runs at the index that needs no name of a function. */
    private static boolean isTrick(Text text, char c, int at, int end) {
        var may = c < 128 && TRICKS[c] || at == text.first();
        return may
                        && (isExecuted(text, at)
                                || ScriptTricks.begin(text, at)
                                || CodeRun.mayQuote(c) && CodeRun.isQuotation(text, at))
                || isMade(text, at, end);
    }

    private static int wordEnd(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || text.at(i) == '.' && Text.isLetter(text.at(i + 1))) {
            i++;
        }
        return i;
    }

    /** Tells whether a string is executed as Groovy does, or a function is made of one. */
    private static boolean isExecuted(Text text, int at) {
        var quoted = text.at(at) == '\'' || text.at(at) == '"';
        var listed = text.at(at) == ']' && (text.at(at - 1) == '\'' || text.at(at - 1) == '"');
        return quoted && text.says(".getclass().", at + 1)
                || (quoted || listed) && text.says(".execute()", at + 1)
                || at == text.first() && (text.says("@grab", at) || text.says("@groovy.", at))
                || at == text.first() && text.says("this.getclass().", at)
                || text.lower(at) == 'n'
                        && text.says("new", at)
                        && text.says("function(", text.skipSpace(at + 3))
                        && (text.first() == at || text.at(at - 1) == ';');
    }

    /** Tells whether the last member of a dotted name is a constructor that makes a function of a string. */
    private static boolean isMade(Text text, int from, int end) {
        return end - from > 12 && text.says(".constructor", end - 12) && ScriptTricks.begin(text, end - 11);
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
        if (text.first() > 1 && text.at(found.at()) != '<' || isRead(text, found.at())) {
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
        var end = wordEnd(text, at);
        return !CALLS.has(text, at, end) && RuntimeCall.is(text, at, end, text.skipSpace(end));
    }

    /** In a document, what runs a command that only somebody who breaks in does; names that only such code has, for a hint. */
    @Override
    public Finding inDocument(Sample sample, Finding found) {
        var text = sample.text();
        for (var i = 0; i < text.length(); ) {
            var end = Text.isWord(text.at(i)) ? wordEnd(text, i) : i + 1;
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
            return asked || text.at(at) == '%' && CodeRun.isIntrusiveQuotation(text, at);
        }
        var end = wordEnd(text, at);
        var paren = text.skipSpace(end);
        return text.at(paren) == '(' && CodeRun.intrudes(text, lastPart(text, at, end), end, paren);
    }

    /** Tells whether a name stands there that is not called, and before it what stands before any word of a sentence. */
    private static boolean isMentioned(Text text, int at) {
        var before = text.at(at - 1);
        var end = wordEnd(text, at);
        return at > text.first()
                && ("`|/".indexOf(before) >= 0
                        || isQuote(before) && text.at(end) == before && ",]".indexOf(text.at(end + 1)) >= 0
                        || " [-".indexOf(before) >= 0 && name(text, at, end) != null);
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

    /** Tells whether a line that begins as a statement or a sentence does reads a field that was asked for, and does nothing that runs it. */
    private static boolean isRead(Text text, int at) {
        var read = text.at(at - 1) == '$' && ARRAYS.has(text, at, text.wordEnd(at));
        if (!read || !Text.isLetter(text.at(text.first())) && text.at(text.first()) != '$') {
            return false;
        }
        for (var i = text.first(); i < text.last(); ) {
            var end = text.wordEnd(i);
            if (text.at(i) == '`' || text.says("](", i) || end > i && isUsed(text, i, end)) {
                return false;
            }
            i = Math.max(end, i + 1);
        }
        return true;
    }

    /** Tells whether a word runs, takes in or prints what it is given. */
    private static boolean isUsed(Text text, int from, int end) {
        return INCLUDES.has(text, from, end)
                || text.at(text.skipSpace(end)) == '('
                        && (CALLS.has(text, from, end) || CodeRun.OUTPUTS.has(text, from, end));
    }

    private static Finding tag(Text text, int at) {
        if (text.says("<?php", at) || text.says("<?=", at)) {
            var whole = text.length() > PAGE || Lines.isBroken(text);
            return runs(text, at) ? Finding.certain(at) : whole ? Finding.faint(at) : Finding.strong(at);
        }
        var jsp = text.says("<%@", at) || text.says("<%!", at) || text.says("<jsp:", at);
        var typed = text.says("extends ", at + 3) || text.says("super ", at + 3);
        var open = text.says("<?", at) && !typed && (Text.isSpace(text.at(at + 2)) || text.at(at + 2) == '\'');
        jsp |= text.at(at + 1) != '/' && TAGS.has(text, at + 1, text.wordEnd(at + 1));
        return jsp || open ? Finding.strong(at) : text.says("<%", at) ? Finding.faint(at) : Finding.NONE;
    }

    /** Tells whether a page runs or evaluates something, or takes what is asked for, soon behind its tag. */
    private static boolean runs(Text text, int at) {
        var first = text.toString().indexOf("<?") == at;
        var last = first ? text.length() : Math.min(text.length(), at + PAGE);
        for (var i = at + 3; i < last && (first || !text.says("<?", i)); ) {
            var end = text.wordEnd(i);
            if (text.at(i) == '`' || end > i && isRun(text, i, end)) {
                return true;
            }
            i = Math.max(end, i + 1);
        }
        return false;
    }

    /** Tells whether a word of a page runs something, names what does to be called by others, or takes what is asked for. */
    private static boolean isRun(Text text, int from, int end) {
        var next = text.skipSpace(end);
        var opened = text.at(next) == '(' || text.at(next) == '/' && text.at(next + 1) == '*';
        var before = text.at(from - 1);
        if (CALLS.has(text, from, end)) {
            return opened || isQuote(before) && text.at(end) == before;
        }
        if (INCLUDES.has(text, from, end)) {
            return isForeign(text, text.skipSpace(text.at(next) == '(' ? next + 1 : next));
        }
        return before == '$' && ARRAYS.has(text, from, end) || opened && HEADERS.has(text, from, end);
    }

    /** Tells whether a string with an address of another host, or what the program was told, stands at the index. */
    private static boolean isForeign(Text text, int at) {
        var colon = text.wordEnd(at + 1);
        return text.says("$argv", at) || isQuote(text.at(at)) && text.at(colon) == ':' && colon > at + 2;
    }

    private static Finding word(Text text, int from, int end) {
        var known = name(text, from, end);
        if (known != null) {
            return isUsual(text, from, end) || text.at(from - 1) == '$' && text.isPassage()
                    ? Finding.faint(from)
                    : new Finding(known, from);
        }
        var paren = text.skipSpace(end);
        if (text.at(paren) != '(') {
            return Finding.NONE;
        }
        var last = lastPart(text, from, end);
        if (CodeRun.intrudes(text, last, end, paren) || from == text.first() && isProbing(text, from, end, paren)) {
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
        var opens = before == Text.END || ";{}|&@`'\"".indexOf(before) >= 0 || isJoined(text, from);
        var told =
                CodeRun.STARTS.has(text, last, end) && CodeRun.isHarmless(text, paren) || isTicked(text, from, paren);
        var evaluates = before == '$' && from == text.first() + 1 && isQuote(text.at(paren + 1));
        var runs = evaluates
                || opens && !told && (before == '@' || closes(text, paren)) && !ScriptTricks.isEnding(text, end);
        return runs ? Finding.strong(from) : Finding.faint(from);
    }

    private static int lastPart(Text text, int from, int end) {
        var i = end;
        while (i > from && text.at(i - 1) != '.') {
            i--;
        }
        return i;
    }

    private static boolean isProbing(Text text, int from, int end, int paren) {
        return CodeRun.isProbe(text, from, end, paren) || CodeRun.isReading(text, from, end, paren);
    }

    /** Tells whether a name between ticks has empty parentheses, as functions have in texts about them. */
    private static boolean isTicked(Text text, int from, int paren) {
        return text.at(from - 1) == '`' && text.says(")`", paren + 1);
    }

    /** Tells whether a name that breaks in elsewhere is used as programs do: a setting is read, a module loaded, the machine asked what it has. */
    private static boolean isUsual(Text text, int from, int end) {
        if (text.says("process.env.", from) || text.says("process.env[", from)) {
            return true;
        }
        if (text.says("child_process", end - "child_process".length()) && isQuote(text.at(end))) {
            return endsLine(text, end + 1) || text.at(end + 1) == '<';
        }
        var asked = text.skipSpace(end + 3);
        return text.says("getruntime()", end - "getruntime".length())
                && text.at(end + 2) == '.'
                && ASKED.has(text, asked, text.wordEnd(asked));
    }

    /** The index of such a character that is not far; the index where it begins when there is none. */
    private static int near(Text text, char c, int from) {
        for (var i = from; i < from + NEAR; i++) {
            if (text.at(i) == c) {
                return i;
            }
        }
        return from;
    }

    /** Tells whether nothing but parentheses, tags and a semicolon stand before the end of the line, and the next one does not go on. */
    private static boolean endsLine(Text text, int from) {
        var i = from;
        while (text.at(i) == ')' || text.at(i) == ' ' || text.at(i) == ';' || text.at(i) == '<') {
            i = text.at(i) == '<' ? Math.max(i, near(text, '>', i)) + 1 : i + 1;
        }
        var broken = text.at(i) == '\n' || text.at(i) == '\r';
        return text.at(i) == Text.END || broken && ".?[(".indexOf(text.at(text.skipSpace(i))) < 0;
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"' || c == '`';
    }

    /** What a dotted name or a part of it stands for. */
    private static @Nullable Suspicion name(Text text, int from, int end) {
        var start = from;
        for (var i = from; i <= end; i++) {
            if (i < end && text.at(i) != '.') {
                continue;
            }
            var known = part(text, from, i);
            known = known == null && start > from ? part(text, start, i) : known;
            if (known != null) {
                return known;
            }
            start = i + 1;
        }
        return null;
    }

    private static @Nullable Suspicion part(Text text, int from, int end) {
        var marked = text.at(from - 1) == '$' || text.at(from - 1) == '#';
        return marked || !ARRAYS.has(text, from, end) ? NAMES.find(text, from, end) : null;
    }

    /** Tells whether the call makes an object, or is joined to a string that ends before it. */
    private static boolean isJoined(Text text, int from) {
        var quoted = text.at(from - 2) == '\'' || text.at(from - 2) == '"';
        var first = text.first();
        return text.says("new", first) && text.skipSpace(first + 3) == from && from > first + 3
                || text.at(from - 1) == '.' && quoted;
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
        var nested =
                Text.isLetter(first) && CALLS.has(text, at, wordEnd(text, at)) && text.at(wordEnd(text, at)) == '(';
        return nested
                || (first == '[' || first == '{') && isQuote(text.at(at + 1))
                || first == '\''
                || first == '"'
                || first == '$'
                || first == ')'
                || first == '\\'
                || Text.isDigit(first);
    }
}
