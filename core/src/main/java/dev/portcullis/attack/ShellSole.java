package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/** Commands that are all of a value, in forms that people name to each other less than they use them to break in. */
final class ShellSole {

    private static final int FAR = 240;

    /** Programs that tell who asks, and whatever else nobody names a file or a host by. */
    private static final Words<Boolean> LOOKS = Words.set("id whoami");

    /** Folders of devices and of what the kernel has, into which people write settings. */
    private static final String[] KERNEL = {"/proc/", "/sys/", "/dev/"};

    private ShellSole() {}

    /** Tells whether a command of that kind begins the value. */
    static boolean is(Text text, int from, ShellWord word) {
        if (text.isDocument()) {
            return false;
        }
        return asksByName(text, word)
                || word.ties() && isConnected(text, word)
                || isAsking(text, word)
                || wipes(text, word)
                || starts(text, from, word)
                || writes(text, word);
    }

    /** Tells whether what a command says is a part of the name of a host: {@code ping `whoami`.example.net}. */
    private static boolean asksByName(Text text, ShellWord word) {
        var end = Math.min(text.last(), word.end() + FAR);
        for (var i = text.next('`', word.end()); i < end; i = text.next('`', i + 1)) {
            var close = text.wordEnd(i + 1);
            var named = text.at(close) == '`' && text.at(close + 1) == '.' && Text.isLetter(text.at(close + 2));
            if (named && LOOKS.has(text, i + 1, close)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a program that ties others to an address listens, or is given a number of a host and a port: {@code nc 203.0.113.7 4444}. */
    private static boolean isConnected(Text text, ShellWord word) {
        var at = text.skipSpace(word.end());
        if (text.at(at) == '-') {
            var end = text.wordEnd(at + 1);
            return text.toString().substring(at, end).indexOf('l') > 0 && isPort(text, text.skipSpace(end));
        }
        var host = at;
        while (Text.isDigit(text.at(host)) || text.at(host) == '.') {
            host++;
        }
        return host > at + 6 && Text.isSpace(text.at(host)) && isPort(text, text.skipSpace(host));
    }

    private static boolean isPort(Text text, int at) {
        return Text.isDigit(text.at(at)) && text.wordEnd(at) >= text.last();
    }

    /** Tells whether a shell is asked for a program that tells who asks. */
    private static boolean isAsking(Text text, ShellWord word) {
        var option = text.skipSpace(word.end());
        var asked = text.skipSpace(option + 2);
        return word.isRunner()
                && text.says("-c", option)
                && LOOKS.has(text, asked, text.wordEnd(asked))
                && text.wordEnd(asked) >= text.last();
    }

    /** Tells whether all files there are deleted, or all of the user's. */
    private static boolean wipes(Text text, ShellWord word) {
        var last = text.at(text.last() - 1);
        return word.plain().length() == 2
                && word.plain().says("rm", 0)
                && word.dashed()
                && (last == '*' || last == '~')
                && Text.isSpace(text.at(text.last() - 2));
    }

    /** Tells whether Windows is told to start a program, which is all that follows. */
    private static boolean starts(Text text, int from, ShellWord word) {
        return text.says("start ", from)
                && text.says(".exe", text.last() - 4)
                && text.next('\\', from) < text.last()
                && word.hasOneWord(true);
    }

    /** Tells whether what is printed goes into a file of the system, which ends the value. */
    private static boolean writes(Text text, ShellWord word) {
        if (!word.plain().says("echo", 0) && !word.plain().says("printf", 0)) {
            return false;
        }
        var sign = text.next('>', word.end());
        var path = text.skipSpace(text.at(sign + 1) == '>' ? sign + 2 : sign + 1);
        for (var folder : KERNEL) {
            if (text.says(folder, path)) {
                return false;
            }
        }
        return sign < word.end() + FAR
                && text.at(sign - 1) != '-'
                && ShellRisk.isRooted(text, path)
                && text.next(' ', path) >= text.last();
    }

    /** Tells whether a program of Windows in its own folder, with an option, or a loop of its shell begins the value. */
    static boolean isOfWindows(Text text, int from) {
        if (text.says("for /", from)) {
            return "fdlr".indexOf(text.lower(from + 5)) >= 0
                    && Text.isSpace(text.at(from + 6))
                    && text.at(text.next('%', from)) == '%'
                    && text.toString().indexOf(" do ", from) > 0;
        }
        if (!text.says(":\\windows\\", from + 1)) {
            return false;
        }
        var blank = text.next(' ', from);
        return blank < text.last() && text.says(".exe", blank - 4) && "/-".indexOf(text.at(text.skipSpace(blank))) >= 0;
    }

    /** Tells whether a command is put right behind a separator by what another one prints, as in <code>;$(echo date)</code>. */
    static boolean isPrinted(Text text, int at, ShellWord word) {
        var c = text.at(at);
        return (c == '$' || c == '`')
                && (text.at(at - 1) == ';' || text.at(at - 1) == '|')
                && word.kind() != Kind.ENGLISH
                && word.spaced();
    }
}
