package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one issuer's keys. Immutable.
 *
 * @param issuer the issuer's name
 * @param ready whether tokens can be verified now
 * @param keys how many keys are known
 * @param fetched when they were last fetched; null when they never were, or need not be
 * @param problem why the last fetch failed; null when it did not
 * @param notes why keys of the last set cannot be used
 */
public record KeyReport(
        String issuer,
        boolean ready,
        int keys,
        @Nullable Instant fetched,
        @Nullable String problem,
        List<String> notes) {

    /** Copies the notes. */
    public KeyReport {
        requireNonNull(issuer, "issuer");
        notes = List.copyOf(notes);
    }
}
