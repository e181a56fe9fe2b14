package dev.portcullis.crawler;

import java.util.concurrent.atomic.AtomicLong;

/** How many look-ups may begin, evenly over time, with some to spare. Thread-safe. */
final class LookupPace {

    private static final int SECONDS_AT_ONCE = 5;
    private static final long MICROS = 1_000_000;

    private final long step;
    private final long spare;

    /** When all that began would have been spread out evenly, in microseconds. */
    private final AtomicLong spread = new AtomicLong(Long.MIN_VALUE);

    LookupPace(int perSecond) {
        this.step = MICROS / perSecond;
        this.spare = SECONDS_AT_ONCE * MICROS;
    }

    /** Tells whether one more may begin. A clock that was set back far starts it anew; one that trembles gives nothing away. */
    boolean begins(long millis) {
        var now = millis * 1000;
        while (true) {
            var seen = spread.get();
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
