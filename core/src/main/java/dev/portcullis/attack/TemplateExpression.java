package dev.portcullis.attack;

/** What stands in the brackets of a template: a sum, a call, an object that engines give to every template, or a mere name. */
final class TemplateExpression {

    private static final Marks PREFIXES = Marks.of("$=(");
    private static final Marks NESTING = Marks.of("{$#%*@");
    private static final Marks PARTS = Marks.of(".- /:");
    private static final Marks BEFORE_CALL = Marks.of(")]'\"");

    private static final int NEAR = 128;

    /** Functions of Go's templates. */
    private static final Words<Boolean> GO =
            Words.set("call html js print printf println urlquery index slice template len range define block exec");

    /** What Thymeleaf gives to every template to write lists, dates and the like. */
    private static final Words<Boolean> UTILITIES =
            Words.set("dates calendars temporals numbers strings objects bools arrays lists"
                    + " sets maps aggregates ids uris conversions fields messages");

    /** Blocks that take what they are given for what is around them. */
    private static final Words<Boolean> SUBJECTS = Words.set("with each");

    /** Functions that read files, in engines that are made of their language. */
    private static final Words<Boolean> READS = Words.set("open file source include readfile dir render");

    /** What the name of a block, of its end, of a part or of a comment has before it. */
    private static final Marks BLOCKS = Marks.of("#^/&>!@");
    /** What an expression with an operator or a filter begins with. */
    private static final Marks OPERAND =
            Marks.of(" '\"(-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private final TemplateBrackets brackets;
    private final Text text;
    private final int start;
    private final int from;
    private final int end;
    /** The characters that stand at the start and behind the bracket, each looked at once. */
    private final char open;

    private final char lead;

    private TemplateExpression(TemplateBrackets brackets, int start, int from, int end) {
        this.brackets = brackets;
        this.text = brackets.text;
        this.start = start;
        this.from = from;
        this.end = end;
        this.open = text.at(start);
        this.lead = text.at(from);
    }

    /** What an expression does that begins behind the bracket at the start. */
    static Finding judge(TemplateBrackets brackets, int start, int from, Place place) {
        var end = brackets.end(start, from);
        return end < 0 ? Finding.NONE : new TemplateExpression(brackets, start, from, end).judge(place.isTaken());
    }

    private Finding judge(boolean taken) {
        if (TemplateSum.isBehind(text, brackets.marksEnd(from, end), end)) {
            return Finding.strong(start);
        }
        if (isOfWorkflow()) {
            return Finding.NONE;
        }
        var words = brackets.words(from, end);
        var calls = Brackets.called(words);
        var root = root();
        if (isOutspoken(text, start, root) || isTorn()) {
            return Finding.strong(start);
        }
        var reaches = isNamed() ? brackets.reachedByName(from, end) : Brackets.reached(words);
        if (reaches > 0) {
            return calls > 0 || reaches > 1 ? Finding.certain(start) : Finding.strong(start);
        }
        var whole = taken && text.first() == start && (end + 3 >= text.last() || open == '<' && isPage(text));
        if (TemplateTrick.is(text, from, end) || looksAround(root, whole, calls) || does(root, whole)) {
            return Finding.strong(start);
        }
        return isPlain(whole) ? Finding.NONE : Finding.faint(start);
    }

    /** Tells whether it is one of a workflow, which looks like one of a template behind a dollar sign. */
    private boolean isOfWorkflow() {
        return open == '$' && lead != '{' && text.says("{{", start + 1) && WorkflowExpression.is(text, from, end);
    }

    /** Where the first name begins, behind what may stand before it. */
    private int root() {
        var first = text.skipSpace(PREFIXES.has(lead) ? from + 1 : from);
        return open == '<' && text.lastTagEnd() > start ? assigned(text, first) : first;
    }

    /** Tells whether a string in it is put together of others, which nobody does who writes a template. */
    private boolean isTorn() {
        return open == '{' && OPERAND.has(lead) && TemplateTrick.isTorn(text, from, end);
    }

    /** Tells whether a name in braces behind a dollar sign is all there is. */
    private boolean isNamed() {
        return open == '$' && isPlaceholder(text, from, end);
    }

    private boolean isStatement() {
        return open == '{' && text.at(start + 1) == '%';
    }

    /** Tells whether it begins with an object of the engine, and is all of a value, or calls something. */
    private boolean looksAround(int root, boolean whole, int calls) {
        return !isStatement()
                && TemplateObject.begins(text, start, root, end)
                && (whole
                        || calls > 0 && TemplateObject.BASES.has(text, root, text.wordEnd(root))
                        || isCalling(text, from, end));
    }

    /** Tells whether it calls, tries or states something as all of a value, or is a script. */
    private boolean does(int root, boolean whole) {
        return whole && (isCalling(text, from, end) || isGiven(text, root) || isTried(text, start, from, end))
                || isStatement() && TemplateValue.isStatement(text, from, end, whole)
                || text.at(start + 1) == '{' && isScript(text, start, from);
    }

    /** Tells whether it prints what the template was given and nothing else; what is all of a value may look around. */
    private boolean isPlain(boolean whole) {
        var printed = open == '$' || lead != '{';
        var shown = !whole || open == '$' && lead != '{';
        return shown && printed && isPlaceholder(text, from, end)
                || OPERAND.has(lead) && TemplateUse.is(text, from, end);
    }

    /** Where what is kept in a variable begins; the index itself when nothing is. */
    private static int assigned(Text text, int root) {
        var sign = text.skipSpace(text.wordEnd(root));
        return Text.isLetter(text.at(root)) && text.at(sign) == '=' && "=~>".indexOf(text.at(sign + 1)) < 0
                ? text.skipSpace(sign + 1)
                : root;
    }

    /** Tells whether a value begins and ends with tags of Ruby, and is no more than they are. */
    private static boolean isPage(Text text) {
        return text.lastTagEnd() + 2 >= text.last() && !text.isPassage();
    }

    /** Tells whether the first characters of an expression say enough: a variable of OGNL, a command, or a member that is put together. */
    private static boolean isOutspoken(Text text, int start, int root) {
        return text.at(root) == '#' && isContextual(text, start, root)
                || isRun(text, start, root)
                || isComposed(text, root) && !text.isDocument();
    }

    /** Tells whether statements stand in brackets that hold an expression, as those do which get out of the sandbox of a page's framework. */
    private static boolean isScript(Text text, int start, int from) {
        if (!text.says("{{", start)) {
            return false;
        }
        var assigned = false;
        for (var i = from; i < from + NEAR && !isNested(text, i); i++) {
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
    static boolean isNested(Text text, int at) {
        var before = text.at(at - 1);
        return text.at(at) == '{' && NESTING.has(before) || text.at(at) == '%' && before == '<';
    }

    /** Tells whether a name, with its members, stands there as in any text with placeholders; what is all of a value may look around. */
    private static boolean isPlaceholder(Text text, int from, int end) {
        var i = BLOCKS.has(text.at(from)) ? from + 1 : from;
        while (i < end && (Text.isWord(text.at(i)) || PARTS.has(text.at(i)))) {
            i++;
        }
        return i >= end;
    }

    /**
     * Tells whether something is asked, behind the bracket at the start, of an object that the template was given: one that no engine has of
     * itself, no literal, and without a way to what all objects share.
     */
    static boolean isOfGiven(TemplateBrackets brackets, int start, int from) {
        var text = brackets.text;
        var end = brackets.end(start, from);
        var root = text.skipSpace(from);
        root = text.at(root) == '-' ? text.skipSpace(root + 1) : root;
        root = text.at(root) == '$' ? root + 1 : root;
        var close = text.wordEnd(root);
        if (end > 0 && TemplateObject.isOwnBlock(text, root, close)) {
            return true;
        }
        return end > 0
                && Text.isLetter(text.at(root))
                && !TemplateObject.is(text, root, close)
                && !GO.has(text, root, close)
                && !READS.has(text, root, close)
                && Brackets.reached(brackets.words(from, end)) == 0
                && !isOutspoken(text, start, root)
                && !TemplateTrick.isTorn(text, from, end)
                && !TemplateValue.isProbe(text, from, end)
                && !isScript(text, start, from);
    }

    /** Tells whether something is called that is no filter, or the filter by which members are reached. */
    private static boolean isCalling(Text text, int from, int end) {
        var filtered = false;
        for (var i = from; i < end && !isNested(text, i); i++) {
            var c = text.at(i);
            filtered |= c == '|' && i > from && text.at(i + 1) != '|' && text.at(i - 1) != '|';
            if (c == '('
                    && (Text.isWord(text.at(i - 1))
                            || (text.at(i - 1) == '!' || text.at(i - 1) == '?') && Text.isWord(text.at(i - 2))
                            || BEFORE_CALL.has(text.at(i - 1))
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

    /** Tells whether a variable of OGNL's context stands there, or a block of Handlebars that is given a string instead of a member. */
    private static boolean isContextual(Text text, int start, int mark) {
        var given = text.skipSpace(text.wordEnd(mark + 1));
        var end = text.wordEnd(mark + 1);
        return Text.isLetter(text.at(mark + 1))
                && !isUtility(text, mark, end)
                && (text.at(start) != '{'
                        || isQuote(text.at(given)) && SUBJECTS.has(text, mark + 1, text.wordEnd(mark + 1)));
    }

    /** Tells whether something of Thymeleaf's own writes what it is given, and neither a bean, a class nor the context is given to it. */
    private static boolean isUtility(Text text, int mark, int end) {
        if (text.at(end) != '.' || !UTILITIES.has(text, mark + 1, end)) {
            return false;
        }
        for (var i = end; i < end + NEAR && text.at(i) != '}' && text.at(i) != Text.END; i++) {
            if (!Text.isWord(text.at(i - 1)) && reachesOut(text, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean reachesOut(Text text, int at) {
        var word = text.wordEnd(at + 1);
        return switch (text.at(at)) {
            case '@' -> Text.isLetter(text.at(at + 1));
            case '#' -> word > at + 1 && !UTILITIES.has(text, at + 1, word);
            case 'T' -> text.at(at + 1) == '(';
            case 'n' -> text.says("new ", at);
            default -> false;
        };
    }

    static boolean isQuote(char c) {
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
    static int near(Text text, char c, int from) {
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
        if (text.says("printf \"", root) && isOfSite(text, text.next('"', end + 2) + 1)) {
            return false;
        }
        return text.at(end) == ' '
                && (argument == '"' || argument == '`' || argument == '.' || Text.isDigit(argument))
                && (method || GO.has(text, root, end));
    }

    /** Tells whether a member of what a page is made from is printed by a format: {@code .Site.Title}. */
    private static boolean isOfSite(Text text, int from) {
        return text.says(" .site.", from)
                || text.says(" .page.", from)
                || text.says(" .params.", from)
                || text.says(" .title", from);
    }

    /** Tells whether the expression is a command between the ticks of Ruby. */
    private static boolean isRun(Text text, int start, int root) {
        var ticks = text.at(root) == '`' || text.says("%x", root) && !Text.isWord(text.at(root + 2));
        var quote = text.skipSpace(text.wordEnd(root));
        var told = isQuote(text.at(quote))
                && quote > text.wordEnd(root)
                && TemplateBrackets.RUN.has(text, root, text.wordEnd(root));
        return (ticks || told) && (text.at(start) == '<' || text.at(start) == '#');
    }
}
