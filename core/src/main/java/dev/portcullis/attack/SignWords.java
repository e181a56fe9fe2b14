package dev.portcullis.attack;

/** The words that are {@link Signs}, or are so where they stand. They are told by their hashes alone. */
final class SignWords {

    private static final Marks BEHIND_CALL = Marks.of("`\\),./?;");
    private static final Marks ARGUMENTS = Marks.of("/@.)('\"");

    static final long TRAVERSAL = 1L << 36;
    static final long SEARCH_OPERATOR = 1L << 37;
    static final long ANSWER = 1L << 38;
    static final long SQL_UNION = 1L << 39;
    static final long SCRIPT_CALL = 1L << 40;
    static final long SCRIPT_OBJECT = 1L << 41;
    static final long IN_TAG = 1L << 42;
    static final long CODE_PART = 1L << 43;
    static final long CODE_CALL = 1L << 44;
    static final long XPATH_CALL = 1L << 45;
    static final long NOSQL_OPERATOR = 1L << 46;
    static final long NOSQL_OBJECT = 1L << 47;
    static final long BRACKETED = 1L << 48;
    static final long PACKAGE = 1L << 49;
    static final long DASHED = 1L << 50;
    static final long DOLLAR = 1L << 51;
    static final long DEVICE = 1L << 52;
    static final long TEMPLATE_CALL = 1L << 53;
    static final long FOLDER = 1L << 54;
    static final long SQL_ANCHOR = 1L << 55;
    static final long SQL_PROBE = 1L << 56;
    static final long SQL_FUNCTION = 1L << 57;
    static final long SQL_MODE = 1L << 58;
    static final long ATTRIBUTE = 1L << 59;
    static final long NOSQL_STATEMENT = 1L << 60;
    static final long SQL_JOINT = 1L << 61;
    static final long GRAPH = 1L << 62;
    static final long STORE = 1L << 63;

    /** What is a sign before a parenthesis. */
    private static final long CALLED = SCRIPT_CALL | CODE_CALL | XPATH_CALL | TEMPLATE_CALL | SQL_PROBE | SQL_FUNCTION;
    /** What databases make something of. */
    private static final long SQL_WORD = SQL_JOINT | SQL_ANCHOR | SQL_MODE;
    /** What is a sign wherever it stands. */
    private static final long ALONE = TRAVERSAL - 1;

    private static final int[] HASHES;
    private static final long[] MEANINGS;
    private static final int MASK;
    /** Which hashes are worth a look at all: small enough to stay in the processor's cache. */
    private static final long[] SIEVE = new long[256];

    static {
        var words = SignVocabulary.words();
        var size = Integer.highestOneBit(words.size()) * 8;
        HASHES = new int[size];
        MEANINGS = new long[size];
        MASK = size - 1;
        words.forEach(SignWords::put);
    }

    private SignWords() {}

    private static void put(String word, long meaning) {
        var hash = 0;
        for (var i = 0; i < word.length(); i++) {
            hash = mix(hash, word.charAt(i));
        }
        var slot = slot(hash);
        while (MEANINGS[slot] != 0 && HASHES[slot] != hash) {
            slot = slot + 1 & MASK;
        }
        HASHES[slot] = hash;
        SIEVE[mixed(hash) >>> 24] |= 1L << (mixed(hash) >>> 18);
        MEANINGS[slot] |= meaning;
    }

    static int mix(int hash, int c) {
        return hash * 31 + c;
    }

    private static int slot(int hash) {
        return mixed(hash) >>> 12 & MASK;
    }

    private static int mixed(int hash) {
        return hash * 0x9e3779b9;
    }

    /** What the word of this hash may be; 0 for all other words. */
    static long find(int hash) {
        if ((SIEVE[mixed(hash) >>> 24] >>> (mixed(hash) >>> 18) & 1) == 0) {
            return 0;
        }
        var slot = slot(hash);
        while (MEANINGS[slot] != 0) {
            if (HASHES[slot] == hash) {
                return MEANINGS[slot];
            }
            slot = slot + 1 & MASK;
        }
        return 0;
    }

    /** The signs that a word of this meaning is where it stands. */
    static long signs(Text text, int from, int end, long meaning) {
        var signs = meaning & ALONE;
        if (meaning == signs) {
            return signs;
        }
        var before = text.at(from - 1);
        var next = text.at(end);
        signs |= Text.isSpace(before) ? 0 : behind(before, meaning);
        signs |= next == '.' || before == '.' ? dotted(text, end, meaning) : 0;
        signs |= (meaning & CALLED) != 0 && isCalled(text, end) ? called(text, end, meaning) : 0;
        signs |= next != ' ' ? before(next, meaning) : 0;
        signs |= (meaning & NOSQL_STATEMENT) != 0 ? statement(text, from, end) : 0;
        signs |= (meaning & XPATH_CALL) != 0 && before == '-' && next == '(' ? Signs.XPATH : 0;
        signs |= (meaning & TRAVERSAL) != 0 && next == '(' ? traversed(text, from) : 0;
        signs |= (meaning & SEARCH_OPERATOR) != 0 && text.at(from) < 'a' && SearchQuery.joins(text, from)
                ? Signs.NOSQL
                : 0;
        signs |= (meaning & ANSWER) != 0 && next == ' ' && before == ' ' ? compared(text, from, end) : 0;
        signs |= (meaning & (GRAPH | STORE)) != 0 ? stored(text, from, meaning) : 0;
        signs |= (meaning & ATTRIBUTE) != 0 && isAssigned(text, end) ? Signs.SCRIPT : 0;
        signs |= (meaning & FOLDER) != 0 && from < text.first() + 4 ? Signs.CLIMB : 0;
        return signs | ((meaning & SQL_WORD) != 0 ? sql(text, from, end, meaning) : 0);
    }

    /** The signs that a word is by how it begins. */
    static long begun(Text text, int from) {
        return switch (Glyphs.kind(text.at(from))) {
            case 'o' -> MarkupEvent.mayHandle(text, from) ? Signs.SCRIPT : 0;
            case 'r' -> answer(text, from) | (CodeTricks.mayInclude(text, from) ? Signs.CODE : 0);
            case 'p', 'e' -> CodeTricks.mayPrint(text, from) ? Signs.CODE : 0;
            case 'i' -> CodeTricks.mayInclude(text, from) ? Signs.CODE : 0;
            case 'c' -> text.says("classloader", from) ? Signs.SERIAL : 0;
            case 'd', 'u' -> SqlWords.isPackage(text, from) ? Signs.SQL : 0;
            case 'z' -> text.says("zerodium", from) ? Signs.CODE : 0;
            case 'y' -> text.says("ysoserial", from) ? Signs.SERIAL : 0;
            default -> 0;
        };
    }

    private static long answer(Text text, int from) {
        var answers = text.says("return", from) && isQuoted(text, from);
        return text.toString().startsWith("rO0AB", from) ? Signs.SERIAL : answers ? Signs.NOSQL : 0;
    }

    /** What the step of a traversal is, or a function that asks for a member. */
    private static long traversed(Text text, int from) {
        var before = text.at(from - 2);
        var steps = text.at(from - 1) == '.' && (before == 'g' || before == ')' && isQuote(text.at(from - 3)));
        steps |= StoreScript.isListed(text, from - 7);
        return steps ? Signs.NOSQL | Signs.EDGE_NOSQL : QueryFilter.is(text, from) ? Signs.NOSQL : 0;
    }

    /** What a word of OData is between two operands, one of which is a literal. */
    private static long compared(Text text, int from, int end) {
        var last = text.at(from - 2);
        var next = text.at(text.skipSpace(end));
        return isQuote(next) || Text.isDigit(next) && Text.isDigit(last) ? Signs.NOSQL | Signs.EDGE_NOSQL : 0;
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    /** What the word is that may begin a statement of a script, behind a string or as the first of a line. */
    private static long statement(Text text, int from, int end) {
        if (isQuoted(text, from)) {
            return Signs.NOSQL;
        }
        if (text.at(end) != '(' && !text.says("function", from)) {
            return 0;
        }
        var first = from == text.first();
        return first ? Signs.NOSQL | Signs.EDGE_NOSQL : isLineEnd(before(text, from)) ? Signs.EDGE_NOSQL : 0;
    }

    /** What the word is to stores of other kinds, which may be more where its line is all there is. */
    private static long stored(Text text, int from, long meaning) {
        var before = before(text, from);
        var graph = (meaning & GRAPH) != 0 && GraphQuery.is(text, from);
        var store = (meaning & STORE) != 0 && isLine(text, from) && StoreCommand.begins(text, from);
        var edge = (meaning & GRAPH) != 0 && (before == ')' || Text.lower(text.at(from)) == 'd' || text.at(from) == 'F')
                || (meaning & STORE) != 0 && isLineEnd(before);
        return (graph || store ? Signs.NOSQL : 0) | (edge ? Signs.EDGE_NOSQL : 0);
    }

    /** The line end or the visible character before the index. */
    private static char before(Text text, int from) {
        var i = from - 1;
        while (Text.isSpace(text.at(i)) && !isLineEnd(text.at(i))) {
            i--;
        }
        return text.at(i);
    }

    private static long sql(Text text, int from, int end, long meaning) {
        var signs = (meaning & SQL_JOINT) != 0 && SqlSigns.followsValue(text, from) ? Signs.JOINT : 0;
        signs |= (meaning & SQL_ANCHOR) != 0 && SqlSigns.goesOn(text, from, end) ? Signs.SQL : 0;
        signs |= (meaning & SQL_UNION) != 0 && isLast(text, end) ? Signs.EDGE_SQL : 0;
        return signs | ((meaning & SQL_MODE) != 0 && SqlSigns.isMode(text, end) ? Signs.SQL : 0);
    }

    /** What the word is behind a mark. */
    private static long behind(char before, long meaning) {
        var signs = before == '<' && (meaning & IN_TAG) != 0 ? Signs.NAMESPACE : 0;
        signs |= before == '$' && (meaning & NOSQL_OPERATOR) != 0 ? Signs.NOSQL : 0;
        signs |= before == '$' && (meaning & DOLLAR) != 0 ? Signs.SHELL : 0;
        signs |= before == '-' && (meaning & DASHED) != 0 ? Signs.SHELL : 0;
        signs |= before == '/' && (meaning & DEVICE) != 0 ? Signs.SHELL : 0;
        return signs | ((meaning & FOLDER) != 0 && PathShape.isSeparator(before) ? Signs.CLIMB : 0);
    }

    /** What the word is before a mark. */
    private static long before(char next, long meaning) {
        var signs = (meaning & SCRIPT_CALL) != 0 && BEHIND_CALL.has(next) ? Signs.SCRIPT : 0;
        signs |= (meaning & SCRIPT_OBJECT) != 0 && (next == '[' || next == '=') ? Signs.SCRIPT : 0;
        signs |= (meaning & CODE_CALL) != 0 && next == '`' ? Signs.CODE : 0;
        return signs | (next == ']' && (meaning & BRACKETED) != 0 ? Signs.SHELL : 0);
    }

    private static long dotted(Text text, int end, long meaning) {
        var signs = (meaning & CODE_PART) != 0 ? Signs.CODE : 0;
        if (text.at(end) != '.') {
            return signs;
        }
        signs |= (meaning & NOSQL_OBJECT) != 0 && NosqlInjection.mayMean(text, end) ? Signs.NOSQL : 0;
        var leads = Text.isLetter(text.at(end + 1));
        signs |= leads && (meaning & PACKAGE) != 0 ? Signs.SERIAL : 0;
        return signs | (leads && (meaning & SCRIPT_OBJECT) != 0 ? Signs.SCRIPT : 0);
    }

    /** Tells whether a parenthesis follows, be it behind the end of a comment that a database executes, or may behind another one. */
    private static boolean isCalled(Text text, int end) {
        var ended = text.at(end) == '*' && text.at(end + 1) == '/';
        var next = text.skipSpace(ended ? end + 2 : end);
        return text.at(next) == '(' || text.at(next) == '/' && text.at(next + 1) == '*';
    }

    private static long called(Text text, int end, long meaning) {
        var signs = (meaning & CODE_CALL) != 0 ? Signs.CODE : 0;
        signs |= (meaning & SCRIPT_CALL) != 0 ? Signs.SCRIPT : 0;
        signs |= (meaning & TEMPLATE_CALL) != 0 ? Signs.TEMPLATE : 0;
        signs |= (meaning & (SQL_PROBE | SQL_FUNCTION)) != 0 ? Signs.SQL : 0;
        var argument = text.skipSpace(end + 1);
        var argued = (meaning & XPATH_CALL) != 0
                && (ARGUMENTS.has(text.at(argument))
                        || text.says("concat(", argument)
                        || XpathInjection.names(text, argument, text.wordEnd(argument)));
        return signs | (argued ? Signs.XPATH : 0);
    }

    /** Tells whether the word ends a line before another one. */
    private static boolean isLast(Text text, int end) {
        var i = end;
        while (!isLineEnd(text.at(i)) && (Text.isSpace(text.at(i)) || text.at(i) == '\ufffd')) {
            i++;
        }
        return isLineEnd(text.at(i));
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isAssigned(Text text, int end) {
        return text.at(end) == ':' || text.at(text.skipSpace(end)) == '=';
    }

    private static boolean isLine(Text text, int from) {
        return from == text.first() || text.at(from - 1) == '\n';
    }

    /** Tells whether nothing but parentheses that are closed stands before the semicolon in its line. */
    private static boolean isFirst(Text text, int semicolon) {
        var i = semicolon - 1;
        while (text.at(i) == ')' || Text.isSpace(text.at(i)) && !isLineEnd(text.at(i))) {
            i--;
        }
        return isLineEnd(text.at(i));
    }

    /** Tells whether a semicolon stands before the word, and a quote before that. */
    private static boolean isQuoted(Text text, int from) {
        var i = from - 1;
        while (Text.isSpace(text.at(i))) {
            i--;
        }
        if (text.at(i) != ';') {
            return false;
        }
        var before = text.at(StoreScript.before(text, i));
        return isQuote(before) || Text.isDigit(before) || before == Text.END || isFirst(text, i);
    }
}
