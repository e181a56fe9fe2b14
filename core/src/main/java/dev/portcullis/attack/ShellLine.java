package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/** Commands in one line of several: instructions, tables, scripts and names between ticks are none that somebody slips in. */
final class ShellLine {

    /** Words that scripts begin a line with. */
    private static final Words<Boolean> SCRIPT = Words.set(
            "if then else elif fi do done case esac for while until function return exit test echo export local set echohl");

    /** Shells that hardly any instruction begins with. */
    private static final Words<Boolean> SHELLS = Words.set("powershell powershell.exe pwsh cmd cmd.exe");

    private ShellLine() {}

    /** Tells whether a command that was found at the index breaks in there. */
    static boolean breaksIn(Text line, int at) {
        var first = line.first();
        var c = line.at(at);
        var word = ShellWord.at(line, CommandInjection.skip(line, c == '$' || c == '\\' ? at + 2 : at + 1));
        if (at > first + 1
                && (isScript(line, first) || !ShellBefore.of(line, at).isShort())) {
            return ShellRisk.isIntrusive(word);
        }
        if (c == '`') {
            return at > first
                    ? ":(<".indexOf(line.at(at - 1)) < 0
                    : line.next('`', at + 1) + 1 == line.last() && !isTool(line, at + 1);
        }
        if (c == '$' && isVariable(line, at + 2) || c == '|' && isTable(line, at)) {
            return false;
        }
        return at > first || CommandInjection.isSeparator(line, at) || isInstruction(line, first);
    }

    private static boolean isScript(Text line, int first) {
        return line.at(first) == '['
                || line.at(first) == '.' && line.at(first + 1) == '/'
                || Text.isSpace(line.at(line.wordEnd(first))) && SCRIPT.has(line, first, line.wordEnd(first));
    }

    /** Tells whether a pipe at the beginning is one of several. */
    private static boolean isTable(Text line, int at) {
        return at == line.first() && line.next('|', at + 1) < line.last();
    }

    /** Tells whether a command that begins a line is more than what people tell each other to type. */
    private static boolean isInstruction(Text line, int first) {
        var word = ShellWord.at(line, CommandInjection.skip(line, first));
        var quoted = line.at(first) == '"' || line.at(first) == '\'';
        return !quoted && word.kind() == Kind.NONE
                || first == 0 && (ShellRisk.isIntrusive(word) || SHELLS.has(line, first, word.end()));
    }

    /** Tells whether the name of a variable is in the parentheses, as files of make have it. */
    private static boolean isVariable(Text line, int from) {
        var end = from;
        while (line.at(end) >= 'A' && line.at(end) <= 'Z' || line.at(end) == '_') {
            end++;
        }
        return end > from + 1 && line.at(end) == ')';
    }

    private static boolean isTool(Text line, int from) {
        return ShellWords.TOOLS.has(line, from, line.wordEnd(from)) || line.says("node ", from);
    }
}
