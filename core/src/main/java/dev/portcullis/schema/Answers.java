package dev.portcullis.schema;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed of the responses of an operation. Immutable.
 *
 * @param byStatus the answers by status ({@code 200}), class ({@code 2XX}) or {@code default}
 */
record Answers(Map<String, Answer> byStatus) {

    static final String OTHERS = "default";

    /** Copies the answers. */
    Answers {
        byStatus = Map.copyOf(byStatus);
    }

    /** The answer with the status; null when none was agreed. */
    @Nullable
    Answer of(int status) {
        var exact = byStatus.get(String.valueOf(status));
        var wide = exact == null ? byStatus.get(status / 100 + "XX") : exact;
        return wide == null ? byStatus.get(OTHERS) : wide;
    }

    /**
     * A status or a class of them, as they are keys here.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static String key(String text) {
        var key = text.toUpperCase(Locale.ROOT);
        if (!key.matches("[1-5]([0-9]{2}|XX)")) {
            throw new IllegalArgumentException("status: `" + text + "` (expected: such as `200` or `4XX`)");
        }
        return key;
    }
}
