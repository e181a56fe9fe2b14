package dev.portcullis.config;

import dev.portcullis.Check;
import dev.portcullis.attack.Background;
import dev.portcullis.attack.BackgroundTerms;
import dev.portcullis.metric.Metrics;
import dev.portcullis.metric.Series;
import java.util.Map;

/**
 * The application's own detectors that look at requests in the background. Thread-safe.
 *
 * @param background the threads on which they look
 * @param complete whether there are no others than those that are known
 */
record Watching(Background background, boolean complete) {

    /** There must be a detector where a policy hands requests over. */
    void demand(At at) {
        if (complete && background.isEmpty()) {
            at.problem(
                    "there is no detector to look",
                    "add a bean of type `BackgroundDetector`, or `Gate.builder(...).detector(...)`, or remove the key");
        }
    }

    void count(Metrics metrics) {
        Background.figures()
                .forEach((name, fate) -> metrics.add(Series.counter(
                        "portcullis_background_total", Map.of("fate", name), () -> background.counted(fate))));
        metrics.add(Series.gauge("portcullis_background_inspected_percent", Map.of(), background::percentInspected));
    }

    Check sampling(BackgroundTerms terms, long bound) {
        return background.sampling(terms, bound);
    }
}
