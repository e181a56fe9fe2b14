package dev.portcullis.attack;

import java.util.List;
import java.util.stream.IntStream;

/** What PowerShell is made to do by those who break in: load, run, hide. */
final class PowerShell {

    static final Words<Boolean> COMMANDS =
            Words.set("invoke-expression invoke-webrequest invoke-restmethod invoke-command"
                    + " invoke-mimikatz invoke-wmimethod invoke-cimmethod invoke-item start-process start-bitstransfer start-job"
                    + " set-executionpolicy add-type new-service new-scheduledtask register-scheduledtask get-wmiobject set-mppreference"
                    + " add-mppreference new-psdrive enter-pssession new-pssession get-childitem get-content set-content out-file iwr irm iex"
                    + " new-localuser add-localgroupmember set-localuser new-itemproperty set-itemproperty remove-item copy-item"
                    + " stop-process stop-service disable-netfirewallrule set-netfirewallprofile register-wmievent");

    /** Commands that say something by their names alone. */
    static final Words<Boolean> BARE = Words.set(
            "get-process get-host get-service get-childitem get-content get-location get-date get-command get-computerinfo"
                    + " get-ciminstance get-wmiobject get-eventlog get-hotfix get-localuser get-localgroup get-netipaddress get-acl"
                    + " get-variable get-aduser get-addomain start-sleep stop-process stop-service remove-item copy-item move-item"
                    + " new-item restart-computer stop-computer test-connection test-netconnection resolve-dnsname write-host"
                    + " write-output clear-host $psversiontable");

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

    /** What the names of commands begin with. */
    private static final Words<Boolean> VERBS = Words.set(
            "get set new start stop invoke add remove clear copy move out write read import export enable disable"
                    + " restart test resolve enter register receive wait update save compress expand");

    /** What they work on. */
    private static final Words<Boolean> NOUNS = Words.set(
            "process item childitem content object webrequest restmethod service host expression command location"
                    + " alias variable wmiobject ciminstance cimmethod localuser localgroup localgroupmember aduser adgroup"
                    + " addomain adcomputer eventlog winevent acl computer computerinfo netipaddress netipconfiguration"
                    + " nettcpconnection netfirewallrule history job module psdrive pssession itemproperty executionpolicy"
                    + " mppreference scheduledtask output sleep dnsname connection netconnection credential bitstransfer"
                    + " archive csv string date hotfix");

    /** Options with which nobody starts a script of his own. */
    private static final Words<Boolean> HIDING = Words.set(
            "nop noni noninteractive enc ec encodedcommand w windowstyle win command c ep exec executionpolicy");

    private static final int LONGEST = 160;
    private static final String OPTION = "encodedcommand";

    private PowerShell() {}

    /** The option that takes a script in Base64, and what is short for it. */
    static List<String> shortened() {
        return IntStream.rangeClosed(1, OPTION.length())
                .mapToObj(length -> OPTION.substring(0, length))
                .toList();
    }

    /**
     * Tells whether an option begins at the index that is short for {@code -EncodedCommand}, and a script in Base64 follows: two bytes for each
     * character, of which every other one is zero.
     */
    static boolean isEncoded(Text text, int at) {
        var end = text.wordEnd(at + 1);
        if (text.lower(at + 1) != 'e' || !Text.isSpace(text.at(at - 1)) || !Text.isSpace(text.at(end))) {
            return false;
        }
        for (var i = at + 2; i < end; i++) {
            if (text.lower(i) != OPTION.charAt(Math.min(i - at - 1, OPTION.length() - 1)) && end - at > 3) {
                return false;
            }
        }
        var from = text.skipSpace(end);
        return isWide(text, from) && isWide(text, from + 8);
    }

    /** Tells whether PowerShell is started at the index with options that hide it, or with code. */
    static boolean hides(Text text, int from) {
        if (!text.says("powershell", from) && !text.says("pwsh", from)) {
            return false;
        }
        var command = text.skipSpace(PathShape.segmentEnd(text, from));
        if (isNamed(text, command, text.wordEnd(text.wordEnd(command) + 1))) {
            return true;
        }
        for (var i = from; i < from + LONGEST && text.at(i) != Text.END && text.at(i) != '\n'; i++) {
            if (text.at(i) == '-' && Text.isSpace(text.at(i - 1)) && HIDING.has(text, i + 1, text.wordEnd(i + 1))) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether eight characters of Base64 stand for three letters of two bytes each, the other of which is zero. */
    private static boolean isWide(Text text, int from) {
        var letters = true;
        for (var i = from; i < from + 8; i++) {
            letters &= Text.isWord(text.at(i)) || text.at(i) == '+' || text.at(i) == '/';
        }
        var zeros = "AQgw".indexOf(text.at(from + 1)) >= 0 && "AB".indexOf(text.at(from + 2)) >= 0;
        return letters && zeros && text.at(from + 4) == 'A' && text.at(from + 7) == 'A';
    }

    /** Tells whether a command of PowerShell stands in the range: one of its verbs, a dash and a name. */
    static boolean isNamed(Text text, int from, int end) {
        var dash = text.wordEnd(from);
        return dash < end
                && text.at(dash) == '-'
                && text.at(dash + 1) >= 'A'
                && text.at(dash + 1) <= 'Z'
                && text.wordEnd(dash + 1) == end
                && VERBS.has(text, from, dash)
                && (NOUNS.has(text, dash + 1, end) || text.says("invoke", from) || isArgued(text, end));
    }

    /** Tells whether an option or a variable follows, which tells a command from a name such as New-York. */
    private static boolean isArgued(Text text, int end) {
        var next = text.skipSpace(end);
        return next > end && (text.at(next) == '-' || text.at(next) == '$') && Text.isLetter(text.at(next + 1));
    }

    /** Judges what begins at the index. */
    static Finding at(Text text, int at) {
        var c = text.lower(at);
        if (c != 'i' && c != 'n' && c != 'd' && c != '-' && c != '[' && c != 's' && c != 'a' && c != 'g' && c != '$'
                && c != 'r' && c != 'e' && c != 'o' && c != 't' && c != 'c' && c != 'm' && c != 'w') {
            return Finding.NONE;
        }
        if (c == '[' && isStatic(text, at)) {
            return Finding.strong(at);
        }
        if (PARTS.begin(text, at)) {
            return Finding.strong(at);
        }
        var evaluates = text.says("iex", at) && !Text.isWord(text.at(at - 1)) && text.at(text.skipSpace(at + 3)) == '(';
        return evaluates || isCommand(text, at) ? Finding.strong(at) : Finding.NONE;
    }

    /** Tells whether a method of a class of .NET is called where a value or a command begins: {@code [System.Net.Dns]::GetHostName()}. */
    private static boolean isStatic(Text text, int at) {
        var end = at + 1;
        while (Text.isWord(text.at(end)) || text.at(end) == '.') {
            end++;
        }
        return text.says("]::", end)
                && (text.says("system.", at + 1) || text.says("microsoft.", at + 1))
                && (at <= text.first() || isBehindSeparator(text, at));
    }

    /** Tells whether a command begins the text or follows a separator, and has something to work on. */
    private static boolean isCommand(Text text, int at) {
        var before = text.at(at - 1);
        if (Text.isWord(before) || before == '-' || before == '.') {
            return false;
        }
        var end = at;
        end += text.at(end) == '$' ? 1 : 0;
        while (Text.isWord(text.at(end)) || text.at(end) == '-') {
            end++;
        }
        if (BARE.has(text, at, end) && isBehindSeparator(text, at)) {
            return true;
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

    /** Tells whether a separator stands before the index, and at most one word before that. */
    private static boolean isBehindSeparator(Text text, int at) {
        var i = at - 1;
        while (i >= 0 && Text.isSpace(text.at(i)) && i > at - 4) {
            i--;
        }
        var opens = text.at(i) == '(' && text.at(i - 1) == '$';
        return (opens || ";|&`".indexOf(text.at(i)) >= 0)
                && ShellBefore.of(text, i).isShort();
    }

    private static boolean leads(Text text, int at) {
        var i = at - 1;
        while (i >= 0 && (Text.isSpace(text.at(i)) || "({&'\"".indexOf(text.at(i)) >= 0) && i > at - 8) {
            i--;
        }
        return i < 0 || ";|&`\n=$".indexOf(text.at(i)) >= 0 || "&|;".indexOf(text.at(i + 1)) >= 0;
    }
}
