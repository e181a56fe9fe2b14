package dev.portcullis.abuse;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import dev.portcullis.Change;
import dev.portcullis.Principal;
import java.time.Clock;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has what detectors in the background find count against callers, and tells operators of it, so much a minute and no more. Thread-safe. */
public final class Detections {

    private static final double MOST = 100;

    private final Risk risk;
    private final Outlet outlet;

    private Detections(Risk risk, Outlet outlet) {
        this.risk = risk;
        this.outlet = outlet;
    }

    /**
     * What was found. Immutable.
     *
     * @param detector the detector
     * @param score how suspicious it finds the request, from 1 to 100
     * @param request the request's id
     * @param route the template of its route; empty when that is not known
     * @param counts whether it counts against the caller
     */
    public record Detection(String detector, int score, String request, String route, boolean counts) {
        /** Checks that nothing is missing. */
        public Detection {
            requireNonNull(detector, "detector");
            requireNonNull(request, "request");
            requireNonNull(route, "route");
        }
    }

    /** Detections that count in these scores and of which these are told. */
    public static Detections of(Risk risk, Clock clock, Consumer<Change> changes) {
        return new Detections(
                requireNonNull(risk, "risk"),
                new Outlet(requireNonNull(clock, "clock"), requireNonNull(changes, "changes")));
    }

    /** Counts what was found in a request of a caller, and tells it. */
    public void found(@Nullable Principal principal, Address address, Detection what) {
        if (what.counts()) {
            risk.detected(principal, address, what.score() / MOST);
        }
        var details = new TreeMap<String, String>();
        details.put("detector", what.detector());
        details.put("score", String.valueOf(what.score()));
        details.put("request", what.request());
        details.put("route", what.route());
        details.put("address", address.toString());
        details.put("mode", what.counts() ? "enforce" : "observe");
        if (principal != null) {
            details.put("client", principal.client());
            details.put("issuer", principal.issuer());
        }
        outlet.tell("detected", details);
    }
}
