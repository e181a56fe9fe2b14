package dev.portcullis.config;

import dev.portcullis.attack.Background;
import dev.portcullis.attack.Draw;
import dev.portcullis.metric.Metrics;
import dev.portcullis.metric.Series;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What observed attack rules have drawn, over reloads too. Used by one thread at a time. */
final class Draws {

    /** How many rules are counted. */
    private static final int MOST = 1_000;

    private final Map<String, Draw> known = new HashMap<>();
    private @Nullable Metrics metrics;

    /** The draw of a rule: the one that there is if its terms are the same, else one that goes on counting. */
    Draw of(String rule, Draw wanted) {
        var earlier = known.get(rule);
        if (earlier != null && earlier.isLike(wanted)) {
            return earlier;
        }
        var draw = earlier == null ? wanted : wanted.after(earlier);
        if (earlier != null || known.size() < MOST) {
            known.put(rule, draw);
        }
        if (earlier == null && known.containsKey(rule)) {
            add(rule, draw);
        }
        return draw;
    }

    /** Has them counted. */
    void count(Metrics by) {
        metrics = by;
        known.forEach(this::add);
    }

    private void add(String rule, Draw draw) {
        if (metrics == null) {
            return;
        }
        var figures = Background.figures();
        for (var name : figures.keySet()) {
            var count = draw.counted().get(figures.get(name));
            if (count != null) {
                metrics.add(Series.counter(
                        "portcullis_attacks_sampled_total", Map.of("rule", rule, "fate", name), count::sum));
            }
        }
        metrics.add(Series.gauge("portcullis_attacks_inspected_percent", Map.of("rule", rule), draw::percentInspected));
    }
}
