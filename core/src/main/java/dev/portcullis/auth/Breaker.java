package dev.portcullis.auth;

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
final class Breaker {

    /** After how many failures in a row it opens. */
    static final int FAILURES = 5;

    /** How long nobody asks. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final long CLOSED = Long.MIN_VALUE;

    private final Clock clock;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong opened = new AtomicLong(CLOSED);

    Breaker(Clock clock) {
        this.clock = clock;
    }

    /** Tells whether one may ask. After a pause the first who is told so is alone until the next pause is over. */
    boolean lets() {
        var since = opened.get();
        if (since == CLOSED) {
            return true;
        }
        var now = clock.millis();
        var pausing = now >= since && now - since < PAUSE.toMillis();
        return !pausing && opened.compareAndSet(since, now);
    }

    void succeeded() {
        failures.set(0);
        opened.set(CLOSED);
    }

    void failed() {
        if (failures.incrementAndGet() >= FAILURES) {
            opened.set(clock.millis());
        }
    }
}
