package dev.portcullis.attack;

/** What tells a command that somebody slips in from one that people write about. */
final class ShellRisk {

    private static final int LONGEST = 80;
    private static final int ROOT = 6;

    /** Folders of which a path in a line of a script is not suspicious by itself. */
    private static final Words<Boolean> ROOTS =
            Words.set("etc proc root var tmp home usr dev opt sys run bin sbin boot");

    private static final int DEVICE = "/dev/tcp/".length();
    private static final int FAR = 200;
    private static final Words<Boolean> SHELLS = Words.set("sh bash zsh ksh dash ash");

    private static final Words<Boolean> SECRETS = Words.set("etc proc root");

    private ShellRisk() {}

    /** Tells whether a command looks around, or reads what is not for all to read, in a line of a script too. */
    static boolean isIntrusive(ShellWord word) {
        return word.isIntruder() || leads(word, SECRETS);
    }

    /** Tells whether an argument of the command is a path into the folders of a system. */
    static boolean readsSystem(ShellWord word) {
        return leads(word, ROOTS);
    }

    private static boolean leads(ShellWord word, Words<Boolean> roots) {
        var text = word.text();
        for (var i = word.end(); i < word.end() + LONGEST; i++) {
            var c = text.at(i);
            if (c == Text.END || ";|&\n`)".indexOf(c) >= 0) {
                return false;
            }
            if (c == '/' && " \t<,='\"".indexOf(text.at(i - 1)) >= 0 && isRoot(text, i + 1, roots)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a path goes on with one of the folders, quotes and escapes in it or not, and with something in that. */
    private static boolean isRoot(Text text, int from, Words<Boolean> roots) {
        if (ShellGlob.begins(text, from - 1)) {
            return true;
        }
        var name = new StringBuilder(ROOT);
        for (var i = from; i < from + 4 * ROOT; i++) {
            var c = text.lower(i);
            if (c == '/') {
                var more = text.at(i + 1);
                return more > ' '
                        && more != Text.END
                        && roots.has(name.toString(), 0, name.length())
                        && !(roots == SECRETS && isListing(text, name, i + 1));
            }
            var noise = ShellNoise.at(text, i);
            if (noise > 0) {
                i += noise - 1;
            } else if (Text.isWord(c)) {
                name.append(c);
            } else if (c != '\'' && c != '"' && c != '\\') {
                return false;
            }
        }
        return false;
    }

    /** Tells whether the path of something in a folder of the system begins at the index. */
    static boolean isRooted(Text text, int at) {
        return text.at(at) == '/' && isRoot(text, at + 1, ROOTS);
    }

    /** Tells whether an argument of the command is the path of a file that is not for all to read. */
    static boolean readsSecrets(ShellWord word) {
        return leads(word, SECRETS);
    }

    /** Tells whether the path is that of a list of what the kernel has, which scripts read. */
    private static boolean isListing(Text text, CharSequence root, int from) {
        var end = from;
        while (text.at(end) >= 'a' && text.at(end) <= 'z') {
            end++;
        }
        return "proc".contentEquals(root)
                && end > from
                && text.at(end) != '/'
                && !Text.isWord(text.at(end))
                && "*?[\\'\"$".indexOf(text.at(end)) < 0
                && PathShape.fileAt(text, from, end) == null;
    }

    /** Tells whether a name is that of a folder at the root of a system. */
    static boolean isRoot(Text text, int from, int end) {
        return ROOTS.has(text, from, end);
    }

    /** Tells whether the path of a file that is not for all to read begins at the index. */
    static boolean isSecret(Text text, int at) {
        return text.at(at) == '/' && isSecretName(text, at + 1);
    }

    /** Tells whether such a path begins at the index that lacks its first slash. */
    static boolean isSecretName(Text text, int at) {
        return isRoot(text, at, SECRETS);
    }

    /** Tells whether a shell is tied to an address that is a number, or PowerShell is given a script that nobody can read. */
    static boolean opensDoor(Text text, int at) {
        return text.at(at) == '/' && Text.isDigit(text.at(at + DEVICE)) || text.at(at) == '-';
    }

    /** Tells whether what a line goes on with from the index is given to a shell to run: {@code echo aWQ=|base64 -d|sh}. */
    static boolean pipesToShell(Text text, int from) {
        for (var i = from; i < from + FAR && "\n'`(".indexOf(text.at(i)) < 0 && text.at(i) != Text.END; i++) {
            var shell = text.at(i) == '|' ? text.skipSpace(i + 1) : -1;
            var path = shell > 0 && text.says("/bin/", shell) ? shell + "/bin/".length() : shell;
            var end = path > 0 ? text.wordEnd(path) : 0;
            if (end > path && path > 0 && SHELLS.has(text, path, end) && "\n;|&)'\"`".indexOf(after(text, end)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a variable of a shell stands at the index that stands for other text. */
    static boolean isVariable(Text text, int at) {
        return text.says("ifs", at + 1)
                || text.says("{ifs", at + 1)
                || text.says("{run{", at + 1)
                || isSlice(text, at)
                || ShellProbe.isNumbered(text, at);
    }

    /** Tells whether a part of a variable is taken, as shells do who lack a character: <code>${PATH:0:1}</code>. */
    static boolean isSlice(Text text, int at) {
        var end = text.wordEnd(at + 2);
        return text.at(at + 1) == '{'
                && end > at + 2
                && (text.at(end) == ':' && Text.isDigit(text.at(end + 1)) || isReplaced(text, end));
    }

    /** Tells whether letters of a variable are replaced, whose name ends at the index: <code>${x//y/z}</code>. */
    private static boolean isReplaced(Text text, int end) {
        return text.at(end) == '/' && text.at(end + 1) == '/' && text.at(end + 2) != '}';
    }

    /** Tells whether what stands in a file is taken at the index: {@code $(</etc/hosts)}. */
    static boolean isFile(Text text, int at) {
        if (text.at(at + 1) != '(' || text.at(at + 2) != '<') {
            return false;
        }
        var from = text.skipSpace(at + 3);
        var end = from;
        var told = false;
        while (end < from + LONGEST && (Text.isWord(text.at(end)) || "./-~?*".indexOf(text.at(end)) >= 0)) {
            told |= text.at(end) == '.' || text.at(end) == '/';
            end++;
        }
        return told && text.at(end) == ')';
    }

    /** Tells whether the name of a file stands at the index that is a connection to a shell or to awk. */
    static boolean isDevice(Text text, int at) {
        return text.says("/dev/tcp/", at)
                || text.says("/dev/udp/", at)
                || text.says("/inet/tcp/", at)
                || text.says("/inet/udp/", at);
    }

    /** Tells whether Windows takes a part of a variable: {@code %ProgramFiles:~10,-5%}; or names its shell, or PostScript opens a pipe. */
    static boolean isWindowsSlice(Text text, int at) {
        var end = text.wordEnd(at + 1);
        var from = text.at(end + 2) == '-' ? end + 3 : end + 2;
        return text.at(at) == '%' && (text.says("pipe%", at + 1) || text.says("comspec%", at + 1))
                || text.at(at) == '%'
                        && end > at + 1
                        && text.at(end) == ':'
                        && text.at(end + 1) == '~'
                        && Text.isDigit(text.at(from));
    }

    /** Tells whether the path of a shell stands at the index. */
    static boolean isShell(Text text, int at) {
        var name = at + "/bin/".length();
        return text.says("/bin/", at) && SHELLS.has(text, name, text.wordEnd(name));
    }

    /** Tells whether an empty function begins here, as in {@code () { :; }}, which old shells run when it stands in a variable. */
    static boolean isFunction(Text text, int at) {
        var close = text.skipSpace(at + 1);
        var brace = text.skipSpace(close + 1);
        var body = text.skipSpace(brace + 1);
        return text.at(close) == ')' && text.at(brace) == '{' && (text.at(body) == ':' || text.at(body) == '_');
    }

    /** Tells whether the value is a file of the system that a command reads or writes: {@code > /tmp/x}. */
    static boolean isRedirected(Text text, int from) {
        var c = text.at(from);
        var path = text.skipSpace(c == '>' && text.at(from + 1) == '>' ? from + 2 : from + 1);
        return c == '<' && isSecret(text, path) || c == '>' && isRooted(text, path);
    }

    /** Tells whether one word and a file of the system into which it goes is all there is: {@code x > /tmp/y}. */
    static boolean isWritten(Text text, int from) {
        var sign = text.skipSpace(text.wordEnd(from));
        return text.at(sign) == '>'
                && !text.says("/home", text.skipSpace(sign + 1))
                && !Character.isUpperCase(text.at(from))
                && isRedirected(text, sign)
                && text.next(' ', text.skipSpace(sign + 2)) >= text.last();
    }

    /** Tells whether the word is the name of a member of JSON, in quotes and before a colon. */
    static boolean isMember(Text text, int from, int end) {
        var quote = text.at(from - 1);
        return (quote == '"' || quote == '\'') && text.at(end) == quote && text.at(text.skipSpace(end + 1)) == ':';
    }

    private static char after(Text text, int end) {
        var i = end;
        while (text.at(i) == ' ') {
            i++;
        }
        return text.at(i) == Text.END || text.at(i) == '\r' ? '\n' : text.at(i);
    }
}
