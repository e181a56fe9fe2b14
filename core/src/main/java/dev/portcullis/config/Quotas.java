package dev.portcullis.config;

import dev.portcullis.Principal;
import dev.portcullis.limit.Limit;
import dev.portcullis.limit.Meters;
import dev.portcullis.limit.Share;
import dev.portcullis.limit.Usage;
import dev.portcullis.metric.Metrics;
import dev.portcullis.metric.Series;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What callers have used of limits, and how it stands with the meters that count it. */
final class Quotas {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");

    private Quotas() {}

    /** What a caller has used of those that count by nothing but the caller. */
    static List<Usage> usage(List<Limit> limits, Principal caller) {
        return limits.stream()
                .flatMap(limit -> limit.usage(caller).stream())
                .distinct()
                .toList();
    }

    /** What those have used of whom an operator asks. */
    static List<Usage> usage(List<Limit> limits, Inquiry inquiry) {
        return usage(limits.stream().filter(inquiry::concerns).toList(), inquiry.principal());
    }

    /** Who has used most of each, the most first. */
    static List<Share> most(List<Limit> limits, int most) {
        return limits.stream()
                .flatMap(limit -> limit.shares().stream()
                        .sorted(Comparator.comparingLong(
                                        (Share share) -> share.usage().used())
                                .reversed())
                        .limit(most))
                .toList();
    }

    /** What is to be told of limits from now on in force: those that grant less than what was used before, of which it warns. */
    static Map<String, String> adopted(List<Limit> limits) {
        var low = limits.stream().flatMap(limit -> limit.adopt().stream()).collect(Collectors.joining("; "));
        if (low.isEmpty()) {
            return Map.of();
        }
        LOG.warn("limits that grant less than what was used: {}", low);
        return Map.of("too-low", low);
    }

    /** Has the figures of meters counted. */
    static void count(@Nullable Meters meters, Metrics metrics) {
        if (meters != null) {
            metrics.add(Series.gauge("portcullis_meters", Map.of(), meters::size));
            metrics.add(Series.counter("portcullis_meters_overflowed_total", Map.of(), meters::overflowed));
            metrics.add(Series.counter("portcullis_counted_here_total", Map.of(), meters::countedHere));
            metrics.add(Series.gauge("portcullis_late_charges", Map.of(), meters::lateCharges));
            metrics.add(Series.counter("portcullis_late_charges_lost_total", Map.of(), meters::lostCharges));
        }
    }
}
