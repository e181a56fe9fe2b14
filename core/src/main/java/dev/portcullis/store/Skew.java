package dev.portcullis.store;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far this node's clock is from the store's. Thread-safe.
 *
 * <p>Periods of shared limits follow the clocks of the nodes that ask, and the one that is ahead fills them first. One that is far
 * ahead would fill them long before the others can, who then see them empty for that long: so a node whose clock is too far off counts
 * nothing in the store.
 */
final class Skew {

    /** What the operator is told of. */
    static final Duration NOTABLE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis.store");

    private final String kind;
    private final Clock clock;
    private volatile long millis;

    Skew(String kind, Clock clock) {
        this.kind = kind;
        this.clock = clock;
    }

    /** Compares the clock with the store's, in milliseconds since 1970, as it was a moment ago. */
    void compare(long there) {
        var before = millis;
        var now = clock.millis() - there;
        millis = now;
        if (Math.abs(now) > NOTABLE.toMillis() && Math.abs(before) <= NOTABLE.toMillis()) {
            LOG.warn(
                    "store {}: this node's clock is {} ms {} the store's{} (keep the clocks of all nodes in step)",
                    kind,
                    Math.abs(now),
                    now > 0 ? "ahead of" : "behind",
                    isTooFar() ? "; limits do what their `on-failure` says" : "");
        }
    }

    /** Whether the clock is too far off to count with others. */
    boolean isTooFar() {
        return Math.abs(millis) > Terms.GRACE.toMillis();
    }

    /** Why nothing is counted. */
    StoreUnavailable problem() {
        return StoreUnavailable.unasked(kind + ": this node's clock is " + millis + " ms off the store's", null);
    }
}
