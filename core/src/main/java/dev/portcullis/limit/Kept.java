package dev.portcullis.limit;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What outlives the policy set that it was made for, as long as a policy set or a request holds on to it, and is then forgotten: so that
 * reloads leave nothing behind. Thread-safe.
 */
final class Kept {

    private static final int LEAST = 64;

    private final Map<Object, WeakReference<Object>> kept = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** How many there may be before it is looked which of them are gone; twice as many as there were left then. */
    private int bound = LEAST;

    /** What is kept under the name, or was made just now. */
    <T> T keep(Object name, Class<T> type, Supplier<T> maker) {
        lock.lock();
        try {
            if (kept.size() >= bound) {
                sweep();
            }
            var reference = kept.get(name);
            var known = reference == null ? null : reference.get();
            var value = known == null ? maker.get() : type.cast(known);
            kept.put(name, new WeakReference<>(value));
            return value;
        } finally {
            lock.unlock();
        }
    }

    /** How many are held on to. */
    int size() {
        lock.lock();
        try {
            sweep();
            return kept.size();
        } finally {
            lock.unlock();
        }
    }

    private void sweep() {
        kept.values().removeIf(reference -> reference.get() == null);
        bound = Math.max(LEAST, 2 * kept.size());
    }
}
