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
    /** A word that joins conditions of SQL or begins a clause, whatever follows. */
    static final long CLAUSE = 1L << 31;
    /** A word with which a statement or a clause of SQL begins, or that joins two queries. */
    static final long STATEMENT = 1 << 30;
    /** What may be {@link #COMMAND} where its line is all there is. */
    static final long EDGE_COMMAND = 1L << 32;
    /** What may be {@link #NOSQL} there. */
    static final long EDGE_NOSQL = 1L << 33;
    /** What may be {@link #SQL} there. */
    static final long EDGE_SQL = 1L << 34;
    /** What may be {@link #CLIMB} there. */
    static final long EDGE_CLIMB = 1L << 35;

    private static final long EDGES = EDGE_COMMAND | EDGE_NOSQL | EDGE_SQL | EDGE_CLIMB;

    /** What stands in every text. */
    static final long ANY = Long.MIN_VALUE;

    /** Within how many characters of the first one a parenthesis may be that of a function. */
    private static final int OPENING = 3;

    /** Within how many characters of the first one a string is closed that the text stands in. */
    static final int NEAR = 64;

    private static final int LONGEST = 40;
    private static final int UNKNOWN = -1;

    private final Text text;
    private final char[] chars;
    private final int first;
    private final int last;
    private final LineSigns lines;
    /** The signs of the lines before, and of what stands between lines. */
    private long before;
    /** The signs of the line. */
    private long signs;

    private int lineStart;
    private int lineFirst = UNKNOWN;

    private Signs(Text text) {
        this.text = text;
        this.chars = text.all();
        this.first = text.first();
        this.last = text.last();
        var lined = text.next('\n', 0) < chars.length || text.next('\r', 0) < chars.length;
        this.lines = lined ? new LineSigns() : LineSigns.NONE;
    }

    /** The signs of a text, which learns those of its lines. */
    static long of(Text text) {
        var read = new Signs(text);
        read.read();
        if (read.isLined()) {
            read.end(text.length());
            text.lines(read.lines);
        }
        read.before |= opening(text);
        return together(read.before | read.signs) & ~EDGES;
    }

    /** The signs with what words mean that stand in one text. */
    static long together(long signs) {
        var sql = has(signs, INSERT | INTO) || has(signs, DELETE | FROM) || has(signs, UPDATE | SET);
        return sql ? signs | SQL : signs;
    }

    /** The signs of a line that is all there is, of which these were seen amid others. */
    static long alone(Text line, long seen) {
        var signs = seen & ~EDGES;
        signs |= (seen & EDGE_COMMAND) != 0 ? COMMAND : 0;
        signs |= (seen & EDGE_NOSQL) != 0 ? NOSQL : 0;
        signs |= (seen & EDGE_SQL) != 0 ? SQL : 0;
        signs |= (seen & EDGE_CLIMB) != 0 ? CLIMB : 0;
        return together(signs | opening(line));
    }

    /** The sign of a parenthesis where that of a function may stand, near the beginning. */
    private static long opening(Text text) {
        for (var i = text.first(); i < text.first() + OPENING; i++) {
            if (text.at(i) == '(' && text.at(text.skipSpace(i + 1)) == ')') {
                return SHELL;
            }
        }
        return 0;
    }

    private static boolean has(long signs, long all) {
        return (signs & all) == all;
    }

    private boolean isLined() {
        return lines != LineSigns.NONE;
    }

    /** Ends a line at the index. */
    private void end(int at) {
        if (signs != 0) {
            lines.add(at, signs);
        }
        before |= signs;
        signs = 0;
        lineStart = at + 1;
        lineFirst = UNKNOWN;
    }

    private void read() {
        for (var i = 0; i < chars.length; ) {
            var c = chars[i];
            var kind = Glyphs.kind(c);
            if (kind > 0) {
                i = word(i);
                continue;
            }
            if (kind == Glyphs.SPACE) {
                blank(i);
            } else if (kind == Glyphs.MARK) {
                marked(c, i);
            } else if (kind == Glyphs.WIDE) {
                wide(c, i);
            }
            i++;
        }
    }

    private void blank(int at) {
        if (at > first && at < last) {
            before |= BLANK;
        }
    }

    private void marked(char c, int at) {
        if (c == '\n' || c == '\r') {
            before |= LINE | line(at) | (HeaderInjection.mayBegin(text, at + 1) ? FIELD : 0);
            blank(at);
            end(at);
        } else if (c < ' ' || c == 127) {
            signs |= c == 0 ? NUL | CONTROL : CONTROL;
            if (c != 127) {
                blank(at);
            }
        } else {
            // which reads words, too, that are signs
            var meant = mark(c, at);
            signs |= meant;
        }
    }

    private void wide(char c, int at) {
        if (Text.isSpace(c)) {
            blank(at);
        } else if (c == '\u560d' || c == '\u560a') {
            signs |= HeaderInjection.isPair(c, text.at(at + 1)) ? FIELD : 0;
        } else if (PathShape.isDebris(c)) {
            signs |= text.at(at + 1) == '.' || PathShape.isDebris(text.at(at + 1)) ? CLIMB : 0;
        }
    }

    /** Reads the word that begins at the index, and says where it ends. */
    private int word(int from) {
        var hash = 0;
        var i = from;
        while (i < chars.length) {
            var c = chars[i];
            var kind = Glyphs.kind(c);
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
        if (chars[from] <= '9') {
            number(from, i);
        } else if (i > from + 1 && Glyphs.lead(chars[from], chars[from + 1])) {
            signs |= SignWords.begun(text, from);
        }
        return i;
    }

    /** What words need not mean any more, or not yet. */
    private long irrelevant() {
        return ((signs & SQL) != 0 ? SignWords.SQL_ANCHOR : 0)
                | (((before | signs) & JOINT) != 0 ? 0 : SignWords.SQL_FUNCTION);
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

    /** Looks for a command behind a line end. */
    private long line(int at) {
        return ((before | signs) & COMMAND) == 0
                        && CommandInjection.separated(text, at).suspicion() != Suspicion.NONE
                ? COMMAND
                : 0;
    }

    /** Looks for a command behind a separator. */
    private long command(int at) {
        var known = ((before | signs) & COMMAND) != 0;
        if (known && (!isLined() || (signs & EDGE_COMMAND) != 0)
                || !ShellSeparator.maySeparate(text, at, lineFirst(at))) {
            return 0;
        }
        return known || ShellCommand.behind(text, at).suspicion() == Suspicion.NONE
                ? EDGE_COMMAND
                : EDGE_COMMAND | COMMAND;
    }

    /** The index of the first visible character of the line. */
    private int lineFirst(int at) {
        if (lineFirst == UNKNOWN) {
            lineFirst = lineStart;
            while (lineFirst < at && Text.isSpace(chars[lineFirst])) {
                lineFirst++;
            }
        }
        return lineFirst;
    }

    private long mark(char c, int at) {
        var next = text.at(at + 1);
        return switch (c) {
            case '.' -> MarkSigns.dot(text, at, next);
            case '/' -> next == '.' ? CLIMB : 0;
            case '\\' -> backslash(at, next);
            case '$' -> MarkSigns.dollar(text, at, next) | (next == '(' ? command(at) : 0);
            case '#' -> MarkSigns.hash(text, at, next);
            case '*', '~' -> MarkSigns.starred(text, at, next);
            case '%' -> MarkSigns.percent(text, at, next);
            case '{' -> (Brackets.mayOpen(text, at) ? TEMPLATE : 0) | (next == '!' ? NOSQL : 0);
            case '@' -> MarkSigns.sign(text, at, next);
            case '[' -> MarkSigns.bracket(text, at, next);
            case '<' -> next == '(' ? SHELL : tag(at, next);
            case '>' -> next == '(' ? SHELL : 0;
            case '?' -> MarkSigns.question(text, at, next);
            case ':' -> {
                skipped(at);
                yield MarkSigns.colon(text, at, next);
            }
            case '(' -> MarkSigns.paren(text, at, next);
            case '!' -> next == '!' && Text.isLetter(text.at(at + 2)) || Text.lower(next) == 'r' ? SERIAL : 0;
            case '+' ->
                (text.says("adw-", at + 1) || text.says("{}", at + 1) ? SCRIPT : 0)
                        | (HiddenName.mayJoin(text, at) ? CODE : 0);
            case '}' -> next == '}' && TemplateTrick.mayLeave(text, lineFirst(at), at) ? TEMPLATE : 0;
            case '|' ->
                (text.says("attr(", text.skipSpace(at + 1)) ? TEMPLATE : 0) | command(at) | joint(at, next == '|');
            case '&' -> (HiddenName.mayJoin(text, at) ? CODE : 0) | command(at) | joint(at, next == '&');
            default -> command(at) | joint(at, c == next);
        };
    }

    /** Looks behind a mark that is a logical operator when it stands twice. */
    private long joint(int at, boolean twice) {
        if (!twice || text.at(at) == ';' || text.at(at) == '`') {
            return 0;
        }
        var joint = (signs & JOINT) != 0 || SqlSigns.followsValue(text, at) ? JOINT : 0;
        return joint | ((signs & SQL) != 0 || SqlSigns.isCondition(text, at + 2) ? SQL : 0);
    }

    private long backslash(int at, char next) {
        var climbs = next == '.' ? CLIMB : 0;
        var escapes = next == '0' || Text.lower(next) == 'x' || Text.lower(next) == 'e' ? CONTROL : 0;
        skipped(at);
        var line = next == 'n' || next == 'r' ? command(at) : 0;
        return climbs
                | escapes
                | line
                | (TexCommand.mayBegin(text, at) ? CODE : 0)
                | (Text.lower(next) == 'n' ? FIELD : 0);
    }

    /** Reads the word that SQL begins a character later, for the mark takes one with it. */
    private void skipped(int at) {
        var from = at + 2;
        if (from < chars.length && Text.isWord(text.at(from)) && Text.isWord(text.at(at + 1))) {
            word(from);
        }
    }

    private long tag(int at, char next) {
        var element = MarkupScan.mayOpen(text, at) || MarkupElement.isSpelledByData(text, at) ? TAG : 0;
        element |= TemplateSum.isProduct(text, at) ? TEMPLATE : 0;
        element |= at - lineFirst(at) < NEAR && ScriptValue.mayLeave(text, at) ? SCRIPT : 0;
        return element
                | switch (next) {
                    case '!' -> DECLARATION;
                    case '?' -> PAGE;
                    case '%' -> PAGE | TEMPLATE;
                    case '#' -> TEMPLATE;
                    default -> 0;
                };
    }
}
