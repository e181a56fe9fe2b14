package dev.portcullis.architecture.planted.limit;

/** A meter with a lock and a thread local. */
public final class Meter {

    private final ThreadLocal<Integer> count = ThreadLocal.withInitial(() -> 0);

    synchronized int next() {
        return count.get() + 1;
    }
}
