package dev.portcullis.limit;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A part of the table of meters, with a lock of its own. Thread-safe.
 *
 * <p>When it is full, a meter is forgotten only if it is full of permits again, and so no different from a new one. While there is
 * none to forget, requests of new keys use a meter that they share: a flood of keys gets nobody a fresh count, and takes none away.
 */
final class Stripe {

    /** How many meters are looked at to make room for one. */
    private static final int LOOKS = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final MeterMap meters = new MeterMap();
    private final Map<Integer, SharedMeter> shared = new HashMap<>();
    private final SteadyTime time;
    private final int capacity;
    private long overflowed;

    /** No meter is full before this time; found out in the last round over all meters in which none was. */
    private long noneFullBefore;

    /** When the first of those seen in this round will be full. */
    private long soonest = Long.MAX_VALUE;

    /** How many were seen in this round. */
    private int looked;

    Stripe(Clock clock, int capacity) {
        this.time = new SteadyTime(clock);
        this.capacity = capacity;
    }

    Reading take(MeterKey key, Quota quota, long permits) {
        lock.lock();
        try {
            var meter = meter(key, quota);
            return meter == null ? common(key, quota).take(key, quota, permits) : meter.take(quota, permits);
        } finally {
            lock.unlock();
        }
    }

    Reading charge(MeterKey key, Quota quota, long permits) {
        lock.lock();
        try {
            var meter = meter(key, quota);
            return meter == null ? common(key, quota).charge(key, quota, permits) : meter.charge(quota, permits);
        } finally {
            lock.unlock();
        }
    }

    /** Gives permits back to the meter that counts the key; to none when it is forgotten, which it is only when it is full. */
    void giveBack(MeterKey key, Quota quota, long permits, long at) {
        lock.lock();
        try {
            time.advance();
            var meter = meters.get(key);
            var common = shared.get(key.rule());
            if (meter != null) {
                meter.giveBack(quota, permits, at);
            } else if (common != null) {
                common.giveBack(key, quota, permits, at);
            }
        } finally {
            lock.unlock();
        }
    }

    Reading look(MeterKey key, Quota quota) {
        lock.lock();
        try {
            time.advance();
            var meter = meters.get(key);
            return (meter == null ? new Meter(quota, time, 0) : meter).look(quota);
        } finally {
            lock.unlock();
        }
    }

    /** The meter of a key, which is made where there is room for it; null where there is none. */
    private @Nullable Meter meter(MeterKey key, Quota quota) {
        time.advance();
        var known = meters.get(key);
        if (known != null) {
            return known;
        }
        var isFull = meters.size() >= capacity;
        if (isFull && !foundFull()) {
            overflowed++;
            return null;
        }
        var common = shared.get(key.rule());
        var meter = (common == null ? new Meter(quota, time, 0) : common.leave(key, quota)).of(key);
        if (isFull) {
            meters.replace(meter);
        } else {
            meters.add(meter);
        }
        return meter;
    }

    private SharedMeter common(MeterKey key, Quota quota) {
        var common = shared.get(key.rule());
        if (common == null) {
            // One that is full says no more than a new one; so none stays for rules that are gone.
            shared.values().removeIf(SharedMeter::isFull);
            common = new SharedMeter(quota, time);
            shared.put(key.rule(), common);
        }
        return common;
    }

    /** Looks at the next few meters in turn, until one is full of permits, which may be forgotten. */
    private boolean foundFull() {
        for (var i = 0; i < LOOKS && time.nanos() >= noneFullBefore; i++) {
            var next = meters.turn();
            if (next.isFull()) {
                startRound();
                return true;
            }
            note(next);
        }
        return false;
    }

    /** Finds out, round by round, how long it is no use to look: a meter in use is never full earlier than it was to be. */
    private void note(Meter used) {
        soonest = Math.min(soonest, time.nanos() + used.nanosUntilFull());
        looked++;
        if (looked >= meters.size()) {
            noneFullBefore = soonest;
            startRound();
        }
    }

    private void startRound() {
        soonest = Long.MAX_VALUE;
        looked = 0;
    }

    int size() {
        lock.lock();
        try {
            return meters.size();
        } finally {
            lock.unlock();
        }
    }

    long overflowed() {
        lock.lock();
        try {
            return overflowed;
        } finally {
            lock.unlock();
        }
    }
}
