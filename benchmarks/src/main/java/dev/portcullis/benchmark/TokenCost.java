package dev.portcullis.benchmark;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Measures in turn what a token costs here and elsewhere, in processor time of one thread, and prints the ratios.
 *
 * <p>Processor time is not lengthened by other work that the machine does meanwhile; run it with a collector that has no threads of
 * its own, such as {@code -XX:+UseSerialGC}.
 */
public final class TokenCost {

    private static final int ROUNDS = 12;
    private static final int WARM_UP = 5;
    private static final int SLOW = 1500;
    private static final int QUICK = 75_000;

    private final TokenBenchmark tokens = new TokenBenchmark();
    private final Map<String, List<Double>> found = new LinkedHashMap<>();

    private TokenCost() {}

    /** Measures tokens that are signed by RS256, and by ES256. */
    public static void main(String[] arguments) throws Exception {
        for (var algorithm : List.of("RS256", "ES256")) {
            new TokenCost().print(algorithm);
        }
    }

    private void print(String algorithm) throws Exception {
        tokens.algorithm = algorithm;
        tokens.build();
        for (var round = 0; round < ROUNDS; round++) {
            measure(round, "first", SLOW, tokens::first);
            measure(round, "jose4j", SLOW, tokens::jose);
            measure(round, "Spring Security", SLOW, tokens::spring);
            measure(round, "forged", SLOW, tokens::forged);
            measure(round, "known", QUICK, tokens::repeated);
            measure(round, "hash", QUICK, tokens::hash);
        }
        ratio(algorithm, "known", "hash");
        ratio(algorithm, "first", "jose4j");
        ratio(algorithm, "Spring Security", "known");
        ratio(algorithm, "first", "Spring Security");
        ratio(algorithm, "forged", "first");
    }

    private void measure(int round, String name, int times, Callable<?> action) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadCpuTime();
        for (var i = 0; i < times; i++) {
            action.call();
        }
        var each = (threads.getCurrentThreadCpuTime() - before) / (double) times;
        if (round >= WARM_UP) {
            found.computeIfAbsent(name, any -> new ArrayList<>()).add(each);
        }
    }

    private void ratio(String algorithm, String name, String measure) {
        var ratios = new ArrayList<Double>();
        var above = found.getOrDefault(name, List.of());
        var below = found.getOrDefault(measure, List.of());
        for (var i = 0; i < above.size(); i++) {
            ratios.add(above.get(i) / below.get(i));
        }
        Collections.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "a token (%s): %s / %s: %.2f (of %d, from %.2f to %.2f)%n",
                algorithm,
                name,
                measure,
                ratios.get(ratios.size() / 2),
                ratios.size(),
                ratios.get(0),
                ratios.get(ratios.size() - 1));
    }
}
