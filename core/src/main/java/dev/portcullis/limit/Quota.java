package dev.portcullis.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucket;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.util.HashSet;
import java.util.List;

/** The windows of one limit, which one bucket counts together: a denied request uses a permit of none. Immutable. */
record Quota(List<Window> windows) {

    Quota {
        windows = List.copyOf(windows);
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("windows: none (expected: at least one)");
        }
        var names = new HashSet<String>();
        for (var window : windows) {
            if (!names.add(window.name())) {
                throw new IllegalArgumentException("window: `" + window.name() + "` twice (expected: every name once)");
            }
        }
    }

    /** The permits of each window, of which so many are used. */
    long[] permitsWithout(long used) {
        return windows.stream()
                .mapToLong(window -> Math.max(0, window.permits() - used))
                .toArray();
    }

    /** A bucket with so many permits left in each window. */
    LocalBucket bucket(TimeMeter time, long[] left) {
        var builder = Bucket.builder()
                .withCustomTimePrecision(time)
                .withSynchronizationStrategy(SynchronizationStrategy.NONE);
        for (var i = 0; i < left.length; i++) {
            builder.addLimit(bandwidth(windows.get(i), left[i]));
        }
        return builder.build();
    }

    private static Bandwidth bandwidth(Window window, long left) {
        var capacity = Bandwidth.builder().capacity(window.permits());
        var refill = window.smooth()
                ? capacity.refillGreedy(window.permits(), window.per())
                : capacity.refillIntervally(window.permits(), window.per());
        return refill.initialTokens(left).build();
    }
}
