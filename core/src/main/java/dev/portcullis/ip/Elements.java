package dev.portcullis.ip;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a list field from the last to the first.
 *
 * <p>Whatever a client sent stands to the left of what trusted proxies appended. So the field is read from the right, element by
 * element, and the client's part cannot change how the proxies' part is understood. Not thread-safe.
 */
final class Elements {

    private final List<String> lines;
    private final boolean quoted;
    private int line;
    private int end = -1;

    /** The elements of these field lines; {@code quoted} when a comma may stand in a quoted string. */
    Elements(List<String> lines, boolean quoted) {
        this.lines = lines;
        this.quoted = quoted;
        this.line = lines.size();
    }

    /** The element to the left of the last one, without the white space beside its commas; null when there is none. */
    @Nullable
    String previous() {
        if (end < 0) {
            if (line == 0) {
                return null;
            }
            end = lines.get(--line).length();
        }
        var text = lines.get(line);
        var comma = quoted ? commaOutsideQuotes(text) : text.lastIndexOf(',', end - 1);
        var element = element(text, comma + 1, end);
        end = comma;
        return element;
    }

    /** At the ends of a line with quoted strings white space is a mistake; where there are none, it says nothing. */
    private String element(String text, int start, int stop) {
        var from = start;
        var to = stop;
        while ((!quoted || start > 0) && from < to && Chars.blank(text.charAt(from))) {
            from++;
        }
        while ((!quoted || stop < text.length()) && from < to && Chars.blank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private int commaOutsideQuotes(String text) {
        var inside = false;
        for (var i = end - 1; i >= 0; i--) {
            var c = text.charAt(i);
            if (c == '"' && !(inside && escaped(text, i))) {
                inside = !inside;
            } else if (c == ',' && !inside) {
                return i;
            }
        }
        return -1;
    }

    private static boolean escaped(String text, int at) {
        var slashes = at;
        while (slashes > 0 && text.charAt(slashes - 1) == '\\') {
            slashes--;
        }
        return (at - slashes) % 2 == 1;
    }
}
