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
 * What things that are done in turn cost, in processor time of this thread, which other work on the machine does not lengthen.
 *
 * <p>The figure is the median of the ratios of all rounds, with the interval that holds the true median with a confidence of 95 % or more.
 */
final class Turns {

    private static final double DOUBT = 0.025;

    private final int warmUp;
    private final Map<String, List<Double>> found = new LinkedHashMap<>();
    private int seen;

    /** Turns of which the first rounds are not counted. */
    Turns(int warmUp) {
        this.warmUp = warmUp;
    }

    /** Does something many times. */
    void measure(int round, String name, int times, Callable<?> action) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadCpuTime();
        for (var i = 0; i < times; i++) {
            seen += action.call() == null ? 1 : 0;
        }
        var each = (threads.getCurrentThreadCpuTime() - before) / (double) times;
        if (round >= warmUp) {
            found.computeIfAbsent(name, any -> new ArrayList<>()).add(each);
        }
    }

    /** Prints what one thing costs beside another. */
    void ratio(String what, String name, String measure) {
        var ratios = new ArrayList<Double>();
        var above = found.getOrDefault(name, List.of());
        var below = found.getOrDefault(measure, List.of());
        for (var i = 0; i < above.size(); i++) {
            ratios.add(above.get(i) / below.get(i));
        }
        Collections.sort(ratios);
        var rank = rank(ratios.size());
        System.out.printf(
                Locale.ROOT,
                "%s: %s / %s: %.2f (of %d rounds, interval %.2f to %.2f; %.0f ns beside %.0f)%s%n",
                what,
                name,
                measure,
                ratios.get(ratios.size() / 2),
                ratios.size(),
                ratios.get(rank),
                ratios.get(ratios.size() - 1 - rank),
                median(above),
                median(below),
                seen == 0 ? "" : " with nothing to show");
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** How many of so many values may be left out at either end, for the rest to hold the true median. */
    private static int rank(int count) {
        var rank = 0;
        var one = Math.pow(0.5, count);
        var below = one;
        while (below <= DOUBT) {
            one = one * (count - rank) / (rank + 1);
            rank++;
            below += one;
        }
        return Math.max(0, rank - 1);
    }
}
