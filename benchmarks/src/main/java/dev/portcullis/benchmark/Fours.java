package dev.portcullis.benchmark;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Asks two services in turn, gated, bare, bare, gated, and prints the ratio of what they cost.
 *
 * <p>Whatever else the machine does meets both. The figure is the median of the ratios of such fours, with the interval that holds
 * the true median with a confidence of 96 %.
 */
final class Fours {

    private static final int FOURS = 60;
    private static final int REQUESTS = 2_000;
    private static final int WARMUP = 300_000;

    /** The ranks from 22 to 39 of sixty values hold the true median with a confidence of more than 96 %. */
    private static final int RANK = 22;

    private Fours() {}

    static void print(String what, Served gated, Served bare) throws IOException {
        for (var i = 0; i < WARMUP; i += REQUESTS) {
            gated.ask(REQUESTS);
            bare.ask(REQUESTS);
        }
        var ratios = new double[FOURS];
        var withs = new double[FOURS];
        var withouts = new double[FOURS];
        for (var i = 0; i < FOURS; i++) {
            var first = gated.ask(REQUESTS);
            var without = bare.ask(REQUESTS) + bare.ask(REQUESTS);
            var with = first + gated.ask(REQUESTS);
            ratios[i] = with / without;
            withs[i] = with / 2;
            withouts[i] = without / 2;
        }
        Arrays.sort(ratios);
        Arrays.sort(withs);
        Arrays.sort(withouts);
        System.err.printf(
                Locale.ROOT, "medians: %.1f us with, %.1f us without%n", withs[FOURS / 2], withouts[FOURS / 2]);
        System.out.printf(
                Locale.ROOT,
                "%s: server CPU per request, with the gate / without: %.3f (%d interleaved fours, 96 %% interval %.3f to %.3f)%n",
                what,
                (ratios[FOURS / 2 - 1] + ratios[FOURS / 2]) / 2,
                FOURS,
                ratios[RANK - 1],
                ratios[FOURS - RANK]);
    }
}
