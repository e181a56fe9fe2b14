package dev.portcullis.drill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request as it will be written, byte for byte: nothing is checked, quoted or added. Immutable.
 *
 * @param method the first word
 * @param target what stands behind it
 * @param lines the lines of the head, without their ends
 * @param body the body, a character for each byte
 * @param lingers whether the connection is read until it is silent, for there may be several answers
 */
record Draft(String method, String target, List<String> lines, String body, boolean lingers) {

    private static final String END = "\r\n";

    Draft {
        lines = List.copyOf(lines);
    }

    /** A request without a body, whose connection ends with the answer. */
    static Draft of(String method, String target, String authority) {
        return new Draft(
                method,
                target,
                List.of("Host: " + authority, "User-Agent: portcullis-attack", "Accept: */*", "Connection: close"),
                "",
                false);
    }

    Draft method(String other) {
        return new Draft(other, target, lines, body, lingers);
    }

    Draft target(String other) {
        return new Draft(method, other, lines, body, lingers);
    }

    Draft lines(List<String> more) {
        var all = new ArrayList<>(lines);
        all.addAll(more);
        return new Draft(method, target, all, body, lingers);
    }

    Draft line(String more) {
        return lines(List.of(more));
    }

    /** With a line before all others. */
    Draft first(String line) {
        var all = new ArrayList<String>();
        all.add(line);
        all.addAll(lines);
        return new Draft(method, target, all, body, lingers);
    }

    /** Without the lines of this name. */
    Draft without(String name) {
        var start = name.toLowerCase(Locale.ROOT) + ":";
        var rest = lines.stream()
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(start))
                .toList();
        return new Draft(method, target, rest, body, lingers);
    }

    /** With one line of this name. */
    Draft with(String name, String value) {
        return without(name).line(name + ": " + value);
    }

    /** With a body, and lines that say so. */
    Draft body(String type, String other) {
        var typed = without("Content-Length").without("Content-Type").bytes(other);
        var length = typed.line("Content-Length: " + other.length());
        return type.isEmpty() ? length : length.line("Content-Type: " + type);
    }

    /** With a body of which the lines say nothing yet. */
    Draft bytes(String other) {
        return new Draft(method, target, lines, other, lingers);
    }

    /** Left open after the answer. */
    Draft lingering() {
        return new Draft(method, target, without("Connection").lines(), body, true);
    }

    byte[] written() {
        var text = new StringBuilder()
                .append(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1")
                .append(END);
        lines.forEach(line -> text.append(line).append(END));
        return text.append(END).append(body).toString().getBytes(ISO_8859_1);
    }
}
