package dev.portcullis.attack;

/** Objects that engines give to every template by a name of their own, of which somebody asks who looks around. */
final class TemplateObject {

    /** What they are called. */
    private static final Words<Boolean> ROOTS = Words.set("config request self session settings application app env"
            + " environment smarty class dump debug cycler joiner namespace lipsum url_for get_flashed_messages"
            + " pagecontext param requestscope sessionscope initparam header cookie php process global require import"
            + " return function set for if assign applicationscope facescontext applicationcontext servletcontext exchange"
            + " systemproperties systemenvironment handler");

    /** Those of which members are taken in a text only by somebody who looks around. */
    static final Words<Boolean> BASES = Words.set("config self smarty class cycler joiner namespace lipsum url_for"
            + " get_flashed_messages process global require import return function applicationscope facescontext"
            + " applicationcontext servletcontext systemproperties systemenvironment pagecontext _");

    private TemplateObject() {}

    /** Tells whether it is the name of an object that engines give to every template. */
    static boolean is(Text text, int from, int end) {
        return ROOTS.has(text, from, end);
    }

    /** Tells whether it is the name of an object of an engine that nobody prints who writes a template. */
    static boolean isBase(Text text, int from, int end) {
        return BASES.has(text, from, end) || text.says("request", from) && end == from + "request".length();
    }

    /** Tells whether the expression begins with an object that engines give to every template; those of workflows are given by their authors. */
    static boolean begins(Text text, int start, int root, int end) {
        var close = text.wordEnd(root);
        var underscore = close == root + 1
                && text.at(root) == '_'
                && text.at(close) == '.'
                && (text.at(start) != '<' || start == text.first() && !text.isPassage());
        if (!underscore && (!ROOTS.has(text, root, close) || isOwnBlock(text, root, close))) {
            return false;
        }
        var given = text.says("${{", start) || text.at(start) == '$' && isSetting(text, root, close);
        return !given || text.at(close) != '.' || TemplateExpression.near(text, '(', close) < end;
    }

    /** Tells whether a block of the page is printed once more: {@code self.title()}. */
    static boolean isOwnBlock(Text text, int root, int close) {
        var end = text.wordEnd(close + 1);
        return text.says("self.", root)
                && Text.isLetter(text.at(close + 1))
                && text.says("()", end)
                && text.at(text.skipSpace(end + 2)) == '}';
    }

    /** Tells whether a variable of the environment in capital letters, or a setting of a build, is named that holds no secret. */
    private static boolean isSetting(Text text, int root, int close) {
        var end = text.wordEnd(close + 1);
        var capital = Character.isUpperCase(text.at(close + 1)) && Character.isUpperCase(text.at(end - 1));
        return (text.says("env.", root) && capital || text.says("settings.", root))
                && text.at(end) == '}'
                && !Secrets.within(text, close + 1, end);
    }
}
