package dev.portcullis.attack;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** How many requests are taken in a second at most, by the seconds of the clock. Thread-safe. */
final class PerSecond {

    private static final int COUNT_BITS = 24;
    private static final long COUNT = (1L << COUNT_BITS) - 1;

    private final Clock clock;
    private final int most;
    /** The second, and in the lower bits how many were taken in it. */
    private final AtomicLong taken = new AtomicLong();

    PerSecond(Clock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /** Takes one more, unless there were enough in this second. */
    boolean take() {
        while (true) {
            var before = taken.get();
            var second =
                    clock.millis() / 1000; // read after the count, or whoever is late would begin a second anew for all
            var same = before >>> COUNT_BITS == second;
            if (same && (before & COUNT) >= Math.min(most, COUNT)) {
                return false;
            }
            var after = same ? before + 1 : second << COUNT_BITS | 1;
            if (taken.compareAndSet(before, after)) {
                return true;
            }
        }
    }
}
