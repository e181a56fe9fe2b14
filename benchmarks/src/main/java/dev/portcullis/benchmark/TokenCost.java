package dev.portcullis.benchmark;

import java.util.List;

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
    private final Turns turns = new Turns(WARM_UP);

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
            turns.measure(round, "first", SLOW, tokens::first);
            turns.measure(round, "jose4j", SLOW, tokens::jose);
            turns.measure(round, "Spring Security", SLOW, tokens::spring);
            turns.measure(round, "forged", SLOW, tokens::forged);
            turns.measure(round, "known", QUICK, tokens::repeated);
            turns.measure(round, "hash", QUICK, tokens::hash);
        }
        var what = "a token (" + algorithm + ")";
        turns.ratio(what, "known", "hash");
        turns.ratio(what, "first", "jose4j");
        turns.ratio(what, "Spring Security", "known");
        turns.ratio(what, "first", "Spring Security");
        turns.ratio(what, "forged", "first");
    }
}
