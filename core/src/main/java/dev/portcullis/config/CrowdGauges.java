package dev.portcullis.config;

import dev.portcullis.limit.CircuitReport;
import dev.portcullis.limit.CircuitReport.State;
import dev.portcullis.limit.ConcurrencyReport;
import dev.portcullis.limit.InFlightReport;
import dev.portcullis.metric.Metrics;
import dev.portcullis.metric.Series;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The numbers of what is in flight, and how the circuits stand. Thread-safe. */
final class CrowdGauges {

    /** How many limits and circuits are told apart, each route of its own. */
    private static final int MOST = 100;

    private final Supplier<ConcurrencyReport> reports;

    CrowdGauges(Supplier<ConcurrencyReport> reports) {
        this.reports = reports;
    }

    Stream<Series> all() {
        var now = reports.get();
        return Stream.concat(
                now.limits().stream().limit(MOST).flatMap(this::ofLimit),
                now.circuits().stream().limit(MOST).flatMap(this::ofCircuit));
    }

    private static Map<String, String> labels(String rule, boolean observed, String route) {
        return Map.of(
                "rule",
                rule,
                "mode",
                observed ? "observe" : "enforce",
                "route",
                route.isEmpty() ? Metrics.OTHER : route);
    }

    private Stream<Series> ofLimit(InFlightReport one) {
        var labels = labels(one.rule(), one.observed(), one.route());
        return Stream.of(
                Series.gauge("portcullis_in_flight", labels, limit(one, InFlightReport::inFlight)),
                Series.gauge("portcullis_in_flight_limit", labels, limit(one, InFlightReport::limit)),
                Series.counter("portcullis_in_flight_denied_total", labels, limit(one, InFlightReport::denied)));
    }

    private DoubleSupplier limit(InFlightReport wanted, ToDoubleFunction<InFlightReport> number) {
        return () -> reports.get().limits().stream()
                .filter(one -> one.rule().equals(wanted.rule())
                        && one.route().equals(wanted.route())
                        && one.observed() == wanted.observed())
                .mapToDouble(number)
                .findFirst()
                .orElse(Double.NaN);
    }

    private Stream<Series> ofCircuit(CircuitReport one) {
        var labels = labels(one.rule(), one.observed(), one.route());
        return Stream.of(
                Series.gauge("portcullis_circuit_state", labels, circuit(one, report -> number(report.state()))),
                Series.counter("portcullis_circuit_opened_total", labels, circuit(one, CircuitReport::opened)));
    }

    private DoubleSupplier circuit(CircuitReport wanted, ToDoubleFunction<CircuitReport> number) {
        return () -> reports.get().circuits().stream()
                .filter(one -> one.rule().equals(wanted.rule())
                        && one.route().equals(wanted.route())
                        && one.observed() == wanted.observed())
                .mapToDouble(number)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double number(State state) {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 0.5;
            case OPEN -> 1;
        };
    }
}
