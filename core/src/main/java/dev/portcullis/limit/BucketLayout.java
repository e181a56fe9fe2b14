package dev.portcullis.limit;

import dev.portcullis.store.Buckets.Bucket;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.VerboseResult;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the windows of a quota are one bucket of a store, and what its state means. Immutable.
 *
 * <p>A key has one bucket, whatever the windows: whose plan has other permits, or which node has another configuration, finds what was
 * used there. A period of the calendar has a bucket of its own.
 */
final class BucketLayout {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Quota quota;
    private final String base;
    private final BucketConfiguration configuration;

    /** The layout of these windows for a rule of this name. */
    BucketLayout(String rule, Quota quota) {
        this.quota = quota;
        this.base = "limit:" + Fingerprint.of(rule).text() + ":";
        this.configuration = new BucketConfiguration(
                quota.windows().stream().map(BucketLayout::bandwidth).toList());
    }

    private static Bandwidth bandwidth(Window window) {
        var capacity = Bandwidth.builder().capacity(window.permits());
        var name = window.name();
        if (window.calendar() != null) {
            // It is never refilled while its period lasts, and nobody asks for it afterwards.
            var stays = window.per().multipliedBy(2).plus(Duration.ofNanos(window.permits()));
            return capacity.refillIntervally(window.permits(), stays).id(name).build();
        }
        return window.smooth()
                ? capacity.refillGreedy(window.permits(), window.per()).id(name).build()
                : capacity.refillIntervally(window.permits(), window.per())
                        .id(name)
                        .build();
    }

    Quota quota() {
        return quota;
    }

    /** The bucket of a key at a time. */
    Bucket bucket(MeterKey key, long millis) {
        var hex = HexFormat.of();
        var name = base + hex.toHexDigits(key.high()) + hex.toHexDigits(key.low());
        var calendar = quota.get(0).calendar();
        return calendar == null
                ? new Bucket(name, configuration, false)
                : new Bucket(name + ":" + calendar.spanAt(millis).start(), configuration, true);
    }

    /** Whose periods it has; null for those of no calendar. */
    @Nullable
    Calendar calendar() {
        return quota.get(0).calendar();
    }

    /** The largest number of permits that one of its windows has. */
    long mostPermits() {
        return quota.windows().stream().mapToLong(Window::permits).max().orElse(1);
    }

    /** When the longest of its windows that begins now ends, or the period of the calendar that it is now. */
    long end(long millis) {
        var calendar = calendar();
        return calendar == null
                ? millis
                        + quota.windows().stream()
                                .mapToLong(window -> window.per().toMillis())
                                .max()
                                .orElse(0)
                : calendar.spanAt(millis).end();
    }

    /** Whether what is used beyond a window is forgotten anyway when its period ends. */
    boolean forgets() {
        return quota.size() == 1 && !quota.get(0).smooth() && quota.get(0).calendar() == null;
    }

    /**
     * What a bucket says of a request.
     *
     * @param result the bucket after the request
     * @param passed whether the request had its permits
     * @param permits how many it wanted
     * @param beside how many permits there are beside those in the bucket
     */
    Reading reading(VerboseResult<Long> result, boolean passed, long permits, long beside) {
        var state = result.getState();
        var window = tightest(state);
        var now = result.getOperationTimeNanos();
        var left = state.getCurrentSize(window);
        var wanted = passed ? left + 1 : permits;
        return new Reading(passed, window, left + beside, wait(state, now, wanted), false, until(state, now, permits));
    }

    private int tightest(BucketState state) {
        var tightest = 0;
        for (var i = 1; i < quota.size(); i++) {
            var difference = Long.compare(state.getCurrentSize(i), state.getCurrentSize(tightest));
            tightest = difference < 0 || difference == 0 && quota.longer(i, tightest) ? i : tightest;
        }
        return tightest;
    }

    private long wait(BucketState state, long now, long wanted) {
        var calendar = quota.get(0).calendar();
        if (calendar != null) {
            return calendar.spanAt(now / NANOS_PER_MILLI).end() * NANOS_PER_MILLI - now;
        }
        var smallest = quota.windows().stream().mapToLong(Window::permits).min().orElse(1);
        return state.calculateDelayNanosAfterWillBePossibleToConsume(Math.min(wanted, smallest), now, false);
    }

    /** Until when these permits can be given back without adding to what a period grants: until a window has been filled anew. */
    private long until(BucketState state, long now, long permits) {
        var calendar = quota.get(0).calendar();
        if (calendar != null) {
            return calendar.spanAt(now / NANOS_PER_MILLI).end() * NANOS_PER_MILLI;
        }
        var soonest = Long.MAX_VALUE;
        for (var window : quota.windows()) {
            soonest = Math.min(soonest, window.per().toNanos());
            if (window.smooth()) {
                soonest = Math.min(soonest, permits * (window.per().toNanos() / window.permits()));
            }
        }
        return now + beforeRefill(state, now, soonest);
    }

    /** How long no fixed window is filled anew, at most so long: looked for by halves, for buckets do not say. */
    private long beforeRefill(BucketState state, long now, long most) {
        var low = 0L;
        var high = most;
        while (high - low > NANOS_PER_MILLI) {
            var middle = low + (high - low) / 2;
            if (isRefilled(state, now + middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return isRefilled(state, now + high) ? low : high;
    }

    private boolean isRefilled(BucketState state, long at) {
        var later = state.copy();
        later.refillAllBandwidth(at);
        for (var i = 0; i < quota.size(); i++) {
            if (!quota.get(i).smooth() && later.getCurrentSize(i) != state.getCurrentSize(i)) {
                return true;
            }
        }
        return false;
    }

    List<Window> windows() {
        return quota.windows();
    }
}
