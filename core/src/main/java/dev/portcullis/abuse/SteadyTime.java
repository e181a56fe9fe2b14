package dev.portcullis.abuse;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Milliseconds that never go back, as they pass on a clock that may. Thread-safe.
 *
 * <p>When the clock is set back, no time passes in that step; time then goes on from where it stood. Of two threads that see the step
 * at once one may correct it by a few milliseconds more than the other; time goes forward all the same.
 */
final class SteadyTime {

    private final Clock clock;
    private final AtomicLong latest;
    private final AtomicLong ahead = new AtomicLong();

    SteadyTime(Clock clock) {
        this.clock = clock;
        this.latest = new AtomicLong(clock.millis());
    }

    /** The time now. It has nothing to do with the time of day once the clock was set back. */
    long now() {
        var before = latest.get();
        var seen = clock.millis() + ahead.get();
        if (seen < before) {
            ahead.addAndGet(before - seen);
            return before;
        }
        if (seen > before) {
            latest.accumulateAndGet(seen, Math::max);
        }
        return seen;
    }
}
