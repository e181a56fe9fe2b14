package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

/**
 * How it stands with a limit of requests in flight. Immutable.
 *
 * @param rule the name of its rule
 * @param observed whether it denies nothing
 * @param route the route that is counted by itself; empty where nothing is, and for requests whose route is not known
 * @param inFlight how many requests are in flight that it let through
 * @param limit how many may be, now; of each caller where callers are counted by themselves
 * @param keys how many callers, or sharers, have requests in flight; 0 where they are not told apart
 * @param denied how many requests it has denied, or would have
 * @param quietMicros the latency of quiet times in microseconds; 0 while it is not known, and where the limit does not follow it
 */
public record InFlightReport(
        String rule, boolean observed, String route, int inFlight, int limit, int keys, long denied, long quietMicros) {

    /** Checks that all parts are there. */
    public InFlightReport {
        requireNonNull(rule, "rule");
        requireNonNull(route, "route");
    }
}
