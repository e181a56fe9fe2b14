package dev.portcullis.http;

/** Words of others made fit for logs: no control characters, and not too long. */
public final class Shown {

    private static final int MAX_LENGTH = 300;

    private Shown() {}

    /** The text, without what is not fit. */
    public static String of(String text) {
        var shown = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        for (var i = 0; i < text.length() && i < MAX_LENGTH; i++) {
            var c = text.charAt(i);
            shown.append(c < ' ' || c > '~' ? '?' : c);
        }
        return shown.toString();
    }
}
