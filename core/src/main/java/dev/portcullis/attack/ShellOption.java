package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/** Options with which a program runs, writes or fetches what it is told, where its argument should be: {@code --upload-pack=touch /tmp/x}. */
final class ShellOption {

    /** Options of git, tar, ssh, rsync, curl, wget, find, zip and sendmail, as they begin. */
    private static final Phrases OPTIONS = Phrases.of(
            "--exec=",
            "--rsh=",
            "--output=/",
            "--output=../",
            "--output-document=/",
            "-oproxycommand",
            "-o proxycommand",
            "-oqueuedirectory=",
            "-olocalcommand",
            "-o localcommand",
            "-opermitlocalcommand",
            "-oknownhostscommand",
            "-oq/",
            "-ox /",
            "-exec ",
            "-execdir ",
            "-i--rsh=",
            "-e sh ",
            "-be ");

    /** Long options that take a program or a script, which may be cut short. */
    private static final String[] RUNNING = {
        "--upload-pack",
        "--receive-pack",
        "--use-askpass",
        "--to-command",
        "--checkpoint-action",
        "--use-compress-program",
        "--info-script",
        "--new-volume-script",
        "--unzip-command",
        "--open-files-in-pager",
        "--config-env",
        "--proxy-command",
        "--sh-exec",
        "--lua-exec",
        "--rsync-path",
        "--post-file",
        "--body-file",
        "--test-command",
        "--diff-program",
        "--compress-program",
        "--open-command"
    };

    /** How many letters of such an option must be there. */
    private static final int SHORTENED = 8;

    /** Settings of git that are run. */
    private static final Phrases SETTINGS = Phrases.of(
            "core.sshcommand",
            "core.gitproxy",
            "core.fsmonitor",
            "core.pager",
            "core.editor",
            "core.askpass",
            "core.hookspath",
            "diff.external",
            "credential.helper",
            "protocol.ext.allow");

    /** How far behind an address options are looked for. */
    private static final int NEAR = 128;

    /** How many blanks are in no value that is an option with its argument. */
    private static final int FEW_WORDS = 3;

    private ShellOption() {}

    /** Judges a value that begins with such an option, or has one behind an address of a mail. */
    static Finding in(Text text) {
        var first = opening(text);
        if (text.at(first) == '-') {
            var told = isTold(text, first) || isGivenSecret(text, first);
            return told && !text.isDocument() ? Finding.strong(first) : Finding.NONE;
        }
        if (text.says("ext::", first) && Text.isLetter(text.at(first + 5))) {
            return Finding.strong(first);
        }
        if (isFetched(text, first) || isRunByFind(text, first)) {
            return Finding.strong(first);
        }
        var at = text.next('@', first);
        if (at > first + NEAR || at >= text.length()) {
            return Finding.NONE;
        }
        for (var i = first; i < first + 2 * NEAR && i < text.length(); i++) {
            if (text.at(i) == '-' && Text.isSpace(text.at(i - 1)) && isOption(text, i)) {
                return Finding.strong(i);
            }
        }
        return Finding.NONE;
    }

    /** Tells whether an address and options of the program that fetches it are all there is: {@code http://example.com/ -o x.php}. */
    private static boolean isFetched(Text text, int first) {
        var blank = text.next(' ', first);
        var option = text.skipSpace(blank);
        if (!text.says("http", first) && !text.says("ftp", first) || option > first + NEAR || text.at(option) != '-') {
            return false;
        }
        var long0 = text.at(option + 1) == '-';
        var end = nameEnd(text, option);
        var told = long0
                ? text.says("--output", option) || text.says("--config", option) || text.says("--upload-file", option)
                : "oOKTFd".indexOf(text.at(option + 1)) >= 0 && end == option + 2;
        var argument = text.skipSpace(text.at(end) == '=' ? end + 1 : end);
        return told && argument < text.last() && text.at(argument) != '-' && text.next(' ', argument) >= text.last();
    }

    /** Tells whether find is told to run a command for each file. */
    private static boolean isRunByFind(Text text, int first) {
        var chars = text.toString();
        var at = chars.indexOf(" -exec", first);
        if (at < 0 || at > first + 2 * NEAR || text.isDocument()) {
            return false;
        }
        var from = text.skipSpace(nameEnd(text, at + 1));
        var word = ShellWord.at(text, from);
        return from > at + 6 && word.kind() != ShellWords.Kind.NONE && (word.argued() || word.ends());
    }

    private static int opening(Text text) {
        var first = text.first();
        return text.at(first) == '"' || text.at(first) == '\'' ? text.skipSpace(first + 1) : first;
    }

    /** Tells whether one of the options with which a value begins runs or writes something. */
    private static boolean isTold(Text text, int first) {
        for (var i = first; i < first + 2 * NEAR && i < text.length(); i++) {
            var opens = i == first || Text.isSpace(text.at(i - 1));
            if (opens
                            && text.at(i) == '-'
                            && (isOption(text, i)
                                    || writes(text, i)
                                    || isGivenCommand(text, i)
                                    || isGivenFolder(text, i))
                    || (opens || text.at(i - 1) == '=') && SETTINGS.begin(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOption(Text text, int at) {
        if (OPTIONS.begin(text, at)) {
            return true;
        }
        var length = nameEnd(text, at) - at;
        var value = text.at(at + length) == '=' ? at + length + 1 : text.skipSpace(at + length);
        if (length < SHORTENED || value == at + length || text.at(value) == '-' || text.at(value) == Text.END) {
            return false;
        }
        for (var option : RUNNING) {
            if (length <= option.length() && text.says(option.substring(0, length), at)) {
                return true;
            }
        }
        return false;
    }

    private static int nameEnd(Text text, int at) {
        var i = at;
        while (Text.isLetter(text.at(i)) || text.at(i) == '-') {
            i++;
        }
        return i;
    }

    /** Tells whether the path of a folder of the system stands right behind a letter: {@code -o/var/www/x.php}. */
    private static boolean writes(Text text, int at) {
        return Text.isLetter(text.at(at + 1)) && text.at(at + 2) == '/' && ShellRisk.isRooted(text, at + 2);
    }

    /** Tells whether a long option is given a folder of the system, and an address follows that goes there. */
    private static boolean isGivenFolder(Text text, int at) {
        var end = nameEnd(text, at);
        return text.at(at + 1) == '-'
                && text.at(end) == '='
                && ShellRisk.isRooted(text, end + 1)
                && text.toString().indexOf("://", end) > 0;
    }

    /** Tells whether a long option is given a command that looks around, or a program in a folder of such. */
    private static boolean isGivenCommand(Text text, int at) {
        var end = nameEnd(text, at);
        if (end == at + 2 && isShell(text, text.skipSpace(end))) {
            return true;
        }
        if (text.at(at + 1) != '-' || text.at(end) != '=' || end == at + 2) {
            return false;
        }
        var quoted = text.at(end + 1) == '`' || text.at(end + 1) == '"' || text.at(end + 1) == '\'';
        var word = ShellWord.at(text, quoted ? end + 2 : end + 1);
        return word.kind() != Kind.NONE
                && (word.isIntruder()
                        || word.redirects()
                        || word.isLast() && word.looksAround()
                        || text.at(end + 1) == '/'
                        || word.isRunner() && word.spaced());
    }

    /** Tells whether a shell with a command for it stands at the index, in quotes or not. */
    private static boolean isShell(Text text, int at) {
        var word = ShellWord.at(text, text.at(at) == '\'' || text.at(at) == '"' ? at + 1 : at);
        return word.isRunner() && text.says(" -c ", word.end());
    }

    /** Tells whether the first option of a value, or the argument behind it, is the path of a file that is not for all to read. */
    private static boolean isGivenSecret(Text text, int first) {
        var words = Text.isSpace(text.at(first + 1)) ? FEW_WORDS : 0;
        for (var i = first + 1; i < first + NEAR && i < text.length() && words < FEW_WORDS; i++) {
            words += text.at(i) == ' ' && text.at(i - 1) != ' ' ? 1 : 0;
            var opens = Text.isWord(text.at(i - 1)) || "= @:".indexOf(text.at(i - 1)) >= 0;
            if (opens && ShellRisk.isSecret(text, i)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether options follow, up to the end of the command, of which one takes code in quotes or a program: {@code -rsocket -e'...'}.
     *
     * @param ties whether the program is one that ties another one to an address, which needs no quotes
     */
    static boolean takesCode(Text text, int from, boolean ties) {
        for (var i = from; i < from + NEAR && ";|&\n".indexOf(text.at(i)) < 0 && text.at(i) != Text.END; i++) {
            if (text.at(i) == '-' && Text.isSpace(text.at(i - 1)) && isCode(text, i, ties)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCode(Text text, int at, boolean ties) {
        if (ties && (text.says("--exec", at) || text.says("--sh-exec", at))) {
            return true;
        }
        var end = text.wordEnd(at + 1);
        if (end == at + 1 || "ecr".indexOf(text.lower(end - 1)) < 0) {
            return false;
        }
        var value = text.skipSpace(end);
        var c = text.at(value);
        return c == '\'' || c == '"' || c == '/' && value > end || ties && value > end && Text.isLetter(c);
    }
}
