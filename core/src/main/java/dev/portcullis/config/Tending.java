package dev.portcullis.config;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does something again and again on an executor until it is closed. Thread-safe.
 *
 * <p>The time between is real time, whatever the gate's clock says: what is done asks the clock whether it is due.
 */
final class Tending implements AutoCloseable {

    /** How long nothing is done in between, in seconds. */
    static final long PAUSE = 5;

    private final Runnable task;
    private final Executor executor;
    private final AtomicBoolean running = new AtomicBoolean();

    Tending(Runnable task, Executor executor) {
        this.task = task;
        this.executor = executor;
    }

    /** Starts, unless it was started before. */
    void start() {
        if (running.compareAndSet(false, true)) {
            later();
        }
    }

    private void later() {
        CompletableFuture.delayedExecutor(PAUSE, TimeUnit.SECONDS, executor).execute(this::turn);
    }

    private void turn() {
        if (running.get()) {
            try {
                task.run();
            } finally {
                later();
            }
        }
    }

    @Override
    public void close() {
        running.set(false);
    }
}
