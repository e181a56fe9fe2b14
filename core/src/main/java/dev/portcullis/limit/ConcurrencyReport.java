package dev.portcullis.limit;

import java.util.List;

/**
 * How it stands with what may be in flight. Immutable.
 *
 * @param limits the limits, each route of its own
 * @param circuits the circuits around handlers
 */
public record ConcurrencyReport(List<InFlightReport> limits, List<CircuitReport> circuits) {

    /** Copies the lists. */
    public ConcurrencyReport {
        limits = List.copyOf(limits);
        circuits = List.copyOf(circuits);
    }
}
