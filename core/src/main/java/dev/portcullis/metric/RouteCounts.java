package dev.portcullis.metric;

import dev.portcullis.Ending;
import dev.portcullis.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What became of the requests to one route. Thread-safe. Counting allocates nothing once a kind of request was seen. */
final class RouteCounts {

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", Metrics.OTHER);
    private static final List<String> DECISIONS = List.of("proceed", "deny", "answer");
    private static final List<String> STATUSES = List.of("none", "1xx", "2xx", "3xx", "4xx", "5xx");

    private final String route;
    private final Consumer<Series> told;
    private final AtomicReferenceArray<LongAdder> counts =
            new AtomicReferenceArray<>(METHODS.size() * DECISIONS.size() * STATUSES.size());
    private final AtomicLong last = new AtomicLong();

    RouteCounts(String route, Consumer<Series> told) {
        this.route = route;
        this.told = told;
    }

    /** When the last request came, in milliseconds of the epoch. */
    long last() {
        return last.get();
    }

    /** Which of the decisions it was. */
    static int decision(Outcome outcome, Ending ending) {
        return isDenied(outcome, ending) ? 1 : outcome instanceof Outcome.Stop ? 2 : 0;
    }

    void count(String method, int decision, int status, long now) {
        last.lazySet(now);
        var at = (method(method) * DECISIONS.size() + decision) * STATUSES.size() + statusClass(status);
        var adder = counts.get(at);
        (adder == null ? first(at) : adder).increment();
    }

    /** Tells whether the gate denied, before or after the application was asked. */
    static boolean isDenied(Outcome outcome, Ending ending) {
        return ending == Ending.DENIED_LATER
                || outcome instanceof Outcome.Stop stop && !stop.reply().code().isEmpty();
    }

    private static int method(String sent) {
        for (var i = 0; i < METHODS.size(); i++) {
            if (METHODS.get(i).equals(sent)) {
                return i;
            }
        }
        return METHODS.size() - 1;
    }

    private static int statusClass(int status) {
        var hundreds = status / 100;
        return hundreds >= 1 && hundreds <= 5 ? hundreds : 0;
    }

    private LongAdder first(int at) {
        var adder = new LongAdder();
        if (!counts.compareAndSet(at, null, adder)) {
            return counts.get(at);
        }
        var status = STATUSES.get(at % STATUSES.size());
        var decision = DECISIONS.get(at / STATUSES.size() % DECISIONS.size());
        var method = METHODS.get(at / STATUSES.size() / DECISIONS.size());
        var labels = Map.of("route", route, "method", method, "decision", decision, "status", status);
        told.accept(Series.counter("portcullis_requests_total", labels, adder::sum));
        return adder;
    }
}
