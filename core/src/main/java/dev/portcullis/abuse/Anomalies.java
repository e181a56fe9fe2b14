package dev.portcullis.abuse;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Change;
import dev.portcullis.Ending;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Request;
import dev.portcullis.Request.Dispatch;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a caller is turned away on a route far more often than is usual there: one event {@code anomaly}, however many requests it
 * takes. Thread-safe.
 *
 * <p>What counts are answers 401, 403, 404 and 429, whoever gave them. Callers are told from each other by the client that a rule has
 * identified, else by address (IPv6: network of 64 bits), in a table of bounded size.
 */
public final class Anomalies implements Listener {

    static final int[] STATUSES = {401, 403, 404, 429};

    private final Salt salt = Salt.random();
    private final SteadyTime time;
    private final Table<Pace> table;
    private final Outlet outlet;
    private final Supplier<AnomalyTerms> terms;
    private final LongAdder told = new LongAdder();

    private Anomalies(Clock clock, int maxKeys, Consumer<Change> changes, Supplier<AnomalyTerms> terms) {
        this.time = new SteadyTime(clock);
        this.table = new Table<>(maxKeys, Pace::new);
        this.outlet = new Outlet(clock, changes);
        this.terms = terms;
    }

    /**
     * Nothing is usual yet.
     *
     * @param maxKeys for how many callers on how many routes there is room
     * @param changes who is told
     * @param terms what holds at the moment
     */
    public static Anomalies of(Clock clock, int maxKeys, Consumer<Change> changes, Supplier<AnomalyTerms> terms) {
        if (maxKeys < 1) {
            throw new IllegalArgumentException("maxKeys: " + maxKeys + " (expected: >= 1)");
        }
        requireNonNull(terms, "terms");
        return new Anomalies(requireNonNull(clock, "clock"), maxKeys, requireNonNull(changes, "changes"), terms);
    }

    @Override
    public void ended(Request request, Outcome outcome, Ending ending, int status) {
        requireNonNull(outcome, "outcome");
        var which = which(status);
        var now = terms.get();
        if (which < 0 || !now.enabled() || request.dispatch() == Dispatch.FORWARD) {
            return;
        }
        var details = note(request, which, now);
        if (details != null) {
            told.increment();
            outlet.tell("anomaly", details);
        }
    }

    private static int which(int status) {
        for (var i = 0; i < STATUSES.length; i++) {
            if (STATUSES[i] == status) {
                return i;
            }
        }
        return -1;
    }

    /** Counts it; what there is to tell, or null. */
    private @Nullable Map<String, String> note(Request request, int which, AnomalyTerms now) {
        var route = request.route();
        var principal = request.principal();
        var high = principal == null
                ? salt.joined(Salt.family(request.address()), Salt.network(request.address()))
                : salt.joined(salt.text(principal.issuer(), 0), salt.text(principal.client(), 1));
        var low = salt.text(route == null ? "" : route.id(), 2);
        var row = table.makeRow(high, low);
        row.lock();
        try {
            var pace = row.make(high, low, time.now());
            return pace.note(which, time.now(), now) ? details(request, pace, now) : null;
        } finally {
            row.unlock();
        }
    }

    private static Map<String, String> details(Request request, Pace pace, AnomalyTerms now) {
        var details = new TreeMap<String, String>();
        details.put("address", request.address().toString());
        var principal = request.principal();
        if (principal != null) {
            details.put("client", principal.issuer() + " " + principal.client());
        }
        var route = request.route();
        if (route != null) {
            details.put("route", route.id());
        }
        for (var i = 0; i < STATUSES.length; i++) {
            if (pace.count(i) > 0) {
                details.put(String.valueOf(STATUSES[i]), String.valueOf(pace.count(i)));
            }
        }
        details.put("seconds", String.valueOf(now.per().toSeconds()));
        details.put("usual", String.valueOf(Math.round(pace.usual())));
        return details;
    }

    /** How many were told. */
    public long told() {
        return told.sum();
    }
}
