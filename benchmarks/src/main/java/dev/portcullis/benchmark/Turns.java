package dev.portcullis.benchmark;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** What things that are done in turn cost, in processor time of this thread, which other work on the machine does not lengthen. */
final class Turns {

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
        System.out.printf(
                Locale.ROOT,
                "%s: %s / %s: %.2f (of %d, from %.2f to %.2f; %.0f ns beside %.0f)%s%n",
                what,
                name,
                measure,
                ratios.get(ratios.size() / 2),
                ratios.size(),
                ratios.get(0),
                ratios.get(ratios.size() - 1),
                Collections.min(above),
                Collections.min(below),
                seen == 0 ? "" : " with nothing to show");
    }
}
