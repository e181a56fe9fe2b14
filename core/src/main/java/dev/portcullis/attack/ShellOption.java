package dev.portcullis.attack;

/** Options with which a program runs, writes or fetches what it is told, where its argument should be: {@code --upload-pack=touch /tmp/x}. */
final class ShellOption {

    /** Options of git, tar, ssh, rsync, curl, wget, find, zip and sendmail, as they begin. */
    private static final Phrases OPTIONS = Phrases.of(
            "--upload-pack=",
            "--receive-pack=",
            "--use-askpass=",
            "--to-command=",
            "--checkpoint-action=",
            "--rsh=",
            "--use-compress-program=",
            "--info-script=",
            "--new-volume-script=",
            "--unzip-command=",
            "--open-files-in-pager",
            "--config-env=",
            "--output=/",
            "--output=../",
            "--output-document=/",
            "--post-file=",
            "--body-file=",
            "--proxy-command=",
            "--exec=",
            "-oproxycommand=",
            "-oqueuedirectory=",
            "-olocalcommand=",
            "-oq/",
            "-ox /",
            "-x/var/",
            "-x/tmp/",
            "-x/home/",
            "-x/www/",
            "-exec ",
            "-execdir ",
            "-i--rsh=",
            "-e sh ",
            "-be ");

    /** How far behind an address options are looked for. */
    private static final int NEAR = 128;

    private ShellOption() {}

    /** Judges a value that begins with such an option, or has one behind an address of a mail. */
    static Finding in(Text text) {
        var first = text.first();
        if (text.at(first) == '-') {
            var told = OPTIONS.begin(text, first) || isGivenSecret(text, first);
            return told && !text.isDocument() ? Finding.strong(first) : Finding.NONE;
        }
        var at = text.next('@', first);
        if (at > first + NEAR || at >= text.length()) {
            return Finding.NONE;
        }
        for (var i = first; i < first + 2 * NEAR && i < text.length(); i++) {
            if (text.at(i) == '-' && Text.isSpace(text.at(i - 1)) && OPTIONS.begin(text, i)) {
                return Finding.strong(i);
            }
        }
        return Finding.NONE;
    }

    /** Tells whether the first option of a value, or the argument behind it, is the path of a file that is not for all to read. */
    private static boolean isGivenSecret(Text text, int first) {
        for (var i = first + 1; i < first + NEAR && i < text.length(); i++) {
            var opens = Text.isWord(text.at(i - 1)) || "= @:".indexOf(text.at(i - 1)) >= 0;
            if (opens && ShellRisk.isSecret(text, i)) {
                return true;
            }
        }
        return false;
    }
}
