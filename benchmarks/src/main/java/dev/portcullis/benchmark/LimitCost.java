package dev.portcullis.benchmark;

import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.limit.LimitKey;
import dev.portcullis.limit.Meters;
import dev.portcullis.limit.Window;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What limits cost in time of the processor, batch by batch in turn, and in memory.
 *
 * <p>Where a machine has other work, most of the wall's time belongs to that; the processor's time of a thread is its own.
 */
public final class LimitCost {

    private static final int ROUNDS = 400;
    private static final int WARM = 100;
    private static final int BATCH = 20_000;
    private static final int KEYS = 1_000_000;
    private static final int LIMIT = 3;

    private LimitCost() {}

    /** A thing that is done over and over, with its name. */
    private record Named(String name, Supplier<Object> work) {}

    /** Prints the ratios and the memory. */
    public static void main(String[] arguments) {
        var benchmark = new LimitBenchmark();
        benchmark.build();
        compare(
                new Named("a bare bucket in a cache", benchmark::bucket),
                new Named("one window", benchmark::one),
                new Named("four windows", benchmark::four),
                new Named("denied", benchmark::denied),
                new Named("by address", benchmark::byAddress));
        var crowds = new InFlightBenchmark();
        compare(new Named("in flight, in and out", crowds::service), new Named("denied", crowds::serviceDenies));
        compare(new Named("by address, in and out", crowds::caller), new Named("denied", crowds::callerDenies));
        compare(new Named("shared, in and out", crowds::fair), new Named("denied", crowds::fairDenies));
        compare(new Named("a circuit, in and out", crowds::circuit), new Named("denied", crowds::circuitDenies));
        memory();
    }

    private static void compare(Named... all) {
        var nanos = new double[all.length][ROUNDS];
        for (var round = 0; round < ROUNDS + WARM; round++) {
            for (var i = 0; i < all.length; i++) {
                nanos[i][Math.max(0, round - WARM)] = batch(all[i].work());
            }
        }
        for (var i = 0; i < nanos.length; i++) {
            Arrays.sort(nanos[i]);
            var median = nanos[i][ROUNDS / 2];
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.0f ns, %.2f of the first%n",
                    all[i].name(),
                    median,
                    median / nanos[0][ROUNDS / 2]);
        }
    }

    private static double batch(Supplier<Object> work) {
        var threads = ManagementFactory.getThreadMXBean();
        var start = threads.getCurrentThreadCpuTime();
        for (var i = 0; i < BATCH; i++) {
            if (work.get() == null) {
                throw new IllegalStateException("nothing (expected: a verdict)");
            }
        }
        return (double) (threads.getCurrentThreadCpuTime() - start) / BATCH;
    }

    /** Fills a table with a million keys, then comes again with each of them more often than it may. */
    private static void memory() {
        var before = used();
        var meters = Meters.of(Clock.systemUTC(), KEYS);
        var window = new Window("day", LIMIT, Duration.ofDays(1), false);
        var check = meters.limit("keys", List.of(window), LimitKey.parse(List.of("address")));
        var passes = new byte[KEYS + KEYS / 10];
        for (var round = 0; round <= LIMIT; round++) {
            for (var i = 0; i < passes.length; i++) {
                var request = RecordedWire.of("GET", "/").from(address(i)).view();
                passes[i] = (byte) (passes[i] + (check.check(request) instanceof Verdict.Pass ? 1 : 0));
            }
        }
        var most = 0;
        for (var count : passes) {
            most = Math.max(most, count);
        }
        System.out.printf(
                Locale.ROOT,
                "%d keys of %d asked for: %.0f bytes each, no key passed more than %d of %d times%n",
                meters.size(),
                passes.length,
                (double) (used() - before - passes.length) / meters.size(),
                most,
                LIMIT);
    }

    private static String address(int i) {
        return "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
    }

    private static long used() {
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
