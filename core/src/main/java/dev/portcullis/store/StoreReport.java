package dev.portcullis.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How it stands with a store. Immutable.
 *
 * @param kind what it is: {@code redis}, {@code postgresql}, or {@code application}
 * @param reachable whether it answers; false once it failed several times in a row, until it answers again
 * @param asked how often it was asked
 * @param failed how often it did not answer in time, or not at all
 * @param problem what was wrong the last time; null while it answers
 */
public record StoreReport(
        String kind,
        boolean reachable,
        long asked,
        long failed,
        @Nullable String problem) {
    /** Checks that nothing is missing. */
    public StoreReport {
        requireNonNull(kind, "kind");
    }
}
