package dev.portcullis.audit;

import org.jspecify.annotations.Nullable;

/** Takes out of a request's target what may be secret or personal, and bounds the rest. */
final class Redaction {

    static final int MAX_TEXT = 256;

    private static final int MAX_PATH = 512;
    private static final int MAX_SEGMENT = 36;
    private static final String HIDDEN = "*";

    private Redaction() {}

    /**
     * The path without path parameters, and with a star for every segment that may be a token or an e-mail address: one that is longer
     * than a UUID, or holds an at sign.
     */
    static String path(String raw) {
        var out = new StringBuilder();
        var from = 0;
        while (from < raw.length() && out.length() < MAX_PATH) {
            var slash = raw.indexOf('/', from);
            var end = slash < 0 ? raw.length() : slash;
            out.append(segment(raw.substring(from, end)));
            if (slash >= 0) {
                out.append('/');
            }
            from = end + 1;
        }
        return bounded(out.toString(), MAX_PATH);
    }

    private static String segment(String text) {
        var semicolon = text.indexOf(';');
        var plain = semicolon < 0 ? text : text.substring(0, semicolon);
        var secret = plain.length() > MAX_SEGMENT || plain.indexOf('@') >= 0 || plain.contains("%40");
        return secret ? HIDDEN : plain;
    }

    /** The text, cut where it is longer than any honest one. */
    static @Nullable String bounded(@Nullable String text) {
        return text == null ? null : bounded(text, MAX_TEXT);
    }

    private static String bounded(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
