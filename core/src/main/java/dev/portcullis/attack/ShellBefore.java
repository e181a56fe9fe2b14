package dev.portcullis.attack;

/** What stands before the separator behind which a command could begin. */
enum ShellBefore {
    /** Nothing but other separators, quotes and brackets. */
    NOTHING,
    /** A number, an address, or the name of a host or of a file: what a program is given. */
    VALUE,
    /** One word. */
    WORD,
    /** Several words. */
    WORDS,
    /** Several words of which the first is that of a program: a line of a script. */
    SCRIPT;

    private static final int LONGEST = 48;
    private static final int FIRST_WORDS = 3;
    private static final Marks PARTS = Marks.of("._-:/@=[]>&");
    private static final Marks NAMED = Marks.of(".-@/");
    private static final Marks MARKS = Marks.of(";|&\"'()`{}$\\^");

    /** What stands in the text before the index. */
    static ShellBefore of(Text text, int at) {
        var from = skip(text, text.first(), Math.min(at, text.first() + LONGEST));
        if (at - from > 2 * LONGEST) {
            return isScript(text, from) ? SCRIPT : WORDS;
        }
        var to = at;
        while (to > from && to > at - LONGEST && isMark(text.at(to - 1))) {
            to--;
        }
        if (from >= to) {
            return NOTHING;
        }
        if ((text.at(from) == '<' || text.at(from) == '>') && isOneWord(text, from + 1, to)) {
            return VALUE;
        }
        if (to - from == 1 && (Text.isWord(text.at(from)) || text.at(from) == '*')) {
            return VALUE;
        }
        if (to - from <= LONGEST && isOneWord(text, from, to)) {
            return text.at(to - 1) == '=' ? SCRIPT : isValue(text, from, to) ? VALUE : WORD;
        }
        return isScript(text, from) ? SCRIPT : WORDS;
    }

    /** Tells whether it is at most one word. */
    boolean isShort() {
        return compareTo(WORD) <= 0;
    }

    private static boolean isMark(char c) {
        return Text.isSpace(c) || MARKS.has(c);
    }

    private static int skip(Text text, int from, int to) {
        var i = from;
        while (i < to && isMark(text.at(i))) {
            i++;
        }
        return i;
    }

    private static boolean isOneWord(Text text, int from, int to) {
        for (var i = from; i < to; i++) {
            var c = text.at(i);
            if (!Text.isWord(c) && PARTS.lacks(c)) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether it has a full stop or a colon between letters or digits, or is a number. */
    private static boolean isValue(Text text, int from, int to) {
        for (var i = from + 1; i < to - 1; i++) {
            var c = text.at(i);
            if ((c == '.' || c == ':') && Text.isWord(text.at(i - 1)) && Text.isWord(text.at(i + 1))) {
                return true;
            }
        }
        return Text.isDigit(text.at(from)) && Text.isDigit(text.at(to - 1)) || text.at(to - 1) == ']';
    }

    /** Tells whether a line of a script begins: a program, perhaps behind a prompt or a condition, or an assignment. */
    private static boolean isScript(Text text, int from) {
        if (isNearBy(text, from)) {
            return true;
        }
        var i = from;
        for (var words = 0; words < FIRST_WORDS; words++) {
            var end = text.wordEnd(i);
            if (isProgram(text, i, end)) {
                return true;
            }
            if (!ShellWords.BEFORE_PROGRAMS.has(text, i, end)) {
                return false;
            }
            i = skip(text, end, end + FIRST_WORDS);
        }
        return false;
    }

    /** Tells whether the path of a program in a folder near by begins the text, and an argument follows. */
    private static boolean isNearBy(Text text, int from) {
        var folders = 0;
        var i = from;
        while (Text.isWord(text.at(i)) || NAMED.has(text.at(i))) {
            folders += text.at(i) == '/' ? 1 : 0;
            i++;
        }
        return folders > 0 && text.at(from) != '/' && text.at(i) == ' ';
    }

    private static boolean isProgram(Text text, int from, int end) {
        var assigned = text.at(end) == '=' && end > from && !Text.isSpace(text.at(end + 1));
        return assigned
                || ShellWords.TOOLS.has(text, from, end)
                || ShellWords.COMMANDS.has(text, from, end) && Text.isSpace(text.at(end));
    }
}
