package dev.portcullis.crawler;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** How many look-ups may begin, evenly over time, with some to spare. Thread-safe. */
final class LookupPace {

    private static final int SECONDS_AT_ONCE = 5;
    private static final long MICROS = 1_000_000;

    private final Clock clock;
    private final long step;
    private final long spare;

    /** When all that began would have been spread out evenly, in microseconds. */
    private final AtomicLong spread = new AtomicLong(Long.MIN_VALUE);

    LookupPace(int perSecond, Clock clock) {
        this.clock = clock;
        this.step = MICROS / perSecond;
        this.spare = SECONDS_AT_ONCE * MICROS;
    }

    /**
     * Tells whether one more may begin. A clock that was set back far starts it anew, once: the time is read after what it is held against, or a
     * thread that still knows the time of before would start it anew for another. One that trembles gives nothing away.
     */
    boolean begins() {
        while (true) {
            var seen = spread.get();
            var now = clock.millis() * 1000;
            var from = seen < now || seen > now + 2 * spare ? now : seen;
            if (from + step > now + spare) {
                return false;
            }
            if (spread.compareAndSet(seen, from + step)) {
                return true;
            }
        }
    }
}
