package dev.portcullis.benchmark;

import java.util.List;

/**
 * What looking up an IPv6 address among a million networks costs beside among ten, in turn in one JVM and in the processor's time of the thread,
 * so that it can be told on a busy machine too.
 */
public final class RangeCost {

    private static final int ROUNDS = 25;
    private static final int WARM = 5;
    private static final int LOOK_UPS = 1000;
    private static final int BATCHES = 1100;

    private RangeCost() {}

    /** Prints ratios; takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        for (var distinct : List.of(4096, 65_536, 1_048_576)) {
            for (var inside : List.of("lot", "turns")) {
                compare(distinct, inside);
            }
        }
    }

    private static void compare(int distinct, String inside) throws Exception {
        var benchmark = new Ipv6Benchmark();
        benchmark.distinct = distinct;
        benchmark.inside = inside;
        benchmark.build();
        var turns = new Turns(WARM);
        for (var round = 0; round < WARM + ROUNDS; round++) {
            turns.measure(round, "ten", BATCHES, () -> ten(benchmark));
            turns.measure(round, "a million", BATCHES, () -> million(benchmark));
        }
        turns.ratio(distinct + " callers, half inside by " + inside + ", 1000 look-ups", "a million", "ten");
    }

    private static Integer ten(Ipv6Benchmark benchmark) {
        var hits = 0;
        for (var i = 0; i < LOOK_UPS; i++) {
            hits += benchmark.ten() ? 1 : 0;
        }
        return hits;
    }

    private static Integer million(Ipv6Benchmark benchmark) {
        var hits = 0;
        for (var i = 0; i < LOOK_UPS; i++) {
            hits += benchmark.million() ? 1 : 0;
        }
        return hits;
    }
}
