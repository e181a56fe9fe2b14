package dev.portcullis.ip;

import java.nio.charset.StandardCharsets;

/**
 * A range a line. Immutable.
 *
 * @param word what lines must begin with to be read; empty: nothing
 */
record PlainFeed(String word) implements FeedFormat {

    private static final String DIGITS = "0123456789";

    @Override
    public void read(byte[] bytes, Harvest harvest) {
        lines(bytes).forEach(line -> line(line, harvest));
    }

    /** The lines of a text, without a byte order mark and the white space beside them. */
    static Iterable<String> lines(byte[] bytes) {
        var marked = bytes.length > 2 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        var from = marked ? 3 : 0;
        var text = new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
        return () -> text.lines().map(String::strip).iterator();
    }

    private void line(String line, Harvest harvest) {
        if (!word.isEmpty()) {
            if (line.startsWith(word + " ")) {
                harvest.take(firstWord(line.substring(word.length()).strip()));
            }
            return;
        }
        if (!isComment(line)) {
            harvest.take(range(line));
        }
    }

    private static String firstWord(String text) {
        return text.substring(0, endOfWord(text));
    }

    static boolean isComment(String text) {
        return text.isEmpty() || text.startsWith("#") || text.startsWith(";") || text.startsWith("//");
    }

    /** What stands before a comment or a number; the whole line where something else stands behind. */
    private static String range(String line) {
        var end = endOfWord(line);
        var rest = line.substring(end).strip();
        return isComment(rest) || rest.chars().allMatch(c -> DIGITS.indexOf(c) >= 0) ? line.substring(0, end) : line;
    }

    private static int endOfWord(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Chars.blank(c) || c == '#' || c == ';') {
                return i;
            }
        }
        return text.length();
    }
}
