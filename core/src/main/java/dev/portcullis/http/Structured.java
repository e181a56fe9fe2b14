package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Structured field values (RFC 9651): read strictly, and written in their one canonical form.
 *
 * <p>Bare values are a {@link Long}, a {@link BigDecimal}, a {@link String} for strings, a {@link Boolean}, or one of {@link Token},
 * {@link Bytes}, {@link Date} and {@link Display}. Whoever reads a field hands in all of its lines, in order. Stateless.
 */
public final class Structured {

    private Structured() {}

    /** A member of a list or a dictionary. */
    public sealed interface Member permits Item, Inner {

        /** The parameters in the order they came; unmodifiable. */
        Map<String, Object> parameters();
    }

    /**
     * A value with parameters. Immutable.
     *
     * @param value the bare value
     * @param parameters its parameters
     */
    public record Item(Object value, Map<String, Object> parameters) implements Member {

        /** Copies the parameters. */
        public Item {
            requireNonNull(value, "value");
            parameters = copy(parameters);
        }
    }

    /**
     * A list in a list or a dictionary. Immutable.
     *
     * @param items its items
     * @param parameters its parameters
     */
    public record Inner(List<Item> items, Map<String, Object> parameters) implements Member {

        /** Copies the items and the parameters. */
        public Inner {
            items = List.copyOf(items);
            parameters = copy(parameters);
        }
    }

    /**
     * A dictionary. Immutable.
     *
     * @param members its members in order; of a key that is there more than once, the last
     * @param repeats whether a key is there more than once
     */
    public record Dictionary(Map<String, Member> members, boolean repeats) {

        /** Copies the members. */
        public Dictionary {
            members = copy(members);
        }
    }

    /**
     * A word without quotes. Immutable.
     *
     * @param text the word
     */
    public record Token(String text) {
        /** Checks that nothing is missing. */
        public Token {
            requireNonNull(text, "text");
        }
    }

    /**
     * Bytes. Immutable, but for the array, which is not to be changed.
     *
     * @param bytes the bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // decoded once, compared by those who know how
    public record Bytes(byte[] bytes) {}

    /**
     * A date. Immutable.
     *
     * @param seconds seconds of the epoch
     */
    public record Date(long seconds) {}

    /**
     * A text of any characters. Immutable.
     *
     * @param text the text
     */
    public record Display(String text) {
        /** Checks that nothing is missing. */
        public Display {
            requireNonNull(text, "text");
        }
    }

    private static <V> Map<String, V> copy(Map<String, V> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The item that the lines hold; null when they hold anything else. */
    public static @Nullable Item item(List<String> lines) {
        try {
            return StructuredText.of(lines).onlyItem();
        } catch (StructuredText.Malformed e) {
            return null;
        }
    }

    /** The list that the lines hold; null when they hold anything else. */
    public static @Nullable List<Member> list(List<String> lines) {
        try {
            return StructuredText.of(lines).onlyList();
        } catch (StructuredText.Malformed e) {
            return null;
        }
    }

    /** The dictionary that the lines hold; null when they hold anything else. */
    public static @Nullable Dictionary dictionary(List<String> lines) {
        try {
            return StructuredText.of(lines).onlyDictionary();
        } catch (StructuredText.Malformed e) {
            return null;
        }
    }

    /**
     * The canonical text of a member.
     *
     * @throws IllegalArgumentException when a value in it cannot be written
     */
    public static String print(Member member) {
        return new StructuredPrint().member(member).toString();
    }

    /**
     * The canonical text of a list.
     *
     * @throws IllegalArgumentException when a value in it cannot be written
     */
    public static String print(List<Member> list) {
        return new StructuredPrint().list(list).toString();
    }

    /**
     * The canonical text of a dictionary.
     *
     * @throws IllegalArgumentException when a key or a value in it cannot be written
     */
    public static String print(Dictionary dictionary) {
        return new StructuredPrint().dictionary(dictionary).toString();
    }
}
