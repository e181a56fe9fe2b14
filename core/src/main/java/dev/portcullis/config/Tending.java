package dev.portcullis.config;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Does something again and again on an executor until it is closed. Thread-safe.
 *
 * <p>The time between is real time, whatever the gate's clock says: what is done asks the clock whether it is due.
 */
final class Tending implements AutoCloseable {

    /** How long nothing is done in between, unless told otherwise. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final Runnable task;
    private final Supplier<Duration> pause;
    private final Executor executor;
    private final AtomicBoolean running = new AtomicBoolean();

    Tending(Runnable task, Supplier<Duration> pause, Executor executor) {
        this.pause = pause;
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
        CompletableFuture.delayedExecutor(pause.get().toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(this::turn);
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
