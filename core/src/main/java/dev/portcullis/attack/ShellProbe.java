package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/** The short commands with which somebody first tries whether anything is run. */
final class ShellProbe {

    /** How long a string is at most that is written in numbers. */
    private static final int QUOTED = 64;

    /** Parameters that hold a command, where a page was left behind to run them. */
    private static final Words<Boolean> PARAMETERS =
            Words.set("cmd command exec execute shell system sh bash run c comando commande code_exec ping_cmd");

    /** What is asked first there; programs that list files are asked for by file managers, too. */
    private static final Words<Boolean> LOOKS =
            Words.set("id whoami uname ifconfig ipconfig netstat hostname systeminfo printenv");

    /** What commands of PowerShell work on in no sentence, and do: what follows these is no noun of a sentence. */
    private static final Words<Boolean> ADVERBS =
            Words.set("up off on out in down over together back away ahead by to at through ups offs outs go be");

    private static final Words<Boolean> VERBS = Words.set("get set new start stop invoke remove clear test write out");

    private ShellProbe() {}

    /** Tells whether a value may be one of the words that are looked for in parameters which hold a command. */
    static boolean mayBeAsked(String sent, int from, int to) {
        return LOOKS.has(sent, from, to);
    }

    /** Tells whether the parameter holds a command, and the value is one with which somebody looks around. */
    static boolean isAsked(Sample sample) {
        var name = sample.name();
        var text = sample.text();
        return PARAMETERS.has(name, 0, name.length())
                && (LOOKS.has(text, text.first(), text.last())
                        || name.length() > 1 && isArgued(ShellWord.at(text, text.first())));
    }

    /** Tells whether a command has an argument that only commands have. */
    private static boolean isArgued(ShellWord word) {
        return word.kind() != Kind.NONE
                && word.spaced()
                && (word.argued() || word.kind() == Kind.DISTINCT || word.hasOneWord(true));
    }

    /** Tells whether two such commands that one runs behind the other are all there is: {@code ls&&id}. */
    static boolean isPair(Text text) {
        var end = text.wordEnd(text.first());
        if (!ShellWords.FIRST_LOOKS.has(text, text.first(), end)) {
            return false;
        }
        var mark = text.skipSpace(end);
        var c = text.at(mark);
        var twice = text.at(mark + 1) == c;
        var other = text.skipSpace(twice ? mark + 2 : mark + 1);
        return (c == '&' || c == '|' && twice)
                && text.wordEnd(other) == text.last()
                && ShellWords.FIRST_LOOKS.has(text, other, text.last());
    }

    /** Tells whether such a command stands alone between two separators of two marks each: {@code a||id||b}. */
    static boolean isEnclosed(Text text, int at, ShellWord word) {
        var c = text.at(at);
        return word.looksAround()
                && (c == '|' || c == '&')
                && text.at(at - 1) == c
                && !Text.isSpace(text.at(at + 1))
                && text.at(word.end()) == c
                && text.at(word.end() + 1) == c;
    }

    /** Tells whether such a command stands behind a separator, and a comment cuts off what the application appends. */
    static boolean isCommented(Text text, int at, ShellWord word) {
        var last = text.last() - 1;
        return word.looksAround() && text.at(at) == ';' && text.at(last) == '#' && word.isLast();
    }

    /** Tells whether a word is run behind a number, right behind the separator: {@code 192.0.2.7|echo ok}. */
    static boolean isBehindNumber(Text text, int at, ShellWord word) {
        var close = Text.isDigit(text.at(at - 1)) || text.at(at - 1) == text.at(at) && Text.isDigit(text.at(at - 2));
        return close
                && word.kind() == Kind.COMMON
                && word.spaced()
                && !Text.isSpace(text.at(at + 1))
                && Text.isDigit(text.at(text.first()));
    }

    /** Tells whether a command of PowerShell by its verb and noun is all that stands behind the separator: {@code ;get-help}. */
    static boolean isNamed(Text text, int from) {
        var dash = text.wordEnd(from);
        var end = text.wordEnd(dash + 1);
        var next = text.at(text.skipSpace(end));
        return text.at(dash) == '-'
                && VERBS.has(text, from, dash)
                && end > dash + 3
                && Text.isLetter(text.at(dash + 1))
                && !ADVERBS.has(text, dash + 1, end)
                && (next == Text.END || ";|&#'\"".indexOf(next) >= 0);
    }

    /** Tells whether a string is written in numbers as shells read it: <code>$'c\x61t'</code>. */
    static boolean isNumbered(Text text, int at) {
        if (text.at(at) != '$' || text.at(at + 1) != '\'') {
            return false;
        }
        var numbers = 0;
        for (var i = at + 2; i < at + QUOTED; i++) {
            var c = text.at(i);
            if (c == '\'') {
                return numbers > 0;
            }
            var next = text.lower(i + 1);
            if (c == '\\' && (next == 'x' || next == 'u' || next >= '0' && next <= '7')) {
                numbers++;
            } else if (!Text.isWord(c) && "/.- ,\\".indexOf(c) < 0) {
                return false;
            }
        }
        return false;
    }

    /** Tells whether the shell itself is run behind a separator: {@code echo id|$0}, <code>;$0&lt;&lt;&lt;id</code>. */
    static boolean runsItself(Text text, int at, int from) {
        if (!text.says("$0", from) && !text.says("$shell", from) && !text.says("$bash", from)) {
            return false;
        }
        var end = text.wordEnd(from + 1);
        var next = text.skipSpace(end);
        var fed = text.says("<<<", next);
        var piped = text.at(at) == '|'
                && (next >= text.last() || ";|&".indexOf(text.at(next)) >= 0)
                && ShellBefore.of(text, at) == ShellBefore.SCRIPT;
        return fed || piped;
    }
}
