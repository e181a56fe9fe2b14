package dev.portcullis.benchmark;

import dev.portcullis.Check;
import dev.portcullis.Verdict;
import dev.portcullis.attack.Attacks;
import dev.portcullis.attack.Level;
import dev.portcullis.http.Json;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Locale;

/**
 * Measures what looking for attacks costs in processor time of one thread, which other work of the machine does not lengthen, and finds the
 * slowest input.
 */
public final class AttackCost {

    private static final int ROUNDS = 7;
    private static final int MEGABYTES = 3;
    private static final int GETS = 100_000;

    private static volatile Object sink = "";

    private final Attacks balanced = Attacks.builder().build();
    /** Denies least, so that it reads an input to its end. */
    private final Attacks low = Attacks.builder().level(Level.LOW).build();

    private AttackCost() {}

    /** One thing whose cost is measured. */
    private interface Work {

        void run();
    }

    /** Measures a usual GET, a body of prose, and worse. */
    public static void main(String[] arguments) {
        new AttackCost().print();
    }

    private void print() {
        var bench = new AttackBenchmark();
        var get = median(() -> repeat(GETS, () -> sink = bench.get()));
        System.out.printf(Locale.ROOT, "a GET with 6 headers and 3 parameters: %.2f us%n", get / 1e3 / GETS);
        var body = AttackBenchmark.json(
                "The quick brown fox jumps over the lazy dog (or so they say), and it isn't clear why; ", 500);
        var times = MEGABYTES * 1_000_000 * 10 / body.length;
        var parse = median(() -> repeat(times, () -> sink = Json.read(body)));
        var all = median(() -> repeat(times, () -> sink = balanced.check(AttackBenchmark.post(body))));
        rate("prose in JSON, only read", body.length * (double) times, parse);
        rate("prose in JSON, read and looked at", body.length * (double) times, all);
        rate("prose in JSON, looked at", body.length * (double) times, all - parse);
        worst();
    }

    private void worst() {
        var slowest = new ArrayList<String>();
        AttackBenchmark.worst().forEach((name, piece) -> {
            for (var each : new int[] {60, 4_000, 90_000}) {
                var body = AttackBenchmark.json(piece, each);
                var verdict = low.check(AttackBenchmark.post(body));
                var speed = speed(low, body);
                slowest.add(String.format(
                        Locale.ROOT,
                        "%8.1f MB/s  `%s` in strings of %d%s",
                        speed,
                        name.replace("\n", "\\n"),
                        each,
                        verdict instanceof Verdict.Deny ? " (denied)" : ""));
            }
        });
        slowest.stream()
                .filter(line -> !line.endsWith("(denied)"))
                .sorted()
                .limit(25)
                .forEach(System.out::println);
    }

    private static double speed(Check check, byte[] body) {
        var times = Math.max(1, MEGABYTES * 100_000 / body.length);
        var nanos = median(() -> repeat(times, () -> sink = check.check(AttackBenchmark.post(body))));
        return body.length * (double) times / nanos * 1e3;
    }

    private static void rate(String what, double bytes, double nanos) {
        System.out.printf(Locale.ROOT, "%s: %.0f MB/s%n", what, bytes / nanos * 1e3);
    }

    private static void repeat(int times, Runnable work) {
        for (var i = 0; i < times; i++) {
            work.run();
        }
    }

    /** The median of some rounds, in nanoseconds of processor time; the first rounds warm up. */
    private static double median(Work work) {
        var threads = ManagementFactory.getThreadMXBean();
        var nanos = new ArrayList<Long>();
        for (var i = 0; i < ROUNDS; i++) {
            var before = threads.getCurrentThreadCpuTime();
            work.run();
            nanos.add(threads.getCurrentThreadCpuTime() - before);
        }
        return nanos.subList(2, ROUNDS).stream().sorted().toList().get((ROUNDS - 2) / 2);
    }
}
