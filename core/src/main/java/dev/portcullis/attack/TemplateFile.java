package dev.portcullis.attack;

/** Statements by which template engines take in files, given one of the system that is not for all to read. */
final class TemplateFile {

    private static final int NEAR = 64;

    /** Statements of Mako, of Template Toolkit and of Liquid. */
    private static final Words<Boolean> LOADS =
            Words.set("include inherit namespace insert process wrapper render layout partial");

    private TemplateFile() {}

    /** Tells whether such a statement begins at the bracket. */
    static boolean isTaken(Text text, int at) {
        if (text.at(at + 1) != '%' && !text.says("{insert ", at)) {
            return false;
        }
        var name = text.at(at + 1) == '%' ? text.skipSpace(at + 2) : at + 1;
        if (!LOADS.has(text, name, text.wordEnd(name))) {
            return false;
        }
        for (var i = text.wordEnd(name); i < name + NEAR && ">%}".indexOf(text.at(i)) < 0; i++) {
            if (text.at(i) == '/' && ShellRisk.isSecret(text, i)) {
                return true;
            }
        }
        return false;
    }
}
