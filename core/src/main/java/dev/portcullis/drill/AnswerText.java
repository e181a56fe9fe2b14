package dev.portcullis.drill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.portcullis.Header;
import dev.portcullis.drill.Answer.Fate;
import java.util.ArrayList;
import java.util.List;

/** Reads answers of HTTP/1.1 as far as attacks want to know of them. */
final class AnswerText {

    private static final String VERSION = "HTTP/1.";
    private static final int STATUS_AT = VERSION.length() + 2;
    private static final int STATUS_END = STATUS_AT + 3;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private AnswerText() {}

    /** Tells whether there is a whole head that is no interim one. */
    static boolean hasHead(byte[] bytes) {
        return endOfHead(text(bytes)) >= 0;
    }

    /** Tells whether there is all of a message that says how long it is. */
    static boolean isWhole(byte[] bytes) {
        var text = text(bytes);
        var end = endOfHead(text);
        if (end < 0) {
            return false;
        }
        var length = read(bytes, false).field("Content-Length");
        return length.matches("[0-9]{1,9}") && text.length() - end >= Integer.parseInt(length);
    }

    /** Reads the first answer that is no interim one, and counts all. */
    static Answer read(byte[] bytes, boolean closed) {
        var text = text(bytes);
        var from = start(text);
        if (status(text, from) == 0) {
            return Answer.none(Fate.CLOSED);
        }
        var head = text.indexOf(END_OF_HEAD, from);
        var end = head < 0 ? text.length() : head + END_OF_HEAD.length();
        var fields = fields(text.substring(from, end));
        return new Answer(
                Fate.ANSWERED, status(text, from), fields, text.substring(end), responses(text, from), closed);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static int endOfHead(String text) {
        var from = start(text);
        var head = status(text, from) == 0 ? -1 : text.indexOf(END_OF_HEAD, from);
        return head < 0 ? -1 : head + END_OF_HEAD.length();
    }

    /** Where the first answer begins that is no interim one. */
    private static int start(String text) {
        var from = 0;
        while (status(text, from) / 100 == 1 && text.indexOf(END_OF_HEAD, from) >= 0) {
            from = text.indexOf(END_OF_HEAD, from) + END_OF_HEAD.length();
        }
        return from;
    }

    /** The status of an answer that begins there; 0 when none does. */
    private static int status(String text, int from) {
        if (!text.startsWith(VERSION, from) || text.length() < from + STATUS_END) {
            return 0;
        }
        var digits = text.substring(from + STATUS_AT, from + STATUS_END);
        return digits.matches("[1-9][0-9]{2}") ? Integer.parseInt(digits) : 0;
    }

    private static int responses(String text, int first) {
        var count = 0;
        for (var at = text.indexOf(VERSION, first); at >= 0; at = text.indexOf(VERSION, at + 1)) {
            count += status(text, at) >= 200 ? 1 : 0;
        }
        return count;
    }

    private static List<Header> fields(String head) {
        var fields = new ArrayList<Header>();
        for (var line : head.split("\r\n", -1)) {
            var colon = line.indexOf(':');
            if (colon > 0) {
                fields.add(new Header(
                        line.substring(0, colon), line.substring(colon + 1).strip()));
            }
        }
        return fields;
    }
}
