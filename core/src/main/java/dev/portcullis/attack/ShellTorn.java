package dev.portcullis.attack;

/** Paths of programs that begin a value and are torn by quotes or by variables that nobody has set, which a shell reads as nothing. */
final class ShellTorn {

    private static final int LONGEST = 96;
    private static final int ENOUGH = 9;

    private ShellTorn() {}

    /** Tells whether such a path begins at the index: {@code /b'i'n/x}, {@code $a/bin$b/cat}. */
    static boolean begins(Text text, int from) {
        if (text.at(from) != '/' && text.at(from) != '$') {
            return false;
        }
        var path = new StringBuilder(ENOUGH);
        var torn = false;
        var parted = false;
        for (var i = from; i < from + LONGEST && path.length() < ENOUGH; ) {
            var c = text.at(i);
            var within = i > from && isPart(text.at(i - 1));
            var end = c == '$' && Text.isLetter(text.at(i + 1)) ? text.wordEnd(i + 1) : i + 1;
            if (end > i + 1) {
                parted |= within;
            } else if (c == '\'' || c == '"') {
                parted |= within || isPart(text.at(end));
            } else if (isPart(c) || c == '/') {
                torn |= parted;
                path.append(text.lower(i));
            } else {
                break;
            }
            i = end;
        }
        return torn && isProgram(path.toString());
    }

    private static boolean isPart(char c) {
        return Text.isWord(c) && c != Text.END || c == '?' || c == '*';
    }

    private static boolean isProgram(String path) {
        var text = new Text(path);
        return path.startsWith("/bin/")
                || path.startsWith("/sbin/")
                || path.startsWith("/usr/bin")
                || ShellGlob.begins(text, 0);
    }
}
