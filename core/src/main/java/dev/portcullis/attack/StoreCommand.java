package dev.portcullis.attack;

/** Commands of stores that keep values by their keys (Redis, memcached), where a value or a line of one should be. */
final class StoreCommand {

    private static final int NEAR = 200;
    /** How many letters the words of {@link #SINGLE} have. */
    private static final int LEAST = 6;

    private static final int MOST = 12;

    /** What the first word of a command is, beside {@code *2}, with which Redis writes them. */
    static final Words<Boolean> VERBS = Words.set(
            "flushall flushdb flush_all config slaveof replicaof eval evalsha eval_ro set add cas debug bgrewriteaof bgsave dbsize module"
                    + " keys shutdown script scan get gets del delete incr decr touch stats hgetall smembers lrange zrange hget hset"
                    + " mget mset setex setnx getset rpush lpush sadd zadd xadd psubscribe randomkey hkeys getex");

    /** Commands that are no words, behind which a key stands. */
    private static final Words<Boolean> ODD = Words.set(
            "hgetall smembers lrange zrange hget hset mget mset setex setnx getset rpush lpush sadd zadd xadd psubscribe hkeys getex");

    /** Commands of one word that are none of any language. */
    private static final Words<Boolean> SINGLE =
            Words.set("flushall flushdb flush_all bgrewriteaof bgsave dbsize randomkey");

    /** What a command line of memcached begins with that has a key alone. */
    private static final Words<Boolean> KEYED = Words.set("get gets set del delete incr decr touch stats");

    /** Settings of Redis that somebody changes to write a file, or to take it over. */
    private static final Words<Boolean> SETTINGS = Words.set(
            "dir dbfilename requirepass masterauth slaveof rdbcompression rdbchecksum slave_read_only protected_mode appendonly");

    private StoreCommand() {}

    /** Tells whether a value is a command of one word. */
    static boolean isWord(String value) {
        return isWord(value, 0, value.length());
    }

    /** Tells whether what stands from one index up to another is a command of one word. */
    static boolean isWord(String text, int from, int to) {
        return to - from >= LEAST && to - from <= MOST && text.charAt(from) < 'a' && SINGLE.has(text, from, to);
    }

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
        if (SINGLE.has(text, at, end)) {
            return (text.at(at) < 'a' || text.at(at - 1) == '\n' || next > end) && isEnd(text, next)
                    || text.says("async", next) && isEnd(text, blanks(text, next + 5));
        }
        if (ODD.has(text, at, end)) {
            return isWritten(text, at) && next > end && isEnd(text, arguments(text, next)) && !text.says("of", next);
        }
        return isKeyed(text, at, end) || goesOn(text, at, next);
    }

    /** Tells whether a command is written in capitals, as clients and manuals write it, or begins a line behind another one. */
    private static boolean isWritten(Text text, int at) {
        return text.at(at) < 'a' && text.at(at + 1) < 'a' || text.at(at - 1) == '\n';
    }

    /** Tells whether what only this command has stands behind it. */
    private static boolean goesOn(Text text, int at, int next) {
        return switch (text.lower(at)) {
            case 'c' -> text.says("config", at) ? isConfigured(text, next) : isStored(text, next);
            case 's' -> isOfServer(text, at, next);
            case 'r' -> isCopied(text, next);
            case 'e' -> isScript(text, next);
            case 'a' -> isStored(text, next);
            case 'k' -> isWritten(text, at) && isPattern(text, next);
            case 'm' -> text.says("load ", next) && text.at(text.skipSpace(next + 5)) == '/';
            case 'd' ->
                text.says("debug", at)
                        && (text.says("segfault", next)
                                || text.says("sleep ", next) && Text.isDigit(text.at(next + 6)));
            default -> false;
        };
    }

    /** Tells whether a command that begins with an s makes sense. */
    private static boolean isOfServer(Text text, int at, int next) {
        if (text.says("slaveof", at)) {
            return isCopied(text, next);
        }
        if (text.says("shutdown", at)) {
            return text.says("nosave", next) && isEnd(text, blanks(text, next + 6));
        }
        if (text.says("script", at)) {
            var quote = text.at(next + 5);
            return text.says("load ", next) && (quote == '"' || quote == '\'')
                    || text.says("flush", next) && isEnd(text, blanks(text, next + 5));
        }
        if (text.says("scan", at)) {
            var end = text.wordEnd(next);
            return isWritten(text, at)
                    && Text.isDigit(text.at(next))
                    && (isEnd(text, end) || text.says(" match ", end) || text.says(" count ", end));
        }
        return isStored(text, next);
    }

    /** Tells whether all keys are asked for, or those that begin with something. */
    private static boolean isPattern(Text text, int at) {
        var end = at;
        while (Text.isWord(text.at(end)) || ":*?-.[]".indexOf(text.at(end)) >= 0) {
            end++;
        }
        return end > at && text.at(end - 1) == '*' && isEnd(text, blanks(text, end));
    }

    /** The end of the words and strings behind the name of a command: of at most four, and none of a sentence. */
    private static int arguments(Text text, int from) {
        var i = from;
        for (var words = 0; words < 4 && !isEnd(text, i); words++) {
            while (text.at(i) > ' ' && text.at(i) != Text.END) {
                i++;
            }
            i = blanks(text, i);
        }
        return i;
    }

    /**
     * Tells whether a key that only programs make up is read, written or deleted in capitals, or a line of memcached follows behind the end of
     * one that is a word alone, and ends as such lines do.
     */
    private static boolean isKeyed(Text text, int at, int end) {
        var next = blanks(text, end);
        if (!KEYED.has(text, at, end) || next == end) {
            return false;
        }
        var key = next;
        var colon = false;
        while (text.at(key) > ' ' && text.at(key) != Text.END) {
            colon |= text.at(key) == ':' && Text.isWord(text.at(key - 1)) && Text.isWord(text.at(key + 1));
            key++;
        }
        var capitals = text.at(at) < 'a' && text.at(at + 1) < 'a' && text.at(at + 2) < 'a';
        var more = blanks(text, key);
        if (capitals && colon) {
            return isEnd(text, more) || text.says("set", at) && text.at(more) != '-';
        }
        var line = text.at(at - 1) == '\n' && text.at(at - 2) == '\r' && isFirstLine(text, at - 2);
        var last = isEnd(text, more) ? more : arguments(text, more);
        return line
                && isEnd(text, last)
                && text.at(last) == '\r'
                && text.at(last + 1) == '\n'
                && (capitals || isEnd(text, more));
    }

    /** Tells whether nothing but a word stands before the line end. */
    private static boolean isFirstLine(Text text, int end) {
        var i = 0;
        while (i < end && i < NEAR && text.at(i) > ' ') {
            i++;
        }
        return i == end;
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
        if (text.says("get ", at)) {
            var whole = isEnd(text, blanks(text, text.at(name) == '*' ? name + 1 : end));
            return whole && (known || text.at(name) == '*');
        }
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
        if (text.says("return ", at + 1) || text.says("local ", at + 1)) {
            return true;
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
