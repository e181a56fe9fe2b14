package dev.portcullis.metric;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Change;
import dev.portcullis.Ending;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what becomes of requests. Thread-safe.
 *
 * <p>Labels are bounded: routes are templates and never paths, unknown methods are {@value #OTHER}, and so is whatever comes after
 * the first thousand routes or rules, or the first hundred reasons.
 */
public final class Metrics implements Listener {

    /** The value of a label for all that is not told apart. */
    public static final String OTHER = "_other";

    /** The route of requests of which nobody knows where they go. */
    public static final String UNMAPPED = "_unmapped";

    /** How many tenants can be counted by themselves. */
    public static final int MAX_TENANTS = 1000;

    private static final int MAX_KEYS = 1000;
    private static final int MAX_REASONS = 100;
    private static final double NANOS = 1e9;

    private final Clock clock;
    private final ConcurrentMap<String, Series> series = new ConcurrentHashMap<>();
    private final Collection<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final Table<String, RouteCounts> routes =
            new Table<>(MAX_KEYS, OTHER, route -> new RouteCounts(route, this::add));
    private final Table<Objection, LongAdder> objections =
            new Table<>(MAX_KEYS, new Objection(OTHER, OTHER, OTHER), this::counter);
    private final Table<String, LongAdder> proven =
            new Table<>(MAX_REASONS, OTHER, proof -> counter("portcullis_auth_total", auth(proof, "proven", "none")));
    private final Table<String, LongAdder> unproven =
            new Table<>(MAX_REASONS, OTHER, reason -> counter("portcullis_auth_total", auth("none", "denied", reason)));
    private final Table<String, LongAdder> changes =
            new Table<>(MAX_REASONS, OTHER, what -> counter("portcullis_changes_total", Map.of("what", what)));
    private final Table<Leak, LongAdder> leaks = new Table<>(
            MAX_KEYS,
            new Leak(OTHER, OTHER),
            leak -> counter("portcullis_leaks_total", Map.of("rule", leak.rule, "kind", leak.kind)));
    private final Table<String, LongAdder> notices =
            new Table<>(MAX_REASONS, OTHER, reason -> counter("portcullis_notices_total", Map.of("reason", reason)));
    private final Table<Objection, LongAdder> violations = new Table<>(
            MAX_KEYS,
            new Objection(OTHER, OTHER, OTHER),
            said -> counter(
                    "portcullis_response_schema_violations_total", Map.of("rule", said.rule, "mode", said.mode)));
    private final TenantCounts tenants = new TenantCounts(this::add);
    private final LongAdder untold = new LongAdder();
    private final LongAdder judged = new LongAdder();
    private final LongAdder took = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Long::max, 0);

    /** What a rule said. */
    private record Objection(String rule, String decision, String mode) {}

    /** What a rule found in a response. */
    private record Leak(String rule, String kind) {}

    private Metrics(Clock clock) {
        this.clock = clock;
        add(Series.counter("portcullis_auth_total", auth("none", "could-not-tell", "none"), untold::sum));
        add(Series.counter("portcullis_overhead_seconds_count", Map.of(), judged::sum));
        add(Series.counter("portcullis_overhead_seconds_sum", Map.of(), () -> took.sum() / NANOS));
        add(Series.gauge("portcullis_overhead_seconds_max", Map.of(), () -> longest.get() / NANOS));
    }

    /** Starts at zero. */
    public static Metrics of(Clock clock) {
        return new Metrics(requireNonNull(clock, "clock"));
    }

    private static Map<String, String> auth(String method, String result, String reason) {
        return Map.of("method", method, "result", result, "reason", reason);
    }

    private LongAdder counter(Objection said) {
        var phase = said.rule.equals(OTHER) ? OTHER : Phases.of(said.rule);
        return counter(
                "portcullis_decisions_total",
                Map.of("phase", phase, "rule", said.rule, "decision", said.decision, "mode", said.mode));
    }

    private LongAdder counter(String name, Map<String, String> labels) {
        var adder = new LongAdder();
        add(Series.counter(name, labels, adder::sum));
        return adder;
    }

    /** From now on so many tenants are counted by themselves, the first that call; 0 for no tenant at all. */
    public void useTenants(int most) {
        tenants.use(Math.min(most, MAX_TENANTS));
    }

    /** Who wants to know which numbers there are. Implementations are thread-safe. */
    public interface Subscriber {

        /** There is a number; some are told twice. */
        void added(Series one);

        /** There is a number no more. */
        void removed(Series one);
    }

    /** Adds a number that somebody else knows, unless there is one with the same name and labels. */
    public void add(Series one) {
        if (series.putIfAbsent(one.id(), one) == null) {
            subscribers.forEach(subscriber -> subscriber.added(one));
        }
    }

    /** Takes away a number that was added. */
    public void remove(Series one) {
        if (series.remove(one.id()) != null) {
            subscribers.forEach(subscriber -> subscriber.removed(one));
        }
    }

    /** Tells somebody which numbers there are and will be. */
    public void subscribe(Subscriber subscriber) {
        subscribers.add(requireNonNull(subscriber, "subscriber"));
        series.values().forEach(subscriber::added);
    }

    /** All numbers of the moment, by name and labels; without those that are none any more. */
    public List<Series.Sample> samples() {
        var all = new ArrayList<Series.Sample>();
        series.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue().sample())
                .filter(sample -> !Double.isNaN(sample.value()))
                .forEach(all::add);
        return all;
    }

    /** How many requests were judged. */
    public long judged() {
        return judged.sum();
    }

    /** How long that took altogether, in nanoseconds, until the application was asked. */
    public long judgedNanos() {
        return took.sum();
    }

    /** When the last request came to each route that had any. */
    public Map<String, Instant> lastRequests() {
        var all = new HashMap<String, Instant>();
        routes.values().forEach((route, counts) -> all.put(route, Instant.ofEpochMilli(counts.last())));
        return all;
    }

    @Override
    public void denied(Request request, Rule rule, Verdict.Deny deny) {
        requireNonNull(deny, "deny");
        counted(rule, deny.evidence());
        if (isAboutIdentity(rule)) {
            unproven.at(deny.evidence().reason()).increment();
        }
    }

    private static boolean isAboutIdentity(Rule rule) {
        return rule.name().endsWith("." + Phases.AUTHENTICATION) || rule.name().endsWith(".revocation");
    }

    @Override
    public void wouldHaveDenied(Request request, Rule rule, Verdict.Deny deny) {
        requireNonNull(deny, "deny");
        counted(rule, deny.evidence());
    }

    @Override
    public void failed(Request request, Rule rule, Throwable cause) {
        requireNonNull(request, "request");
        requireNonNull(cause, "cause");
        count(rule, "could-not-tell");
        if (isAboutIdentity(rule)) {
            untold.increment();
        }
    }

    private void counted(Rule rule, Verdict.Evidence evidence) {
        count(rule, "deny");
        leaked(rule.name(), evidence);
        if (evidence.reason().equals("response-schema-violation")) {
            violations.at(new Objection(rule.name(), "deny", mode(rule))).increment();
        }
    }

    private void count(Rule rule, String decision) {
        objections.at(new Objection(rule.name(), decision, mode(rule))).increment();
    }

    private static String mode(Rule rule) {
        return rule.mode() == Mode.ENFORCE ? "enforce" : "observe";
    }

    @Override
    public void noticed(Request request, String rule, Verdict.Evidence evidence) {
        requireNonNull(request, "request");
        requireNonNull(rule, "rule");
        notices.at(evidence.reason()).increment();
        leaked(rule, evidence);
    }

    private void leaked(String rule, Verdict.Evidence evidence) {
        if (evidence.reason().equals("leak")) {
            evidence.matched().forEach(kind -> leaks.at(new Leak(rule, kind)).increment());
        }
    }

    @Override
    public void decided(Request request, Outcome outcome) {
        requireNonNull(outcome, "outcome");
        if (request.dispatch() != Dispatch.REQUEST) {
            return;
        }
        var nanos = Math.max(0, System.nanoTime() - request.began());
        judged.increment();
        took.add(nanos);
        longest.accumulate(nanos);
        var caller = callerOf(outcome);
        if (caller != null) {
            proven.at(caller.proof()).increment();
        }
    }

    private static @Nullable Principal callerOf(Outcome outcome) {
        return outcome instanceof Outcome.Proceed proceed ? proceed.principal() : ((Outcome.Stop) outcome).principal();
    }

    @Override
    public void changed(Change change) {
        changes.at(change.what()).increment();
    }

    @Override
    public void ended(Request request, Outcome outcome, Ending ending, int status) {
        requireNonNull(outcome, "outcome");
        if (request.dispatch() != Dispatch.FORWARD) {
            tenants.count(callerOf(outcome), outcome, RouteCounts.isDenied(outcome, ending));
            var route = request.route();
            routes.at(route == null ? UNMAPPED : route.template())
                    .count(request.method(), RouteCounts.decision(outcome, ending), status, clock.millis());
        }
    }
}
