package dev.portcullis.respond.mask;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** What is shown of a masked value. */
public enum Show {
    /** A text becomes {@value #STARS}, and everything else null. */
    NOTHING,
    /** The last four letters or digits of a text of twelve characters or more, behind {@value #STARS}. */
    LAST_FOUR,
    /** Null, whatever it is. */
    NULL;

    /** What stands for a text. */
    public static final String STARS = "****";

    private static final int LEAST = 12;
    private static final int SHOWN = 4;

    /** What a text becomes; null when that is null. */
    public @Nullable String of(String text) {
        requireNonNull(text, "text");
        return switch (this) {
            case NOTHING -> STARS;
            case LAST_FOUR -> STARS + last(text);
            case NULL -> null;
        };
    }

    private static String last(String text) {
        var from = text.length() - SHOWN;
        for (var i = Math.max(0, from); i < text.length(); i++) {
            var c = text.charAt(i);
            if (c > 'z' || !Character.isLetterOrDigit(c)) {
                return "";
            }
        }
        return text.length() < LEAST ? "" : text.substring(from);
    }
}
