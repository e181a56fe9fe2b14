package dev.portcullis.attack;

/**
 * What stands in a text without which detectors can find nothing: pairs of characters and words, as a set of bits that one pass over the text
 * collects for all of them. It may say more than there is, and never less.
 */
final class Signs {

    /** NUL. */
    static final long NUL = 1;
    /** Dots in a row or beside a separator, in whatever spelling, or folders that are written with blanks. */
    static final long CLIMB = 1 << 1;
    /** White space between other characters. */
    static final long BLANK = 1 << 2;
    /** <code>${</code>. */
    static final long LOOKUP = 1 << 3;
    /** {@code <!}. */
    static final long DECLARATION = 1 << 4;
    /** An element that executes something, or may. */
    static final long TAG = 1 << 5;
    /** The tag of a server page. */
    static final long PAGE = 1 << 6;
    /** A name space that servers or readers act upon, behind an angle bracket. */
    static final long NAMESPACE = 1 << 7;
    /** What scripts and styles execute, outside of tags. */
    static final long SCRIPT = 1 << 8;
    /** A line that begins as a field of a header does, or a command of a protocol. */
    static final long FIELD = 1 << 9;
    /** A line end. */
    static final long LINE = 1 << 10;
    /** A control character that is no white space, or the escape of one. */
    static final long CONTROL = 1 << 11;
    /** The word for a prototype. */
    static final long PROTOTYPE = 1 << 12;
    /** A colon before slashes. */
    static final long ADDRESS = 1 << 13;
    /** The bracket or the mark of a template. */
    static final long TEMPLATE = 1 << 14;
    /** A name that only code has, or a call of a function that runs something. */
    static final long CODE = 1 << 15;
    /** A parenthesis before the operator of a filter, or behind the end of another one. */
    static final long FILTER = 1 << 16;
    /** An axis, or a function that is called with a path. */
    static final long XPATH = 1 << 17;
    /** An operator or an object of a document store. */
    static final long NOSQL = 1 << 18;
    /** The name of a class, or how a serialised object is written. */
    static final long SERIAL = 1 << 19;
    /** What shells substitute, or a word of PowerShell. */
    static final long SHELL = 1 << 20;
    /** A separator before a command. */
    static final long COMMAND = 1 << 21;
    /** A word of SQL that something other than a sentence goes on with. */
    static final long SQL = 1 << 22;
    /** A word between conditions, behind what may be a literal; functions that dialects of SQL know mean something behind it. */
    static final long JOINT = 1 << 23;
    /** Words of one statement of SQL, which mean something together. */
    static final long INSERT = 1 << 24;

    static final long INTO = 1 << 25;
    static final long DELETE = 1 << 26;
    static final long FROM = 1 << 27;
    static final long UPDATE = 1 << 28;
    static final long SET = 1 << 29;

    private static final byte NOTHING = 0;
    private static final byte SPACE = -1;
    private static final byte MARK = -2;
    private static final byte WIDE = -3;

    /** What characters are: small letters and digits for those of words. */
    private static final byte[] KINDS = kinds();

    private static final int LONGEST = 40;

    private final Text text;
    private final String chars;
    private final int first;
    private final int last;
    private long signs;

    private Signs(Text text) {
        this.text = text;
        this.chars = text.toString();
        this.first = text.first();
        this.last = text.last();
    }

    private static byte[] kinds() {
        var kinds = new byte[128];
        for (var c = 0; c < 128; c++) {
            kinds[c] = c <= ' ' ? SPACE : Text.isWord((char) c) ? (byte) Text.lower((char) c) : NOTHING;
        }
        for (var mark : "\0\n\r\u001b./\\$#*~%{@[<>?:(!;|&`+".toCharArray()) {
            kinds[mark] = MARK;
        }
        for (var c = 0; c < 128; c++) {
            kinds[c] = c < ' ' && c != '\t' && c != '\f' || c == 127 ? MARK : kinds[c];
        }
        return kinds;
    }

    /** The signs of a text. */
    static long of(Text text) {
        var read = new Signs(text);
        read.read();
        return read.signs | read.together();
    }

    /** What words mean that stand in one text. */
    private long together() {
        var sql = has(INSERT | INTO) || has(DELETE | FROM) || has(UPDATE | SET);
        return sql ? SQL : 0;
    }

    private boolean has(long all) {
        return (signs & all) == all;
    }

    private void read() {
        for (var i = 0; i < chars.length(); ) {
            var c = chars.charAt(i);
            var kind = c < 128 ? KINDS[c] : WIDE;
            if (kind > 0) {
                i = word(i);
                continue;
            }
            if (kind != NOTHING && (kind != WIDE || Text.isSpace(c) || PathShape.isDebris(c))) {
                other(kind, c, i);
            }
            i++;
        }
    }

    private void other(byte kind, char c, int at) {
        if (Text.isSpace(c) && at > first && at < last) {
            signs |= BLANK;
        }
        if (kind == MARK) {
            var marked = c < ' ' || c == 127 ? control(c, at) : mark(c, at);
            signs |= marked;
        } else if (kind == WIDE && PathShape.isDebris(c)) {
            signs |= text.at(at + 1) == '.' || PathShape.isDebris(text.at(at + 1)) ? CLIMB : 0;
        }
    }

    /** Reads the word that begins at the index, and says where it ends. */
    private int word(int from) {
        var hash = 0;
        var i = from;
        while (i < chars.length()) {
            var c = chars.charAt(i);
            var kind = c < 128 ? KINDS[c] : WIDE;
            if (kind <= 0) {
                break;
            }
            hash = SignWords.mix(hash, kind);
            i++;
        }
        var known = SignWords.find(hash);
        if (known != 0) {
            signs |= SignWords.signs(text, from, i, known & ~irrelevant());
        }
        begin(from, i);
        return i;
    }

    /** What words need not mean any more, or not yet. */
    private long irrelevant() {
        return (has(SQL) ? SignWords.SQL_ANCHOR : 0) | (has(JOINT) ? 0 : SignWords.SQL_FUNCTION);
    }

    /** Looks at how a word begins. */
    private void begin(int from, int end) {
        var second = text.lower(from + 1);
        switch (KINDS[chars.charAt(from)]) {
            case 'o' -> signs |= second == 'n' && MarkupScan.mayHandle(text, from) ? SCRIPT : 0;
            case 'r' -> signs |= second == 'o' || second == 'e' ? answer(from) : 0;
            case 'c' -> signs |= second == 'l' && text.says("classloader", from) ? SERIAL : 0;
            case 'y' -> signs |= second == 's' && text.says("ysoserial", from) ? SERIAL : 0;
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(from, end);
            default -> {}
        }
    }

    private long answer(int from) {
        var answers = text.says("return", from) && SignWords.isQuoted(text, from);
        return chars.startsWith("rO0AB", from) ? SERIAL : answers ? NOSQL : 0;
    }

    /** Looks at a word that begins as a number does, behind which another word may begin. */
    private void number(int from, int end) {
        signs |= text.at(from) == '0' && text.lower(from + 1) == 'x' ? CLIMB : 0;
        var some = from;
        while (some < end && Text.isDigit(text.at(some))) {
            some++;
        }
        var all = end;
        while (!Text.isDigit(text.at(all - 1))) {
            all--;
        }
        behind(some, end);
        if (all > some) {
            behind(all, end);
        }
    }

    private void behind(int digits, int end) {
        if (digits < end && end - digits <= LONGEST) {
            word(digits);
            var c = text.lower(digits);
            if (digits + 1 < end && (c == 'f' || c == 'd') && !Text.isDigit(text.at(digits + 1))) {
                word(digits + 1);
            }
        }
    }

    private long control(char c, int at) {
        if (c == '\n' || c == '\r') {
            return LINE | command(at) | (HeaderInjection.mayBegin(text, at + 1) ? FIELD : 0);
        }
        return c == 0 ? NUL | CONTROL : CONTROL;
    }

    private long command(int at) {
        if ((signs & COMMAND) != 0) {
            return 0;
        }
        return CommandInjection.separated(text, at).suspicion() == Suspicion.NONE ? 0 : COMMAND;
    }

    private long mark(char c, int at) {
        var next = text.at(at + 1);
        return switch (c) {
            case '.' -> next == '.' || next == '/' || next == '\\' ? CLIMB : 0;
            case '/' -> next == '.' ? CLIMB : 0;
            case '\\' -> backslash(at, next);
            case '$' -> dollar(at, next);
            case '#' -> next == '{' || text.at(at - 1) == '(' || text.at(text.wordEnd(at + 1)) == '(' ? TEMPLATE : 0;
            case '*', '~', '%' -> next == '{' ? TEMPLATE : 0;
            case '{' -> "{%#$pPsSiIfFeE".indexOf(next) >= 0 ? TEMPLATE : 0;
            case '@' -> next == '@' ? SQL : next == '(' || next == '{' ? TEMPLATE : 0;
            case '[' -> bracket(at, next);
            case '<' -> next == '(' ? SHELL : tag(at, next);
            case '>' -> next == '(' ? SHELL : 0;
            case '?' -> Text.isLetter(next) && "(}.".indexOf(text.at(text.wordEnd(at + 1))) >= 0 ? TEMPLATE : 0;
            case ':' -> colon(at, next);
            case '(' -> paren(at, next);
            case '!' -> next == '!' && Text.isLetter(text.at(at + 2)) || Text.lower(next) == 'r' ? SERIAL : 0;
            case '+' -> text.says("adw-", at + 1) ? SCRIPT : 0;
            default -> command(at) | joint(at, c == next);
        };
    }

    private long bracket(int at, char next) {
        var template = next == '#' || next == '=' || next == '[' ? TEMPLATE : 0;
        var made = next == ']' && text.at(at - 1) == '!' ? CODE : 0;
        var named = text.says("system.", at + 1) || text.says("microsoft.", at + 1) ? SHELL : 0;
        return template | made | named;
    }

    /** Looks behind a mark that is a logical operator when it stands twice. */
    private long joint(int at, boolean twice) {
        return !twice || text.at(at) == ';' || text.at(at) == '`'
                ? 0
                : (SqlSigns.followsValue(text, at) ? JOINT : 0) | (SqlSigns.isCondition(text, at + 2) ? SQL : 0);
    }

    private long backslash(int at, char next) {
        var climbs = next == '.' ? CLIMB : 0;
        var escapes = next == '0' || Text.lower(next) == 'x' || Text.lower(next) == 'e' ? CONTROL : 0;
        skipped(at);
        var line = next == 'n' || next == 'r' ? command(at) : 0;
        return climbs | escapes | line | (Text.lower(next) == 'n' ? FIELD : 0);
    }

    /** Reads the word that SQL begins a character later, for the mark takes one with it. */
    private void skipped(int at) {
        var from = at + 2;
        if (from < chars.length() && Text.isWord(text.at(from)) && Text.isWord(text.at(at + 1))) {
            word(from);
        }
    }

    private long tag(int at, char next) {
        var element = MarkupScan.mayOpen(text, at) ? TAG : 0;
        return element
                | switch (next) {
                    case '!' -> DECLARATION;
                    case '?' -> PAGE;
                    case '%' -> PAGE | TEMPLATE;
                    case '#' -> TEMPLATE;
                    default -> 0;
                };
    }

    private long dollar(int at, char next) {
        var shell = text.says("ifs", at + 1) || text.says("{ifs", at + 1) ? SHELL : 0;
        var bracket = next == '{' ? LOOKUP | TEMPLATE : next == '(' ? command(at) : 0;
        var counts = Text.isDigit(next) && text.at(at - 1) == '\n' && text.at(first) == '*' ? NOSQL : 0;
        return counts | shell | bracket | (next == '$' && text.at(at - 1) == '_' ? SERIAL : 0);
    }

    private long colon(int at, char next) {
        skipped(at);
        var scheme = MarkupScheme.mayEnd(text, at) ? SCRIPT : 0;
        return scheme | (next == ':' ? XPATH : 0) | (text.at(text.skipSpace(at + 1)) == '/' ? ADDRESS : 0);
    }

    private long paren(int at, char next) {
        var style = Text.lower(text.at(at - 1)) == 'n' && text.says("expression", at - 10) ? SCRIPT : 0;
        var function = at < first + 3 && text.at(text.skipSpace(at + 1)) == ')' ? SHELL : 0;
        return style | function | (next == '&' || next == '|' || next == '!' || followsFilter(at) ? FILTER : 0);
    }

    /** Tells whether another parenthesis is closed before the one at the index, or before a sign that joins the two. */
    private boolean followsFilter(int at) {
        var before = text.at(at - 1);
        return before == ')' || (before == '&' || before == '|') && text.at(at - 2) == ')';
    }
}
