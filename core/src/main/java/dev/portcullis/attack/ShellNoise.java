package dev.portcullis.attack;

/** What a shell makes nothing of in the midst of a word: pairs of quotes, escapes, and variables that nobody has set. */
final class ShellNoise {

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
            return next == '`' && Text.isLetter(text.at(at + 2)) ? 2 : 0;
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
            return text.at(at + 2) == ')' ? 3 : 0;
        }
        var braced = next == '{';
        var from = braced ? at + 2 : at + 1;
        var end = text.wordEnd(from);
        if (end == from || end - from > FAR || text.says("ifs", from)) {
            return 0;
        }
        var closed = braced ? text.at(end) == '}' : text.at(end) == '/' || Text.isSpace(text.at(end));
        return closed && Text.isLetter(text.at(at - 1)) ? end - at + (braced ? 1 : 0) : 0;
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
