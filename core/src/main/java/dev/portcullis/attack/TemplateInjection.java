package dev.portcullis.attack;

import java.util.stream.Collectors;

/**
 * Injection into templates and expression languages.
 *
 * <p>Looks for: expressions in the brackets of template engines that compute with numbers, or reach for classes, for what runs the
 * template, or for functions.
 *
 * <p>Does not look for: placeholders of a mere name, unless one in two braces is all that a value is, at the strict level.
 *
 * <p>Caught: <code>{{7*7}}</code>
 *
 * <p>Let through: <code>Dear ${customer}, {{greeting}}</code>
 */
final class TemplateInjection implements Detector {

    private static final int NEAR = 128;
    private static final Words<Boolean> REACHES =
            Words.set("__class__ __mro__ __base__ __bases__ __subclasses__ __globals__"
                    + " __builtins__ __import__ __init__ __getitem__ __dict__ getclass forname newinstance getruntime processbuilder"
                    + " classloader getdeclaredmethod getmethod __proto__ subclasses mro _memberaccess"
                    + " freemarker servletcontext scriptenginemanager getenginebyname subprocess popen passthru shell_exec"
                    + " phpinfo file_get_contents include_vars _self registerundefinedfiltercallback getfilter getenv"
                    + " allowstaticmethodaccess defaultmethodaccess hexdec get_user_file");
    /** Words of the language that reach for something only where they are called, or lead on. */
    private static final Words<Boolean> CALLED =
            Words.set("exec system eval execute os sleep md5 runtime constructor prototype");

    private static final Words<Boolean> ROOTS = Words.set("config request self session settings application app env"
            + " environment smarty class dump debug cycler joiner namespace lipsum url_for get_flashed_messages"
            + " pagecontext param requestscope sessionscope initparam header cookie php process global require import"
            + " return function set for if assign applicationscope facescontext applicationcontext servletcontext exchange"
            + " systemproperties systemenvironment handler");

    /** Those of which members are taken in a text only by somebody who looks around. */
    private static final Words<Boolean> BASES =
            Words.set("config self smarty class cycler joiner namespace lipsum url_for"
                    + " get_flashed_messages process global require import return function applicationscope facescontext"
                    + " applicationcontext servletcontext systemproperties systemenvironment pagecontext _");

    /** Statements of which templates are full. */
    private static final Words<Boolean> STATEMENTS =
            Words.set("if elif elseif else for set macro block call with filter import from include extends");

    private static final Words<Boolean> FREE_MARKER =
            Words.set("assign list include import setting if macro function global local attempt visit");

    /** Functions of PHP that a condition of a template calls only for somebody else. */
    private static final Words<Boolean> RUN =
            Words.set("system exec passthru shell_exec popen phpinfo eval assert readfile file_get_contents");

    /** Functions of Go's templates. */
    private static final Words<Boolean> GO =
            Words.set("call html js print printf println urlquery index slice template len range define block");

    private static final Words<Boolean> LOADS = Words.set("include extends import from source fetch embed use");

    /** What those begin with, and conditions. */
    private static final String STATEMENT_LEADS =
            LOADS.all().stream().map(word -> word.substring(0, 1)).distinct().collect(Collectors.joining()) + "i";

    private static final Words<Boolean> DIRECTIVES = Words.set("set foreach evaluate include parse define macro");

    /** The characters that brackets and directives begin with. */
    private static final boolean[] OPENS = new boolean[128];

    static {
        for (var c : "#$?{*~%@<[T".toCharArray()) {
            OPENS[c] = true;
        }
    }

    @Override
    public String id() {
        return "template-injection";
    }

    @Override
    public int attractors(Place place) {
        return place.isAgent()
                ? Traits.BRACE
                : Traits.BRACE
                        | Traits.ANGLE
                        | Traits.AT
                        | Traits.BRACKET
                        | Traits.HASH
                        | Traits.DOLLAR
                        | Traits.PAREN
                        | Traits.PERCENT;
    }

    @Override
    public long hangsOn(Place place) {
        return Signs.TEMPLATE;
    }

    @Override
    public Finding look(Text text, Place place) {
        var finding = Finding.NONE;
        var brackets = new Marked(text);
        for (var i = mark(text, 0); i < text.length() && !finding.isCertain(); i = mark(text, i + 1)) {
            var open = opened(text, i);
            if (isDirective(text, i) || TemplateValue.isBare(text, i) || isProduct(text, i)) {
                finding = finding.or(Finding.strong(i));
            }
            if (open > 0) {
                finding = finding.or(expression(brackets, i, i + open, place));
                i += open - 1;
            }
        }
        return finding;
    }

    /** The index of the first character that brackets or directives begin with. */
    private static int mark(Text text, int from) {
        var i = from;
        while (i < text.length() && (text.at(i) >= 128 || !OPENS[text.at(i)])) {
            i++;
        }
        return i;
    }

    /** Tells whether a product stands in a bracket that begins here, be it one that engines seldom have. */
    private static boolean isProduct(Text text, int at) {
        var next = text.at(at + 1);
        var open = text.at(at) == '$' && (next == '(' || next == '[') ? at + 1 : at;
        return "{[<(".indexOf(text.at(open)) >= 0 && TemplateSum.isProduct(text, open);
    }

    /** In a line of several, of which templates are made, what is more than a statement. */
    @Override
    public Finding inLine(Sample line, Finding found) {
        var text = line.text();
        var at = found.at() + (text.at(found.at() + 2) == '-' ? 3 : 2);
        var name = text.skipSpace(at);
        var statement = text.says("{%", found.at()) && STATEMENTS.has(text, name, text.wordEnd(name));
        var block = found.isStrong() && text.says("{{#", found.at()) && isBlock(text, found.at() + 3);
        var plain = statement || isNamed(text, found.at()) || isPlain(text, found.at());
        return plain && !found.isCertain() || block ? Finding.NONE : found;
    }

    /** Tells whether nothing but names and numbers are given to a block, and to what is in its parentheses. */
    private static boolean isBlock(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i))
                || " ()|".indexOf(text.at(i)) >= 0 && text.at(i + 1) != '('
                || Text.isSpace(text.at(i)) && text.at(i + 1) == '(') {
            i++;
        }
        return text.says("}}", i);
    }

    /** Tells whether a dotted name in the midst of other words is all there is in the brackets. */
    private static boolean isNamed(Text text, int at) {
        var open = at + opened(text, at);
        var name = text.skipSpace(open);
        var end = name;
        while (Text.isWord(text.at(end)) || text.at(end) == '.' && Text.isWord(text.at(end + 1))) {
            end++;
        }
        var close = text.skipSpace(end);
        return at > text.first() && Text.isSpace(text.at(at - 1)) && end > name && text.at(close) == '}';
    }

    /** Tells whether a member is printed and nothing else, as all lines of templates do. */
    private static boolean isPlain(Text text, int at) {
        var i = at + 2;
        var led = false;
        while (Text.isWord(text.at(i)) || " .${#*=-".indexOf(text.at(i)) >= 0) {
            led |= text.at(i) == '.';
            i++;
        }
        return led && text.at(i) == '}';
    }

    @Override
    public boolean countsInCode() {
        return true;
    }

    /** In code, what does nothing but to compute with numbers. */
    @Override
    public Finding inCode(Sample line, Finding found) {
        var text = line.text();
        var open = opened(text, found.at());
        var sum = open > 0 && TemplateSum.is(text, found.at() + open, text.next('}', found.at()));
        return sum && found.at() == text.first() ? found : Finding.NONE;
    }

    /** Tells whether a directive of Velocity with its parentheses begins here, a method of an object it has at hand, or one of FreeMarker. */
    private static boolean isDirective(Text text, int at) {
        return switch (text.at(at)) {
            case '#' ->
                isCall(text, at + 1, DIRECTIVES) && "$\"'".indexOf(argument(text, at + 1)) >= 0 || isContext(text, at);
            case '<', '[' ->
                text.at(at + 1) == '#'
                        && FREE_MARKER.has(text, at + 2, text.wordEnd(at + 2))
                        && Text.isSpace(text.at(text.wordEnd(at + 2)));
            case '{' -> isStatement(text, at) || isFormat(text, at) || isSmarty(text, at);
            case '@' -> text.says("system.", at + 1) && isCalled(text, at + 8);
            case '$' ->
                text.says("{.", at + 1) && Text.isLetter(text.at(at + 3))
                        || text.says("{{<%", at + 1)
                        || text.says(".getclass()", text.wordEnd(at + 1))
                        || text.says("$class.inspect(", at)
                        || text.says("$class.forname(", at)
                        || text.says("$request.getsession(", at);
            case '?' ->
                text.says("?new(", at)
                        || text.says("?interpret}", at)
                        || text.says("?eval}", at)
                        || text.says("?api.", at);
            default -> false;
        };
    }

    /** Tells whether OGNL's context, or a variable of it, is set or read: {@code (#context["x"]=}. */
    private static boolean isContext(Text text, int at) {
        var end = text.wordEnd(at + 1);
        var next = text.at(end);
        var value = text.at(end + 1);
        var open = text.at(at - 1) == '(' || isQuote(text.at(at - 1)) && text.at(at - 2) == '(';
        return open && end > at + 1 && (next == '[' || next == '=' && value > ' ' && value != '.');
    }

    /** Tells whether a statement of Smarty, Twig or Jinja begins that runs PHP, calls what it must not, or takes a file of the system. */
    private static boolean isStatement(Text text, int at) {
        if (text.says("{php}", at)) {
            return true;
        }
        // behind a brace alone a blank makes text of it
        var name = text.at(at + 1) == '%' ? text.skipSpace(at + 2) : at + 1;
        if (STATEMENT_LEADS.indexOf(text.lower(name)) < 0) {
            return false;
        }
        var end = text.wordEnd(name);
        var argument = text.skipSpace(end);
        if (text.says("if", name) && end == name + 2) {
            return isCall(text, argument, RUN);
        }
        var path = text.at(argument) == '=' ? argument + 1 : text.says("file=", argument) ? argument + 5 : argument;
        return LOADS.has(text, name, end)
                && (text.at(path) == '"' || text.at(path) == '\'')
                && (text.at(path + 1) == '/' || text.says("..", path + 1) || text.says("://", text.wordEnd(path + 1)));
    }

    /** Tells whether Smarty computes or evaluates a string, or calls what its templates share. */
    private static boolean isSmarty(Text text, int at) {
        return text.says("{self::", at) || text.says("{math equation=", at) || text.says("{eval var=", at);
    }

    /** Tells whether a field of Python's formats reaches from an object to what all share: <code>{0.__class__.__init__}</code>. */
    private static boolean isFormat(Text text, int at) {
        var object = text.wordEnd(at + 1);
        var member = text.wordEnd(object + 1);
        return object > at + 1
                && text.says(".__", object)
                && (text.says(".__", member) || text.says("[", member))
                && REACHES.has(text, object + 1, member)
                && !text.says(".__name__", member)
                && !text.says(".__qualname__", member);
    }

    /** Tells whether a dotted name is called. */
    private static boolean isCalled(Text text, int from) {
        var end = text.wordEnd(from);
        while (text.at(end) == '.' && end < from + NEAR) {
            end = text.wordEnd(end + 1);
        }
        return text.at(end) == '(';
    }

    private static boolean isCall(Text text, int from, Words<Boolean> words) {
        var end = text.wordEnd(from);
        return text.at(end) == '(' && words.has(text, from, end);
    }

    /** The first character in the parentheses behind a word. */
    private static char argument(Text text, int word) {
        return text.at(text.skipSpace(text.wordEnd(word) + 1));
    }

    /** How long the bracket is that begins here; 0 when none does. */
    private static int opened(Text text, int at) {
        var next = text.at(at + 1);
        return switch (text.at(at)) {
            case '{' ->
                next == '{' || next == '%' || next == '#' || next == '!'
                        ? 2
                        : next == '$' ? 1 : isPhp(text, at) ? 1 : 0;
            case '$', '#', '*', '~', '%' -> next == '{' ? text.at(at + 2) == '{' ? 3 : 2 : 0;
            case '@' -> (next == '(' && !isPattern(text, at + 2) || next == '{') && !isJoint(text.at(at - 1)) ? 2 : 0;
            case '<' -> next == '%' ? text.at(at + 2) == '=' ? 3 : 2 : text.says("<#assign", at) ? 2 : 0;
            case '[' ->
                text.says("[#assign", at)
                                || text.says("[#if", at)
                                || text.says("[=", at)
                                || text.at(at + 1) == '[' && at == text.first()
                        ? 2
                        : 0;
            default -> 0;
        };
    }

    /** Tells whether a group of a regular expression begins there, as in those for addresses of mails. */
    private static boolean isPattern(Text text, int from) {
        return "[?\\^".indexOf(text.at(text.at(from) == '(' ? from + 1 : from)) >= 0;
    }

    /** Tells whether the character ends what a pattern of an address of mail has before its sign. */
    private static boolean isJoint(char c) {
        return Text.isWord(c) || ")]+*}?\\".indexOf(c) >= 0;
    }

    private static boolean isPhp(Text text, int at) {
        return text.says("{php}", at) || text.says("{smarty_", at);
    }

    private static Finding expression(Marked brackets, int start, int from, Place place) {
        var text = brackets.text;
        var end = end(brackets, start, from);
        if (end < 0) {
            return Finding.NONE;
        }
        if (TemplateSum.is(text, from, end)) {
            return Finding.strong(start);
        }
        var words = brackets.words(from, end);
        var reaches = Brackets.reached(words);
        var calls = Brackets.called(words);
        var root = text.skipSpace("$=(".indexOf(text.at(from)) >= 0 ? from + 1 : from);
        if (text.at(root) == '#' && isContextual(text, start, root) || isRun(text, start, root)) {
            return Finding.strong(start);
        }
        if (isComposed(text, root) && !text.isDocument()) {
            return Finding.strong(start);
        }
        var statement = text.at(start) == '{' && text.at(start + 1) == '%';
        var rooted = !statement && isRooted(text, start, root, end);
        if (reaches > 0) {
            return calls > 0 || reaches > 1 ? Finding.certain(start) : Finding.strong(start);
        }
        var whole = place.isTaken() && text.first() == start && end + 3 >= text.last();
        var runs = whole && (isCalling(text, from, end) || isGiven(text, root) || isTried(text, start, from, end))
                || statement && TemplateValue.isStatement(text, from, end, whole);
        var reached = rooted
                && (whole || calls > 0 && BASES.has(text, root, text.wordEnd(root)) || isCalling(text, from, end));
        if (reached || runs || isScript(text, start, from)) {
            return Finding.strong(start);
        }
        return isPlaceholder(text, start, from, end, whole) ? Finding.NONE : Finding.faint(start);
    }

    /** Tells whether statements stand in brackets that hold an expression, as those do which get out of the sandbox of a page's framework. */
    private static boolean isScript(Text text, int start, int from) {
        var assigned = false;
        for (var i = from; text.says("{{", start) && i < from + NEAR && !isNested(text, i); i++) {
            var c = text.at(i);
            if (c == Text.END || c == '\n' || c == '}' && text.at(i + 1) == '}') {
                return false;
            }
            if (c == ';' && assigned) {
                return true;
            }
            assigned |= c == '=' && Text.isWord(text.at(i - 1)) && text.at(i + 1) != '=';
        }
        return false;
    }

    /** Tells whether another bracket of a template begins at the index. */
    private static boolean isNested(Text text, int at) {
        var before = text.at(at - 1);
        return text.at(at) == '{' && "{$#%*@".indexOf(before) >= 0 || text.at(at) == '%' && before == '<';
    }

    /** Tells whether a name, with its members, stands there as in any text with placeholders; what is all of a value may look around. */
    private static boolean isPlaceholder(Text text, int start, int from, int end, boolean whole) {
        var i = from;
        while (i < end && (Text.isWord(text.at(i)) || ".- /:".indexOf(text.at(i)) >= 0)) {
            i++;
        }
        return i >= end && (!whole || text.at(start) == '$' && text.at(from) != '{');
    }

    /** Tells whether the expression begins with an object that engines give to every template; those of workflows are given by their authors. */
    private static boolean isRooted(Text text, int start, int root, int end) {
        var close = text.wordEnd(root);
        var underscore = close == root + 1 && text.at(root) == '_' && text.at(close) == '.' && text.at(start) != '<';
        if (!underscore && !ROOTS.has(text, root, close)) {
            return false;
        }
        return !text.says("${{", start) || text.at(close) != '.' || near(text, '(', close) < end;
    }

    /** Tells whether something is called that is no filter, or the filter by which members are reached. */
    private static boolean isCalling(Text text, int from, int end) {
        var filtered = false;
        for (var i = from; i < end && !isNested(text, i); i++) {
            var c = text.at(i);
            filtered |= c == '|' && i > from && text.at(i + 1) != '|' && text.at(i - 1) != '|';
            if (c == '('
                    && (Text.isWord(text.at(i - 1))
                            || ")]'\"".indexOf(text.at(i - 1)) >= 0
                            || text.at(text.wordEnd(i + 1)) == '.')
                    && (!filtered || text.says("attr", i - 4))) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a value that is nothing else looks what the template has, or whether there is one. */
    private static boolean isTried(Text text, int start, int from, int end) {
        return switch (text.at(start + 1)) {
            case '{', '=', '-' ->
                TemplateValue.isProbe(text, from, end)
                        || text.at(start) == '$' && TemplateValue.isLookup(text, from)
                        || text.at(start) == '@' && TemplateValue.isBlock(text, start);
            default -> false;
        };
    }

    /** Tells whether it is the name of an object that engines give to every template. */
    static boolean isRoot(Text text, int from, int end) {
        return ROOTS.has(text, from, end);
    }

    /** Tells whether a variable of OGNL's context stands there, or a block of Handlebars that is given a string instead of a member. */
    private static boolean isContextual(Text text, int start, int mark) {
        var given = text.skipSpace(text.wordEnd(mark + 1));
        return Text.isLetter(text.at(mark + 1)) && (text.at(start) != '{' || isQuote(text.at(given)));
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    /** Tells whether it begins with the path of a file in quotes, or with a string or a name of which it reaches for a member by a string that is put together. */
    private static boolean isComposed(Text text, int root) {
        var quote = text.at(root);
        if (!isQuote(quote)) {
            var end = text.wordEnd(root);
            var name = text.at(end + 1);
            return end > root && text.at(end) == '[' && isJoined(text, near(text, name, end + 2), name);
        }
        var end = near(text, quote, root + 1);
        return text.at(root + 1) == '/' && text.at(text.skipSpace(end + 1)) == '|'
                || text.at(end + 1) == '.' && text.at(text.wordEnd(end + 2)) == '(';
    }

    /** The index of the first such character that is not far. */
    private static int near(Text text, char c, int from) {
        var i = from;
        while (i < from + NEAR && text.at(i) != c && text.at(i) != Text.END) {
            i++;
        }
        return i;
    }

    /** Tells whether another string is put behind the one that ends at the index. */
    private static boolean isJoined(Text text, int end, char quote) {
        var sign = text.skipSpace(end + 1);
        return isQuote(quote)
                && (text.at(sign) == '+' || text.at(sign) == '~')
                && text.at(text.skipSpace(sign + 1)) == quote;
    }

    /** Tells whether a method or a function of Go is given something: <code>{{.Run "id"}}</code>. */
    private static boolean isGiven(Text text, int root) {
        var method = text.at(root) == '.' && Text.isLetter(text.at(root + 1));
        var end = text.wordEnd(method ? root + 1 : root);
        var argument = text.at(text.skipSpace(end));
        return text.at(end) == ' '
                && (argument == '"' || argument == '`' || argument == '.' || Text.isDigit(argument))
                && (method || GO.has(text, root, end));
    }

    /** Tells whether the expression is a command between the ticks of Ruby. */
    private static boolean isRun(Text text, int start, int root) {
        var ticks = text.at(root) == '`' || text.says("%x", root) && !Text.isWord(text.at(root + 2));
        return ticks && (text.at(start) == '<' || text.at(start) == '#');
    }

    /** Where the expression ends that began with the bracket before the index; -1 when it does not. */
    private static int end(Marked brackets, int start, int from) {
        var text = brackets.text;
        var close = switch (text.at(start)) {
            case '@' -> text.at(start + 1) == '(' ? ')' : '}';
            case '<' -> '>';
            case '[' -> ']';
            default -> '}';
        };
        var limit = Math.min(from + NEAR, text.length());
        var end = brackets.close(close, from, limit);
        if (end < limit) {
            return text.at(end - 1) == '%' && end > from ? end - 1 : end;
        }
        return text.length() > from + NEAR ? from + NEAR : -1;
    }

    /** The brackets of one text, and which of the words in them reach for what no template should. */
    private static final class Marked extends Brackets {

        private final Text text;

        private Marked(Text text) {
            super(text);
            this.text = text;
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
            var last = before == '.' && "}| ".indexOf(text.at(end)) >= 0;
            return end - from == 11
                    && text.says("constructor", from)
                    && (last || (before == '\'' || before == '"') && text.at(end) == before);
        }

        @Override
        boolean reaches(int from, int end) {
            var typed = end == from + 1 && text.says("t(java", from) || text.says("java.lang", from);
            var leads = text.at(end) == '(' || text.at(end) == '[' || text.at(end) == '.' && !text.says(".name", end);
            var called = leads && CALLED.has(text, from, end);
            return typed || called || REACHES.has(text, from, end) || isCallback(from, end) || isMaker(from, end);
        }
    }
}
