package dev.portcullis.attack;

/**
 * Log injection.
 *
 * <p>Looks for: control characters in what ends up in logs: sequences that steer a terminal, and line ends in places where none can
 * be, or before what looks like the beginning of a log line.
 *
 * <p>Does not look for: line ends and tabs in texts, nor for line ends in the names of members, as collections of messages have them.
 *
 * <p>Caught: {@code guest%0a2026-11-01 10:00:00 INFO admin logged in}
 *
 * <p>Let through: {@code first line%0asecond line}
 */
final class LogInjection implements Detector {

    private static final int LONGEST_VALUE = 100;
    private static final Words<Boolean> SEVERITIES =
            Words.set("trace debug info warn warning error fatal notice severe crit");

    /** How long the set of a regular expression is at most that is looked back over. */
    private static final int NEAR = 16;

    @Override
    public String id() {
        return "log-injection";
    }

    @Override
    public int attractors(Place place) {
        return Traits.CONTROL | Traits.BACKSLASH;
    }

    /** In a line, of which code is made, what is nothing but an attack. */
    @Override
    public Finding inLine(Sample line, Finding found) {
        return found.isCertain() ? found : Finding.NONE;
    }

    @Override
    public long hangsOn(Place place) {
        return place.isField() ? Signs.CONTROL : Signs.CONTROL | Signs.LINE;
    }

    @Override
    public Finding look(Text text, Place place) {
        var finding = Finding.NONE;
        for (var i = 0; i < text.length() && !finding.isCertain(); i++) {
            finding = finding.or(at(text, i, place));
        }
        return finding;
    }

    private static Finding at(Text text, int i, Place place) {
        var c = text.at(i);
        if (c == '\\') {
            return text.says("\\033[", i) || text.says("\\x1b[", i) || text.says("\\e[", i)
                    ? spelled(text, i)
                    : Finding.NONE;
        }
        if (c >= ' ' && c != 127 || c == '\t' || c == '\f') {
            return Finding.NONE;
        }
        if (c == '\r' || c == '\n') {
            return c == '\r' && place == Place.JSON_NAME ? Finding.strong(i) : line(text, i + 1, place);
        }
        if (c == 0x1b && (text.at(i + 1) == '[' || text.at(i + 1) == ']')) {
            return isQuoted(text, i) || text.at(i + 1) == ']' && isOpen(text, i)
                    ? Finding.faint(i)
                    : Finding.certain(i);
        }
        if (c == 0x1b && text.at(i + 1) == '\\') {
            return Finding.NONE;
        }
        return place.isField() || isInSet(text, i) ? Finding.faint(i) : Finding.strong(i);
    }

    /** Tells whether a set of a regular expression was opened shortly before. */
    private static boolean isOpen(Text text, int at) {
        for (var i = at - 1; i >= 0 && i > at - NEAR && text.at(i) != ']'; i--) {
            if (text.at(i) == '[') {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the character stands in a set of a regular expression, or beside one of its marks. */
    private static boolean isInSet(Text text, int at) {
        var close = at + 1;
        while (close < at + NEAR && text.at(close) != ']') {
            close++;
        }
        return at > 0 && "[^-(|".indexOf(text.at(at - 1)) >= 0 && text.at(close) == ']';
    }

    /** Judges a sequence that is spelled out, as instructions do, too. */
    private static Finding spelled(Text text, int at) {
        return text.length() > LONGEST_VALUE || isQuoted(text, at) ? Finding.faint(at) : Finding.strong(at);
    }

    /** Tells whether the sequence is a string of code that writes in colours. */
    private static boolean isQuoted(Text text, int at) {
        return at > 1 && "'\"`".indexOf(text.at(at - 1)) >= 0;
    }

    private static Finding line(Text text, int from, Place place) {
        if (!place.isValue() && place != Place.JSON_NAME) {
            return Finding.strong(from);
        }
        if (place != Place.QUERY_VALUE && place != Place.JSON_NAME) {
            return Finding.NONE;
        }
        var start = text.at(from) == '[' ? from + 1 : from;
        var dated = Text.isDigit(text.at(start)) && Text.isDigit(text.at(start + 3)) && text.at(start + 4) == '-';
        if (dated || SEVERITIES.has(text, start, text.wordEnd(start))) {
            return Finding.strong(from);
        }
        return place == Place.JSON_NAME ? Finding.NONE : Finding.faint(from);
    }
}
