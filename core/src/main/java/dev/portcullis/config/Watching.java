package dev.portcullis.config;

import dev.portcullis.Check;
import dev.portcullis.attack.Background;
import dev.portcullis.attack.BackgroundTerms;
import dev.portcullis.attack.Draw;
import dev.portcullis.metric.Metrics;
import dev.portcullis.metric.Series;
import java.util.Map;

/**
 * Detectors that do not look at every request: the application's own in the background, and observed ones. Used by one thread at a time.
 *
 * @param background the threads on which they look
 * @param draws what observed ones have drawn
 * @param complete whether there are no others than those that are known
 */
record Watching(Background background, Draws draws, boolean complete) {

    /** There must be a detector where a policy hands requests over. */
    void demand(At at) {
        if (complete && background.isEmpty()) {
            at.problem(
                    "there is no detector to look",
                    "add a bean of type `BackgroundDetector`, or `Gate.builder(...).detector(...)`, or remove the key");
        }
    }

    void count(Metrics metrics) {
        draws.count(metrics);
        Background.figures()
                .forEach((name, fate) -> metrics.add(Series.counter(
                        "portcullis_background_total", Map.of("fate", name), () -> background.counted(fate))));
        metrics.add(Series.gauge("portcullis_background_inspected_percent", Map.of(), background::percentInspected));
    }

    /** Which requests an observed rule looks at; in a rehearsal all of them. */
    Draw draw(String rule, double rate, int perSecond) {
        var draw = Draw.of(rate, perSecond, background.clock());
        return complete ? draws.of(rule, draw) : draw.rehearsed();
    }

    Check sampling(BackgroundTerms terms, long bound) {
        return background.sampling(terms, bound);
    }
}
