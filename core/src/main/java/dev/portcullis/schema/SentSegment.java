package dev.portcullis.schema;

import dev.portcullis.schema.ApiPath.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A segment of a path as it was sent, of which text is found whether or not it is written with percent signs, and values are cut out as
 * they were sent.
 */
final class SentSegment {

    private final String raw;
    private final boolean last;
    /** The octets that the segment stands for, each as a character. */
    private final String octets;
    /** Where each of them begins in what was sent, and where the last one ends. */
    private final int[] starts;

    /**
     * A segment.
     *
     * @param last whether text between names is taken where it last stands, and not where it first does
     */
    SentSegment(String raw, boolean last) {
        this.raw = raw;
        this.last = last;
        this.starts = new int[raw.length() + 1];
        var text = new StringBuilder(raw.length());
        for (var at = 0; at < raw.length(); ) {
            starts[text.length()] = at;
            var octet = octet(raw, at);
            text.append(octet < 0 ? raw.charAt(at) : (char) octet);
            at += octet < 0 ? 1 : 3;
        }
        starts[text.length()] = raw.length();
        this.octets = text.toString();
    }

    private static int octet(String raw, int at) {
        if (raw.charAt(at) != '%' || at + 2 >= raw.length()) {
            return -1;
        }
        var high = Character.digit(raw.charAt(at + 1), 16);
        var low = Character.digit(raw.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : 16 * high + low;
    }

    /** Tells whether the segment has these parts, and puts the values of its names. */
    boolean matches(List<Part> parts, Map<String, String> values) {
        var at = 0;
        for (var i = 0; i < parts.size() && at >= 0; i++) {
            var part = parts.get(i);
            if (!part.named()) {
                at = behind(octets(part.text()), at);
                continue;
            }
            var end = i + 1 == parts.size()
                    ? octets.length()
                    : next(octets(parts.get(i + 1).text()), at);
            if (end <= at) {
                return false;
            }
            values.put(part.text(), raw.substring(starts[at], starts[end]));
            at = end;
        }
        return at == octets.length();
    }

    /** Where this text ends, when it stands there; else negative. */
    private int behind(String text, int at) {
        return octets.startsWith(text, at) ? at + text.length() : -1;
    }

    private int next(String text, int at) {
        return last ? octets.lastIndexOf(text) : octets.indexOf(text, at + 1);
    }

    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
