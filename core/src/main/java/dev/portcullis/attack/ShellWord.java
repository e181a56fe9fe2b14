package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/**
 * A word where a command could stand, and what follows it. Immutable.
 *
 * @param text the text
 * @param end the index behind the word
 * @param kind what the word is
 * @param verbose whether the command is followed by one that says what it does
 */
record ShellWord(Text text, int end, Kind kind, boolean verbose) {

    private static final int LONGEST = 24;

    /** Reads the word as a shell does: without quotes and escapes in its midst, and without the folder of programs before it. */
    static ShellWord at(Text text, int from) {
        var path = pathEnd(text, from);
        var letters = new StringBuilder();
        var i = path;
        while (letters.length() < LONGEST && (isPart(text.at(i)) || isNoise(text, i))) {
            if (isPart(text.at(i))) {
                letters.append(text.lower(i));
            }
            i++;
        }
        var plain = new Text(letters.toString());
        return new ShellWord(text, i, kind(plain, path > from), ShellWords.VERBOSE.has(plain, 0, plain.length()));
    }

    private static Kind kind(Text plain, boolean inFolder) {
        var known = ShellWords.COMMANDS.find(plain, 0, plain.length());
        return inFolder && plain.length() > 0 ? Kind.DISTINCT : known == null ? Kind.NONE : known;
    }

    /** The index behind {@code /bin/} or the like; the index itself when there is no such folder. */
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
    boolean ends() {
        var next = text.at(text.skipSpace(end));
        return next == Text.END || ";|&)`\"'#}+".indexOf(next) >= 0;
    }

    /** Tells whether an argument follows that looks like one. */
    boolean argued() {
        var at = argument();
        var c = text.at(at);
        return at > end
                && (optioned()
                        || kind != Kind.ENGLISH && Text.isDigit(c)
                        || "~$.*<>\"'%\\".indexOf(c) >= 0
                        || text.says("http", at)
                        || text.says("ftp", at)
                        || hasPath(at));
    }

    /** Where the argument begins; the word's end when none does. */
    private int argument() {
        var at = text.skipSpace(end);
        return text.at(at) == '+' ? at + 1 : at;
    }

    /** Tells whether an option, an absolute path or what a command shall do follows. */
    boolean optioned() {
        var at = argument();
        if (at == end) {
            return false;
        }
        var c = text.at(at);
        var next = text.at(at + 1);
        return c == '-' && Text.isLetter(next)
                || c == '/' && Text.isWord(next)
                || Text.isLetter(c) && next == ':' && (text.at(at + 2) == '\\' || text.at(at + 2) == '/')
                || text.says("%systemroot%", at)
                || verbose && ShellWords.VERBS.has(text, at, text.wordEnd(at))
                || kind == Kind.DISTINCT && (text.says("http://", at) || text.says("https://", at));
    }

    /** Tells whether an option with a dash follows. */
    boolean dashed() {
        return text.at(argument()) == '-';
    }

    private boolean hasPath(int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || text.at(i) == '.' || text.at(i) == '-') {
            i++;
        }
        return i > from && (text.at(i) == '/' || text.at(i) == '\\' || text.at(i) == ':' && text.at(i + 1) == '\\');
    }
}
