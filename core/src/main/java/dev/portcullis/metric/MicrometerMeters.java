package dev.portcullis.metric;

import static java.util.Objects.requireNonNull;

import dev.portcullis.metric.Series.Kind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The numbers of the gate as meters of Micrometer, whose library the application brings. Thread-safe.
 *
 * <p>Nothing is counted twice: meters read what the gate counts. {@code portcullis_requests_total} is the counter {@code
 * portcullis.requests}, and so on.
 */
public final class MicrometerMeters implements MeterBinder {

    private static final String TOTAL = "_total";
    private static final String SECONDS = "_seconds";
    private static final String OVERHEAD = "portcullis_overhead_seconds";

    private final Metrics metrics;

    private MicrometerMeters(Metrics metrics) {
        this.metrics = requireNonNull(metrics, "metrics");
    }

    /** Meters of these numbers. */
    public static MicrometerMeters of(Metrics metrics) {
        return new MicrometerMeters(metrics);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionTimer.builder(
                        "portcullis.overhead", metrics, Metrics::judged, Metrics::judgedNanos, TimeUnit.NANOSECONDS)
                .description("How long the gate took before the application was asked")
                .register(registry);
        metrics.subscribe(new Bound(registry, new ConcurrentHashMap<>()));
    }

    /** What one registry shows. */
    private record Bound(MeterRegistry registry, ConcurrentMap<String, Meter.Id> ids) implements Metrics.Subscriber {

        @Override
        public void added(Series one) {
            if (!isTimed(one)) {
                ids.computeIfAbsent(one.id(), unused -> register(one).getId());
            }
        }

        private static boolean isTimed(Series one) {
            return one.name().startsWith(OVERHEAD) && one.kind() == Kind.COUNTER;
        }

        private Meter register(Series one) {
            var tags = Tags.empty();
            for (var label : one.labels().entrySet()) {
                tags = tags.and(label.getKey(), label.getValue());
            }
            if (one.kind() == Kind.COUNTER) {
                return FunctionCounter.builder(name(one.name(), TOTAL), one, Bound::value)
                        .tags(tags)
                        .register(registry);
            }
            var gauge = Gauge.builder(name(one.name(), SECONDS), one, Bound::value)
                    .tags(tags)
                    .strongReference(true);
            return (one.name().endsWith(SECONDS) ? gauge.baseUnit("seconds") : gauge).register(registry);
        }

        private static double value(Series one) {
            return one.value().getAsDouble();
        }

        private static String name(String name, String suffix) {
            var plain = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
            return plain.replace('_', '.');
        }

        @Override
        public void removed(Series one) {
            var id = ids.remove(one.id());
            if (id != null) {
                registry.remove(id);
            }
        }
    }
}
