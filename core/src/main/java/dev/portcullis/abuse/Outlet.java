package dev.portcullis.abuse;

import dev.portcullis.Change;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Tells operators so much a minute and no more, for callers decide how much there is to tell. Thread-safe. */
final class Outlet {

    /** How many events are told in a minute. */
    static final int MAX_EVENTS = 100;

    private static final long MINUTE = 60_000;

    private final Clock clock;
    private final Consumer<Change> changes;
    private final SteadyTime time;
    private final ReentrantLock lock = new ReentrantLock();
    private long endsAt;
    private int told;
    private long untold;

    Outlet(Clock clock, Consumer<Change> changes) {
        this.clock = clock;
        this.changes = changes;
        this.time = new SteadyTime(clock);
    }

    /** Tells it, with how many were left out before; or leaves it out. */
    void tell(String what, Map<String, String> details) {
        var left = admitted();
        if (left < 0) {
            return;
        }
        var all = new TreeMap<>(details);
        if (left > 0) {
            all.put("left-out", String.valueOf(left));
        }
        changes.accept(new Change(clock.instant(), what, "gate", all));
    }

    /** How many were left out before this one; negative when this one is. */
    private long admitted() {
        lock.lock();
        try {
            var now = time.now();
            if (now >= endsAt) {
                endsAt = now + MINUTE;
                told = 0;
            }
            if (told >= MAX_EVENTS) {
                untold++;
                return -1;
            }
            told++;
            var left = untold;
            untold = 0;
            return left;
        } finally {
            lock.unlock();
        }
    }
}
