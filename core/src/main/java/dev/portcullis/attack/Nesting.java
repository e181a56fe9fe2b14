package dev.portcullis.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.http.Json;
import org.jspecify.annotations.Nullable;

/**
 * How deep values are nested that are JSON written in a value. Immutable.
 *
 * @param depth how many values are around
 * @param relief what detectors are spared at those
 */
record Nesting(int depth, Relief relief) {

    static final Nesting NONE = new Nesting(0, Relief.NONE);

    /** How many values may be in one another; what is deeper is read as text alone. */
    private static final int MAX_DEPTH = 3;

    Nesting below(Relief spared) {
        return new Nesting(depth + 1, relief.and(spared));
    }

    /** Tells whether nothing more is looked for in what is read. */
    boolean isDeepest() {
        return depth >= MAX_DEPTH;
    }

    /** What the value holds if it is an object or an array of JSON in one line or few; null otherwise, and in several lines. */
    @Nullable
    JsonNode read(Place place, String value) {
        var held = place.isValue() || place == Place.COOKIE || place == Place.HEADER;
        if (!held || isDeepest() || !isBracketed(value) || new Text(value).hasLines()) {
            return null;
        }
        return Json.read(value.getBytes(UTF_8)) instanceof Json.Read read ? read.node() : null;
    }

    private static boolean isBracketed(String value) {
        var from = 0;
        var end = value.length();
        while (from < end && Text.isSpace(value.charAt(from))) {
            from++;
        }
        while (end > from && Text.isSpace(value.charAt(end - 1))) {
            end--;
        }
        return end - from > 4
                && (value.charAt(from) == '{' && value.charAt(end - 1) == '}'
                        || value.charAt(from) == '[' && value.charAt(end - 1) == ']');
    }
}
