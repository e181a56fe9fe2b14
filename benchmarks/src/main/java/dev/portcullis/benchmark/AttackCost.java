package dev.portcullis.benchmark;

import dev.portcullis.Check;
import dev.portcullis.Verdict;
import dev.portcullis.attack.Attacks;
import dev.portcullis.attack.Level;
import dev.portcullis.http.Json;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
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
    /** How long the strings of benign bodies are, about. */
    private static final int EACH = 500;
    /** How many of the slowest inputs are printed. */
    private static final int SHOWN = 40;
    /** What is slower than so many megabytes in a second at first, while it is compiled, is measured again for longer. */
    private static final int SLOW = 20;

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
        AttackTexts.BENIGN.forEach((name, piece) -> benign(name, AttackBenchmark.json(piece, EACH)));
        AttackFiles.below(Path.of(""), this::isDenied).forEach(this::benign);
        worst();
    }

    /** Prints how fast a body is read whose strings are made of a text that attacks nothing, and how fast with the look at it. */
    private void benign(String name, byte[] body) {
        var times = MEGABYTES * 1_000_000 / body.length;
        var parse = median(() -> repeat(times, () -> sink = Json.read(body)));
        var all = median(() -> repeat(times, () -> sink = balanced.check(AttackBenchmark.post(body))));
        var denied = isDenied(body);
        System.out.printf(
                Locale.ROOT,
                "%6.0f MB/s, %6.0f only read  %s%s%n",
                rate(body.length * (double) times, all),
                rate(body.length * (double) times, parse),
                name,
                denied ? " (denied)" : "");
    }

    private boolean isDenied(byte[] body) {
        return balanced.check(AttackBenchmark.post(body)) instanceof Verdict.Deny;
    }

    private void worst() {
        var slowest = new ArrayList<String>();
        AttackTexts.worst().forEach((name, piece) -> {
            for (var each : new int[] {60, 4_000, 90_000}) {
                slowest.add(line(name + " in strings of " + each, AttackBenchmark.json(piece, each)));
            }
        });
        AttackTexts.layered().forEach((name, body) -> slowest.add(line(name, body)));
        slowest.stream()
                .filter(line -> !line.endsWith("(denied)"))
                .sorted()
                .limit(SHOWN)
                .forEach(System.out::println);
    }

    private String line(String name, byte[] body) {
        var denied = low.check(AttackBenchmark.post(body)) instanceof Verdict.Deny;
        return String.format(
                Locale.ROOT,
                "%8.1f MB/s  %s%s",
                denied ? 0 : speed(low, body),
                name.replace("\n", "\\n"),
                denied ? " (denied)" : "");
    }

    private static double speed(Check check, byte[] body) {
        var quick = speed(check, body, Math.max(1, MEGABYTES * 100_000 / body.length));
        return quick < SLOW ? speed(check, body, MEGABYTES * 1_000_000 / body.length) : quick;
    }

    private static double speed(Check check, byte[] body, int times) {
        var nanos = median(() -> repeat(times, () -> sink = check.check(AttackBenchmark.post(body))));
        return rate(body.length * (double) times, nanos);
    }

    private static double rate(double bytes, double nanos) {
        return bytes / nanos * 1e3;
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
