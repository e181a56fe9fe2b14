package dev.portcullis.store;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import dev.portcullis.store.Buckets.Bucket;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.MathType;
import io.github.bucket4j.distributed.serialization.Scope;
import io.github.bucket4j.distributed.versioning.Versions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket has after its windows changed, as when a client comes with another plan, or nodes of another configuration. Immutable.
 *
 * <p>A window keeps what the one of its name had, else what one that turns alike had, which was renamed, and the smallest share where
 * several were; a new one gets the smallest share of all. So changing back and forth, however often, gives nobody anything, and the
 * parts of a permit are kept, so that it takes nobody anything either.
 *
 * @param wanted the bucket with the windows that it is to have
 * @param nanos the time
 */
@TrustedBase
record Fit(Bucket wanted, long nanos) {

    private static final String NUMBERS = "stateData";

    private static final int SINCE = 0;
    private static final int LEFT = 1;
    private static final int REST = 2;
    private static final int WIDTH = 3;

    /** The state with the wanted windows after one with others. */
    BucketState of(BucketState known) {
        var present = known.copy();
        present.refillAllBandwidth(nanos);
        var fresh = BucketState.createInitialState(wanted.configuration(), MathType.INTEGER_64_BITS, nanos);
        var all = numbers(fresh);
        var next = wanted.configuration().getBandwidths();
        var before = new Before(present);
        for (var i = 0; i < next.length; i++) {
            System.arraycopy(inherited(before, next[i]), 0, all, WIDTH * i, WIDTH);
        }
        return state(fresh, all);
    }

    /** The windows that there were, and their numbers. */
    private static final class Before {

        private final Bandwidth[] windows;
        private final long[] numbers;

        Before(BucketState state) {
            windows = state.getConfiguration().getBandwidths();
            numbers = Fit.numbers(state);
        }

        int size() {
            return windows.length;
        }

        Bandwidth window(int index) {
            return windows[index];
        }

        long left(int window) {
            return numbers[WIDTH * window + LEFT];
        }

        long since(int window) {
            return numbers[WIDTH * window + SINCE];
        }

        long rest(int window) {
            return numbers[WIDTH * window + REST];
        }
    }

    private long[] inherited(Before before, Bandwidth window) {
        for (var i = 0; i < before.size(); i++) {
            if (Objects.equals(before.window(i).getId(), window.getId())) {
                return share(before, i, window);
            }
        }
        var renamed = smallest(before, window, was -> turnAlike(was, window) && isGone(was));
        if (renamed != null) {
            return renamed;
        }
        var all = requireNonNull(smallest(before, window, was -> true), "windows");
        return new long[] {nanos, all[LEFT], 0};
    }

    /** The smallest share that one of these windows leaves, for nobody knows which of several this one was; null when there is none. */
    private long @Nullable [] smallest(Before before, Bandwidth window, Predicate<Bandwidth> these) {
        long[] smallest = null;
        for (var i = 0; i < before.size(); i++) {
            if (these.test(before.window(i))) {
                var share = share(before, i, window);
                smallest = smallest == null ? share : smaller(smallest, share);
            }
        }
        return smallest;
    }

    /** Fewer permits, since the later time. */
    private static long[] smaller(long[] one, long[] other) {
        var less = one[LEFT] < other[LEFT] || one[LEFT] == other[LEFT] && one[REST] < other[REST] ? one : other;
        return new long[] {Math.max(one[SINCE], other[SINCE]), less[LEFT], less[REST]};
    }

    private static boolean turnAlike(Bandwidth one, Bandwidth other) {
        return one.getRefillPeriodNanos() == other.getRefillPeriodNanos()
                && one.isRefillIntervally() == other.isRefillIntervally();
    }

    private boolean isGone(Bandwidth window) {
        for (var other : wanted.configuration().getBandwidths()) {
            if (Objects.equals(other.getId(), window.getId())) {
                return false;
            }
        }
        return true;
    }

    /** Since when, how many and what part of a permit a window has that was another one. */
    private long[] share(Before before, int index, Bandwidth window) {
        var was = before.window(index);
        var left = before.left(index);
        var since = nanos - before.since(index) < window.getRefillPeriodNanos() ? before.since(index) : nanos;
        if (wanted.sum()) {
            return new long[] {since, left + window.getCapacity() - was.getCapacity(), 0};
        }
        if (left >= was.getCapacity()) {
            return new long[] {since, window.getCapacity(), 0};
        }
        var period = BigInteger.valueOf(was.getRefillPeriodNanos());
        var parts = BigInteger.valueOf(Math.max(0, left)).multiply(period).add(BigInteger.valueOf(before.rest(index)));
        var scaled = left < 0
                ? parts
                : parts.multiply(BigInteger.valueOf(window.getCapacity()))
                        .divide(BigInteger.valueOf(was.getCapacity()));
        var whole = scaled.divideAndRemainder(period);
        var rest = whole[1].multiply(BigInteger.valueOf(window.getRefillPeriodNanos()))
                .divide(period);
        return new long[] {since, Math.min(left, 0) + whole[0].longValue(), rest.longValue()};
    }

    private static Map<String, Object> shown(BucketState state) {
        try {
            var shown = BucketState.toJsonCompatibleSnapshot(state, Versions.getLatest(), Scope.PERSISTED_STATE);
            var copy = new HashMap<String, Object>();
            ((Map<?, ?>) shown).forEach((name, value) -> copy.put((String) name, value));
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long[] numbers(BucketState state) {
        if (shown(state).get(NUMBERS) instanceof long[] numbers) {
            return numbers.clone();
        }
        throw new IllegalStateException("a bucket without numbers");
    }

    private static BucketState state(BucketState shape, long[] numbers) {
        var shown = shown(shape);
        shown.put(NUMBERS, numbers);
        try {
            var state = BucketState.fromJsonCompatibleSnapshot(shown);
            state.setConfiguration(shape.getConfiguration());
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
