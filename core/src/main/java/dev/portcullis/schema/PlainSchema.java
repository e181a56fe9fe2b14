package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.TrustedBase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schema that tells quickly of most values that they are as it says; of all others it tells nothing. Immutable.
 *
 * <p>Most bodies are as agreed, and most schemas of bodies are of plain words. Only its yes counts: whatever it cannot tell is asked of the
 * whole validator, which also says what is wrong. It takes a step for every value and every word, since no value is looked at in two ways.
 */
@TrustedBase
final class PlainSchema {

    /** How many values and references may be in each other. */
    private static final int MAX_DEPTH = 300;

    private List<Word> words = List.of();

    /** What one word of a schema asks. Only a yes counts. */
    interface Word {

        /**
         * Tells whether the value is for certain as the word says.
         *
         * @param depth in how many values and references it is
         */
        boolean holds(JsonNode value, int depth);
    }

    /** The schema; null when it has words that are not told quickly. */
    static @Nullable PlainSchema of(JsonNode document) {
        return new PlainWords(document).schema();
    }

    /** Says what is asked. Called once, by who builds it. */
    void ask(List<Word> all) {
        words = List.copyOf(all);
    }

    /** Tells whether the value is for certain as the schema says; no means that it may be or not. */
    boolean holds(JsonNode value) {
        try {
            return holds(value, 0);
        } catch (TooCostly | StackOverflowError e) {
            return false;
        }
    }

    boolean holds(JsonNode value, int depth) {
        for (var i = 0; i < words.size(); i++) {
            if (depth > MAX_DEPTH || !words.get(i).holds(value, depth)) {
                return false;
            }
        }
        return true;
    }

    /**
     * What is asked of members.
     *
     * @param named the members that have a name
     * @param others what is asked of all others; null when there may be none
     */
    record Members(Map<String, PlainSchema> named, @Nullable PlainSchema others) implements Word {

        @Override
        public boolean holds(JsonNode value, int depth) {
            if (!value.isObject()) {
                return true;
            }
            for (var member : value.properties()) {
                var schema = named.getOrDefault(member.getKey(), others);
                if (schema == null || !schema.holds(member.getValue(), depth + 1)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What is asked of all items. */
    record Items(PlainSchema each) implements Word {

        @Override
        public boolean holds(JsonNode value, int depth) {
            if (!value.isArray()) {
                return true;
            }
            for (var i = 0; i < value.size(); i++) {
                if (!each.holds(value.get(i), depth + 1)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Names that must be there. */
    record Required(List<String> names) implements Word {

        @Override
        public boolean holds(JsonNode value, int depth) {
            for (var i = 0; value.isObject() && i < names.size(); i++) {
                if (!value.has(names.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What another schema of the document asks. */
    record Reference(PlainSchema other) implements Word {

        @Override
        public boolean holds(JsonNode value, int depth) {
            return other.holds(value, depth + 1);
        }
    }
}
