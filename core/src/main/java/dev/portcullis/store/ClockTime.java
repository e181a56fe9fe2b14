package dev.portcullis.store;

import io.github.bucket4j.TimeMeter;
import java.time.Clock;

/** A clock, for buckets that several nodes share. Immutable. */
record ClockTime(Clock clock) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
        return clock.millis() * 1_000_000;
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
