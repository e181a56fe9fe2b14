package dev.portcullis.attack;

/** Commands of stores that keep values by their keys (Redis, memcached), where a value or a line of one should be. */
final class StoreCommand {

    private static final int NEAR = 200;

    /** What the first word of a command is, beside {@code *2}, with which Redis writes them. */
    static final Words<Boolean> VERBS =
            Words.set("flushall flushdb config slaveof replicaof eval evalsha set add cas debug bgrewriteaof module");

    /** Settings of Redis that somebody changes to write a file, or to take it over. */
    private static final Words<Boolean> SETTINGS = Words.set(
            "dir dbfilename requirepass masterauth slaveof rdbcompression rdbchecksum slave_read_only protected_mode appendonly");

    private StoreCommand() {}

    /** Tells whether such a command begins at the index, and is a whole line. */
    static boolean begins(Text text, int at) {
        if (text.at(at) == '*') {
            return isCounted(text, at);
        }
        var end = text.wordEnd(at);
        if (!VERBS.has(text, at, end)) {
            return false;
        }
        var next = blanks(text, end);
        return switch (text.lower(at)) {
            case 'f' -> isEnd(text, next) || text.says("async", next) && isEnd(text, next + 5);
            case 'c' -> text.says("config", at) ? isConfigured(text, next) : isStored(text, next);
            case 's' -> text.says("slaveof", at) ? isCopied(text, next) : isStored(text, next);
            case 'r' -> isCopied(text, next);
            case 'e' -> isScript(text, next);
            case 'a' -> isStored(text, next);
            case 'm' -> text.says("load ", next) && text.at(text.skipSpace(next + 5)) == '/';
            case 'd' -> text.says("sleep ", next) && Text.isDigit(text.at(next + 6));
            default -> false;
        };
    }

    private static int blanks(Text text, int from) {
        var i = from;
        while (text.at(i) == ' ' || text.at(i) == '\t') {
            i++;
        }
        return i;
    }

    private static boolean isEnd(Text text, int at) {
        var c = text.at(at);
        return c == Text.END || c == '\r' || c == '\n';
    }

    /** Tells whether the number of parts and the length of the first one are written as Redis does: {@code *1\r\n$8\r\n}. */
    private static boolean isCounted(Text text, int at) {
        var end = text.wordEnd(at + 1);
        var next = text.at(end) == '\r' ? end + 2 : end + 1;
        return Text.isDigit(text.at(at + 1))
                && isEnd(text, end)
                && text.at(next) == '$'
                && Text.isDigit(text.at(next + 1))
                && isEnd(text, text.wordEnd(next + 1));
    }

    private static boolean isConfigured(Text text, int at) {
        var name = blanks(text, at + 3);
        var end = name;
        while (Text.isWord(text.at(end)) || text.at(end) == '-') {
            end++;
        }
        var known = SETTINGS.has(text, name, end) || text.says("slave-read-only", name);
        return text.says("set ", at) && known && text.at(end) == ' ' && !isEnd(text, end + 1);
    }

    /** Tells whether a host and a port follow, or "no one". */
    private static boolean isCopied(Text text, int at) {
        var end = at;
        while (Text.isWord(text.at(end)) || ".-:".indexOf(text.at(end)) >= 0) {
            end++;
        }
        var port = blanks(text, end);
        var last = text.wordEnd(port);
        return end > at
                && port > end
                && isEnd(text, blanks(text, last))
                && (Text.isDigit(text.at(port)) && last - port <= 5 || text.says("no one", at));
    }

    /** Tells whether a script that calls the store follows in quotes. */
    private static boolean isScript(Text text, int at) {
        if (text.at(at) != '"' && text.at(at) != '\'') {
            return false;
        }
        for (var i = at; i < at + NEAR && text.at(i) != Text.END; i++) {
            var calls = text.says("redis.", i) || text.says("package.", i) || text.says("loadstring", i);
            if (calls || text.says("os.execute", i) || text.says("io.popen", i)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a key and three numbers follow up to the line end, as memcached stores: {@code set k 0 60 5}. */
    private static boolean isStored(Text text, int at) {
        var i = at;
        while (text.at(i) > ' ' && text.at(i) != Text.END && i < at + NEAR) {
            i++;
        }
        for (var numbers = 0; numbers < 3; numbers++) {
            var number = blanks(text, i);
            i = text.wordEnd(number);
            if (i == number || !Text.isDigit(text.at(number)) || !Text.isDigit(text.at(i - 1))) {
                return false;
            }
        }
        return i > at && (text.at(i) == '\r' || text.at(i) == '\n');
    }
}
