package dev.portcullis.ip;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * A column of separated values. Immutable.
 *
 * @param column its number, from 1 on, or its name in the first line that is no comment
 * @param separator what stands between values
 */
record CsvFeed(String column, char separator) implements FeedFormat {

    private static final int MAX_COLUMNS = 1000;

    CsvFeed {
        if (requireNonNull(column, "column").isBlank() || isNumber(column) && !isColumn(column)) {
            throw new IllegalArgumentException(
                    "column: `" + column + "` (expected: 1 to " + MAX_COLUMNS + ", or a name in the first line)");
        }
        if (separator == '"' || separator == '\n' || separator == '\r') {
            throw new IllegalArgumentException("separator: a quote or a line's end (expected: such as `,`)");
        }
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(Chars::digit);
    }

    private static boolean isColumn(String text) {
        return text.length() <= 4 && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MAX_COLUMNS;
    }

    @Override
    public void read(byte[] bytes, Harvest harvest) {
        var index = isNumber(column) ? Integer.parseInt(column) - 1 : -1;
        var first = true;
        for (var line : PlainFeed.lines(bytes)) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var values = values(line);
            if (index < 0) {
                index = indexOf(values);
            } else if (!first || isRange(values, index)) {
                harvest.take(index < values.size() ? values.get(index) : "");
            }
            first = false;
        }
    }

    /** A first line that holds no range where the others do is their heading. */
    private static boolean isRange(List<String> values, int index) {
        return index < values.size() && Harvest.isRange(values.get(index));
    }

    private int indexOf(List<String> names) {
        var index = names.indexOf(column);
        if (index < 0) {
            throw new NotTaken("no column `" + column + "` in the first line");
        }
        return index;
    }

    private List<String> values(String line) {
        var values = new ArrayList<String>();
        var value = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                values.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString().strip());
        return values;
    }
}
