package dev.portcullis.config;

import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** A process that sends many requests through a gate of its own, and prints how many passed. */
final class SharingNode {

    private static final int THREADS = 32;
    private static final int EACH = 300;

    private SharingNode() {}

    /** Takes the policy file. */
    public static void main(String[] arguments) throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        try (var gate = Gate.builder(Gates.file(arguments[0])).build()) {
            gate.prepare().join();
            var calls = IntStream.range(0, THREADS)
                    .<Callable<Long>>mapToObj(thread -> () -> IntStream.range(0, EACH)
                            .filter(i -> outcome(gate, get("/a")).equals("proceed"))
                            .count())
                    .toList();
            var passed = 0L;
            for (var future : threads.invokeAll(calls)) {
                passed += future.get();
            }
            System.out.println("passed " + passed);
        } finally {
            threads.shutdownNow();
        }
    }
}
