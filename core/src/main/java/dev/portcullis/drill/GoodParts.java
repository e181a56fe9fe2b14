package dev.portcullis.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A multipart form that is good, as somebody wrote it into a file. Immutable.
 *
 * @param boundary what stands between its parts
 * @param parts the parts
 */
record GoodParts(String boundary, List<Part> parts) {

    private static final String END = "\r\n";
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=?-]{1,70}");
    private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name=\"?([^\";]*)");
    private static final Pattern FILE = Pattern.compile("(?i)(?<=[;\\s])filename=\"?[^\";]*\"?");
    private static final String TYPE = "content-type:";
    private static final String DISPOSITION = "content-disposition:";

    /** Copies the parts. */
    GoodParts {
        parts = List.copyOf(parts);
    }

    /**
     * A part.
     *
     * @param lines its header lines
     * @param content what is in it, a character for each byte
     */
    record Part(List<String> lines, String content) {

        /** Copies the lines. */
        Part {
            lines = List.copyOf(lines);
        }

        private String line(String start) {
            return lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .findFirst()
                    .orElse("");
        }

        /** The name; empty when there is none. */
        String name() {
            var found = NAME.matcher(line(DISPOSITION));
            return found.find() ? found.group(1) : "";
        }

        boolean isFile() {
            return FILE.matcher(line(DISPOSITION)).find();
        }

        boolean isText() {
            return line(TYPE).toLowerCase(Locale.ROOT).contains("text/");
        }

        Part content(String other) {
            return new Part(lines, other);
        }

        /** The same file by another name. */
        Part fileName(String other) {
            return disposition(
                    line -> FILE.matcher(line).replaceFirst(Matcher.quoteReplacement("filename=\"" + other + "\"")));
        }

        /** The same part with more behind its name. */
        Part saying(String more) {
            return disposition(line -> line + "; " + more);
        }

        private Part disposition(UnaryOperator<String> change) {
            return new Part(
                    lines.stream()
                            .map(line ->
                                    line.toLowerCase(Locale.ROOT).startsWith(DISPOSITION) ? change.apply(line) : line)
                            .toList(),
                    content);
        }

        Part type(String other) {
            var kept = new ArrayList<>(lines);
            kept.removeIf(line -> line.toLowerCase(Locale.ROOT).startsWith(TYPE));
            kept.add("Content-Type: " + other);
            return new Part(kept, content);
        }

        Part line(String name, String value) {
            var more = new ArrayList<>(lines);
            more.add(name + ": " + value);
            return new Part(more, content);
        }
    }

    /** The form in the text, whose lines may end as they do in files; null when it is none. */
    static @Nullable GoodParts parse(String text) {
        var first = text.indexOf('\n');
        var boundary = first < 0 || !text.startsWith("--")
                ? ""
                : text.substring(2, first).strip();
        if (!BOUNDARY.matcher(boundary).matches()) {
            return null;
        }
        var delimiter = Pattern.compile("(?:\\r?\\n|^)--" + Pattern.quote(boundary) + "(?:--|[ \\t]*\\r?\\n)");
        var parts = new ArrayList<Part>();
        var from = -1;
        var found = delimiter.matcher(text);
        while (found.find()) {
            if (from >= 0) {
                parts.add(part(text.substring(Math.min(from, found.start()), found.start())));
            }
            if (found.group().endsWith("--")) {
                return parts.isEmpty() ? null : new GoodParts(boundary, parts);
            }
            from = found.end();
        }
        return null;
    }

    private static Part part(String text) {
        var lines = new ArrayList<String>();
        var from = 0;
        while (from < text.length()) {
            var end = text.indexOf('\n', from);
            var line = text.substring(from, end < 0 ? text.length() : end).stripTrailing();
            from = end < 0 ? text.length() : end + 1;
            if (line.isEmpty()) {
                break;
            }
            lines.add(line);
        }
        return new Part(lines, text.substring(from));
    }

    /** What {@code Content-Type} says. */
    String type() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** The same form with another part in the place of one. */
    GoodParts with(int which, Part other) {
        var all = new ArrayList<>(parts);
        all.set(which, other);
        return new GoodParts(boundary, all);
    }

    /** The same form with more parts. */
    GoodParts and(List<Part> more) {
        var all = new ArrayList<>(parts);
        all.addAll(more);
        return new GoodParts(boundary, all);
    }

    /** As it is sent. */
    String text() {
        return open() + "--" + boundary + "--" + END;
    }

    /** As it is sent, without its end. */
    String open() {
        var text = new StringBuilder();
        for (var part : parts) {
            text.append("--").append(boundary).append(END);
            part.lines().forEach(line -> text.append(line).append(END));
            text.append(END).append(part.content()).append(END);
        }
        return text.toString();
    }
}
