package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/** What shells run beside commands by their names: loops, variables, files, and programs that run others. */
final class ShellScript {

    private static final int NEAR = 80;
    private static final int LONGEST_NAME = 16;

    private ShellScript() {}

    /** Tells whether the text goes on like that at the index, right behind a separator. */
    static boolean begins(Text text, int from) {
        return switch (text.lower(from)) {
            case 'f' -> text.says("for", from) && isFor(text, text.skipSpace(from + 3));
            case 'w' -> text.says("while", from) && isLoop(text, from + 5);
            case 'e' -> text.says("export ", from) && text.at(text.wordEnd(from + "export ".length())) == '=';
            case 'u' -> text.says("until", from) && isLoop(text, from + 5);
            case 'i' ->
                text.says("ifs=", from)
                        || text.says("if [", from)
                        || text.says("if ! [", from)
                        || text.says("if not exist ", from);
            case '/' -> text.says("/tmp/", from) || text.says("/dev/shm/", from) || text.says("/var/tmp/", from);
            case '.' -> text.at(from + 1) == '/' && Text.isWord(text.at(from + 2));
            default -> false;
        };
    }

    private static boolean isFor(Text text, int from) {
        var drive =
                text.at(from) == '/' && Text.isLetter(text.at(from + 1)) && text.at(text.skipSpace(from + 2)) == '%';
        var end = text.wordEnd(from);
        return drive || end > from && text.says(" in ", end) && isLoop(text, end);
    }

    /** Tells whether the body of a loop begins soon. */
    private static boolean isLoop(Text text, int from) {
        for (var i = from; i < from + NEAR; i++) {
            if (text.says("do", i) && ";\n".indexOf(before(text, i)) >= 0 && Text.isSpace(text.at(i + 2))) {
                return true;
            }
        }
        return false;
    }

    private static char before(Text text, int at) {
        var i = at - 1;
        while (text.at(i) == ' ' && i > at - 3) {
            i--;
        }
        return text.at(i);
    }

    /** Tells whether a value begins with a program that runs others, and a command that reads what is not for all to read. */
    static boolean startsAlone(Text text, int from) {
        var end = text.wordEnd(from);
        if (!ShellWords.STARTERS.has(text, from, end) || !Text.isSpace(text.at(end)) || text.isDocument()) {
            return false;
        }
        var word = ShellWord.at(text, text.skipSpace(end));
        return word.kind() != Kind.NONE && ShellRisk.readsSecrets(word);
    }

    /** Tells whether a program that runs others is to run a command. */
    static boolean starts(Text text, int from) {
        var end = text.wordEnd(from);
        if (!ShellWords.STARTERS.has(text, from, end) || !Text.isSpace(text.at(end))) {
            return false;
        }
        var i = text.skipSpace(end);
        while (i < end + NEAR && (text.at(i) == '-' || Text.isDigit(text.at(i)))) {
            while (!Text.isSpace(text.at(i)) && text.at(i) != Text.END) {
                i++;
            }
            i = text.skipSpace(i);
        }
        var word = ShellWord.at(text, i);
        return word.kind() != Kind.NONE && (word.ends() || word.argued());
    }

    /** Tells whether a variable is run here that was given a value before, as in {@code a=id;$a}. */
    static boolean runsVariable(Text text, int from) {
        var end = text.wordEnd(from + 1);
        var length = end - from - 1;
        if (text.at(from) != '$' || length < 1 || length > LONGEST_NAME) {
            return false;
        }
        for (var i = Math.max(0, from - NEAR); i < from - length; i++) {
            if (text.at(i + length) == '=' && !Text.isWord(text.at(i - 1)) && isSame(text, i, from + 1, length)) {
                return text.at(i - 1) != '$' || text.at(end) == '(';
            }
        }
        return false;
    }

    private static boolean isSame(Text text, int one, int other, int length) {
        for (var i = 0; i < length; i++) {
            if (text.at(one + i) != text.at(other + i)) {
                return false;
            }
        }
        return true;
    }
}
