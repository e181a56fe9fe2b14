package dev.portcullis.attack;

import java.util.stream.Collectors;

/** Directives and statements of template engines that run, load or reach for what no text does. */
final class TemplateDirective {

    private static final Marks ARGUMENTS = Marks.of("$\"'");

    /** How far a dotted name is read. */
    private static final int NEAR = 128;

    /** How many folders a template is looked for further up. */
    private static final int MOST_CLIMBS = 3;

    /** Endings of the files of templates, none of which is a file of the system. */
    private static final Words<Boolean> TEMPLATES =
            Words.set("njk html twig j2 jinja jinja2 liquid hbs tpl mustache ftl ftlh ejs pug eta");

    private static final Words<Boolean> FREE_MARKER =
            Words.set("assign list include import setting if macro function global local attempt visit");

    /** Those among them of which templates are full; what they hold is looked at like anything else. */
    private static final Words<Boolean> USUAL = Words.set("assign list if macro function global local attempt");

    static final Words<Boolean> LOADS = Words.set("include extends import from source fetch embed use");

    /** What those begin with, and conditions. */
    private static final String STATEMENT_LEADS =
            LOADS.all().stream().map(word -> word.substring(0, 1)).distinct().collect(Collectors.joining()) + "i";

    /** Kinds of resources of Smarty that make a template of the string itself, or of any file. */
    private static final Words<Boolean> RESOURCES = Words.set("eval string file php data extends");

    /** Variables of FreeMarker that hold all that there is. */
    private static final Words<Boolean> ALL = Words.set("data_model globals locals main namespace vars");

    private static final Words<Boolean> DIRECTIVES = Words.set("set foreach evaluate include parse define macro");

    /** What FreeMarker builds in that makes a template or a value of a string. */
    private static final Words<Boolean> BUILT = Words.set("interpret eval eval_json");

    private TemplateDirective() {}

    /** Tells whether a directive of Velocity with its parentheses begins here, a method of an object it has at hand, or one of FreeMarker. */
    static boolean begins(Text text, int at) {
        return switch (text.at(at)) {
            case '#' -> isSpacedCall(text, at + 1) && ARGUMENTS.has(argument(text, at + 1)) || isContext(text, at);
            case '<', '[' ->
                text.at(at) == '<' && isRuby(text, at)
                        || TemplateFile.isTaken(text, at)
                        || text.at(at + 1) == '#'
                                && FREE_MARKER.has(text, at + 2, text.wordEnd(at + 2))
                                && Text.isSpace(text.at(text.wordEnd(at + 2)))
                                && !(isUsual(text, at + 2) && text.isPassage());
            case '{' ->
                isStatement(text, at)
                        || isFormat(text, at)
                        || isSmarty(text, at)
                        || isLatte(text, at)
                        || isPiped(text, at)
                        || TemplateFile.isTaken(text, at);
            case '|' -> text.says("attr(", text.skipSpace(at + 1));
            case '@' -> text.says("system.", at + 1) && isCalled(text, at + 8);
            case '$' ->
                text.says("{.", at + 1) && Text.isLetter(text.at(at + 3))
                        || text.says("{{<%", at + 1)
                        || text.says(".getclass()", text.wordEnd(at + 1))
                        || text.says("$class.inspect(", at)
                        || text.says("$class.forname(", at)
                        || text.says("$request.getsession(", at);
            case '?' -> text.says("?new(", at) || isBuilt(text, at) || text.says("?api.", at);
            default -> false;
        };
    }

    /** Tells whether OGNL's context, or a variable of it, is set or read: {@code (#context["x"]=}. */
    private static boolean isContext(Text text, int at) {
        var end = text.wordEnd(at + 1);
        var next = text.at(end);
        var value = text.at(end + 1);
        var open = text.at(at - 1) == '(' || TemplateExpression.isQuote(text.at(at - 1)) && text.at(at - 2) == '(';
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
            return isCall(text, argument, TemplateBrackets.RUN);
        }
        if (text.at(at + 1) == '%' && loadsAsked(text, name)) {
            return true;
        }
        var path = text.at(argument) == '=' ? argument + 1 : text.says("file=", argument) ? argument + 5 : argument;
        return LOADS.has(text, name, end)
                && (text.at(path) == '"' || text.at(path) == '\'')
                && !isTemplate(text, path)
                && (text.at(path + 1) == '/'
                        || text.at(path + 1) == '.' && text.at(path + 2) != '/'
                        || ShellRisk.isSecretName(text, path + 1)
                        || isResource(text, path + 1));
    }

    /** Tells whether another host or, by Smarty's kinds of resources, a template within the string or any file is named. */
    private static boolean isResource(Text text, int from) {
        var end = text.wordEnd(from);
        return text.says("://", end) || text.at(end) == ':' && RESOURCES.has(text, from, end);
    }

    /** Tells whether a template is loaded whose name is a member of what engines give to every template, so that whoever asks has a say in it. */
    static boolean loadsAsked(Text text, int name) {
        var end = text.wordEnd(name);
        var from = text.skipSpace(end);
        var close = text.wordEnd(from);
        var member = text.at(close) == '.' || text.at(close) == '[';
        return member && LOADS.has(text, name, end) && TemplateObject.isBase(text, from, close);
    }

    /** Tells whether the string that opens at the index names a template some folders further up, and nothing of the system. */
    private static boolean isTemplate(Text text, int quote) {
        var i = quote + 1;
        var climbs = 0;
        while (text.says("../", i)) {
            climbs++;
            i += 3;
        }
        var dot = i;
        for (; i < quote + NEAR && (Text.isWord(text.at(i)) || "-/.".indexOf(text.at(i)) >= 0); i++) {
            dot = text.at(i) == '.' ? i : dot;
        }
        return climbs > 0 && climbs <= MOST_CLIMBS && text.at(i) == text.at(quote) && TEMPLATES.has(text, dot + 1, i);
    }

    /** Tells whether a directive of FreeMarker stands at the index that by itself reads no file and lists nothing of the engine's. */
    static boolean isUsual(Text text, int from) {
        var end = text.wordEnd(from);
        return USUAL.has(text, from, end) && text.at(text.skipSpace(end)) != '.' && !takesAll(text, end);
    }

    /** Tells whether a directive takes all that there is before it ends, or another one begins, which is read by itself. */
    private static boolean takesAll(Text text, int from) {
        for (var i = from; i < from + NEAR && text.at(i) != '>' && text.at(i) != Text.END; i++) {
            if (text.at(i) == '<' && text.at(i + 1) == '#') {
                return false;
            }
            if (text.at(i) == '.' && !Text.isWord(text.at(i - 1)) && ALL.has(text, i + 1, text.wordEnd(i + 1))) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a statement of ERB takes in a library, as templates leave to the application: {@code <% require 'open3' %>}. */
    private static boolean isRuby(Text text, int at) {
        var name = text.skipSpace(at + 2);
        var quote = text.skipSpace(text.wordEnd(name));
        return text.at(at + 1) == '%'
                && text.says("require", name)
                && TemplateExpression.isQuote(text.at(quote))
                && !text.isDocument();
    }

    /** Tells whether a string is given to what FreeMarker builds in, and nothing more. */
    static boolean isBuilt(Text text, int at) {
        var end = text.wordEnd(at + 1);
        return "})/>".indexOf(text.at(end)) >= 0 && BUILT.has(text, at + 1, end);
    }

    /** Tells whether Latte runs PHP or sets a variable as the first of a value, or Dust evaluates or computes. */
    private static boolean isLatte(Text text, int at) {
        return text.says("{php ", at)
                || text.says("{var $", at) && at == text.first() && !text.isDocument()
                || text.says("{@math ", at)
                || text.says("{@if cond=", at);
    }

    /** Tells whether a string in one brace is given to a filter: <code>{"a"|cat:"b"}</code>. */
    static boolean isPiped(Text text, int brace) {
        var quote = text.at(brace + 1);
        if (quote != '"' && quote != '\'') {
            return false;
        }
        var end = text.wordEnd(brace + 2);
        var filter = text.wordEnd(end + 2);
        return text.at(end) == quote
                && text.at(end + 1) == '|'
                && filter > end + 3
                && "|:}@".indexOf(text.at(filter)) >= 0;
    }

    /** Tells whether a directive of Velocity is given something, be it behind blanks. */
    private static boolean isSpacedCall(Text text, int from) {
        var end = text.wordEnd(from);
        return text.at(text.skipSpace(end)) == '(' && DIRECTIVES.has(text, from, end);
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
                && TemplateBrackets.REACHES.has(text, object + 1, member)
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
        return text.at(text.skipSpace(text.skipSpace(text.wordEnd(word)) + 1));
    }
}
