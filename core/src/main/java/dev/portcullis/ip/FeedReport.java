package dev.portcullis.ip;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one feed. Immutable.
 *
 * @param feed its name
 * @param usable whether addresses can be looked up in it
 * @param entries how many entries the copy in use has
 * @param unreadable how many of them are no ranges
 * @param fetched when that copy was last known to be what the source says; null when there is none
 * @param age how long ago that was; null when there is none
 * @param problem why the last attempt to fetch it failed; null when it did not
 */
public record FeedReport(
        String feed,
        boolean usable,
        int entries,
        int unreadable,
        @Nullable Instant fetched,
        @Nullable Duration age,
        @Nullable String problem) {

    /** Checks that the feed has a name. */
    public FeedReport {
        requireNonNull(feed, "feed");
    }
}
