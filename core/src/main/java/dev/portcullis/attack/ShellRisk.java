package dev.portcullis.attack;

/** What tells a command that somebody slips in from one that people write about. */
final class ShellRisk {

    private static final int LONGEST = 80;
    private static final int ROOT = 6;

    /** Folders of which a path in a line of a script is not suspicious by itself. */
    private static final Words<Boolean> ROOTS =
            Words.set("etc proc root var tmp home usr dev opt sys run bin sbin boot");

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
        for (var i = from; i < from + 2 * ROOT; i++) {
            var c = text.lower(i);
            if (c == '/') {
                var more = text.at(i + 1);
                return more > ' ' && more != Text.END && roots.has(name.toString(), 0, name.length());
            }
            if (Text.isWord(c)) {
                name.append(c);
            } else if (c != '\'' && c != '"' && c != '\\') {
                return false;
            }
        }
        return false;
    }
}
