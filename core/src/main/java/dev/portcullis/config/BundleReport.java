package dev.portcullis.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a gate stands with the policy bundles that it follows. Immutable.
 *
 * @param serial the serial number of the one that it asks
 * @param kept whether the next start knows that number
 * @param reached when its source was last reached; null: not since the start
 * @param problem why what is there is not taken, or cannot be had; null when nothing is wrong
 */
public record BundleReport(
        long serial,
        boolean kept,
        @Nullable Instant reached,
        @Nullable String problem) {

    /** The same with another problem. */
    BundleReport with(@Nullable String other) {
        return new BundleReport(serial, kept, reached, other);
    }
}
