package dev.portcullis.limit;

import java.time.Clock;

/**
 * Time that never goes back, as it passes on a clock that may. Not thread-safe.
 *
 * <p>When the clock is set back, no time passes in that step; time then goes on from where it stood.
 */
final class SteadyTime implements MeterTime {

    private static final long MAX_STEP_MILLIS = Window.MAX_PER.toMillis();

    private final Clock clock;
    private long read;
    private long now;

    SteadyTime(Clock clock) {
        this.clock = clock;
        this.read = clock.millis();
    }

    /** Reads the clock; until the next time, time stands still. */
    void advance() {
        var millis = clock.millis();
        if (millis > read) {
            now += Math.min(millis - read, MAX_STEP_MILLIS) * NANOS_PER_MILLI;
        }
        read = millis;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public long millis() {
        return read;
    }
}
