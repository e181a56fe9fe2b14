package dev.portcullis.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Callers that start at the same time. */
final class Race {

    private static final AtomicInteger RACES = new AtomicInteger();

    private Race() {}

    /** Whether one is on, so that whoever waits for another caller does not wait in vain. */
    static boolean isOn() {
        return RACES.get() > 0;
    }

    /** What each of them returned. */
    static <T> List<T> of(int callers, IntFunction<T> call) {
        var threads = Executors.newFixedThreadPool(callers);
        RACES.incrementAndGet();
        try {
            return run(threads, callers, call);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("a caller failed", e);
        } finally {
            RACES.decrementAndGet();
            threads.shutdownNow();
        }
    }

    private static <T> List<T> run(ExecutorService threads, int callers, IntFunction<T> call)
            throws InterruptedException, ExecutionException {
        var start = new CyclicBarrier(callers);
        var futures = IntStream.range(0, callers)
                .mapToObj(turn -> threads.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    return call.apply(turn);
                }))
                .toList();
        var results = new ArrayList<T>();
        for (var future : futures) {
            results.add(future.get());
        }
        return results;
    }
}
