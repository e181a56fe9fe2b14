package dev.portcullis.limit;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The latencies of one window, counted in buckets that are an eighth of a power of two wide: bounded, however many there are.
 * Thread-safe.
 */
final class Latencies {

    private static final int PARTS = 8;
    private static final int BITS = 3;

    /** Up to 2^43 microseconds, which is a hundred days. */
    private static final int BUCKETS = 40 * PARTS + PARTS;

    private final AtomicIntegerArray buckets = new AtomicIntegerArray(BUCKETS);

    void add(long micros) {
        buckets.incrementAndGet(bucket(Math.max(0, micros)));
    }

    private static int bucket(long micros) {
        if (micros < PARTS) {
            return (int) micros;
        }
        var octave = 63 - Long.numberOfLeadingZeros(micros) - BITS;
        var part = (int) (micros >>> octave) - PARTS;
        return Math.min(BUCKETS - 1, (octave + 1) * PARTS + part);
    }

    /** The middle of what a bucket counts. */
    private static double middle(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        var octave = bucket / PARTS - 1;
        return (PARTS + bucket % PARTS + 0.5) * (1L << octave);
    }

    int count() {
        var count = 0;
        for (var i = 0; i < BUCKETS; i++) {
            count += buckets.get(i);
        }
        return count;
    }

    /** The median in microseconds, within a sixteenth; empties the window. Never less than one. */
    double takeMedian() {
        var counts = new int[BUCKETS];
        var all = 0L;
        for (var i = 0; i < BUCKETS; i++) {
            counts[i] = buckets.getAndSet(i, 0);
            all += counts[i];
        }
        var below = 0L;
        for (var i = 0; i < BUCKETS; i++) {
            below += counts[i];
            if (2 * below >= all) {
                return Math.max(1, middle(i));
            }
        }
        return 1;
    }
}
