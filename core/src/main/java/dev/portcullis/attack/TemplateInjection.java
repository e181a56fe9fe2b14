package dev.portcullis.attack;

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

    private static final Marks BRACKETS = Marks.of("{[<(");
    private static final Marks PARTS = Marks.of(" ()|");
    private static final Marks PLAIN = Marks.of(" .${#*=-");
    private static final Marks PATTERNS = Marks.of("[?\\^");
    private static final Marks JOINTS = Marks.of(")]+*}?\\");

    /** What stands between the fields of a format. */
    private static final Marks FIELDS = Marks.of(" %.:,-/[]#");

    /** Statements of which templates are full. */
    private static final Words<Boolean> STATEMENTS =
            Words.set("if elif elseif else for set macro block call with filter import from include extends");

    /** How long the description of an object is that programs print. */
    private static final int NEAR = 40;

    /** How long the arguments of a block are at most. */
    private static final int LONGEST = 240;

    /** The characters that brackets and directives begin with. */
    private static final Marks OPENS = Marks.of("#$?{*~%@<[T}|");

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
        return look(new TemplateBrackets(text), place, 0, Suspicion.CERTAIN);
    }

    /** Looks from an index on, up to what is as sure as is enough. */
    private static Finding look(TemplateBrackets brackets, Place place, int from, Suspicion enough) {
        var text = brackets.text;
        var finding = Finding.NONE;
        for (var i = mark(text, from);
                i < text.length() && finding.suspicion().compareTo(enough) < 0;
                i = mark(text, i + 1)) {
            var open = opened(text, i);
            if (TemplateDirective.begins(text, i)
                    || TemplateValue.isBare(text, i)
                    || isProduct(text, i)
                    || isTrick(text, i)) {
                finding = finding.or(Finding.strong(i));
            }
            if (open > 0) {
                finding = finding.or(TemplateExpression.judge(brackets, i, i + open, place));
                i += open - 1;
            }
        }
        return finding;
    }

    private static boolean isTrick(Text text, int at) {
        return switch (text.at(at)) {
            case '@' -> TemplateTrick.isStatic(text, at);
            case '}' -> TemplateTrick.leavesExpression(text, at);
            default -> false;
        };
    }

    /** The index of the first character that brackets or directives begin with. */
    private static int mark(Text text, int from) {
        var i = from;
        while (i < text.length() && OPENS.lacks(text.at(i))) {
            i++;
        }
        return i;
    }

    /** Tells whether a product stands in a bracket that begins here, be it one that engines seldom have. */
    private static boolean isProduct(Text text, int at) {
        var next = text.at(at + 1);
        if (text.at(at) == '$' && next == '\\') {
            return text.at(at + 3) == '{' && TemplateSum.is(text, at + 4, near(text, '}', at));
        }
        var open = text.at(at) == '$' && (next == '(' || next == '[') ? at + 1 : at;
        return BRACKETS.has(text.at(open)) && TemplateSum.isProduct(text, open);
    }

    /** In a line of several, of which templates are made, what is more than a statement, or than what is asked of an object that was given. */
    @Override
    public Finding inLine(Sample line, Finding found) {
        var brackets = new TemplateBrackets(line.text());
        var rest = found;
        while (rest.isStrong() && isUsual(brackets, rest.at())) {
            rest = look(brackets, line.place(), rest.at() + 1, Suspicion.STRONG);
        }
        return rest;
    }

    /** Tells whether what stands in a line is what lines of templates are made of. */
    private static boolean isUsual(TemplateBrackets brackets, int found) {
        var text = brackets.text;
        var at = found + (text.at(found + 2) == '-' ? 3 : 2);
        var name = text.skipSpace(at);
        var statement = text.says("{%", found)
                && STATEMENTS.has(text, name, text.wordEnd(name))
                && !TemplateDirective.loadsAsked(text, name);
        if (text.says("<#", found)) {
            return TemplateDirective.isUsual(text, found + 2);
        }
        if (text.says("{{#", found)) {
            return isBlock(text, found + 3);
        }
        var given = text.says("{{", found) && TemplateExpression.isOfGiven(brackets, found, found + 2);
        return (statement || given || isNamed(text, found) || isPlain(text, found)) && !asksSecret(text, found);
    }

    /** Tells whether nothing but names, numbers and strings are given to a block, and to what is in its parentheses; the subject of none is a string. */
    private static boolean isBlock(Text text, int from) {
        var end = text.wordEnd(from);
        var i = text.says("with", from) ? end : skipArguments(text, end);
        while (Text.isWord(text.at(i))
                || PARTS.has(text.at(i)) && text.at(i + 1) != '('
                || Text.isSpace(text.at(i)) && text.at(i + 1) == '(') {
            i++;
        }
        return text.says("}}", i);
    }

    /** Where the arguments of a block end that are strings, or have names. */
    private static int skipArguments(Text text, int from) {
        var i = from;
        while (i < from + LONGEST && (Text.isWord(text.at(i)) || " =.\"".indexOf(text.at(i)) >= 0)) {
            i = text.at(i) == '"' ? text.next('"', i + 1) + 1 : i + 1;
        }
        return i;
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

    /** Tells whether a secret is asked for of an object that engines give to every template; what forms carry against forgery is none. */
    private static boolean asksSecret(Text text, int at) {
        var root = text.skipSpace(at + opened(text, at));
        var end = text.wordEnd(root);
        var rooted = TemplateObject.is(text, root, end);
        while (rooted && text.at(end) == '.' && Text.isWord(text.at(end + 1))) {
            var from = end + 1;
            end = text.wordEnd(from);
            if (Secrets.within(text, from, end) && !text.says("csrf", from)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a member is printed and nothing else, as all lines of templates do. */
    private static boolean isPlain(Text text, int at) {
        var i = at + 2;
        var led = false;
        while (Text.isWord(text.at(i)) || PLAIN.has(text.at(i))) {
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
            case '<' ->
                next == '%' && !isFormat(text, at + 2)
                        ? text.at(at + 2) == '=' ? 3 : 2
                        : text.says("<#assign", at) ? 2 : 0;
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
        return PATTERNS.has(text.at(text.at(from) == '(' ? from + 1 : from));
    }

    /** Tells whether the character ends what a pattern of an address of mail has before its sign. */
    private static boolean isJoint(char c) {
        return Text.isWord(c) || JOINTS.has(c);
    }

    /** Tells whether a field of a format stands behind the mark, as programs print objects: {@code <%s at %x>}. */
    private static boolean isFormat(Text text, int at) {
        if ("sdrixc".indexOf(text.at(at)) < 0 || Text.isWord(text.at(at + 1)) || text.lastTagEnd() > at) {
            return false;
        }
        var i = at + 1;
        while (i < at + NEAR && (Text.isWord(text.at(i)) || FIELDS.has(text.at(i)))) {
            i++;
        }
        return text.at(i) == '>';
    }

    /** The index of such a character that is not far. */
    private static int near(Text text, char c, int from) {
        var i = from;
        while (i < from + NEAR && text.at(i) != c && text.at(i) != Text.END) {
            i++;
        }
        return i;
    }

    private static boolean isPhp(Text text, int at) {
        return text.says("{php}", at) || text.says("{smarty_", at);
    }
}
