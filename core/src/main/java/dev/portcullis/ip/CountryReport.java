package dev.portcullis.ip;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with the file that tells countries. Immutable.
 *
 * @param source the file
 * @param built when its makers made it
 * @param problem why its last change could not be taken, so that the one before is in use; null when it could
 */
public record CountryReport(
        String source, Instant built, @Nullable String problem) {

    /** Checks that source and time are there. */
    public CountryReport {
        requireNonNull(source, "source");
        requireNonNull(built, "built");
    }
}
