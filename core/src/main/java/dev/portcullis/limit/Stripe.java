package dev.portcullis.limit;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A part of the table of meters, with a lock of its own. Thread-safe.
 *
 * <p>When it is full, a meter is forgotten only if it is full of permits again, and so no different from a new one. While there is
 * none to forget, requests of new keys use a meter that they share: a flood of keys gets nobody a fresh count, and takes none away.
 */
final class Stripe {

    /** How many of the longest-known meters are looked at to make room for one. */
    private static final int LOOKS = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<MeterKey, Meter> meters = new LinkedHashMap<>();
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
            time.advance();
            var meter = meters.get(key);
            return meter == null ? admit(key, quota, permits) : meter.take(quota, permits);
        } finally {
            lock.unlock();
        }
    }

    /** Gives permits back to the meter that counts the key; to none when it is forgotten, which it is only when it is full. */
    void giveBack(MeterKey key, long permits) {
        lock.lock();
        try {
            time.advance();
            var meter = meters.get(key);
            var common = shared.get(key.rule());
            if (meter != null) {
                meter.giveBack(permits);
            } else if (common != null) {
                common.giveBack(key, permits);
            }
        } finally {
            lock.unlock();
        }
    }

    private Reading admit(MeterKey key, Quota quota, long permits) {
        var common = shared.get(key.rule());
        if (meters.size() < capacity || madeRoom()) {
            var meter = common == null ? new Meter(quota, time, 0) : common.leave(key, quota);
            meters.put(key, meter);
            return meter.take(quota, permits);
        }
        overflowed++;
        if (common == null) {
            common = new SharedMeter(quota, time);
            shared.put(key.rule(), common);
        }
        return common.take(key, quota, permits);
    }

    /** Looks at the next few meters in turn, and forgets the first that is full of permits. */
    private boolean madeRoom() {
        for (var i = 0; i < LOOKS && time.currentTimeNanos() >= noneFullBefore; i++) {
            var entries = meters.entrySet().iterator();
            var eldest = entries.next();
            entries.remove();
            if (eldest.getValue().isFull()) {
                startRound();
                return true;
            }
            meters.put(eldest.getKey(), eldest.getValue());
            note(eldest.getValue());
        }
        return false;
    }

    /** Finds out, round by round, how long it is no use to look: a meter in use is never full earlier than it was to be. */
    private void note(Meter used) {
        soonest = Math.min(soonest, time.currentTimeNanos() + used.nanosUntilFull());
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
