package dev.portcullis.attack;

import static dev.portcullis.attack.Signs.*;

/** The {@link Signs} that a mark is with what stands beside it, whatever came before. */
final class MarkSigns {

    private static final Marks CLIMBING = Marks.of("[.^*");
    private static final Marks BEFORE_CALL = Marks.of(")\"'");

    private MarkSigns() {}

    static long dot(Text text, int at, char next) {
        var climbs = next == '.' || next == '/' || next == '\\';
        return (climbs ? CLIMB : 0) | (HiddenName.mayJoin(text, at) ? CODE : 0);
    }

    static long percent(Text text, int at, char next) {
        var template = next == '{' || TemplateValue.mayBegin(text, at) ? TEMPLATE : 0;
        var code = next == 'x' && CodeRun.opens(text.at(at + 2)) ? CODE : 0;
        return template | code | (ShellRisk.isWindowsSlice(text, at) ? SHELL : 0);
    }

    static long starred(Text text, int at, char next) {
        var script = next == '[' && text.at(at + 2) == ']';
        var aliased = text.at(at) == '*' && Text.isWord(next) && YamlBomb.mayList(text, at) ? SERIAL : 0;
        return aliased | (next == '{' ? TEMPLATE : next == ':' ? NOSQL : script ? SCRIPT : 0);
    }

    static long hash(Text text, int at, char next) {
        var before = text.at(at - 1);
        var opened = before == '(' || (before == '\'' || before == '"') && text.at(at - 2) == '(';
        var called = next == '{' || text.at(text.skipSpace(text.wordEnd(at + 1))) == '(';
        return opened || called || TemplateValue.mayBegin(text, at) ? TEMPLATE : 0;
    }

    /** What an at sign is. */
    static long sign(Text text, int at, char next) {
        var template = next == '(' || next == '{' || Text.lower(next) == 's' && text.says("system.", at + 1);
        if (text.says("import", at + 1) || text.says("plugin", at + 1)) {
            return SCRIPT;
        }
        if (Text.lower(next) == 'g' && (text.says("grab", at + 1) || text.says("groovy.", at + 1))) {
            return CODE;
        }
        template |= TemplateTrick.isStatic(text, at);
        return next == '@' ? SQL : template || TemplateValue.mayBegin(text, at) ? TEMPLATE : 0;
    }

    static long bracket(Text text, int at, char next) {
        var template = next == '#' || next == '=' || next == '[' || next == '%' || TemplateSum.isProduct(text, at)
                ? TEMPLATE
                : 0;
        var made = next == ']' && text.at(at - 1) == '!' ? CODE : 0;
        var named = text.says("system.", at + 1) || text.says("microsoft.", at + 1) ? SHELL : 0;
        return template | made | named | (MarkupStyle.isSelector(text, at) ? SCRIPT : 0);
    }

    static long dollar(Text text, int at, char next) {
        var shell = ShellRisk.isVariable(text, at) || ShellRisk.isFile(text, at) ? SHELL : 0;
        var bracket = next == '{' ? LOOKUP | TEMPLATE : next == '\\' && text.at(at + 3) == '{' ? TEMPLATE : 0;
        bracket |=
                next == '(' && TemplateSum.isProduct(text, at + 1) || TemplateValue.mayBegin(text, at) ? TEMPLATE : 0;
        bracket |= Text.isLetter(next) && text.at(text.wordEnd(at + 1)) == '(' ? CODE : 0;
        var counts = Text.isDigit(next) && text.at(at - 1) == '\n' ? NOSQL : 0;
        var selects = Text.lower(next) == 's' && text.says("select=", at + 1) ? NOSQL : 0;
        var bound = XpathInjection.isBound(text, at) ? XPATH : 0;
        return selects | counts | shell | bracket | bound | (next == '$' && text.at(at - 1) == '_' ? SERIAL : 0);
    }

    static long question(Text text, int at, char next) {
        var end = text.wordEnd(at + 1);
        var called = Text.isLetter(next) && "(}.".indexOf(text.at(end)) >= 0;
        return called || TemplateDirective.isBuilt(text, at) ? TEMPLATE : 0;
    }

    static long colon(Text text, int at, char next) {
        return (MarkupScheme.mayEnd(text, at) ? SCRIPT : 0)
                | (next == ':' ? XPATH : 0)
                | (next == '*' || (next == '/' || next == '[') && CLIMBING.has(text.at(at + 2)) ? NOSQL : 0)
                | (text.at(text.skipSpace(at + 1)) == '/' ? ADDRESS : 0);
    }

    static long paren(Text text, int at, char next) {
        var style = text.lower(at - 1) == 'n' && text.says("expression", at - 10) ? SCRIPT : 0;
        style |= text.at(at - 1) == 'T' && Text.isLetter(next) && !Text.isWord(text.at(at - 2)) ? TEMPLATE : 0;
        style |= BEFORE_CALL.has(text.at(at - 1)) ? CODE : 0;
        // MySQL reads a table without a query there
        style |= Text.lower(next) == 't' && text.says("table ", at + 1) ? SQL : 0;
        return style
                | (next == '&' || next == '|' || next == '!' || LdapInjection.followsFilter(text, at) ? FILTER : 0);
    }
}
