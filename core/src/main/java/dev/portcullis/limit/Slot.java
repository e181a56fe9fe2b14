package dev.portcullis.limit;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How many requests of one key are in flight. Thread-safe. */
final class Slot {

    /** What a key gets whose permits are all taken. */
    static final Slot NONE_FREE = new Slot(null, "");

    /** What a key gets for which the table has no room. */
    static final Slot NO_ROOM = new Slot(null, "");

    private static final int GONE = -1;

    private final @Nullable Slots table;
    private final Object key;
    private final AtomicInteger held = new AtomicInteger();

    /** The count of a key; the table forgets it when nothing is in flight, a null table never. */
    Slot(@Nullable Slots table, Object key) {
        this.table = table;
        this.key = key;
    }

    /** Takes a permit unless so many are taken. */
    boolean take(int most) {
        var now = held.get();
        while (now >= 0 && now < most) {
            if (held.compareAndSet(now, now + 1)) {
                return true;
            }
            now = held.get();
        }
        return false;
    }

    /** Gives a permit back. The last one takes the key out of the table, unless another thread takes a permit first. */
    void free() {
        var left = held.decrementAndGet();
        if (left == 0 && table != null && held.compareAndSet(0, GONE)) {
            table.forget(key, this);
        }
    }

    /** Tells whether the table has forgotten it, or is about to; then a permit is to be had from another one. */
    boolean isGone() {
        return held.get() < 0;
    }

    int held() {
        return Math.max(0, held.get());
    }
}
