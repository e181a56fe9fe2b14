package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/** Values that are a command and nothing else, without a separator before it, which people hardly ever write as one. */
final class ShellAlone {

    private static final int LONGEST = 80;
    private static final int FAR = 240;
    private static final int FEW_WORDS = 4;

    /** What tells socat to run a program, or to connect. */
    private static final Phrases TIED = Phrases.of(
            "exec:",
            "system:",
            "tcp:",
            "tcp4:",
            "tcp6:",
            "tcp-connect:",
            "tcp4-connect:",
            "tcp-listen:",
            "openssl:",
            "openssl-connect:",
            "udp:",
            "udp-connect:",
            "unix-connect:",
            "pty,");

    /** What scripts of awk run and read. */
    private static final Phrases RUN_BY_AWK = Phrases.of("system(", "/inet/", "getline", "|getline");

    /** How programs connect to an address. */
    private static final Phrases CONNECTIONS = Phrases.of(
            "socket",
            "tcpsocket",
            "tcpclient",
            "fsockopen",
            "net.socket",
            "net.connect",
            "downloadstring",
            "io.popen",
            "invoke-expression",
            "iex");

    private ShellAlone() {}

    /** Tells whether braces make a command of one word at the index: <code>{cat,/etc/hosts}</code>, <code>{,id}</code>, <code>{l,-la}s</code>. */
    static boolean isBraced(Text text, int at) {
        if (text.at(at) != '{') {
            return false;
        }
        var told = text.at(at + 1) == ',' && (Text.isLetter(text.at(at + 2)) || text.at(at + 2) == '/');
        if (isQuotedWord(text, at)) {
            return true;
        }
        var commas = 0;
        for (var i = at + 1; i < at + LONGEST; i++) {
            var c = text.at(i);
            if (c == '}') {
                var word = ShellWord.at(text, at + 1);
                var named = word.kind() != Kind.NONE && text.at(word.end()) == ',';
                return commas > 0 && (told || named && isArgument(text, word.end() + 1));
            }
            if (c == Text.END || Text.isSpace(c) || c == ':' || c == '"') {
                return false;
            }
            commas += c == ',' ? 1 : 0;
            told |= c == ',' && text.at(i + 1) == '-' && Text.isLetter(text.at(i + 2)) && Text.isLetter(text.at(i + 3));
        }
        return false;
    }

    /** Tells whether a command in quotes that a shell translates is the second word in the braces: <code>{,$"whoami",}</code>. */
    private static boolean isQuotedWord(Text text, int at) {
        if (text.at(at + 1) != ',' || text.at(at + 2) != '$' || text.at(at + 3) != '"' && text.at(at + 3) != '\'') {
            return false;
        }
        var word = ShellWord.whole(text, at + 4);
        return word.kind() != Kind.NONE && (word.kind() != Kind.ENGLISH || word.looksAround());
    }

    private static boolean isArgument(Text text, int at) {
        return text.at(at) == '/' || text.at(at) == '-' || text.at(at) == '.' || text.at(at) == '$';
    }

    /** Tells whether a loop is all there is, and goes over what a command says or runs one that reaches out. */
    static boolean loops(Text text, int from) {
        var told = text.next('`', from) < text.length()
                || isSubstituted(text, from)
                || ShellRisk.isSecret(text, text.skipSpace(text.next('<', from) + 1));
        return told && !text.isDocument() && ShellScript.begins(text, from);
    }

    private static boolean isSubstituted(Text text, int from) {
        var chars = text.toString();
        for (var i = chars.indexOf("$(", from); i >= 0; i = chars.indexOf("$(", i + 1)) {
            if (ShellSeparator.isSeparator(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a word with an option follows at the index, whatever program it is, and other words at most between: {@code apt-get install x -y}. */
    static boolean hasOption(Text text, int from) {
        var i = from;
        for (var words = 0; words < FEW_WORDS; words++) {
            var end = PathShape.segmentEnd(text, i);
            if (end == i || words == 0 && !Text.isLetter(text.at(i))) {
                return false;
            }
            i = text.skipSpace(end);
            if (i == end) {
                return false;
            }
            if (text.at(i) == '-') {
                var long0 = text.at(i + 1) == '-' ? i + 2 : i + 1;
                return Text.isLetter(text.at(long0));
            }
        }
        return false;
    }

    /** Tells whether the value is one word, of which a command says a part: {@code who$(echo am)i}. */
    static boolean isSpelt(Text text, int from) {
        var end = text.wordEnd(from);
        var ticks = text.at(end) == '`';
        if (end == from || end > from + FAR || !ticks && !text.says("$(", end)) {
            return false;
        }
        var close = text.next(ticks ? '`' : ')', end + 2);
        var inner = ShellWord.at(text, ticks ? end + 1 : end + 2);
        return inner.kind() != Kind.NONE && Text.isLetter(text.at(close + 1)) && text.wordEnd(close + 1) >= text.last();
    }

    /** Tells whether a command that begins the value reads secrets, ties a shell to an address, feeds one or hides what it does. */
    static boolean isSuspect(Text text, int from, ShellWord word) {
        if (word.kind() != Kind.ENGLISH && ShellRisk.readsSecrets(word) || word.runs() && !text.isDocument()) {
            return true;
        }
        if (ShellSole.is(text, from, word) || ShellFetch.is(text, word) || ShellFetch.readsHome(text, word)) {
            return true;
        }
        return ShellRisk.pipesToShell(text, word.end())
                || givesShell(text, word)
                || writesCode(text, word)
                || wipes(text, word)
                || isTied(text, from, word)
                || isNested(text, word)
                || ShellFile.isUsed(text)
                || word.kind() != Kind.ENGLISH && isLeftRunning(text, word.end())
                || word.plain().says("export", 0) && holds(text, word.end(), CONNECTIONS)
                || PowerShell.hides(text, from);
    }

    /** Tells whether the path of a shell is an argument or an option, of a program that is not meant to be given one. */
    private static boolean givesShell(Text text, ShellWord word) {
        if (ShellWords.OPENING.has(text, word.end() - word.plain().length(), word.end())) {
            return false;
        }
        var asked = word.isRunner() && text.says(" -i", word.end()) && word.end() + 3 == text.last();
        for (var i = word.end(); i < word.end() + FAR && !asked && i < text.length() && text.at(i) != '\n'; i++) {
            asked = text.at(i) == '/' && " =!".indexOf(text.at(i - 1)) >= 0 && ShellRisk.isShell(text, i);
        }
        return asked && !text.isDocument();
    }

    /** Tells whether what the command says goes into a file that a server runs. */
    private static boolean writesCode(Text text, ShellWord word) {
        var sign = text.next('>', word.end());
        var path = text.skipSpace(text.at(sign + 1) == '>' ? sign + 2 : sign + 1);
        var rooted = text.at(path) == '/' || text.says("~/.ssh/", path);
        return rooted
                && sign < word.end() + FAR
                && !text.isDocument()
                && (FileName.isPage(text) || text.at(path) == '~');
    }

    /** Tells whether everything is deleted. */
    private static boolean wipes(Text text, ShellWord word) {
        if (!text.says("rm", word.end() - 2) || !word.dashed()) {
            return false;
        }
        var path = text.next('/', word.end());
        var behind = text.at(path + 1);
        return Text.isSpace(text.at(path - 1)) && path < text.length() && (behind == Text.END || behind == '*');
    }

    /** Tells whether the program that begins the value is told to run what opens a connection. */
    static boolean opensDoor(Text text, int from) {
        var word = ShellWord.at(text, from);
        return word.kind() != Kind.NONE
                && (word.runs() || PowerShell.hides(text, from))
                && holds(text, word.end(), CONNECTIONS);
    }

    /** Tells whether socat, openssl or awk is given an address or a program. */
    static boolean isTied(Text text, int from, ShellWord word) {
        if (text.says("socat", from)) {
            return holds(text, word.end(), TIED);
        }
        if (text.says("openssl", from)) {
            return text.toString().indexOf("s_client", from) > 0
                    && (text.toString().indexOf("-quiet", from) > 0 || text.next('|', from) < text.length());
        }
        var awk = text.says("awk", word.end() - 3);
        return awk && holds(text, word.end(), RUN_BY_AWK);
    }

    private static boolean holds(Text text, int from, Phrases some) {
        for (var i = from; i < from + FAR && i < text.length(); i++) {
            if (!Text.isWord(text.at(i - 1)) && some.begin(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the one argument of the command is what another one says: {@code cat `ls`}. */
    private static boolean isNested(Text text, ShellWord word) {
        var at = text.skipSpace(word.end());
        var ticks = text.at(at) == '`';
        if (at == word.end() || !ticks && !text.says("$(", at)) {
            return false;
        }
        var inner = ShellWord.at(text, ticks ? at + 1 : at + 2);
        var end = text.last() - (text.at(text.last() - 1) == ';' ? 1 : 0);
        var told = inner.kind() != Kind.NONE && (inner.argued() || inner.looksAround());
        return told && text.at(end - 1) == (ticks ? '`' : ')') && !text.isDocument();
    }

    /** Tells whether the last mark of the value lets the command go on behind it. */
    private static boolean isLeftRunning(Text text, int end) {
        var last = text.last() - 1;
        var argument = text.skipSpace(end);
        return text.at(last) == '&'
                && Text.isSpace(text.at(last - 1))
                && argument > end
                && text.next('&', argument) == last
                && argument < last
                && !text.isDocument();
    }
}
