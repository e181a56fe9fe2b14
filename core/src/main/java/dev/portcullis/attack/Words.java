package dev.portcullis.attack;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table of words in small letters, looked up in a text without regard to capitals and without making a string. Immutable.
 *
 * @param <T> what a word stands for
 */
final class Words<T> {

    private static final int LONGEST = 40;

    private final String[] words;
    /** The hashes of the words, which tell nearly all others that share their slots apart. */
    private final int[] hashes;

    private final Object[] meanings;
    private final int mask;
    /** How long the words are that begin with each character, as a set of bits: it tells most words apart before they are read. */
    private final long[] lengths = new long[128];

    private Words(int count) {
        var size = Integer.highestOneBit(Math.max(count, 4)) * 4;
        words = new String[size];
        hashes = new int[size];
        meanings = new Object[size];
        mask = size - 1;
    }

    /** A table of words, one meaning a line: the words of the line are separated by blanks. */
    static <T> Words<T> of(List<Line<T>> lines) {
        var table = new Words<T>(
                lines.stream().mapToInt(line -> line.words().split(" ").length).sum());
        for (var line : lines) {
            for (var word : line.words().split(" ")) {
                table.put(word, line.meaning());
            }
        }
        return table;
    }

    /** A table of words that all mean the same. */
    static Words<Boolean> set(String words) {
        return of(List.of(new Line<>(true, words)));
    }

    private void put(String word, T meaning) {
        if (word.length() > LONGEST) {
            throw new IllegalArgumentException("word: `" + word + "` (expected: at most " + LONGEST + " letters)");
        }
        var hash = hash(word);
        var slot = hash & mask;
        while (words[slot] != null) {
            if (words[slot].equals(word)) {
                throw new IllegalArgumentException("word: `" + word + "` twice (expected: every word once)");
            }
            slot = slot + 1 & mask;
        }
        words[slot] = word;
        hashes[slot] = hash;
        meanings[slot] = meaning;
        lengths[word.charAt(0)] |= 1L << word.length();
    }

    private static int hash(String word) {
        var hash = 0;
        for (var i = 0; i < word.length(); i++) {
            hash = mix(hash, word.charAt(i));
        }
        return hash ^ hash >>> 15;
    }

    private static int mix(int hash, char c) {
        return (hash ^ c) * 0x01000193;
    }

    /** What the word from one index up to another stands for; null when it is not in the table. */
    @Nullable
    T find(Text text, int from, int to) {
        return mayHold(text.lower(from), to - from) ? find(text, from, to, hash(text, from, to)) : null;
    }

    /** Tells whether a word of this length may be one of them that begins with this character. */
    private boolean mayHold(char first, int length) {
        return first < 128 && length > 0 && length <= LONGEST && (lengths[first] >>> length & 1) != 0;
    }

    /** The hash of a word that is not too long, which is the same for all tables. */
    static int hash(Text text, int from, int to) {
        var hash = 0;
        for (var i = from; i < to && i < from + LONGEST; i++) {
            hash = mix(hash, text.lower(i));
        }
        return hash;
    }

    /** The same, of a word whose hash is known. */
    @SuppressWarnings("unchecked") // only put() writes meanings
    @Nullable
    T find(Text text, int from, int to, int hash) {
        if (!mayHold(text.lower(from), to - from)) {
            return null;
        }
        var mixed = hash ^ hash >>> 15;
        var slot = mixed & mask;
        while (words[slot] != null) {
            if (hashes[slot] == mixed && words[slot].length() == to - from && text.says(words[slot], from)) {
                return (T) meanings[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    /** What the word in a text stands for that is no {@link Text} yet; makes no object. */
    @SuppressWarnings("unchecked") // only put() writes meanings
    @Nullable
    T find(String text, int from, int to) {
        if (to <= from || !mayHold(Text.lower(text.charAt(from)), to - from)) {
            return null;
        }
        var hash = 0;
        for (var i = from; i < to; i++) {
            hash = mix(hash, Text.lower(text.charAt(i)));
        }
        var slot = (hash ^ hash >>> 15) & mask;
        while (words[slot] != null) {
            if (words[slot].length() == to - from && text.regionMatches(true, from, words[slot], 0, to - from)) {
                return (T) meanings[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    /** All words, in no order. */
    List<String> all() {
        return Arrays.stream(words).filter(Objects::nonNull).toList();
    }

    boolean has(String text, int from, int to) {
        return find(text, from, to) != null;
    }

    boolean has(Text text, int from, int to) {
        return find(text, from, to) != null;
    }

    /**
     * One line of a table.
     *
     * @param meaning what its words stand for
     * @param words the words, separated by blanks
     */
    record Line<T>(T meaning, String words) {}
}
