package dev.portcullis.attack;

/** What PowerShell is made to do by those who break in: load, run, hide. */
final class PowerShell {

    static final Words<Boolean> COMMANDS = Words.set(
            "invoke-expression invoke-webrequest invoke-restmethod invoke-command"
                    + " invoke-mimikatz invoke-wmimethod invoke-cimmethod invoke-item start-process start-bitstransfer start-job"
                    + " set-executionpolicy add-type new-service new-scheduledtask register-scheduledtask get-wmiobject set-mppreference"
                    + " add-mppreference new-psdrive enter-pssession new-pssession get-childitem get-content set-content out-file iwr irm");

    private static final Phrases PARTS = Phrases.of(
            "new-object net.webclient",
            "new-object system.net",
            "downloadstring(",
            "downloadfile(",
            "downloaddata(",
            "-encodedcommand ",
            "-nop -w hidden",
            "-executionpolicy bypass",
            "[system.net.webclient]",
            "[system.convert]::frombase64string",
            "[convert]::frombase64string",
            "[system.reflection.assembly]::load",
            "[scriptblock]::create",
            "[runtime.interopservices.marshal]",
            "get-content env:",
            "$env:comspec");

    private PowerShell() {}

    /** Judges what begins at the index. */
    static Finding at(Text text, int at) {
        var c = text.lower(at);
        if (c != 'i' && c != 'n' && c != 'd' && c != '-' && c != '[' && c != 's' && c != 'a' && c != 'g' && c != '$'
                && c != 'r' && c != 'e' && c != 'o') {
            return Finding.NONE;
        }
        if (PARTS.begin(text, at)) {
            return Finding.strong(at);
        }
        var evaluates = text.says("iex", at) && !Text.isWord(text.at(at - 1)) && text.at(text.skipSpace(at + 3)) == '(';
        return evaluates || isCommand(text, at) ? Finding.strong(at) : Finding.NONE;
    }

    /** Tells whether a command begins the text or follows a separator, and has something to work on. */
    private static boolean isCommand(Text text, int at) {
        var before = text.at(at - 1);
        if (Text.isWord(before) || before == '-' || before == '.') {
            return false;
        }
        var end = at;
        while (Text.isWord(text.at(end)) || text.at(end) == '-') {
            end++;
        }
        if (!COMMANDS.has(text, at, end)) {
            return false;
        }
        var argument = text.skipSpace(end);
        var c = text.at(argument);
        var argued = argument > end
                && (c == '-'
                        || c == '\''
                        || c == '"'
                        || c == '$'
                        || c == '('
                        || c == '\\'
                        || c == '{'
                        || text.says("http", argument)
                        || text.says(".exe", text.wordEnd(argument))
                        || text.at(argument + 1) == ':');
        return argued && leads(text, at);
    }

    private static boolean leads(Text text, int at) {
        var i = at - 1;
        while (i >= 0 && (Text.isSpace(text.at(i)) || "({&'\"".indexOf(text.at(i)) >= 0) && i > at - 8) {
            i--;
        }
        return i < 0 || ";|&`\n=".indexOf(text.at(i)) >= 0 || "&|;".indexOf(text.at(i + 1)) >= 0;
    }
}
