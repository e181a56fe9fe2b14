package dev.portcullis.attack;

/** What separates commands of a shell: marks and line ends, the beginnings of substitutions, and what a shell skips behind them. */
final class ShellSeparator {

    /** How long a variable of a build, or the form of a date, is at most. */
    private static final int LONGEST_MACRO = 64;

    /** The characters that a shell skips before a command. */
    private static final boolean[] SKIPPED = new boolean[128];

    static {
        for (var c = 0; c < 128; c++) {
            SKIPPED[c] = c != '\n' && Text.isSpace((char) c) || "\"'({+".indexOf(c) >= 0;
        }
    }

    private ShellSeparator() {}

    /** Tells whether a separator, or what begins a substitution, stands at the index. */
    static boolean isSeparator(Text text, int at) {
        var c = text.at(at);
        return c == ';'
                || c == '|'
                || c == '&'
                || c == '\n'
                || c == '\r'
                || c == '`' && text.at(at - 1) != '`' && text.at(at + 1) != '`'
                || c == '$' && text.at(at + 1) == '(' && !isPlain(text, at);
    }

    /** Tells whether a separator stands at the index, of several in a row the last one. */
    static boolean begins(Text text, int at, char c) {
        return isSeparator(text, at) && !isSeparator(text, behind(text, at, c)) || c == '\\' && isLine(text, at);
    }

    /** Tells whether a separator stands at the index, and behind it what may be a command, or whatever it be where a line or a value begins. */
    static boolean maySeparate(Text text, int at, int first) {
        var c = text.at(at);
        return begins(text, at, c)
                && (at <= first + 1 || ShellWord.mayStand(text, skip(text, at + (c == '$' || c == '\\' ? 2 : 1))));
    }

    /** Tells whether the parentheses amid other text hold a variable of a build, the date in some form or the folder, of which nobody learns anything. */
    private static boolean isPlain(Text text, int at) {
        var from = at + 2;
        var end = text.wordEnd(from);
        if (text.at(end) == ':') {
            var close = end;
            while (close < end + LONGEST_MACRO && (Text.isWord(text.at(close)) || ":.-".indexOf(text.at(close)) >= 0)) {
                close++;
            }
            return end > from && text.at(close) == ')';
        }
        var amid = at > 0 && !Text.isSpace(text.at(at - 1))
                || !Text.isSpace(text.at(end + 1)) && text.at(end + 1) != Text.END;
        if (text.says("pwd)", from)) {
            return amid;
        }
        if (!text.says("date +", from)) {
            return false;
        }
        var i = from + "date +".length();
        while (i < from + LONGEST_MACRO && (Text.isWord(text.at(i)) || "%+-:.'\"".indexOf(text.at(i)) >= 0)) {
            i++;
        }
        return text.at(i) == ')';
    }

    /** The index of what stands behind the separator, which of several line ends in a row is the last one. */
    private static int behind(Text text, int at, char c) {
        return skip(text, at + 1, c == '\r' ? c : '\n');
    }

    /** Tells whether a line end is written with a backslash at the index. */
    private static boolean isLine(Text text, int at) {
        return text.at(at + 1) == 'n' || text.at(at + 1) == 'r';
    }

    /** The index of what may be a command, behind what a shell skips before one. */
    static int skip(Text text, int from) {
        return skip(text, from, '\n');
    }

    /** The same behind a separator, which ends at another of its kind. */
    private static int skip(Text text, int from, char separator) {
        var i = from;
        while (isSkipped(text.at(i), separator) && !ShellNoise.isQuotedPart(text, i)) {
            i++;
        }
        return i;
    }

    private static boolean isSkipped(char c, char separator) {
        return c < 128 ? SKIPPED[c] && c != separator : Text.isSpace(c);
    }
}
