package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/**
 * A word where a command could stand, and what follows it. Immutable.
 *
 * @param text the text
 * @param end the index behind the word
 * @param kind what the word is
 * @param plain the word as the shell reads it
 */
record ShellWord(Text text, int end, Kind kind, Text plain) {

    private static final Marks ENDS = Marks.of(" ;|&`)'\"#}");
    private static final Marks BEHIND = Marks.of(";|&)`\"'#}+\\");
    private static final Marks TELLING = Marks.of("~$.*<>\"'%\\");
    private static final Marks JOINTS = Marks.of("+,<");

    private static final int LONGEST = 24;
    /** How many letters the word of a sentence has at least that no option has. */
    private static final int SENTENCE = 4;

    /** How many letters are read of a word before it is asked whether any command begins like that. */
    private static final int LED = 3;

    private static final Text NOTHING = new Text("");
    private static final String[] FOLDERS = {"/usr", "/local", "/bin/", "/sbin/"};

    /**
     * Reads the word as a shell does: without quotes and escapes in its midst, and without the folder of programs before it. A word that no
     * command begins like may be cut short.
     */
    static ShellWord at(Text text, int from) {
        return at(text, from, LED);
    }

    /** The same, up to the word's end whatever it is. */
    static ShellWord whole(Text text, int from) {
        return at(text, from, LONGEST);
    }

    private static ShellWord at(Text text, int from, int led) {
        var path = pathEnd(text, from);
        var plainEnd = plainEnd(text, path);
        if (path == from && plainEnd < from + LONGEST && ShellNoise.at(text, plainEnd) == 0) {
            return plain(text, from, plainEnd);
        }
        return written(text, from, path, led);
    }

    /** Reads a word of letters, digits and full stops alone. */
    private static ShellWord plain(Text text, int from, int end) {
        var known = ShellWords.COMMANDS.find(text, from, unversioned(text, from, end));
        return known == null || text.at(end) == '\'' && Text.isLetter(text.at(end + 1))
                ? new ShellWord(text, end, Kind.NONE, NOTHING)
                : new ShellWord(text, end, known, text.small(from, end));
    }

    /** Reads a word that has quotes or escapes in it, a folder before it, or more letters than any command. */
    private static ShellWord written(Text text, int from, int path, int led) {
        var letters = new StringBuilder(LONGEST);
        var i = path;
        var odd = false;
        while (letters.length() < LONGEST && (letters.length() != led || path > from || ShellWords.leads(letters))) {
            var noise = ShellNoise.at(text, i);
            if (noise == 0 && !isPart(text.at(i)) || isWrittenLineEnd(text, path, i)) {
                break;
            }
            odd |= noise > 0 && letters.length() > 0;
            if (noise == 0) {
                letters.append(text.lower(i));
            }
            i += Math.max(noise, 1);
        }
        if (text.at(i) == '\'' && Text.isLetter(text.at(i + 1))) {
            return new ShellWord(text, i, Kind.NONE, NOTHING);
        }
        var plain = new Text(letters.toString());
        return new ShellWord(text, i, kind(plain, path > from, odd), plain);
    }

    /** Tells whether {@link #at} may find a command at the index, or a path does stand there; makes no object. */
    static boolean mayStand(Text text, int from) {
        var end = plainEnd(text, from);
        var c = text.at(from);
        return c == '/'
                || c == '.'
                || c == '$'
                || ShellNoise.at(text, end) > 0
                || end > from && text.says("$(", end)
                || ShellWords.BEGINNERS.has(text, from, unversioned(text, from, end))
                || c == '!'
                || end > from && text.at(text.wordEnd(end)) == '=' && ShellNoise.assignedEnd(text, from) > from
                || text.at(end) == '-' && PowerShell.isNamed(text, from, text.wordEnd(end + 1));
    }

    /** The end of the name of a program that runs code, without its version; the end itself where there is none: {@code python3.11}. */
    private static int unversioned(Text text, int from, int end) {
        var i = end;
        while (i > from && (Text.isDigit(text.at(i - 1)) || text.at(i - 1) == '.')) {
            i--;
        }
        return i < end && Text.isDigit(text.at(end - 1)) && ShellWords.RUNNERS.has(text, from, i) ? i : end;
    }

    /** Tells whether a line end is written with a backslash behind a command. */
    private static boolean isWrittenLineEnd(Text text, int from, int at) {
        var next = text.at(at + 1);
        return at - from <= LONGEST / 2
                && text.at(at) == '\\'
                && (next == 'n' || next == 'r')
                && ShellWords.COMMANDS.has(text, from, at);
    }

    private static int plainEnd(Text text, int from) {
        var i = from;
        while (i < from + LONGEST && isPart(text.at(i))) {
            i++;
        }
        return i;
    }

    private static Kind kind(Text plain, boolean inFolder, boolean odd) {
        var known = ShellWords.COMMANDS.find(plain, 0, unversioned(plain, 0, plain.length()));
        if (known == null) {
            return inFolder && plain.length() > 0 ? Kind.DISTINCT : Kind.NONE;
        }
        return inFolder || odd ? Kind.DISTINCT : known;
    }

    /** The index behind {@code /bin/} or the like; the index itself when there is no such folder. */
    private static int pathEnd(Text text, int from) {
        if (text.at(from) != '/') {
            return from;
        }
        var i = from;
        for (var part : FOLDERS) {
            i = folderEnd(text, i, part);
        }
        while (i > from && text.at(i - 1) == '/' && text.at(i) == '/') {
            i++;
        }
        return text.at(i - 1) == '/' ? i : from;
    }

    /** The index behind a folder's name in which there may be what a shell makes nothing of; the index itself when it is another. */
    private static int folderEnd(Text text, int from, String part) {
        var i = from;
        for (var k = 0; k < part.length(); k++) {
            var noise = k > 0 ? ShellNoise.quote(text, i) : 0;
            i += noise;
            if (text.lower(i) != part.charAt(k)) {
                return from;
            }
            i++;
        }
        return i;
    }

    private static boolean isPart(char c) {
        return Text.isWord(c) || c == '.';
    }

    /** Tells whether the command is one that is followed by a word that says what it does. */
    private boolean isVerbose() {
        return ShellWords.VERBOSE.has(plain, 0, plain.length());
    }

    /** Tells whether the command runs what an option says. */
    boolean isRunner() {
        return ShellWords.RUNNERS.has(plain, 0, unversioned(plain, 0, plain.length()));
    }

    /** Tells whether people name the version of the program behind its name. */
    private boolean isVersioned() {
        return isRunner() && !isIntruder() || ShellWords.VERSIONED.has(plain, 0, plain.length());
    }

    boolean isIntruder() {
        return ShellWords.INTRUDERS.has(plain, 0, plain.length());
    }

    /** Tells whether there are quotes or escapes in the midst of the word, and yet it is one that only programs have. */
    boolean isDisguised() {
        return kind == Kind.DISTINCT
                && text.at(end - 1) != '"'
                && end - plain.length() > (Text.isLetter(text.at(0)) ? 0 : 1)
                && hasNoise();
    }

    /** Tells whether carets stand between its letters, as only the shell of Windows reads over them. */
    boolean hasCarets() {
        var carets = 0;
        for (var i = end - 2 * LONGEST; i < end; i++) {
            carets += text.at(i) == '^' && Text.isLetter(text.at(i + 1)) ? 1 : 0;
        }
        return kind == Kind.DISTINCT && carets > 1;
    }

    private boolean hasNoise() {
        for (var i = Math.max(0, end - 3 * plain.length()); i < end; i++) {
            if (ShellNoise.at(text, i) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the name of a file with its suffix follows. */
    boolean names() {
        var at = text.skipSpace(end);
        var stem = text.wordEnd(at);
        return at > end && stem > at && text.at(stem) == '.' && Text.isLetter(text.at(stem + 1));
    }

    /** Tells whether one word, or one that is the name of a file, is all that follows. */
    boolean hasOneWord(boolean named) {
        var at = text.skipSpace(end);
        var last = PathShape.segmentEnd(text, at);
        return at > end && last > at && last >= text.last() && (!named || names());
    }

    /** Tells whether it asks where a program is, and nothing else follows: {@code which nc}. */
    boolean asksForProgram() {
        var at = text.skipSpace(end);
        if (at == end || !ShellWords.ASKS.has(plain, 0, plain.length())) {
            return false;
        }
        var asked = at(text, at);
        return asked.kind != Kind.NONE && asked.kind != Kind.ENGLISH && asked.isLast();
    }

    /** Tells whether it is one of those with which somebody looks around first, in small letters. */
    boolean looksAround() {
        return ShellWords.FIRST_LOOKS.has(plain, 0, plain.length())
                && text.toString().startsWith(plain.toString(), end - plain.length());
    }

    boolean isFilter() {
        return ShellWords.FILTERS.has(plain, 0, plain.length());
    }

    /** Tells whether the output of the command goes into a file: {@code id>/tmp/x}. */
    boolean redirects() {
        var at = text.skipSpace(end);
        var sign = Text.isDigit(text.at(at)) ? at + 1 : at;
        var target = text.at(text.skipSpace(sign + 1));
        return text.at(sign) == '>' && (Text.isWord(target) || target == '&' || target == '/');
    }

    boolean isId() {
        return plain.length() == 2 && plain.says("id", 0);
    }

    /** Tells whether nothing but marks follows. */
    boolean isLast() {
        var i = end;
        while (i < text.last() && i < end + LONGEST && ENDS.has(text.at(i))) {
            i++;
        }
        return i >= text.last() || text.at(i) == '\\' && i + 2 >= text.last();
    }

    boolean spaced() {
        return Text.isSpace(text.at(end));
    }

    /** Tells whether nothing follows that belongs to the command. */
    boolean ends() {
        var next = text.at(text.skipSpace(end));
        return next == Text.END || BEHIND.has(next);
    }

    /** Tells whether an argument follows that looks like one. */
    boolean argued() {
        var at = argument();
        var c = text.at(at);
        return at > end
                && (optioned()
                        || kind != Kind.ENGLISH && Text.isDigit(c) && !isVersioned()
                        || TELLING.has(c)
                        || text.says("http", at)
                        || text.says("ftp", at)
                        || kind != Kind.ENGLISH && isHost(at)
                        || hasPath(at));
    }

    /** Where the argument begins; the word's end when none does. */
    private int argument() {
        var at = text.skipSpace(end);
        return JOINTS.has(text.at(at)) ? at + 1 : at;
    }

    /** Tells whether an option, an absolute path or what a command shall do follows. */
    boolean optioned() {
        var at = argument();
        if (at == end) {
            return false;
        }
        var c = text.at(at);
        var next = text.at(at + 1);
        return c == '-' && (Text.isLetter(next) || kind != Kind.ENGLISH && Text.isDigit(next))
                || c == '/' && (Text.isWord(next) || Text.isSpace(next))
                || Text.isLetter(c) && next == ':' && (text.at(at + 2) == '\\' || text.at(at + 2) == '/')
                || text.says("%systemroot%", at)
                || isVerbose() && isVerb(at)
                || kind == Kind.DISTINCT
                        && (text.says("http://", at)
                                || text.says("https://", at)
                                || text.says("vbscript:", at)
                                || text.says("javascript:", at));
    }

    private boolean isVerb(int at) {
        var git = plain.length() == 3 && plain.says("git", 0);
        var services = plain.length() == 2 && plain.says("sc", 0);
        return ShellWords.VERBS.has(text, at, text.wordEnd(at)) && !(git && text.says("add", at))
                || services && text.says("create ", at);
    }

    /** Tells whether an option follows that takes code or a shell: {@code perl -e '...'}, {@code nc 203.0.113.7 4444 -e /bin/sh}. */
    boolean runs() {
        return isRunner() && ShellOption.takesCode(text, end, ties());
    }

    /** Tells whether the command ties a program to an address. */
    boolean ties() {
        return ShellWords.TIES.has(plain, 0, plain.length());
    }

    /** Tells whether an option with a dash follows. */
    boolean dashed() {
        return text.at(argument()) == '-';
    }

    /** Tells whether the command only lists the folder where it stands, or a sentence about it goes on behind its option. */
    boolean lists() {
        var letters = 0;
        var words = 0;
        for (var i = argument(); i < text.last(); i++) {
            var c = text.at(i);
            if (!Text.isLetter(c) && !Text.isSpace(c) && c != '-' && c != '.' && c != '?') {
                return false;
            }
            letters = Text.isLetter(c) && text.at(i - 1) != '-' ? letters + 1 : 0;
            words += letters == SENTENCE ? 1 : 0;
        }
        return words > 1 || plain.length() == 2 && plain.says("ls", 0);
    }

    /** Tells whether the name of a host with two full stops or more is the argument. */
    private boolean isHost(int from) {
        var dots = 0;
        var i = from;
        while (Text.isWord(text.at(i)) || text.at(i) == '.' || text.at(i) == '-') {
            dots += text.at(i) == '.' && Text.isWord(text.at(i + 1)) ? 1 : 0;
            i++;
        }
        return dots > 1 && Text.isLetter(text.at(from));
    }

    private boolean hasPath(int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || text.at(i) == '.' || text.at(i) == '-') {
            i++;
        }
        return i > from && (text.at(i) == '/' || text.at(i) == '\\' || text.at(i) == ':' && text.at(i + 1) == '\\');
    }
}
