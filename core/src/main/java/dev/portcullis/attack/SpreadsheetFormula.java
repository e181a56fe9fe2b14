package dev.portcullis.attack;

/**
 * Formulas that run a program or reach out when somebody opens the table into which a value is exported.
 *
 * <p>Looks for: values that begin as a formula does and hold a link to a program ({@code name|'arguments'!cell}), call a function that starts
 * one or fetches an address, or send what is in other cells to an address.
 *
 * <p>Does not look for: formulas that only compute; links to an address without anything from other cells.
 *
 * <p>Caught: {@code =2+5+cmd|'/C calc'!A0}
 *
 * <p>Let through: {@code =SUM(A1:B7)*2}
 */
final class SpreadsheetFormula implements Detector {

    /** How far from its beginning a formula is read. */
    private static final int FAR = 512;
    /** What stands before a formula in a cell that was broken out of. */
    private static final String OPENERS = "\"',; \t";
    /** How many of those are skipped. */
    private static final int FEW = 6;

    /** Functions that start a program, or load one. */
    private static final Words<Boolean> STARTING =
            Words.set("dde ddeauto call register register.id exec execute shell rtd");

    /** Functions that fetch what is at an address. */
    private static final Words<Boolean> FETCHING =
            Words.set("webservice importxml importdata importfeed importhtml importrange image");

    @Override
    public String id() {
        return "spreadsheet-formula";
    }

    @Override
    public int attractors(Place place) {
        return (place.isArgument() && !place.isName()) || place == Place.HEADER
                ? Traits.PIPE | Traits.PAREN | Traits.HASH
                : 0;
    }

    @Override
    public boolean mayFind(Sample sample) {
        return start(sample.text()) >= 0 || behindCell(sample.text()).isStrong();
    }

    @Override
    public Finding look(Text text, Place place) {
        var start = start(text);
        if (start < 0) {
            return behindCell(text);
        }
        if (text.says("='file:/", start) || text.says("=\"file:/", start)) {
            return Finding.strong(start);
        }
        for (var i = start; i < start + FAR && i < text.length(); i++) {
            var c = text.at(i);
            if (c == '|' && isLink(text, i) || c == '(' && isCall(text, i)) {
                return Finding.strong(start);
            }
        }
        return Finding.NONE;
    }

    /** Judges a link to a program in a formula that begins behind the end of a cell, somewhere in the text. */
    private static Finding behindCell(Text text) {
        for (var bar = 0; bar < FAR && bar < text.length(); bar++) {
            var sign = text.at(bar) == '|' ? nameStart(text, bar) - 1 : -1;
            if (sign > 0
                    && "=+-@".indexOf(text.at(sign)) >= 0
                    && ",;\t\"\n".indexOf(text.at(sign - 1)) >= 0
                    && isLink(text, bar)) {
                return Finding.strong(sign);
            }
        }
        return Finding.NONE;
    }

    private static int nameStart(Text text, int end) {
        var i = end;
        while (i > end - FEW * FEW && (Text.isWord(text.at(i - 1)) || text.at(i - 1) == '.')) {
            i--;
        }
        return i;
    }

    /** Where a formula begins, behind what breaks out of a cell; -1 when none does. */
    private static int start(Text text) {
        var i = text.first();
        while (i < text.first() + FEW && OPENERS.indexOf(text.at(i)) >= 0) {
            i++;
        }
        var c = text.at(i);
        return c == '=' || c == '+' || c == '-' || c == '@' || text.says("dde", i) || Text.isDigit(c) ? i : -1;
    }

    /** Tells whether a link to a program stands around the bar: {@code cmd|'/c x'!A1}, with blanks in it or not. */
    private static boolean isLink(Text text, int bar) {
        var before = bar - 1;
        while (text.at(before) == ' ' && before > bar - FAR) {
            before--;
        }
        var quote = text.skipSpace(bar + 1);
        var mark = text.at(quote);
        if (!Text.isWord(text.at(before)) || mark != '\'' && mark != '"') {
            return false;
        }
        var close = text.next(mark, quote + 1);
        return close - quote <= FAR && close > quote + 1 && text.at(text.skipSpace(close + 1)) == '!';
    }

    /** Tells whether the function before the parenthesis starts a program or fetches an address, or links to one with what other cells hold. */
    private static boolean isCall(Text text, int open) {
        var end = open;
        while (text.at(end - 1) == ' ' && open - end < FEW) {
            end--;
        }
        var from = end;
        while (Text.isLetter(text.at(from - 1)) || text.at(from - 1) == '.') {
            from--;
        }
        var argument = text.skipSpace(open + 1);
        var quoted = text.at(argument) == '"' || text.at(argument) == '\'';
        if (STARTING.has(text, from, end)) {
            return quoted;
        }
        if (FETCHING.has(text, from, end)) {
            return isAddress(text, quoted ? argument + 1 : argument) || text.says("concat", argument);
        }
        if (!text.says("hyperlink", from) || end != from + "hyperlink".length()) {
            return false;
        }
        var nested = text.at(text.wordEnd(argument)) == '(' ? text.wordEnd(argument) + 2 : argument;
        return nested > argument && text.says("file:", nested)
                || quoted
                        && (isJoined(text, argument)
                                || isAddress(text, argument + 1) && text.says("file:", argument + 1));
    }

    private static boolean isAddress(Text text, int at) {
        return text.says("http:", at)
                || text.says("https:", at)
                || text.says("ftp:", at)
                || text.says("file:", at)
                || text.says("//", at)
                || text.says("\\\\", at);
    }

    /** Tells whether the address in quotes is joined with what a cell or another function says. */
    private static boolean isJoined(Text text, int quote) {
        var close = text.next(text.at(quote), quote + 1);
        var join = text.skipSpace(close + 1);
        return isAddress(text, quote + 1) && text.at(join) == '&' && Text.isLetter(text.at(text.skipSpace(join + 1)));
    }
}
