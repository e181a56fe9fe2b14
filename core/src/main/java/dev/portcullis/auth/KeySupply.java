package dev.portcullis.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where a ring's keys come from, and how long they last. Implementations are thread-safe. */
@FunctionalInterface
interface KeySupply {

    /** Starts to fetch the keys. */
    CompletableFuture<KeySet> fetch();

    /** The last good keys of an earlier life; null when there are none. It never throws. */
    default @Nullable Kept kept() {
        return null;
    }

    /** How old keys may become while they cannot be fetched. */
    default Duration maxStale() {
        return KeyCare.USUAL.maxStale();
    }

    /**
     * Keys of an earlier life.
     *
     * @param keys the keys
     * @param fetched when they were fetched
     */
    record Kept(KeySet keys, Instant fetched) {}
}
