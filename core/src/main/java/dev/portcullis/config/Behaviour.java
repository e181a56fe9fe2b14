package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Change;
import dev.portcullis.Listener;
import dev.portcullis.Rule.Mode;
import dev.portcullis.abuse.Anomalies;
import dev.portcullis.abuse.AnomalyTerms;
import dev.portcullis.abuse.Detections;
import dev.portcullis.abuse.FailureReport;
import dev.portcullis.abuse.Failures;
import dev.portcullis.abuse.Logins;
import dev.portcullis.abuse.Risk;
import dev.portcullis.abuse.RiskReport;
import dev.portcullis.abuse.Signal;
import dev.portcullis.attack.Opinion;
import dev.portcullis.metric.Metrics;
import dev.portcullis.metric.Series;
import dev.portcullis.store.Ledger;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What is known of how callers behave, and outlives a configuration. Thread-safe, but compiled by one thread at a time. */
final class Behaviour {

    /** For how many callers a table has room at most, since its rows are set out at the start. */
    private static final int MOST_KEYS = 1_000_000;

    private final Clock clock;
    private final Executor executor;
    private final Consumer<Change> changes;
    private final @Nullable Ledger ledger;
    private final Logins logins;
    private final Crawling crawling;
    private volatile @Nullable Known known;
    private volatile Logins.@Nullable Terms terms;
    private volatile AnomalyTerms anomalyTerms = AnomalyTerms.USUAL;

    /** What is made once it is known how much room there is. */
    private record Known(Failures failures, Risk risk, Anomalies anomalies, Detections detections) {}

    /**
     * Nothing yet.
     *
     * @param crawling the crawlers that are known
     * @param changes who is told of what stands out
     * @param ledger what other nodes share; null when there are none
     */
    Behaviour(Crawling crawling, Executor executor, Consumer<Change> changes, @Nullable Ledger ledger) {
        this.crawling = crawling;
        this.clock = crawling.clock();
        this.executor = executor;
        this.changes = changes;
        this.ledger = ledger;
        this.logins = Logins.of(() -> known().failures, () -> requireNonNull(terms, "terms"));
    }

    /** What a configuration says; the first one decides for how many callers there is room. */
    Conduct conduct(At top, Configuration written, int maxKeys) {
        var made = known;
        if (made == null) {
            made = make(Math.min(maxKeys, MOST_KEYS));
            known = made;
        }
        var outer = "observe".equals(written.mode()) ? Mode.OBSERVE : Mode.ENFORCE;
        return new Conduct(
                Guessing.compile(top.child("brute-force"), written.bruteForce(), made.failures, outer),
                made.risk,
                new Conduct.Terms(
                        RiskSettings.compile(top.child("risk"), written.risk()),
                        AnomalySettings.compile(top.child("anomalies"), written.anomalies())),
                crawling.compile(top.child("crawlers"), written.crawlers()));
    }

    private Known make(int maxKeys) {
        var failures = Failures.of(clock, maxKeys, changes);
        if (ledger != null) {
            failures.share(ledger, executor);
        }
        var risk = Risk.of(clock, maxKeys);
        return new Known(
                failures,
                risk,
                Anomalies.of(clock, maxKeys, changes, () -> anomalyTerms),
                Detections.of(risk, clock, changes));
    }

    /** Hears what a detector in the background says. */
    void heard(Opinion opinion) {
        var seen = opinion.sighting();
        var what = new Detections.Detection(
                opinion.detector(), opinion.score(), seen.id(), seen.route(), opinion.counts());
        known().detections.found(seen.principal(), seen.address(), what);
    }

    private Known known() {
        return requireNonNull(known, "known");
    }

    /** Takes over what a configuration says that was found right. */
    void adopt(Conduct conduct) {
        terms = conduct.guessing().terms();
        anomalyTerms = conduct.anomalies();
        known().risk.use(conduct.terms(), conduct.used());
        crawling.adopt(conduct.crawling());
    }

    /** From now on others are asked who callers are. */
    void open() {
        crawling.open();
    }

    void close() {
        crawling.close();
    }

    /** A listener that learns from what it hears, and hands it on. */
    Listener watching(Listener other) {
        var made = known();
        return new Listeners(List.of(made.risk.signals(Guessing::kindOf), made.anomalies, other));
    }

    /** Has its figures counted. */
    void count(Metrics metrics) {
        crawling.count(metrics);
        var made = known();
        counter(
                metrics,
                "portcullis_authentication_failures_total",
                () -> made.failures.report().failed());
        counter(
                metrics,
                "portcullis_lockouts_total",
                () -> made.failures.report().locked());
        counter(
                metrics,
                "portcullis_lockouts_crowded_total",
                () -> made.failures.report().crowded());
        counter(
                metrics,
                "portcullis_lockouts_unshared_total",
                () -> made.failures.report().unshared());
        counter(metrics, "portcullis_anomalies_total", made.anomalies::told);
        for (var signal : Signal.values()) {
            metrics.add(Series.counter(
                    "portcullis_risk_signals_total", Map.of("signal", signal.word()), () -> made.risk.raised(signal)));
        }
    }

    private static void counter(Metrics metrics, String name, DoubleSupplier value) {
        metrics.add(Series.counter(name, Map.of(), value));
    }

    Logins logins() {
        return logins;
    }

    FailureReport report() {
        return known().failures.report();
    }

    RiskReport riskReport() {
        return known().risk.report();
    }

    long anomaliesTold() {
        return known().anomalies.told();
    }
}
