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

    private static final int SEPARATORS =
            Traits.SEMICOLON | Traits.PIPE | Traits.AMPERSAND | Traits.DOLLAR | Traits.BACKTICK;
    private static final int LONGEST_COMMAND = 400;
    private static final int LONGEST_WORD = 24;
    private static final int MAX_LINES = 2;
    private static final int MAX_WORDS = 12;

    @Override
    public String id() {
        return "command-injection";
    }

    @Override
    public int attractors(Place place) {
        return switch (place) {
            case PATH -> Traits.PIPE | Traits.BACKTICK | Traits.DOLLAR;
            case USER_AGENT, REFERER -> Traits.BRACE;
            case COOKIE, HEADER -> Traits.PIPE | Traits.BACKTICK | Traits.DOLLAR | Traits.BRACE;
            default -> SEPARATORS | Traits.SPACE | Traits.CONTROL | Traits.BACKSLASH | Traits.BRACE;
        };
    }

    @Override
    public Finding look(Text text, Place place) {
        var finding = Finding.NONE;
        for (var i = 0; i < text.length() && !finding.isCertain(); i++) {
            finding = finding.or(at(text, i, place));
        }
        var leads = finding.at() <= text.skipSpace(0) && isSeparator(text, finding.at());
        return finding.suspicion() == Suspicion.STRONG && !leads && isProse(text)
                ? Finding.faint(finding.at())
                : finding;
    }

    /** Tells whether a text is longer than what anybody would put into a command's argument. */
    private static boolean isProse(Text text) {
        var lines = 0;
        var words = 0;
        var fences = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.at(i);
            lines += c == '\n' ? 1 : 0;
            words += c == ' ' && Text.isLetter(text.at(i + 1)) ? 1 : 0;
            fences += c == '`' && text.at(i + 1) == '`' ? 1 : 0;
        }
        return fences > 0 || lines > MAX_LINES || words > MAX_WORDS || text.length() > LONGEST_COMMAND;
    }

    private static Finding at(Text text, int i, Place place) {
        var c = text.at(i);
        if (c == '(' && isFunction(text, i)) {
            return Finding.certain(i);
        }
        if (c == '$' && (text.says("{ifs", i + 1) || text.says("ifs", i + 1))
                || c == '/' && text.says("/dev/tcp/", i)) {
            return Finding.certain(i);
        }
        if (place.isAgent()) {
            return Finding.NONE;
        }
        if (isPowerShell(text, i, c)) {
            return Finding.strong(i);
        }
        if (i == 0 && !isSeparator(text, 0)) {
            return alone(text);
        }
        return begins(text, i, c) ? command(text, i) : Finding.NONE;
    }

    /** Tells whether {@code () {} begins here, which old shells run when it stands in a variable. */
    private static boolean isFunction(Text text, int at) {
        var close = text.skipSpace(at + 1);
        var brace = text.skipSpace(close + 1);
        var body = text.skipSpace(brace + 1);
        return at < 3
                && text.at(close) == ')'
                && text.at(brace) == '{'
                && (text.at(body) == ':' || text.at(body) == '_');
    }

    private static boolean isPowerShell(Text text, int at, char c) {
        return switch (Text.lower(c)) {
            case 'i' ->
                text.says("invoke-expression", at)
                        || text.says("invoke-webrequest", at)
                        || text.says("iex(", at)
                        || text.says("iex (", at);
            case 'n' -> text.says("new-object net.webclient", at) || text.says("new-object system.net", at);
            case 'd' -> text.says("downloadstring(", at) || text.says("downloadfile(", at);
            default -> false;
        };
    }

    private static boolean isSeparator(Text text, int at) {
        var c = text.at(at);
        return c == ';'
                || c == '|'
                || c == '&'
                || c == '\n'
                || c == '\r'
                || c == '`' && text.at(at - 1) != '`' && text.at(at + 1) != '`'
                || c == '$' && text.at(at + 1) == '(';
    }

    private static boolean begins(Text text, int at, char c) {
        return isSeparator(text, at) && !isSeparator(text, skip(text, at + 1)) || c == '\\' && isLine(text, at);
    }

    /** Tells whether a line end is written with a backslash at the index. */
    private static boolean isLine(Text text, int at) {
        return text.at(at + 1) == 'n' || text.at(at + 1) == 'r';
    }

    /** The index of what may be a command, behind what a shell skips before one. */
    private static int skip(Text text, int from) {
        var i = from;
        while (Text.isSpace(text.at(i)) && text.at(i) != '\n' || "\"'({+".indexOf(text.at(i)) >= 0) {
            i++;
        }
        return i;
    }

    /** Judges a command behind the separator at the index. */
    private static Finding command(Text text, int at) {
        var c = text.at(at);
        var from = skip(text, at + (c == '\\' || c == '$' ? 2 : 1));
        var word = new Word(text, from);
        if (word.kind == null) {
            return Finding.NONE;
        }
        var soft = c == '&' && text.at(at - 1) != '&'
                || c == '`' && Text.isSpace(text.at(at - 1))
                || c == '\n'
                || c == '\r'
                || c == '\\';
        var leads = text.skipSpace(0) == at || "\"')".indexOf(text.at(before(text, at))) >= 0;
        var ends = word.ends(c);
        var distinct = word.kind == Kind.DISTINCT;
        if ((c == '\n' || c == '\r') && !followsWord(text, at)) {
            return Finding.faint(at);
        }
        if (word.argued() && (distinct || !soft || leads)) {
            return Finding.strong(at);
        }
        if (ends && (leads || !soft) || distinct && (leads || !soft) && word.spaced()) {
            return Finding.strong(at);
        }
        return ends || word.argued() || distinct ? Finding.faint(at) : Finding.NONE;
    }

    /** Tells whether no more than one word stands before a line end. */
    private static boolean followsWord(Text text, int at) {
        var i = at - 1;
        while (text.at(i) > ' ' && text.at(i) != Text.END) {
            i--;
        }
        return text.skipSpace(0) > i;
    }

    /** The index of the last character before the index that is no blank. */
    private static int before(Text text, int at) {
        var i = at - 1;
        while (text.at(i) == ' ' && i > at - 4) {
            i--;
        }
        return i;
    }

    /** Judges a command that begins the value. */
    private static Finding alone(Text text) {
        var word = new Word(text, skip(text, 0));
        if (word.kind == null) {
            return Finding.NONE;
        }
        return word.optioned() ? Finding.strong(0) : word.ends(' ') || word.argued() ? Finding.faint(0) : Finding.NONE;
    }

    /** A word where a command could stand, read as a shell does: without quotes and escapes in its midst. */
    private static final class Word {

        private final Text text;
        private final int end;
        private final boolean verbose;
        final @org.jspecify.annotations.Nullable Kind kind;

        Word(Text text, int from) {
            this.text = text;
            var path = pathEnd(text, from);
            var letters = new StringBuilder();
            var i = path;
            while (letters.length() < LONGEST_WORD && (isPart(text.at(i)) || isNoise(text, i))) {
                if (isPart(text.at(i))) {
                    letters.append(text.lower(i));
                }
                i++;
            }
            this.end = i;
            var plain = new Text(letters.toString());
            var known = ShellWords.COMMANDS.find(plain, 0, plain.length());
            this.verbose = ShellWords.VERBOSE.has(plain, 0, plain.length());
            this.kind = path > from && plain.length() > 0 ? Kind.DISTINCT : known;
        }

        /** The index behind {@code /bin/} or the like; the index itself when there is no such path. */
        private static int pathEnd(Text text, int from) {
            var i = from;
            for (var part : new String[] {"/usr", "/local", "/bin/", "/sbin/"}) {
                i += text.says(part, i) ? part.length() : 0;
            }
            return text.at(i - 1) == '/' ? i : from;
        }

        private static boolean isPart(char c) {
            return Text.isWord(c) || c == '.';
        }

        private static boolean isNoise(Text text, int at) {
            var c = text.at(at);
            var quote = c == '\'' || c == '"' || c == '^' || c == '\\';
            return quote && Text.isLetter(text.at(at + 1));
        }

        boolean spaced() {
            return Text.isSpace(text.at(end));
        }

        /** Tells whether nothing follows that belongs to the command. */
        boolean ends(char separator) {
            var next = text.at(text.skipSpace(end));
            return next == Text.END || ";|&)`\"'#}".indexOf(next) >= 0 && next != '(' || next == '+';
        }

        /** Tells whether an argument follows that looks like one. */
        boolean argued() {
            var at = text.skipSpace(end);
            if (at == end && text.at(at) != '+' && text.at(at) != '<') {
                return false;
            }
            at += text.at(at) == '+' ? 1 : 0;
            var c = text.at(at);
            return optioned()
                    || Text.isDigit(c)
                    || "~$.*<>\"'%\\".indexOf(c) >= 0
                    || text.says("http", at)
                    || text.says("ftp", at)
                    || hasPath(at);
        }

        /** Tells whether an option or an absolute path follows. */
        boolean optioned() {
            var at = text.skipSpace(end);
            if (at == end) {
                return false;
            }
            var c = text.at(at);
            var next = text.at(at + 1);
            return c == '-' && Text.isLetter(next)
                    || c == '/' && Text.isWord(next)
                    || Text.isLetter(c) && next == ':' && (text.at(at + 2) == '\\' || text.at(at + 2) == '/')
                    || c == '%' && text.says("%systemroot%", at)
                    || verbose && ShellWords.VERBS.has(text, at, text.wordEnd(at))
                    || kind == Kind.DISTINCT && (text.says("http://", at) || text.says("https://", at));
        }

        private boolean hasPath(int from) {
            var i = from;
            while (Text.isWord(text.at(i)) || text.at(i) == '.' || text.at(i) == '-') {
                i++;
            }
            return i > from && (text.at(i) == '/' || text.at(i) == '\\' || text.at(i) == ':' && text.at(i + 1) == '\\');
        }
    }
}
