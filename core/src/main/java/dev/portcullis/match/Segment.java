package dev.portcullis.match;

import org.jspecify.annotations.Nullable;

/**
 * What stands between two slashes of a pattern. Immutable.
 *
 * @param literal the text; null for a wildcard, which stands for any text that is not empty
 * @param variable the name of the wildcard; empty when it has none
 */
record Segment(@Nullable String literal, String variable) {

    static Segment text(String literal) {
        return new Segment(literal, "");
    }

    static Segment wildcard(String variable) {
        return new Segment(null, variable);
    }

    boolean isWildcard() {
        return literal == null;
    }

    boolean matches(String path, int from, int end) {
        if (literal == null) {
            return end > from;
        }
        return end - from == literal.length() && path.startsWith(literal, from);
    }

    boolean overlaps(Segment other) {
        if (literal == null) {
            return other.literal == null || !other.literal.isEmpty();
        }
        return other.literal == null ? !literal.isEmpty() : literal.equals(other.literal);
    }

    boolean includes(Segment other) {
        if (literal == null) {
            return other.literal == null || !other.literal.isEmpty();
        }
        return literal.equals(other.literal);
    }
}
