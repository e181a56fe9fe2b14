package dev.portcullis.benchmark;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Asks two services in turn, gated, bare, bare, gated, and prints the ratio of what they cost.
 *
 * <p>Whatever else the machine does meets both. The figure is the median of the ratios of such fours, with the interval that holds
 * the true median with a confidence of 96 %: of twelve values, from the third to the tenth.
 */
final class Fours {

    private static final int FOURS = 12;
    private static final int REQUESTS = 10_000;
    private static final int WARMUP = 150_000;

    private Fours() {}

    static void print(String what, Served gated, Served bare) throws IOException {
        for (var i = 0; i < WARMUP; i += REQUESTS) {
            gated.ask(REQUESTS);
            bare.ask(REQUESTS);
        }
        var ratios = new double[FOURS];
        for (var i = 0; i < FOURS; i++) {
            var first = gated.ask(REQUESTS);
            var without = bare.ask(REQUESTS) + bare.ask(REQUESTS);
            var with = first + gated.ask(REQUESTS);
            ratios[i] = with / without;
            System.err.printf(
                    Locale.ROOT, "%d of %d: %.1f us with, %.1f us without%n", i + 1, FOURS, with / 2, without / 2);
        }
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "%s: server CPU per request, with the gate / without: %.3f (%d interleaved fours, 96 %% interval %.3f to %.3f)%n",
                what,
                (ratios[FOURS / 2 - 1] + ratios[FOURS / 2]) / 2,
                FOURS,
                ratios[2],
                ratios[FOURS - 3]);
    }
}
