package dev.portcullis.store;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Entries that are made once and expire: nonces that were used, credentials that were revoked. Implementations are thread-safe.
 *
 * <p>Entries live in spaces that know nothing of each other. The names of spaces are chosen by us, never by a client, and only
 * few are used; keys may come from clients. A ledger that cannot tell throws {@link LedgerUnavailable}: nobody may take that for
 * an answer.
 */
public interface Ledger extends AutoCloseable {

    /** The longest name of a space, in characters: lower-case letters, digits, {@code -}, {@code .}, {@code :} and {@code _}. */
    int MAX_SPACE = 100;

    /** The longest key, in characters. Hash what may be longer. */
    int MAX_KEY = 512;

    /** The longest value, in characters. */
    int MAX_VALUE = 16 * 1024;

    /** How many entries {@link #changes} tells at once, at most. */
    int MAX_CHANGES = 1000;

    /** A ledger of this process alone, with at most so many entries in each space, and as many spaces as {@link MemoryLedger#MAX_SPACES}. */
    static Ledger memory(Clock clock, int maxEntries) {
        return new MemoryLedger(requireNonNull(clock, "clock"), maxEntries);
    }

    /**
     * Makes an entry, unless there is one with that key which has not expired. Of any number of callers that try at once, on
     * however many nodes, exactly one succeeds.
     *
     * <p>An entry whose time is over already can be made, and is gone at once.
     *
     * @param until when it expires, to the millisecond
     * @return whether the entry was made
     * @throws IllegalArgumentException when the space, the key or the value is too long, or the space has other characters
     * @throws LedgerUnavailable when it cannot be told
     */
    boolean putIfAbsent(String space, String key, String value, Instant until);

    /**
     * The entries of a space that were made since a cursor and have not expired, in about the order they were made in; when they
     * are {@link #MAX_CHANGES}, there may be more, to be asked for with the new cursor. None is ever left out, but one may be told
     * again.
     *
     * @param since the cursor of the changes seen last; 0 for all. A cursor is good for the ledger and the space that gave it
     * @throws IllegalArgumentException when the space is no name, or the cursor negative
     * @throws LedgerUnavailable when it cannot be told
     */
    Changes changes(String space, long since);

    /** Lets go of what the ledger holds. What is asked of it afterwards cannot be told. */
    @Override
    void close();

    /**
     * What has changed. Immutable.
     *
     * @param entries the entries that were made
     * @param cursor what to ask with next time
     */
    record Changes(List<Entry> entries, long cursor) {

        /** Copies the entries. */
        public Changes {
            entries = List.copyOf(entries);
        }
    }

    /**
     * An entry. Immutable.
     *
     * @param key its key
     * @param value what was said of it
     * @param until when it expires
     */
    record Entry(String key, String value, Instant until) {

        /** Checks that all is there. */
        public Entry {
            requireNonNull(key, "key");
            requireNonNull(value, "value");
            requireNonNull(until, "until");
        }
    }
}
