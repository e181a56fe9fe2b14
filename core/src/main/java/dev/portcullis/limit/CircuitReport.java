package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

/**
 * How it stands with the circuit around a handler. Immutable.
 *
 * @param rule the name of its rule
 * @param observed whether it denies nothing
 * @param route the route; empty for the one circuit of all, and for requests whose route is not known
 * @param state whether requests are let through
 * @param opened how many times it has opened
 * @param denied how many requests it has denied, or would have
 */
public record CircuitReport(String rule, boolean observed, String route, State state, long opened, long denied) {

    /** Whether a circuit lets requests through. */
    public enum State {
        /** Everybody passes. */
        CLOSED,
        /** Nobody passes. */
        OPEN,
        /** A few pass, to try. */
        HALF_OPEN
    }

    /** Checks that all parts are there. */
    public CircuitReport {
        requireNonNull(rule, "rule");
        requireNonNull(route, "route");
        requireNonNull(state, "state");
    }
}
