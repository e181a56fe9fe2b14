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
    private final Map<Integer, Meter> shared = new HashMap<>();
    private final SteadyTime time;
    private final int capacity;
    private long overflowed;

    Stripe(Clock clock, int capacity) {
        this.time = new SteadyTime(clock);
        this.capacity = capacity;
    }

    Reading take(MeterKey key, Quota quota) {
        lock.lock();
        try {
            time.advance();
            var meter = meters.get(key);
            return (meter == null ? admit(key, quota) : meter).take(quota);
        } finally {
            lock.unlock();
        }
    }

    private Meter admit(MeterKey key, Quota quota) {
        if (meters.size() < capacity || madeRoom()) {
            var meter = new Meter(quota, time, false);
            meters.put(key, meter);
            return meter;
        }
        overflowed++;
        return shared.computeIfAbsent(key.rule(), rule -> new Meter(quota, time, true));
    }

    /** Looks at the next few meters in turn, and forgets the first that is full of permits. */
    private boolean madeRoom() {
        for (var i = 0; i < LOOKS; i++) {
            var entries = meters.entrySet().iterator();
            var eldest = entries.next();
            entries.remove();
            if (eldest.getValue().isFull()) {
                return true;
            }
            meters.put(eldest.getKey(), eldest.getValue());
        }
        return false;
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
