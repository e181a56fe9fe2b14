package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/** Commands in one line of several: instructions, tables, scripts and names between ticks are none that somebody slips in. */
final class ShellLine {

    /** Words that scripts begin a line with. */
    private static final Words<Boolean> SCRIPT =
            Words.set("then else fi do done esac function return exit test echo export local set echohl");

    private static final Words<Boolean> CONDITIONS = Words.set("if elif case for while until");

    /** Shells that hardly any instruction begins with. */
    private static final Words<Boolean> SHELLS = Words.set("powershell powershell.exe pwsh cmd cmd.exe");

    private ShellLine() {}

    /** Tells whether a command that was found breaks in there. */
    static boolean breaksIn(Text line, Finding found) {
        var at = found.at();
        var first = line.first();
        var c = line.at(at);
        var word = ShellWord.at(line, ShellSeparator.skip(line, c == '$' || c == '\\' ? at + 2 : at + 1));
        if (isVariable(line, at)
                || isTable(line, at)
                || isCondition(line, first)
                || ShellClose.isHead(line, at, word)) {
            return false;
        }
        if (found.isCertain()) {
            return true;
        }
        if (at > first + 1
                && (isScript(line, first) || !ShellBefore.of(line, at).isShort())) {
            return ShellRisk.isIntrusive(word);
        }
        if (c == '|' && line.at(first) == '`' && line.next('`', first + 1) + 1 == line.last()) {
            return ShellRisk.isIntrusive(word) || ShellRisk.pipesToShell(line, first);
        }
        if (c == '`') {
            return at > first ? ":(<".indexOf(line.at(at - 1)) < 0 && !isQuoted(line, at) : isWhole(line, at);
        }
        return at > first || ShellSeparator.isSeparator(line, at) || isInstruction(line, first);
    }

    /** Tells whether a command that was found in code is none of it: one that looks around, or all there is behind the separator or a value. */
    static boolean isAlien(Text line, Finding found) {
        var at = found.at();
        var c = line.at(at);
        var word = ShellWord.at(line, ShellSeparator.skip(line, c == '$' || c == '\\' ? at + 2 : at + 1));
        var whole = word.isLast() && (word.kind() == Kind.DISTINCT || word.isId()) && !word.isFilter();
        return (at <= line.first() + 1 || ShellBefore.of(line, at) == ShellBefore.VALUE)
                && (ShellRisk.isIntrusive(word) || whole && !isTable(line, at) && !isVariable(line, at));
    }

    /** Tells whether one word stands between ticks, and a blank before its quote, as people quote what they write about. */
    private static boolean isQuoted(Text line, int at) {
        var quote = line.at(at - 1);
        var apart = (quote == '"' || quote == '\'') && Text.isSpace(line.at(at - 2));
        return apart && line.next('`', at + 1) == line.wordEnd(at + 1);
    }

    /** Tells whether the line is one command between ticks, and none of the tools that people name so. */
    private static boolean isWhole(Text line, int at) {
        var tool = ShellWords.TOOLS.has(line, at + 1, line.wordEnd(at + 1)) || line.says("node ", at + 1);
        var shown = line.toString().contains("{{") || line.toString().contains(" | ") && !pipesIn(line, at);
        return line.next('`', at + 1) + 1 == line.last() && !tool && !shown;
    }

    /** Tells whether what stands between the ticks breaks in, or feeds a shell. */
    private static boolean pipesIn(Text line, int at) {
        var word = ShellWord.at(line, at + 1);
        return word.kind() == Kind.NONE && ShellRisk.pipesToShell(line, at + 1)
                || ShellRisk.isIntrusive(word)
                || ShellRisk.pipesToShell(line, word.end());
    }

    /** Tells whether the line begins with a condition or a loop. */
    private static boolean isCondition(Text line, int first) {
        var end = line.wordEnd(first);
        return line.at(first) == '[' || Text.isSpace(line.at(end)) && CONDITIONS.has(line, first, end);
    }

    private static boolean isScript(Text line, int first) {
        var end = line.wordEnd(first);
        var prompted = line.at(first) == '$' && Text.isSpace(line.at(first + 1));
        return prompted
                || line.at(first) == '.' && line.at(first + 1) == '/'
                || Text.isSpace(line.at(end))
                        && (SCRIPT.has(line, first, end)
                                || ShellWords.COMMANDS.find(line, first, end) == Kind.DISTINCT);
    }

    /** Tells whether a pipe is one of several, of which the first begins the line. */
    private static boolean isTable(Text line, int at) {
        return line.at(at) == '|'
                && line.at(line.first()) == '|'
                && (line.at(line.last() - 1) == '|' || line.next('|', at + 1) < line.last());
    }

    /** Tells whether a command that begins a line is more than what people tell each other to type. */
    private static boolean isInstruction(Text line, int first) {
        var word = ShellWord.at(line, ShellSeparator.skip(line, first));
        var quoted = line.at(first) == '"' || line.at(first) == '\'';
        return !quoted && word.kind() == Kind.NONE
                || first == 0 && (ShellRisk.isIntrusive(word) || SHELLS.has(line, first, word.end()));
    }

    /** Tells whether the name of a variable is in the parentheses, as files of make have it, or one that no word stands before. */
    private static boolean isVariable(Text line, int at) {
        if (line.at(at) != '$') {
            return false;
        }
        var end = at + 2;
        while (line.at(end) >= 'A' && line.at(end) <= 'Z' || line.at(end) == '_') {
            end++;
        }
        return line.at(at + 1) == '(' && end > at + 3 && line.at(end) == ')'
                || line.says("ifs", at + 1) && at > line.first() && !Text.isWord(line.at(at - 1));
    }
}
