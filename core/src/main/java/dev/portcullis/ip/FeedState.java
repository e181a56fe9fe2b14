package dev.portcullis.ip;

import dev.portcullis.ip.FeedSource.Version;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a feed. Immutable.
 *
 * @param ranges what it lists; null when it was never loaded
 * @param entries how many entries that was
 * @param unreadable how many of them were no ranges
 * @param fetched when that was last known to be what the source says
 * @param tried when an attempt last ended
 * @param version which version of the document that is
 * @param problem why the last attempt failed; null when it did not
 */
record FeedState(
        @Nullable IpRanges ranges,
        int entries,
        int unreadable,
        long fetched,
        long tried,
        Version version,
        @Nullable String problem) {

    private static final long NEVER = Long.MIN_VALUE;

    static final FeedState NOTHING = new FeedState(null, 0, 0, NEVER, NEVER, Version.NONE, null);

    static FeedState of(Harvest harvest, long fetched, Version version) {
        return new FeedState(harvest.ranges(), harvest.entries(), harvest.unreadable(), fetched, NEVER, version, null);
    }

    FeedState checked(long now) {
        return new FeedState(ranges, entries, unreadable, now, tried, version, null);
    }

    FeedState tried(long now) {
        return new FeedState(ranges, entries, unreadable, fetched, now, version, problem);
    }

    FeedState failed(long now, String why) {
        return new FeedState(ranges, entries, unreadable, fetched, now, version, why);
    }

    boolean wasTried() {
        return tried != NEVER;
    }

    /** A clock that was set back makes it due. */
    boolean isDue(long now, Duration pause) {
        return tried == NEVER || now < tried || now - tried >= pause.toMillis();
    }
}
