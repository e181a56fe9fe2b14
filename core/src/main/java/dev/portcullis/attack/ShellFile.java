package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/** Files that a value writes where everybody may, and programs that it runs from there. */
final class ShellFile {

    private static final String[] SHARED = {"/tmp/", "/var/tmp/", "/dev/shm/"};
    private static final int FAR = 512;

    private ShellFile() {}

    /** Tells whether a path into a folder where everybody may write begins at the index. */
    static boolean isShared(Text text, int at) {
        for (var folder : SHARED) {
            if (text.says(folder, at)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether what the value writes into such a file is read or run behind a separator: {@code echo x>/tmp/a;sh /tmp/a}. */
    static boolean isUsed(Text text) {
        var sign = text.next('>', text.first());
        var from = text.skipSpace(text.at(sign + 1) == '>' ? sign + 2 : sign + 1);
        if (sign > text.first() + FAR || !isShared(text, from) || text.isDocument()) {
            return false;
        }
        var end = end(text, from);
        var path = text.toString().substring(from, end);
        var again = text.toString().indexOf(path, end);
        return again > 0
                && again < end + FAR
                && ";&|".indexOf(text.at(text.skipSpace(end))) >= 0
                && " ;&|\t<".indexOf(text.at(again - 1)) >= 0;
    }

    private static int end(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || text.at(i) == '.' || text.at(i) == '/' || text.at(i) == '-') {
            i++;
        }
        return i;
    }

    /** Tells whether the value begins with a program in such a folder, or near by, that is one of those which tie others to an address. */
    static boolean isTied(Text text, int from) {
        if (!isShared(text, from) && !text.says("./", from)) {
            return false;
        }
        var end = end(text, from);
        var name = text.toString().lastIndexOf('/', end - 1) + 1;
        var word = ShellWord.at(text, name);
        return word.kind() != Kind.NONE
                && word.end() == end
                && (ShellAlone.isTied(text, name, word) || word.runs() || word.isIntruder() && word.argued());
    }
}
