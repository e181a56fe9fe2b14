package dev.portcullis.limit;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Time that never goes back, as it passes on a clock that may. Not thread-safe.
 *
 * <p>When the clock is set back, no time passes in that step; time then goes on from where it stood. Where the clock is the system's, what
 * passes is what passes in this process, however the clock is set: an hour back and forward again fills no limit. The time of day, by which
 * periods of the calendar go, is the clock's.
 */
final class SteadyTime implements MeterTime {

    private static final long MAX_STEP_NANOS = Window.MAX_PER.toNanos();

    private final Clock clock;
    private final LongSupplier passing;
    private long seen;
    private long now;
    private long millis;
    private boolean asked;

    SteadyTime(Clock clock) {
        this(clock, passing(clock));
    }

    /**
     * Nothing has passed yet.
     *
     * @param passing nanoseconds since whenever, of which only differences count
     */
    SteadyTime(Clock clock, LongSupplier passing) {
        this.clock = clock;
        this.passing = passing;
        this.seen = passing.getAsLong();
    }

    private static LongSupplier passing(Clock clock) {
        return clock.equals(Clock.systemUTC()) ? System::nanoTime : () -> clock.millis() * NANOS_PER_MILLI;
    }

    /** Reads the clock; until the next time, time stands still. */
    void advance() {
        var next = passing.getAsLong();
        var step = next - seen;
        if (step > 0) {
            now += Math.min(step, MAX_STEP_NANOS);
        }
        seen = next;
        asked = false;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public long millis() {
        if (!asked) {
            millis = clock.millis();
            asked = true;
        }
        return millis;
    }
}
