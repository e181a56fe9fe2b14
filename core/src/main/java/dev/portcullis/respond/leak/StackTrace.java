package dev.portcullis.respond.leak;

/**
 * Stack traces.
 *
 * <p>Looks for: frames as Java, Kotlin, .NET, Node, Python and PHP print them, with the place in the code; frames that follow each other are
 * one trace. Ends of lines may be written as JSON does.
 *
 * <p>Does not look for: names of exceptions and their messages, which stand before the frames.
 *
 * <p>Caught: {@code at com.example.Orders.find(Orders.java:42)}
 *
 * <p>Let through: {@code at noon (see Orders.java)}
 */
final class StackTrace implements Leak {

    private static final int MAX_FRAME = 512;
    private static final int MAX_GAP = 64;

    @Override
    public String id() {
        return "stack-trace";
    }

    @Override
    public String beginnings() {
        return "aFT#";
    }

    @Override
    public int end(Text text, int at) {
        var end = frame(text, at);
        var last = end;
        while (end > 0 && end - at < MAX_MATCH) {
            last = end;
            end = frame(text, text.gap(end, MAX_GAP));
        }
        return last;
    }

    /** Where the frame ends that begins here; -1 when none does. */
    private static int frame(Text text, int at) {
        if (!text.beginsLine(at)) {
            return -1;
        }
        return switch (text.at(at)) {
            case 'a' -> text.has(at, "at ") ? called(text, at + 3) : -1;
            case 'F' -> text.has(at, "File ") ? python(text, at + 5) : -1;
            case 'T' -> text.has(at, "Traceback (most recent call last)") ? at + 33 : -1;
            case '#' -> php(text, at + 1);
            default -> -1;
        };
    }

    /** Java, .NET and Node write {@code at}, the method, and the place. */
    private static int called(Text text, int from) {
        var name = text.run(from, Ascii.QUALIFIED, MAX_FRAME);
        if (text.at(name) == '(') {
            var java = java(text, from, name);
            return java > 0 ? java : placed(text, from);
        }
        return placed(text, from);
    }

    /** A qualified method, and in parentheses a file of Java or of a language like it with a line, or no file. */
    private static int java(Text text, int from, int open) {
        var name = text.string(from, open);
        if (name.indexOf('.') < 0 || name.indexOf(' ') >= 0) {
            return -1;
        }
        if (text.has(open, "(Native Method)") || text.has(open, "(Unknown Source)")) {
            return text.line(open, 16);
        }
        var file = text.run(open + 1, Ascii.WORD.with(".-$"), MAX_FRAME);
        var end = text.run(file + 1, Ascii.DIGIT, 7);
        var stated = text.string(Math.max(open + 1, file - 7), file);
        var known = stated.endsWith(".java")
                || stated.endsWith(".kt")
                || stated.endsWith(".scala")
                || stated.endsWith(".groovy");
        return known && text.at(file) == ':' && end > file + 1 && text.at(end) == ')' ? end + 1 : -1;
    }

    /** A line with a file and a place as .NET ({@code .cs:line 12}) or Node ({@code .js:12:5}) writes them. */
    private static int placed(Text text, int from) {
        var end = text.line(from, MAX_FRAME);
        for (var i = from; i < end; i++) {
            if (text.at(i) == ':' && (isDotNet(text, i) || isNode(text, i))) {
                return end;
            }
        }
        return -1;
    }

    private static boolean isDotNet(Text text, int colon) {
        return text.has(colon, ":line ")
                && Ascii.DIGIT.has(text.at(colon + 6))
                && (text.has(colon - 3, ".cs") || text.has(colon - 3, ".vb") || text.has(colon - 3, ".fs"));
    }

    private static boolean isNode(Text text, int colon) {
        var line = text.run(colon + 1, Ascii.DIGIT, 7);
        var script = text.has(colon - 3, ".js")
                || text.has(colon - 3, ".ts")
                || text.has(colon - 4, ".mjs")
                || text.has(colon - 4, ".cjs");
        var placed = line > colon + 1 && text.at(line) == ':' && Ascii.DIGIT.has(text.at(line + 1));
        return placed && script;
    }

    /** {@code File "/app/orders.py", line 42, in find}, whose quotes JSON escapes. */
    private static int python(Text text, int from) {
        var quote = text.at(from) == '\\' ? from + 1 : from;
        if (text.at(quote) != '"') {
            return -1;
        }
        var file = quote + 1;
        while (file - from < MAX_FRAME && text.at(file) != '"' && text.at(file) >= ' ') {
            file++;
        }
        return text.has(file, "\", line ") && Ascii.DIGIT.has(text.at(file + 8)) ? text.line(file + 8, MAX_FRAME) : -1;
    }

    /** {@code #0 /app/orders.php(42): find()}. */
    private static int php(Text text, int from) {
        var number = text.run(from, Ascii.DIGIT, 4);
        if (number == from || text.at(number) != ' ') {
            return -1;
        }
        var end = text.line(number, MAX_FRAME);
        for (var i = number; i < end; i++) {
            if (text.has(i, ".php(") && Ascii.DIGIT.has(text.at(i + 5))) {
                return end;
            }
        }
        return text.has(number, " {main}") ? number + 7 : -1;
    }
}
