package dev.portcullis.config;

import dev.portcullis.auth.CertificateReport;
import dev.portcullis.auth.KeyReport;
import dev.portcullis.ip.FeedReport;
import dev.portcullis.metric.Metrics;
import dev.portcullis.metric.Series;
import dev.portcullis.store.StoreReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The numbers of the moment that a gate knows beside what is counted. Thread-safe. */
final class Gauges {

    /** How many issuers and how many certificates are told apart. */
    private static final int MOST = 100;

    private final Metrics metrics;
    private final Clock clock;
    private final Supplier<Management.Reports> reports;
    private final KeyWarnings aging;
    private final CrowdGauges crowds;
    private final ReentrantLock renewing = new ReentrantLock();
    private final Map<String, Series> shown = new HashMap<>();

    Gauges(Metrics metrics, Clock clock, Supplier<Management.Reports> reports, KeyWarnings aging) {
        this.aging = aging;
        this.metrics = metrics;
        this.clock = clock;
        this.reports = reports;
        this.crowds = new CrowdGauges(() -> reports.get().concurrency());
        metrics.add(Series.gauge("portcullis_denials", Map.of(), () -> denials().holding()));
        metrics.add(Series.gauge("portcullis_denials_stale_seconds", Map.of(), this::stale));
        metrics.add(Series.gauge("portcullis_dependency_up", Map.of("dependency", "ledger"), this::ledger));
        metrics.add(Series.gauge(
                "portcullis_ready",
                Map.of(),
                () -> number(reports.get().status().ready())));
        metrics.add(Series.gauge(
                "portcullis_bundle_serial",
                Map.of(),
                () -> serial(reports.get().status().bundle())));
        metrics.add(Series.gauge("portcullis_bundle_age_seconds", Map.of(), this::unreached));
    }

    private static double serial(@Nullable BundleReport bundle) {
        return bundle == null ? Double.NaN : bundle.serial();
    }

    private double unreached() {
        var bundle = reports.get().status().bundle();
        return bundle == null ? Double.NaN : since(bundle.reached());
    }

    private Management.DenialStatus denials() {
        return reports.get().status().denials();
    }

    private static double number(boolean holds) {
        return holds ? 1 : 0;
    }

    private double ledger() {
        return number(denials().ledger().problem() == null);
    }

    private double stale() {
        return since(denials().ledger().told());
    }

    private double since(@Nullable Instant instant) {
        return instant == null ? Double.NaN : seconds(Duration.between(instant, clock.instant()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** Shows what there is now, and no more what is gone. */
    void renew() {
        renewing.lock();
        try {
            var now = new HashMap<String, Series>();
            wanted(reports.get()).forEach(one -> now.put(one.id(), one));
            shown.forEach((id, one) -> {
                if (!now.containsKey(id)) {
                    metrics.remove(one);
                }
            });
            now.values().forEach(metrics::add);
            shown.clear();
            shown.putAll(now);
        } finally {
            renewing.unlock();
        }
    }

    private Stream<Series> wanted(Management.Reports now) {
        var status = now.status();
        var policy =
                Map.of("digest", status.digest(), "mode", status.mode().name().toLowerCase(Locale.ROOT));
        return Stream.of(
                        Stream.of(Series.gauge("portcullis_policy_info", policy, () -> 1)),
                        now.keys().stream().limit(MOST).map(KeyReport::issuer).flatMap(this::ofIssuer),
                        now.feeds().stream().limit(MOST).map(FeedReport::feed).flatMap(this::ofFeed),
                        now.stores().stream().limit(MOST).map(StoreReport::kind).map(this::ofStore),
                        aging.series(),
                        now.certificates().stream().limit(MOST).map(this::ofCertificate),
                        crowds.all())
                .flatMap(all -> all);
    }

    private Stream<Series> ofIssuer(String issuer) {
        var labels = Map.of("issuer", issuer);
        return Stream.of(
                Series.gauge("portcullis_keys", labels, key(issuer, KeyReport::keys)),
                Series.gauge("portcullis_keys_age_seconds", labels, key(issuer, report -> since(report.fetched()))),
                Series.gauge(
                        "portcullis_dependency_up",
                        Map.of("dependency", "issuer " + issuer),
                        key(issuer, report -> number(report.ready() && report.problem() == null))));
    }

    private Stream<Series> ofFeed(String feed) {
        return Stream.of(
                Series.gauge(
                        "portcullis_dependency_up",
                        Map.of("dependency", "feed " + feed),
                        feed(feed, report -> number(report.usable() && report.problem() == null))),
                Series.gauge(
                        "portcullis_feed_age_seconds",
                        Map.of("feed", feed),
                        feed(feed, report -> since(report.fetched()))));
    }

    private DoubleSupplier feed(String name, ToDoubleFunction<FeedReport> number) {
        return () -> reports.get().feeds().stream()
                .filter(report -> report.feed().equals(name))
                .mapToDouble(number)
                .findFirst()
                .orElse(Double.NaN);
    }

    private Series ofStore(String kind) {
        return Series.gauge(
                "portcullis_dependency_up",
                Map.of("dependency", "store " + kind),
                () -> reports.get().stores().stream()
                        .filter(report -> report.kind().equals(kind))
                        .mapToDouble(report -> number(report.reachable()))
                        .findFirst()
                        .orElse(Double.NaN));
    }

    private DoubleSupplier key(String issuer, ToDoubleFunction<KeyReport> number) {
        return () -> reports.get().keys().stream()
                .filter(report -> report.issuer().equals(issuer))
                .mapToDouble(number)
                .findFirst()
                .orElse(Double.NaN);
    }

    private Series ofCertificate(CertificateReport report) {
        var labels = Map.of("source", report.source(), "subject", At.shown(report.subject()));
        return Series.gauge("portcullis_certificate_expiry_seconds", labels, () -> left(report));
    }

    /** What is left now of a certificate of the same name from the same place, which may have been renewed. */
    private double left(CertificateReport report) {
        return reports.get().certificates().stream()
                .filter(one ->
                        one.source().equals(report.source()) && one.subject().equals(report.subject()))
                .mapToDouble(one -> seconds(one.left()))
                .min()
                .orElse(Double.NaN);
    }

    /** When the last request came to each route that had any. */
    Map<String, Instant> lastRequests() {
        return metrics.lastRequests();
    }

    /** The numbers of the moment. */
    List<Series.Sample> samples() {
        renew();
        return metrics.samples();
    }
}
