package dev.portcullis.respond.leak;

import java.nio.charset.StandardCharsets;

/** Bytes that are read as ASCII, as far as they are. For one thread. */
class Text {

    /** What stands where there is nothing. */
    static final int NOTHING = -1;

    private static final int MAX_INDENT = 32;
    private static final Ascii LINE_ENDS = Ascii.of("\r\n\"'>;");

    private final byte[] bytes;
    private int length;

    /** All of these bytes, which are not copied. */
    Text(byte[] bytes) {
        this(bytes, bytes.length);
    }

    /** So many of these bytes, which are not copied. */
    Text(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    int length() {
        return length;
    }

    /** The byte, from 0 to 255. */
    int at(int index) {
        return index < 0 || index >= length ? NOTHING : bytes[index] & 0xff;
    }

    /** Tells whether the word, in ASCII, stands here. */
    boolean has(int index, String word) {
        if (index < 0 || index + word.length() > length) {
            return false;
        }
        for (var i = 0; i < word.length(); i++) {
            if (bytes[index + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where the run of bytes of the kind ends that begins here, and is no longer than that. */
    int run(int index, Ascii kind, int most) {
        var end = index;
        while (end - index < most && kind.has(at(end))) {
            end++;
        }
        return end;
    }

    /** Tells whether a word begins here: what stands before is none of its letters. */
    boolean begins(int index) {
        return !Ascii.WORD.has(at(index - 1)) || isAfterEscape(index);
    }

    /** Tells whether what stands before is the end of {@code \n}, {@code \r} or {@code \t}, as JSON writes the ends of lines. */
    boolean isAfterEscape(int index) {
        var before = at(index - 1);
        return (before == 'n' || before == 'r' || before == 't') && at(index - 2) == '\\';
    }

    /** Tells whether nothing but spaces stand between here and the beginning of a line, of a text of JSON, or of what a tag holds. */
    boolean beginsLine(int index) {
        var before = index - 1;
        while (index - before < MAX_INDENT && (at(before) == ' ' || at(before) == '\t' || isTab(before))) {
            before -= isTab(before) ? 2 : 1;
        }
        var c = at(before);
        return c == NOTHING || LINE_ENDS.has(c) || isAfterEscape(before + 1);
    }

    private boolean isTab(int index) {
        return at(index) == 't' && at(index - 1) == '\\';
    }

    /** Where what separates two lines ends that begins here: spaces and ends of lines, as such or as JSON writes them. */
    int gap(int index, int most) {
        var end = index;
        while (end - index < most) {
            if (Ascii.SPACE.has(at(end))) {
                end++;
            } else if (at(end) == '\\' && Ascii.ESCAPED_SPACE.has(at(end + 1))) {
                end += 2;
            } else {
                return end;
            }
        }
        return end;
    }

    /** Where the line ends that goes on here: before a quote, an end of line, or a tag. */
    int line(int index, int most) {
        var end = index;
        while (end - index < most) {
            var c = at(end);
            if (c == '\\' && !Ascii.ESCAPED_SPACE.has(at(end + 1)) && at(end + 1) != NOTHING) {
                end += 2;
            } else if (c < ' ' || c == '"' || c == '<' || c == '\\') {
                return end;
            } else {
                end++;
            }
        }
        return end;
    }

    String string(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }
}
