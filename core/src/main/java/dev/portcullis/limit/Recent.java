package dev.portcullis.limit;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;

/** How many requests ended in the last while, and how many of them failed; told apart by tenths of it. Not thread-safe. */
final class Recent {

    private static final int SLICES = 10;

    private final int[] requests = new int[SLICES];
    private final int[] failures = new int[SLICES];
    private final Clock clock;
    private final long slice;
    private long newest;

    Recent(Duration window, Clock clock) {
        this.clock = clock;
        this.slice = Math.max(1, window.toMillis() / SLICES);
        this.newest = clock.millis() / slice;
    }

    void count(boolean failed) {
        advance();
        var place = (int) Math.floorMod(newest, (long) SLICES);
        requests[place]++;
        failures[place] += failed ? 1 : 0;
    }

    /**
     * Forgets what is too old. A clock that is set back stands still until it has come to where it was; where that would last longer than
     * the window, all is forgotten.
     */
    private void advance() {
        var now = clock.millis() / slice;
        if (newest - now > SLICES) {
            clear();
            newest = now;
        }
        var past = Math.min(SLICES, now - newest);
        for (var i = 1; i <= past; i++) {
            var place = (int) Math.floorMod(newest + i, (long) SLICES);
            requests[place] = 0;
            failures[place] = 0;
        }
        newest = Math.max(newest, now);
    }

    long requests() {
        return sum(requests);
    }

    long failures() {
        return sum(failures);
    }

    private static long sum(int[] counts) {
        var sum = 0L;
        for (var count : counts) {
            sum += count;
        }
        return sum;
    }

    void clear() {
        Arrays.fill(requests, 0);
        Arrays.fill(failures, 0);
    }
}
