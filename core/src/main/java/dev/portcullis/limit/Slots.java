package dev.portcullis.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests are in flight, key by key, in a table of bounded size. Thread-safe.
 *
 * <p>It holds the keys of requests that are in flight and no others. When it is full, a new key gets no permit: no known key is
 * forgotten for it, so that nobody gets a fresh count by a flood of keys.
 */
final class Slots {

    private final ConcurrentHashMap<Object, Slot> slots = new ConcurrentHashMap<>();
    private final AtomicInteger keys = new AtomicInteger();
    private final int maxKeys;

    Slots(int maxKeys) {
        this.maxKeys = maxKeys;
    }

    /** Takes a permit of the key unless so many are taken: its slot, {@link Slot#NONE_FREE} or {@link Slot#NO_ROOM}. */
    Slot take(Object key, int most) {
        while (true) {
            var slot = slots.get(key);
            if (slot == null) {
                slot = admit(key);
            }
            if (slot == Slot.NO_ROOM || slot.take(Math.max(1, most))) {
                return slot;
            }
            if (!slot.isGone()) {
                return Slot.NONE_FREE;
            }
            forget(key, slot); // the thread that freed the last permit may not have come to it yet
        }
    }

    private Slot admit(Object key) {
        if (keys.incrementAndGet() > maxKeys) {
            keys.decrementAndGet();
            return Slot.NO_ROOM;
        }
        var fresh = new Slot(this, key);
        var known = slots.putIfAbsent(key, fresh);
        if (known == null) {
            return fresh;
        }
        keys.decrementAndGet();
        return known;
    }

    void forget(Object key, Slot slot) {
        if (slots.remove(key, slot)) {
            keys.decrementAndGet();
        }
    }

    /** How many keys have a request in flight. */
    int size() {
        return keys.get();
    }

    /** How many requests are in flight, over all keys. */
    int held() {
        return slots.values().stream().mapToInt(Slot::held).sum();
    }
}
