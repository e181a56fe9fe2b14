package dev.portcullis.benchmark;

import java.util.List;

/**
 * Measures in turn what an API key costs and what its hash does, in processor time of one thread, and prints the ratios.
 *
 * <p>Run it with a collector that has no threads of its own, such as {@code -XX:+UseSerialGC}.
 */
public final class KeyCost {

    private static final int ROUNDS = 16;
    private static final int WARM_UP = 5;
    private static final int TIMES = 200_000;

    private final ApiKeyBenchmark keys = new ApiKeyBenchmark();
    private final Turns turns = new Turns(WARM_UP);

    private KeyCost() {}

    /** Measures few callers, whose keys stay in the processor's cache, and many. */
    public static void main(String[] arguments) throws Exception {
        for (var callers : List.of(64, 4096)) {
            new KeyCost().print(callers);
        }
    }

    private void print(int callers) throws Exception {
        keys.callers = callers;
        keys.build();
        for (var round = 0; round < ROUNDS; round++) {
            turns.measure(round, "known by its id", TIMES, keys::byId);
            turns.measure(round, "hash", TIMES, keys::bare);
            turns.measure(round, "known by its hash", TIMES, keys::byHash);
            turns.measure(round, "wrong", TIMES, keys::wrong);
            turns.measure(round, "unknown", TIMES, keys::unknown);
            turns.measure(round, "peppered", TIMES, keys::peppered);
            turns.measure(round, "hash under a pepper", TIMES, keys::bareUnderAPepper);
        }
        var what = "an API key among 100 000 (" + callers + " callers)";
        turns.ratio(what, "known by its id", "hash");
        turns.ratio(what, "known by its hash", "hash");
        turns.ratio(what, "wrong", "known by its id");
        turns.ratio(what, "wrong", "unknown");
        turns.ratio(what, "peppered", "hash under a pepper");
    }
}
