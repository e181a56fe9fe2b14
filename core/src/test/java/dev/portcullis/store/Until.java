package dev.portcullis.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other threads and processes bring about. */
public final class Until {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Until() {}

    /** Tries again and again until it holds; its failure when it never does. */
    public static void holds(Runnable demand) {
        var end = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            try {
                demand.run();
                return;
            } catch (AssertionError | LedgerUnavailable e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }
}
