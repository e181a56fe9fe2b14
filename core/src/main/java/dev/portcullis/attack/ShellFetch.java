package dev.portcullis.attack;

/** Commands that are all of a value and fetch something from a host without a name, or print what is private to the user who runs them. */
final class ShellFetch {

    private static final Words<Boolean> FETCHERS = Words.set("curl wget fetch lynx aria2c");
    private static final Words<Boolean> PRINTERS = Words.set("cat less more head tail tac nl type strings base64 xxd");

    /** Folders and files in the home of a user. */
    private static final Words<Boolean> PRIVATE = Words.set(
            ".ssh .aws .gnupg .kube .docker .netrc .pgpass .bash_history .zsh_history .mysql_history .psql_history"
                    + " .git-credentials .npmrc .pypirc .my.cnf");

    private static final int NEAR = 160;

    private ShellFetch() {}

    /** Tells whether the last argument is an address on a host that is a number, and none of the machine or the network around it: {@code curl http://203.0.113.7/x}. */
    static boolean is(Text text, ShellWord word) {
        if (!FETCHERS.has(word.plain(), 0, word.plain().length()) || !word.spaced()) {
            return false;
        }
        var address = text.last();
        while (address > word.end() && address > text.last() - NEAR && !Text.isSpace(text.at(address - 1))) {
            address--;
        }
        var host = text.says("http://", address) ? address + 7 : text.says("https://", address) ? address + 8 : address;
        var end = host;
        var dots = 0;
        while (Text.isDigit(text.at(end)) || text.at(end) == '.') {
            dots += text.at(end) == '.' ? 1 : 0;
            end++;
        }
        return dots == 3
                && !text.says("127.", host)
                && !text.says("10.", host)
                && !text.says("192.168.", host)
                && !text.says("0.0.0.0", host)
                && text.at(end) == '/'
                && end + 1 < text.last();
    }

    /** Tells whether what is private in the home of a user is printed, and not the half of a key that is public. */
    static boolean readsHome(Text text, ShellWord word) {
        if (!PRINTERS.has(word.plain(), 0, word.plain().length())) {
            return false;
        }
        var home = text.skipSpace(word.end());
        return home > word.end()
                && text.says("~/", home)
                && PRIVATE.has(text, home + 2, PathShape.segmentEnd(text, home + 2))
                && !text.says(".pub", text.last() - 4)
                && text.next(' ', home) >= text.last();
    }
}
