package dev.portcullis.ip;

import dev.portcullis.ip.FeedSource.Delivery;
import dev.portcullis.ip.FeedSource.Version;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes ranges of what a feed's source delivers, and keeps the last good copy. Thread-safe.
 *
 * @param name the feed
 * @param format how it is written
 * @param terms what of it is taken
 * @param own what no feed may list
 */
record FeedReader(String name, FeedFormat format, FeedTerms terms, IpRanges own) {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final int MAX_SHOWN = 300;

    /** Tells whether ranges that were taken before may still be. */
    boolean allows(IpRanges ranges) {
        return !own.overlaps(ranges);
    }

    /** What is known once this has come. */
    FeedState read(Delivery came, FeedState known, Instant now, String source) {
        var bytes = came.bytes();
        if (bytes == null) {
            keep(source, null, now);
            return known.checked(now.toEpochMilli());
        }
        var state = state(bytes, now, came.version());
        keep(source, bytes, now);
        LOG.info("feed `{}`: {} entries, {} of them unreadable", name, state.entries(), state.unreadable());
        return state;
    }

    private FeedState state(byte[] bytes, Instant fetched, Version version) {
        var harvest = new Harvest(terms.maxEntries(), own);
        format.read(bytes, harvest);
        if (harvest.entries() == 0 && !terms.mayBeEmpty()) {
            throw new NotTaken("it lists nothing");
        }
        return FeedState.of(harvest, fetched.toEpochMilli(), version);
    }

    private void keep(String source, byte @Nullable [] bytes, Instant now) {
        var path = terms.copy();
        if (path == null) {
            return;
        }
        try {
            if (bytes == null) {
                new FeedCopy(path, source).touch(now);
            } else {
                new FeedCopy(path, source).write(bytes, now);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("feed `{}`: the copy cannot be written: {}", name, shown(e));
        }
    }

    /** What an earlier life has left; nothing when there is none that is still good. */
    FeedState copy(String source, Instant now, boolean told) {
        var path = terms.copy();
        if (path == null) {
            return FeedState.NOTHING;
        }
        try {
            var kept = new FeedCopy(path, source).read(terms.maxBytes());
            if (kept == null) {
                return FeedState.NOTHING;
            }
            var fetched = kept.fetched().isAfter(now) ? Instant.EPOCH : kept.fetched();
            return state(kept.bytes(), fetched, Version.NONE);
        } catch (IOException | RuntimeException e) {
            if (!told) {
                LOG.warn("feed `{}`: the copy cannot be used: {}", name, shown(e));
            }
            return FeedState.NOTHING;
        }
    }

    /** Says why an attempt failed, once for every reason. */
    String tell(FeedState before, @Nullable Throwable failure) {
        var cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        var problem = cause == null ? "nothing came" : told(cause);
        if (!problem.equals(before.problem())) {
            LOG.warn(
                    "feed `{}`: {}; {}",
                    name,
                    problem,
                    before.ranges() == null ? "there is no good copy" : "the last good copy stays in use");
        }
        return problem;
    }

    /** An answer that takes too long is hung up on. */
    private String told(Throwable cause) {
        return cause instanceof CancellationException ? "it takes longer than " + terms.timeout() : shown(cause);
    }

    private static String shown(Throwable cause) {
        var message = cause.getMessage() == null ? "" : cause.getMessage();
        var text = cause instanceof NotTaken
                ? message
                : cause.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
        var shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) : text;
        return shown.replaceAll("[^ -~]", "?");
    }
}
