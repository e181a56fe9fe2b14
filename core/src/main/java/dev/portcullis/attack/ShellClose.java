package dev.portcullis.attack;

import dev.portcullis.attack.ShellWords.Kind;

/** Short commands right behind a word or a mark, as somebody writes them who tries what is run, and nobody who lists names. */
final class ShellClose {

    /** Programs that print a file, and words of the language. */
    private static final Words<Boolean> PRINTERS = Words.set("cat rev tac nl strings xxd od base64");

    /** Parameters that hold names of fields, in whatever order and between whatever marks. */
    private static final Words<Boolean> LISTS = Words.set(
            "fields field columns column cols select sort sort_by sortby order order_by orderby group group_by groupby"
                    + " include expand properties attributes keys by only");

    private static final Marks LISTED = Marks.of(";,.");

    private ShellClose() {}

    /** Tells whether the command behind the separator at the index, before which at most one word stands, is run there. */
    static boolean isRun(Text text, int at, ShellWord word) {
        var c = text.at(at);
        if (c == '&' && text.at(at - 1) != c) {
            return isSentOff(text, at, word);
        }
        var twice = text.at(at - 1) == c;
        if (c != ';' && !twice || Text.isSpace(text.at(twice ? at - 2 : at - 1)) || Text.isSpace(text.at(at + 1))) {
            return false;
        }
        if (at <= text.first() + 1) {
            return PRINTERS.has(text, word.end() - word.plain().length(), word.end()) && word.hasOneWord(false);
        }
        return word.isId() && word.looksAround() && word.isLast()
                || word.hasOneWord(true)
                || word.plain().says("echo", 0) && word.hasOneWord(false);
    }

    /** Tells whether a command behind the mark that lets the one before it go on looks around, or has an option or a number as its argument. */
    private static boolean isSentOff(Text text, int at, ShellWord word) {
        var argument = text.skipSpace(word.end());
        var number = Text.isDigit(text.at(argument)) && text.at(text.wordEnd(argument)) == '.';
        return word.isIntruder() && word.isLast()
                || at > text.first()
                        && word.kind() == Kind.COMMON
                        && (word.dashed() && word.optioned() || word.spaced() && number && word.hasOneWord(false));
    }

    /** Tells whether a line is two names of fields, as the first of a table is: {@code name;id}. */
    static boolean isHead(Text line, int at, ShellWord word) {
        return word.isId() && line.at(at) == ';' && ShellBefore.of(line, at) == ShellBefore.WORD;
    }

    /** Tells whether names of fields, each a word, are all there is, in a parameter that holds such. */
    static boolean isList(Sample sample) {
        var name = sample.name();
        var text = sample.text();
        for (var i = text.first(); i < text.last(); i++) {
            var apart = i > text.first() && Text.isWord(text.at(i - 1)) && Text.isWord(text.at(i + 1));
            if (!Text.isWord(text.at(i)) && (!apart || LISTED.lacks(text.at(i)))) {
                return false;
            }
        }
        return LISTS.has(name, 0, name.length());
    }
}
