package dev.portcullis.limit;

import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who shares a limit, in a table of bounded size. Thread-safe.
 *
 * <p>It remembers who has requests in flight, and for one to two turns what they had at once. When half of it is taken it remembers
 * nothing else than what is in flight, and when it is full, a new key gets no permit: nobody is forgotten for it.
 */
final class Sharers {

    /** How long what somebody had at once is kept for him, at least; at most twice as long. In milliseconds. */
    static final long TURN = 1000;

    private final ConcurrentHashMap<Object, Sharer> all = new ConcurrentHashMap<>();
    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger spoken = new AtomicInteger();
    private final AtomicLong turned;
    private final Clock clock;
    private final int maxKeys;

    Sharers(Clock clock, int maxKeys) {
        this.clock = clock;
        this.maxKeys = maxKeys;
        this.turned = new AtomicLong(clock.millis());
    }

    /** The sharer of a key; null when there is no room for one. */
    @Nullable
    Sharer of(Object key) {
        var known = all.get(key);
        if (known == null) {
            return admit(key);
        }
        if (known.isGone()) {
            forget(key, known); // the thread that gave its last permit back may not have come to it yet
            return of(key);
        }
        return known;
    }

    private @Nullable Sharer admit(Object key) {
        if (keys.incrementAndGet() > maxKeys) {
            keys.decrementAndGet();
            return null;
        }
        var fresh = new Sharer(this, key);
        var known = all.putIfAbsent(key, fresh);
        if (known == null) {
            return fresh;
        }
        keys.decrementAndGet();
        return known;
    }

    void forget(Object key, Sharer sharer) {
        if (all.remove(key, sharer)) {
            keys.decrementAndGet();
        }
    }

    void changed(int moreSpoken, int moreActive) {
        if (moreSpoken != 0) {
            spoken.addAndGet(moreSpoken);
        }
        if (moreActive != 0) {
            active.addAndGet(moreActive);
        }
    }

    /** Whether there is room for those alone who have requests in flight. */
    boolean isCrowded() {
        return keys.get() > maxKeys / 2;
    }

    /** How many have requests in flight. */
    int active() {
        return active.get();
    }

    /** How many permits are taken, or are kept for who had them lately. */
    int spoken() {
        return spoken.get();
    }

    /** Begins another turn when it is time, which one thread does. A clock that was set back begins one, too. */
    void turn() {
        var since = turned.get();
        var now = clock.millis();
        var past = now - since;
        if ((past >= TURN || past < 0) && turned.compareAndSet(since, now)) {
            all.values().forEach(sharer -> sharer.turn(past < 0 || past >= 2 * TURN));
        }
    }
}
