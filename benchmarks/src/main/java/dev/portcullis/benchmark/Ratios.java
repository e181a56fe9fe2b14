package dev.portcullis.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs two benchmarks in turn, each time in a fresh JVM, and prints the ratio of what they cost.
 *
 * <p>Single times say little on a machine with other work; the ratio of neighbours says more.
 */
public final class Ratios {

    private static final int ROUNDS = 7;

    private Ratios() {}

    /** Measures what the figures of the documentation are about, or those whose name holds the first argument. */
    public static void main(String[] arguments) throws RunnerException {
        var wanted = arguments.length == 0 ? "" : arguments[0];
        print(wanted, "ten rules / ten bare calls", new Pair(EngineBenchmark.class, "engine", "bare"));
        print(wanted, "head hygiene: the rule / Tomcat's parsing", new Pair(HeadBenchmark.class, "rule", "tomcat"));
        print(
                wanted,
                "head hygiene: view and rule / Tomcat's parsing",
                new Pair(HeadBenchmark.class, "viewAndRule", "tomcat"));
        for (var distinct : List.of("4096", "65536", "1048576")) {
            print(
                    wanted,
                    "a million ranges / ten ranges, " + distinct + " callers in turn",
                    new Pair(AddressBenchmark.class, "million", "ten", Map.of("distinct", distinct)));
            for (var inside : List.of("lot", "turns")) {
                print(
                        wanted,
                        "a million IPv6 ranges / ten, " + distinct + " callers, half of them inside by " + inside,
                        new Pair(
                                Ipv6Benchmark.class, "million", "ten", Map.of("distinct", distinct, "inside", inside)));
            }
        }
        keys(wanted, "64");
        keys(wanted, "4096");
        crowds(wanted);
        limits(wanted);
        tokens(wanted, "RS256");
        tokens(wanted, "ES256");
    }

    private static void keys(String wanted, String callers) throws RunnerException {
        var type = ApiKeyBenchmark.class;
        var by = Map.of("callers", callers);
        var what = "an API key (" + callers + " callers): ";
        print(wanted, what + "one among 100 000 / its hash", new Pair(type, "byId", "bare", by));
        print(wanted, what + "one without an id / its hash", new Pair(type, "byHash", "bare", by));
        print(wanted, what + "one with a wrong secret / a right one", new Pair(type, "wrong", "byId", by));
        print(
                wanted,
                what + "one under a pepper / its hash under it",
                new Pair(type, "peppered", "bareUnderAPepper", by));
    }

    private static void crowds(String wanted) throws RunnerException {
        var type = InFlightBenchmark.class;
        for (var limit : List.of("service", "caller", "fair", "circuit")) {
            print(wanted, "in flight: denied / let through, " + limit, new Pair(type, limit + "Denies", limit));
        }
        for (var limit : List.of("service", "caller", "fair", "adaptive", "circuit")) {
            print(wanted, "in flight: in and out, " + limit + " / a rate limit", new Pair(type, limit, "rate"));
        }
    }

    private static void limits(String wanted) throws RunnerException {
        var type = LimitBenchmark.class;
        print(wanted, "a limit: by client / a bare bucket in a cache", new Pair(type, "one", "bucket"));
        print(wanted, "a limit: by address / a bare bucket in a cache", new Pair(type, "byAddress", "bucket"));
        print(wanted, "a limit: four windows / one", new Pair(type, "four", "one"));
        print(wanted, "a limit: denied / passed", new Pair(type, "denied", "one"));
    }

    private static void tokens(String wanted, String algorithm) throws RunnerException {
        var type = TokenBenchmark.class;
        var by = Map.of("algorithm", algorithm);
        var what = "a token (" + algorithm + "): ";
        print(wanted, what + "a known one / its hash", new Pair(type, "repeated", "hash", by));
        print(wanted, what + "a first one / jose4j's consumer", new Pair(type, "first", "jose", by));
        print(wanted, what + "Spring Security / a known one", new Pair(type, "spring", "repeated", by));
        print(wanted, what + "a first one / Spring Security", new Pair(type, "first", "spring", by));
        print(wanted, what + "a forged one / a first one", new Pair(type, "forged", "first", by));
    }

    /** Two methods of one class, of which the second is the measure. Signatures take long to be compiled by the JVM. */
    private record Pair(Class<?> type, String method, String baseline, Map<String, String> parameters) {

        Pair(Class<?> type, String method, String baseline) {
            this(type, method, baseline, Map.of());
        }
    }

    private static void print(String wanted, String what, Pair pair) throws RunnerException {
        if (!what.contains(wanted)) {
            return;
        }
        var ratios = new double[ROUNDS];
        for (var round = 0; round < ROUNDS; round++) {
            var first = round % 2 == 0;
            var early = score(pair, first ? pair.method() : pair.baseline());
            var late = score(pair, first ? pair.baseline() : pair.method());
            ratios[round] = first ? early / late : late / early;
            System.err.printf("%s: round %d of %d%n", what, round + 1, ROUNDS);
        }
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f (of %d interleaved pairs, from %.2f to %.2f)%n",
                what,
                ratios[ROUNDS / 2],
                ROUNDS,
                ratios[0],
                ratios[ROUNDS - 1]);
    }

    private static double score(Pair pair, String method) throws RunnerException {
        var options = new OptionsBuilder()
                .include(pair.type().getName().replace(".", "\\.") + "\\." + method + "$")
                .forks(1)
                .warmupIterations(pair.parameters().containsKey("algorithm") ? 10 : 3)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(500))
                .verbosity(VerboseMode.SILENT);
        pair.parameters().forEach(options::param);
        return new Runner(options.build()).runSingle().getPrimaryResult().getScore();
    }
}
