package dev.portcullis.limit;

import io.github.bucket4j.BucketState;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucket;

/** The count of one key. Not thread-safe. */
final class Meter {

    private final TimeMeter time;
    private final boolean shared;
    private Quota quota;
    private LocalBucket bucket;
    private long fullAt;

    Meter(Quota quota, TimeMeter time, boolean shared) {
        this.time = time;
        this.shared = shared;
        this.quota = quota;
        this.bucket = quota.bucket(time);
        this.fullAt = time.currentTimeNanos();
    }

    /** Uses one permit of every window, if every window has one. */
    Reading take(Quota wanted) {
        return take(wanted, 1);
    }

    /** Uses so many permits of every window, if every window has them. */
    @SuppressWarnings("ReferenceEquality") // cheaper than equality, and adopting an equal one changes nothing
    Reading take(Quota wanted, long permits) {
        if (quota != wanted) {
            adopt(wanted);
        }
        var answer = bucket.asVerbose().tryConsumeAndReturnRemaining(permits);
        var probe = answer.getValue();
        fullAt = answer.getOperationTimeNanos() + probe.getNanosToWaitForReset();
        var window = tightest(answer.getState());
        var nanos = probe.isConsumed()
                ? bucket.estimateAbilityToConsume(probe.getRemainingTokens() + 1)
                        .getNanosToWaitForRefill()
                : probe.getNanosToWaitForRefill();
        return new Reading(probe.isConsumed(), window, probe.getRemainingTokens(), nanos, shared);
    }

    /** The window with the fewest permits left; the longer one of two. */
    private int tightest(BucketState state) {
        var tightest = 0;
        for (var i = 1; i < quota.windows().size(); i++) {
            var difference = Long.compare(state.getCurrentSize(i), state.getCurrentSize(tightest));
            tightest = difference < 0 || difference == 0 && longer(i, tightest) ? i : tightest;
        }
        return tightest;
    }

    private boolean longer(int window, int other) {
        return quota.windows()
                        .get(window)
                        .per()
                        .compareTo(quota.windows().get(other).per())
                > 0;
    }

    /** Tells whether all windows have all their permits, so that forgetting this meter gives nobody anything. */
    boolean isFull() {
        return time.currentTimeNanos() >= fullAt;
    }

    /**
     * Counts by other windows from now on. A window keeps the share of permits that the one of its name had left; one of a new name
     * gets the smallest share of all. Its period starts anew.
     */
    private void adopt(Quota wanted) {
        if (!quota.equals(wanted)) {
            bucket = wanted.bucket(time, left(wanted));
        }
        quota = wanted;
    }

    private long[] left(Quota wanted) {
        var state = bucket.asVerbose().getAvailableTokens().getState();
        var left = new long[wanted.windows().size()];
        for (var i = 0; i < left.length; i++) {
            left[i] = left(wanted.windows().get(i), state);
        }
        return left;
    }

    private long left(Window wanted, BucketState state) {
        var smallest = wanted.permits();
        for (var i = 0; i < quota.windows().size(); i++) {
            var window = quota.windows().get(i);
            var share = state.getCurrentSize(i) * wanted.permits() / window.permits();
            if (window.name().equals(wanted.name())) {
                return share;
            }
            smallest = Math.min(smallest, share);
        }
        return smallest;
    }
}
