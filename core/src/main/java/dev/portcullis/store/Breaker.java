package dev.portcullis.store;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Leaves alone what has failed several times in a row: for a while nobody asks, then one may try. Thread-safe.
 *
 * <p>While it is open, whoever would ask learns at once that nobody can tell, instead of waiting for a time-out.
 */
@TrustedBase
public final class Breaker {

    /** After how many failures in a row it opens. */
    public static final int FAILURES = 5;

    /** How long nobody asks. */
    public static final Duration PAUSE = Duration.ofSeconds(5);

    private static final long CLOSED = Long.MIN_VALUE;

    private final Clock clock;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong opened = new AtomicLong(CLOSED);

    /** A closed one, whose pauses go by the clock. */
    public Breaker(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    /** Tells whether one may ask. After a pause the first who is told so is alone until the next pause is over. */
    public boolean lets() {
        var since = opened.get();
        if (since == CLOSED) {
            return true;
        }
        var now = clock.millis();
        var pausing = now >= since && now - since < PAUSE.toMillis();
        return !pausing && opened.compareAndSet(since, now);
    }

    /** Notes an answer, which closes it. */
    public void succeeded() {
        failures.set(0);
        opened.set(CLOSED);
    }

    /** Notes that there was no answer. */
    public void failed() {
        if (failures.incrementAndGet() >= FAILURES) {
            opened.set(clock.millis());
        }
    }

    /** Tells whether it is open. */
    public boolean isOpen() {
        return opened.get() != CLOSED;
    }
}
