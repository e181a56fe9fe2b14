package dev.portcullis.attack;

/** The brackets of one text, and which of the words in them reach for what no template should. Belongs to one thread. */
final class TemplateBrackets extends Brackets {

    private static final Marks ENDS = Marks.of("}| ");

    /** How far an expression is read. */
    private static final int NEAR = 128;

    static final Words<Boolean> REACHES = Words.set("__class__ __mro__ __base__ __bases__ __subclasses__ __globals__"
            + " __builtins__ __import__ __init__ __getitem__ __dict__ getclass forname newinstance getruntime processbuilder"
            + " classloader getdeclaredmethod getmethod __proto__ subclasses mro _memberaccess"
            + " freemarker servletcontext scriptenginemanager getenginebyname subprocess popen passthru shell_exec"
            + " phpinfo file_get_contents include_vars _self registerundefinedfiltercallback getfilter getenv"
            + " allowstaticmethodaccess defaultmethodaccess hexdec get_user_file popen3 open3");

    /** Words of the language that reach for something only where they are called, or lead on. */
    private static final Words<Boolean> CALLED =
            Words.set("exec system eval execute os sleep md5 runtime constructor prototype");

    /** Functions of PHP that a condition of a template calls only for somebody else. */
    static final Words<Boolean> RUN =
            Words.set("system exec passthru shell_exec popen phpinfo eval assert readfile file_get_contents");

    final Text text;
    /** Where the marks end that were read last, which brackets in a row have in common. */
    private int marksEnd;
    /** How far was read for the ends of brackets of two characters: of braces, and of angle brackets. */
    private final int[] pairEnds = new int[2];

    TemplateBrackets(Text text) {
        super(text);
        this.text = text;
    }

    /** Where the expression ends that began with the bracket before the index; -1 when it does not. */
    int end(int start, int from) {
        var close = switch (text.at(start)) {
            case '@' -> text.at(start + 1) == '(' ? ')' : '}';
            case '<' -> '>';
            case '[' -> ']';
            default -> '}';
        };
        var limit = Math.min(from + NEAR, text.length());
        var second = text.at(start + 1);
        var paired = text.at(start) == '<' && second == '%' || text.at(start) == '{' && second == '{';
        var end = paired ? closePair(close, from, limit) : close(close, from, limit);
        if (end < limit) {
            return text.at(end - 1) == '%' && end > from ? end - 1 : end;
        }
        return text.length() > from + NEAR ? from + NEAR : -1;
    }

    /** Where the marks end that begin at an index and may stand before a sum; not further than that of the expression. Asked from left to right. */
    int marksEnd(int from, int end) {
        var i = Math.max(marksEnd, from);
        while (TemplateSum.isMark(text.at(i))) {
            i++;
        }
        marksEnd = i;
        return Math.min(i, Math.min(end, from + TemplateSum.NEAR));
    }

    /** The index of the first such character that ends a bracket of two, from one index on and before a limit; the limit when there is none. */
    private int closePair(char close, int from, int limit) {
        var kind = close == '}' ? 0 : 1;
        var i = Math.max(pairEnds[kind], from);
        while (i < limit && (text.at(i) != close || isWithin(i))) {
            i++;
        }
        pairEnds[kind] = i;
        return Math.min(i, limit);
    }

    /** Tells whether the bracket at the end closes another one than that of which two characters are the end. */
    private boolean isWithin(int end) {
        return text.at(end) == '>'
                ? text.at(end - 1) != '%' && text.at(end - 1) != '/'
                : text.at(end + 1) == '|' || text.at(end + 1) == '.';
    }

    /** Tells whether a function that runs something is named where one is expected: <code>|filter('system')</code>. */
    private boolean isCallback(int from, int end) {
        var quote = text.at(from - 1);
        var argued = text.at(from - 2) == '(' || text.at(from - 2) == ',';
        return (quote == '\'' || quote == '"')
                && text.at(end) == quote
                && argued
                && (RUN.has(text, from, end) || text.says("ini_set", from) || text.says("error_reporting", from));
    }

    /** Tells whether the constructor is named in a string, or is what the members lead to. */
    private boolean isMaker(int from, int end) {
        var before = text.at(from - 1);
        var last = before == '.' && ENDS.has(text.at(end));
        return end - from == 11
                && text.says("constructor", from)
                && (last || (before == '\'' || before == '"') && text.at(end) == before);
    }

    /** How many words between two indexes, where nothing is called, reach for something by their name alone. */
    int reachedByName(int from, int end) {
        var count = 0;
        for (var i = from; i < end; ) {
            var word = text.wordEnd(i);
            count += word > i && (REACHES.has(text, i, word) || isMaker(i, word)) ? 1 : 0;
            i = Math.max(word, i + 1);
        }
        return count;
    }

    @Override
    boolean reaches(int from, int end) {
        var signs = text.says("signer.key", from);
        var typed = end == from + 1 && text.says("t(java", from) || text.says("java.lang", from);
        var leads = text.at(end) == '(' || text.at(end) == '[' || text.at(end) == '.' && !text.says(".name", end);
        var called = leads && CALLED.has(text, from, end);
        return typed || called || signs || REACHES.has(text, from, end) || isCallback(from, end) || isMaker(from, end);
    }
}
