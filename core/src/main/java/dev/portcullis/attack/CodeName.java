package dev.portcullis.attack;

import dev.portcullis.attack.Words.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dotted names that only code has which a server would run, and what is known of them. */
final class CodeName {

    private static final Marks GOING_ON = Marks.of(".?[(");

    /** What programs ask the machine of Java. */
    private static final Words<Boolean> ASKED = Words.set(
            "availableprocessors freememory totalmemory maxmemory addshutdownhook removeshutdownhook gc version");

    private static final int NEAR = 64;

    /** Arrays of PHP, which are variables of it only behind its mark. */
    static final Words<Boolean> ARRAYS = Words.set("_get _post _request _server _cookie _files _session globals");

    static final Words<Suspicion> NAMES = Words.of(List.of(
            new Line<>(
                    Suspicion.CERTAIN,
                    "_get _post _request _server _cookie _files _session globals java.lang.runtime java.lang.processbuilder"
                            + " getruntime child_process _memberaccess java.lang.system"),
            new Line<>(
                    Suspicion.STRONG,
                    "passthru shell_exec proc_open pcntl_exec allow_url_include auto_prepend_file"
                            + " process.env mainmodule __import__ __subclasses__ __globals__ system.diagnostics.process groovy.lang.groovyshell groovy.util.eval java.lang.class java.lang.thread scriptenginemanager __builtins__"
                            + " wscript.shell shell.application scripting.filesystemobject adodb.stream global.process"
                            + " globalthis.process root.process")));

    private CodeName() {}

    /** Where the last part of a dotted name begins. */
    static int lastPart(Text text, int from, int end) {
        var i = end;
        while (i > from && text.at(i - 1) != '.') {
            i--;
        }
        return i;
    }

    /** Where a dotted name ends that begins at the index. */
    static int end(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || text.at(i) == '.' && Text.isLetter(text.at(i + 1))) {
            i++;
        }
        return i;
    }

    /** What a dotted name or a part of it stands for. */
    static @Nullable Suspicion known(Text text, int from, int end) {
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
        var known = NAMES.find(text, from, end);
        var marked = text.at(from - 1) == '$' || text.at(from - 1) == '#';
        return known == null || marked || !ARRAYS.has(text, from, end) ? known : null;
    }

    /** Tells whether a name that breaks in elsewhere is used as programs do: a setting is read, a module loaded, the machine asked what it has. */
    static boolean isUsual(Text text, int from, int end) {
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

    /** Tells whether a line of a stack trace names the method, with the file in which it stands. */
    static boolean isTraced(Text text, int end) {
        return text.at(end) == '(' && text.says(".java:", text.wordEnd(end + 1));
    }

    /** Tells whether nothing but the name stands between ticks or in an element of HTML for code, as in texts about it, and no call takes it. */
    static boolean isQuoted(Text text, int from, int end) {
        if (text.says("<code>", from - "<code>".length())) {
            return text.says("</code>", end);
        }
        var close = text.says("()", end) ? end + 2 : end;
        var before = text.at(from - 2);
        var linked = before == '[' && (Text.isSpace(text.at(from - 3)) || text.at(from - 3) == Text.END);
        return text.at(from - 1) == '`'
                && text.at(close) == '`'
                && (linked || Text.isSpace(before) || before == Text.END);
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
        return text.at(i) == Text.END || broken && GOING_ON.lacks(text.at(text.skipSpace(i)));
    }

    static boolean isQuote(char c) {
        return c == '\'' || c == '"' || c == '`';
    }
}
