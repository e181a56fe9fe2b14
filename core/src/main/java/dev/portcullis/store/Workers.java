package dev.portcullis.store;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that may block, with a bounded queue before them. Thread-safe.
 *
 * <p>A store that hangs holds these, and no thread of a request or of other background work longer than its time-out.
 */
final class Workers {

    /** How many questions may wait for a thread. */
    static final int MAX_WAITING = 1000;

    private final ThreadPoolExecutor threads;

    Workers(int size) {
        threads = new ThreadPoolExecutor(
                size, size, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), Workers::daemon);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "portcullis-store");
        thread.setDaemon(true);
        return thread;
    }

    /** What comes of the work; nothing is done for whom has given up meanwhile. */
    <T extends @Nullable Object> CompletableFuture<T> run(Callable<T> work) {
        var result = new CompletableFuture<T>();
        try {
            threads.execute(() -> complete(result, work));
        } catch (RejectedExecutionException e) {
            var why = threads.isShutdown() ? "closed" : "more than " + MAX_WAITING + " questions wait";
            result.completeExceptionally(StoreUnavailable.unasked(why, null));
        }
        return result;
    }

    private static <T extends @Nullable Object> void complete(CompletableFuture<T> result, Callable<T> work) {
        if (result.isDone()) {
            return;
        }
        try {
            result.complete(work.call());
        } catch (Exception | Error e) {
            result.completeExceptionally(e);
        }
    }

    boolean isClosed() {
        return threads.isShutdown();
    }

    void close() {
        threads.shutdownNow();
    }
}
