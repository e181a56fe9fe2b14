package dev.portcullis.drill;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Keeps requests within their bounds: how many, how fast, for how long. For one thread. */
final class Pace {

    private final Bounds bounds;
    private final Time time;
    private final long start;
    private long next;
    private int sent;

    Pace(Bounds bounds, Time time) {
        this.bounds = bounds;
        this.time = time;
        this.start = time.nanos();
        this.next = start;
    }

    /** Waits for the turn of one more request; tells whether there is one left. */
    boolean take() {
        if (sent >= bounds.requests() || isOver(0)) {
            return false;
        }
        var now = time.nanos();
        if (next - now > 0) {
            time.sleep(next - now);
        }
        next = Math.max(next, now) + TimeUnit.SECONDS.toNanos(1) / bounds.perSecond();
        sent++;
        return true;
    }

    /** Waits as long as the application asks for; tells whether it did, for it may be too long. */
    boolean await(Duration asked) {
        if (asked.compareTo(bounds.patience()) > 0 || isOver(asked.toNanos())) {
            return false;
        }
        time.sleep(asked.toNanos());
        return true;
    }

    private boolean isOver(long more) {
        return time.nanos() - start + more >= bounds.time().toNanos()
                || Thread.currentThread().isInterrupted();
    }

    int sent() {
        return sent;
    }

    Duration passed() {
        return Duration.ofNanos(time.nanos() - start);
    }
}
