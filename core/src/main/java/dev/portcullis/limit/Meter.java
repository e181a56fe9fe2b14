package dev.portcullis.limit;

import io.github.bucket4j.BucketState;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucket;

/** The count of one key. Not thread-safe. */
final class Meter {

    private final TimeMeter time;
    private final boolean shared;
    private Quota quota;
    private LocalBucket bucket;
    private long fullAt;

    private Meter(Quota quota, TimeMeter time, long[] left, boolean shared) {
        this.time = time;
        this.shared = shared;
        this.quota = quota;
        this.bucket = quota.bucket(time, left);
        var diagnostics = bucket.asVerbose().getAvailableTokens().getDiagnostics();
        this.fullAt = time.currentTimeNanos() + diagnostics.calculateFullRefillingTime();
    }

    /** A meter of one key, of which so many permits of every window are used already. */
    Meter(Quota quota, TimeMeter time, long used) {
        this(quota, time, quota.permitsWithout(used), false);
    }

    /** A meter with all permits that counts more keys than one. */
    static Meter shared(Quota quota, TimeMeter time) {
        return new Meter(quota, time, quota.permitsWithout(0), true);
    }

    /** A meter of one key, with the share of permits that this one has left. */
    Meter sibling(Quota wanted) {
        return new Meter(wanted, time, left(wanted), false);
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
        if (quota.windows().size() == 1) {
            return reading(bucket.tryConsumeAndReturnRemaining(permits), 0);
        }
        var answer = bucket.asVerbose().tryConsumeAndReturnRemaining(permits);
        return reading(answer.getValue(), tightest(answer.getState()));
    }

    /** Gives permits back to every window, as far as it lacks some. */
    void giveBack(long permits) {
        bucket.addTokens(permits);
    }

    private Reading reading(ConsumptionProbe probe, int window) {
        var left = probe.getRemainingTokens();
        var nanos = probe.isConsumed()
                ? bucket.estimateAbilityToConsume(left + 1).getNanosToWaitForRefill()
                : probe.getNanosToWaitForRefill();
        fullAt = time.currentTimeNanos() + probe.getNanosToWaitForReset();
        return new Reading(probe.isConsumed(), window, left, nanos, shared);
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
        return nanosUntilFull() <= 0;
    }

    /** The nanoseconds until all windows have all their permits, if none is used until then. */
    long nanosUntilFull() {
        return fullAt - time.currentTimeNanos();
    }

    /**
     * Counts by other windows from now on. A window keeps the share of permits that the one of its name had left; one of a new name
     * gets the smallest share of all. Their periods start anew.
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
