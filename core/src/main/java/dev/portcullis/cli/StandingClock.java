package dev.portcullis.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The system's clock until it is first set; from then on it stands where it was set last. Thread-safe. */
final class StandingClock extends Clock {

    private final AtomicReference<@Nullable Instant> set = new AtomicReference<>();

    void set(Instant instant) {
        set.set(instant);
    }

    @Override
    public Instant instant() {
        var standing = set.get();
        return standing == null ? Instant.now() : standing;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
