package dev.portcullis.attack;

/** What a shell makes nothing of in the midst of a word: pairs of quotes, escapes, and variables that nobody has set. */
final class ShellNoise {

    /** How many variables are set for one command at most. */
    private static final int ASSIGNED = 3;
    /** How far a quote is looked for, and how long the name of a variable is. */
    private static final int FAR = 24;
    /** How many characters a quote at the beginning of a word goes on at most. */
    private static final int QUOTED = 6;

    private ShellNoise() {}

    /** How many characters stand at the index that a shell makes nothing of, in the midst of a word. */
    static int at(Text text, int at) {
        var c = text.at(at);
        var next = text.at(at + 1);
        if (c == '`') {
            return said(text, at);
        }
        if (c == '%') {
            return unset(text, at);
        }
        if (c == '\\' && (next == '\n' || next == '\r' && text.at(at + 2) == '\n')) {
            var joined = next == '\n' ? 2 : 3;
            return Text.isLetter(text.at(at + joined)) && Text.isLetter(text.at(at - 1)) ? joined : 0;
        }
        if (c == '$') {
            return emptiness(text, at, next);
        }
        var quote = c == '\'' || c == '"' || c == '^' || c == '\\';
        if (!quote) {
            return 0;
        }
        if (Text.isLetter(next)) {
            return c == '^' || c == '\\' || isPaired(text, at, 1) || isPaired(text, at, -1) ? 1 : 0;
        }
        return next == c && Text.isLetter(text.at(at + 2)) ? 2 : 0;
    }

    /** Tells whether a quote opens at the index that closes within a word: {@code 'w'hoami}. */
    static boolean isQuotedPart(Text text, int at) {
        var quote = text.at(at);
        if (quote != '\'' && quote != '"') {
            return false;
        }
        var end = at + 1;
        while (end < at + QUOTED && Text.isLetter(text.at(end))) {
            end++;
        }
        return end > at + 1 && text.at(end) == quote && (Text.isLetter(text.at(end + 1)) || text.at(end + 1) == quote);
    }

    /** How long a variable is that nobody has set, in the midst of a word: {@code who$@ami}, <code>cat${x}</code>, {@code /etc$u/passwd}. */
    private static int emptiness(Text text, int at, char next) {
        if (next == '@' || next == '*' || Text.isDigit(next)) {
            return 2;
        }
        if (next == '(') {
            return text.at(at + 2) == ')' ? 3 : text.says("true)", at + 2) ? 7 : text.says(":)", at + 2) ? 4 : 0;
        }
        var braced = next == '{';
        var from = braced ? at + 2 : at + 1;
        from += braced && text.at(from) == '!' ? 1 : 0;
        var end = text.wordEnd(from);
        while (braced && end > from && end - from < FAR && ":-+#%".indexOf(text.at(end)) >= 0) {
            end++;
        }
        if (end == from || end - from > FAR || text.says("ifs", from)) {
            return 0;
        }
        var closed = braced ? text.at(end) == '}' : text.at(end) == '/' || Text.isSpace(text.at(end));
        return closed && Text.isLetter(text.at(at - 1)) ? end - at + (braced ? 1 : 0) : 0;
    }

    /** How long a command in ticks of one or two letters, or of none, is between two letters of a word: {@code w`u`ho}. */
    private static int said(Text text, int at) {
        var end = text.wordEnd(at + 1);
        var between = end == at + 1 || Text.isLetter(text.at(at - 1)) && end <= at + 3;
        return between && text.at(end) == '`' && Text.isLetter(text.at(end + 1)) ? end + 1 - at : 0;
    }

    /** How long a variable of Windows is that nobody has set, between two letters of a word: {@code who%x%ami}. */
    private static int unset(Text text, int at) {
        var end = text.wordEnd(at + 1);
        return end > at + 1
                        && end < at + FAR
                        && Text.isLetter(text.at(at - 1))
                        && text.at(end) == '%'
                        && Text.isLetter(text.at(end + 1))
                ? end + 1 - at
                : 0;
    }

    /** The index behind variables that are set for one command alone, and behind a mark that turns its answer around: {@code A=1 B=2 cat}. */
    static int assignedEnd(Text text, int from) {
        var i = from;
        i = text.at(i) == '!' && text.at(i + 1) == ' ' ? text.skipSpace(i + 1) : i;
        for (var count = 0; count < ASSIGNED; count++) {
            var end = text.wordEnd(i);
            if (end == i || text.at(end) != '=' || Text.isDigit(text.at(i))) {
                return i;
            }
            var stop = end + 1;
            while (stop < end + FAR && (Text.isWord(text.at(stop)) || "./:-".indexOf(text.at(stop)) >= 0)) {
                stop++;
            }
            if (text.at(stop) != ' ') {
                return i;
            }
            i = text.skipSpace(stop);
        }
        return i;
    }

    /** Tells whether the same quote stands once more in the word: one alone is the apostrophe of "I'd". */
    private static boolean isPaired(Text text, int at, int step) {
        var i = at + step;
        while (Math.abs(i - at) < FAR && !Text.isSpace(text.at(i)) && text.at(i) != Text.END) {
            if (text.at(i) == text.at(at)) {
                return true;
            }
            i += step;
        }
        return false;
    }

    /** How many quotes or backslashes stand at the index: one or none. */
    static int quote(Text text, int at) {
        var c = text.at(at);
        return c == '\'' || c == '"' || c == '\\' ? 1 : 0;
    }
}
