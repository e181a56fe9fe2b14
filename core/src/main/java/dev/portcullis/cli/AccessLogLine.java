package dev.portcullis.cli;

import dev.portcullis.Address;
import dev.portcullis.cli.TrafficLine.Malformed;
import dev.portcullis.cli.TrafficLine.Response;
import dev.portcullis.http.RecordedWire;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A line of an access log in the common or the combined format, from left to right. For one line.
 *
 * <p>It says who asked for what and when. Credentials, bodies, most header fields and the scheme are not in it: the scheme is taken for
 * {@code https}, and the fields that every client sends are filled in.
 */
final class AccessLogLine {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
    private static final int MAX_LENGTH = 64 * 1024;
    private static final int LONGEST_ADDRESS = 45;
    private static final String ABSENT = "-";

    private final String line;
    private int at;

    private AccessLogLine(String line) {
        this.line = line;
    }

    /** Whether a line begins as one of an access log does: with an address. */
    static boolean isOne(String line) {
        var blank = line.indexOf(' ');
        return blank > 0 && blank <= LONGEST_ADDRESS && Address.parseOrNull(line.substring(0, blank)) != null;
    }

    /** Reads a line that is one. */
    static TrafficLine parse(String line) throws Malformed {
        if (line.length() > MAX_LENGTH) {
            throw none();
        }
        try {
            return new AccessLogLine(line).read();
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw none();
        }
    }

    private static Malformed none() {
        return new Malformed("", "no line of an access log in the common or the combined format");
    }

    private TrafficLine read() throws Malformed {
        var remote = word();
        word();
        word();
        var time = between('[', ']');
        var request = quoted().split(" ", -1);
        if (request.length != 3) {
            throw new Malformed("", "no request in a line of an access log");
        }
        var status = Integer.parseInt(word());
        word();
        var wire = RecordedWire.of(request[0], request[1])
                .from(remote)
                .over("https")
                .with("Host", "localhost")
                .with("Accept", "*/*");
        return new TrafficLine("", agent(wire), new Response(status, List.of(), new byte[0]), instant(time));
    }

    private static Instant instant(String time) {
        return ZonedDateTime.parse(time, TIME).toInstant();
    }

    /** The combined format ends with the page that the request came from, and the agent. */
    private RecordedWire agent(RecordedWire wire) {
        if (at >= line.length() || line.charAt(at) != '"') {
            return wire.with("User-Agent", "unknown");
        }
        var from = quoted();
        var agent = at < line.length() ? quoted() : "unknown";
        var named = from.equals(ABSENT) ? wire : wire.with("Referer", from);
        return agent.equals(ABSENT) ? named : named.with("User-Agent", agent);
    }

    /** What stands up to the next blank, which is passed. */
    private String word() {
        var end = line.indexOf(' ', at);
        var word = line.substring(at, end < 0 ? line.length() : end);
        at = end < 0 ? line.length() : end + 1;
        return word;
    }

    private String between(char first, char last) {
        demand(first);
        var end = line.indexOf(last, at);
        var text = line.substring(at, end);
        at = Math.min(end + 2, line.length());
        return text;
    }

    private void demand(char expected) {
        if (line.charAt(at) != expected) {
            throw new IllegalArgumentException("expected " + expected);
        }
        at++;
    }

    /** A text in quotes, in which servers write quotes and other characters with a backslash. */
    private String quoted() {
        demand('"');
        var text = new StringBuilder();
        while (line.charAt(at) != '"') {
            text.append(line.charAt(at) == '\\' ? escaped() : line.charAt(at));
            at++;
        }
        at = Math.min(at + 2, line.length());
        return text.toString();
    }

    private char escaped() {
        at++;
        if (line.charAt(at) != 'x') {
            return line.charAt(at);
        }
        at += 2;
        return (char) HexFormat.fromHexDigits(line, at - 1, at + 1);
    }
}
