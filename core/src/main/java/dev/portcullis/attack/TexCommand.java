package dev.portcullis.attack;

/** Commands of TeX that run programs, read and write files, or never end, which a text to be set has no use for. */
final class TexCommand {

    private static final int NEAR = 64;

    /** What runs what stands in the braces behind it. */
    private static final Phrases RUNS = Phrases.of(
            "write18{", "write18 {", "shellescape{", "directlua{", "luadirect{", "luaexec{", "latelua{", "pythontex{");

    private TexCommand() {}

    /** Tells whether such a command begins at the backslash. */
    static boolean begins(Text text, int at) {
        return switch (text.lower(at + 1)) {
            case 'w', 's', 'd', 'l', 'p' ->
                RUNS.begin(text, at + 1)
                        || text.says("pdffiledump", at + 1)
                        || text.says("loop\\iftrue\\repeat", at + 1);
            case 'o' -> (text.says("openin", at + 1) || text.says("openout", at + 1)) && isFile(text, at + 1);
            case 'i' -> text.says("immediate\\write18", at + 1);
            case 'c' -> text.says("csname", at + 1) && isSpelled(text, at + 7);
            default -> false;
        };
    }

    /** Tells whether a backslash may begin one. */
    static boolean mayBegin(Text text, int at) {
        var c = text.lower(at + 1);
        return switch (c) {
            case 'o' -> text.says("open", at + 1);
            case 'w', 's', 'd', 'l', 'p', 'i', 'c' -> begins(text, at);
            default -> false;
        };
    }

    /** Tells whether the path of a file is given to the command: of the system, or any where nothing else is set. */
    private static boolean isFile(Text text, int from) {
        var i = from;
        while (i < from + NEAR && (Text.isWord(text.at(i)) || " @\\".indexOf(text.at(i)) >= 0)) {
            i++;
        }
        var path = text.skipSpace(i + 1);
        var away = "/.~|\"".indexOf(text.at(path)) >= 0;
        return text.at(i) == '=' && (away || Text.isLetter(text.at(path)) && !text.isDocument());
    }

    /** Tells whether the name of a command that reads or runs something is spelled, and a path or a command follows. */
    private static boolean isSpelled(Text text, int from) {
        var name = text.skipSpace(from);
        var reads = text.says("input", name) || text.says("include", name) || text.says("write", name);
        return reads && text.says("\\endcsname", text.wordEnd(name));
    }
}
