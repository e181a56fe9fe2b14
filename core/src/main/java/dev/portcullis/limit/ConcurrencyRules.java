package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.limit.PerCaller.Callers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the checks of one policy set, and tells how it stands with them. Made by one thread, then thread-safe. */
public final class ConcurrencyRules {

    private static final String OBSERVED = " observed";

    private final Concurrency concurrency;
    private final ClientNames names;
    private final List<Consumer<List<InFlightReport>>> limits = new ArrayList<>();
    private final List<Consumer<List<CircuitReport>>> circuits = new ArrayList<>();

    /** What the counts of a limit depend on. */
    private record LimitName(
            String rule,
            LimitKey by,
            @Nullable LimitKey share,
            @Nullable Adaptation adaptation,
            int ceiling) {}

    /** What the state of a circuit depends on. */
    private record CircuitName(String rule, Circuit settings) {}

    ConcurrencyRules(Concurrency concurrency, ClientNames names) {
        this.concurrency = concurrency;
        this.names = names;
    }

    /**
     * A check that lets so many requests be in flight: 503 {@code overloaded} where the service counts all together, because it is not
     * the caller's doing; 429 {@code concurrency-limited} where callers are counted by themselves, or one has used up a fair share. Both
     * with {@code Retry-After}.
     *
     * <p>A permit is given back when the exchange ends, whatever its end was. One that was handed over to another protocol has ended.
     *
     * @param ruleName the name of the rule
     * @param observed whether the rule denies nothing; its counts are kept apart
     * @param settings the limit
     */
    public Check limit(String ruleName, boolean observed, InFlight settings) {
        var name = observed ? requireNonNull(ruleName, "ruleName") + OBSERVED : requireNonNull(ruleName, "ruleName");
        var adapts = settings.adaptation();
        var key = new LimitName(name, settings.by(), settings.share(), adapts, adapts == null ? 0 : settings.permits());
        return Concurrency.isOfTheService(settings.by())
                ? capacity(key, ruleName, observed, settings)
                : perCaller(key, ruleName, observed, settings);
    }

    private Check perCaller(LimitName key, String ruleName, boolean observed, InFlight settings) {
        var callers = concurrency.keep(
                key,
                Callers.class,
                () -> new Callers(concurrency.slots(), concurrency.keying(key.rule(), settings.by()), new LongAdder()));
        limits.add(reports -> reports.add(new InFlightReport(
                ruleName,
                observed,
                "",
                callers.slots().held(),
                settings.permits(),
                callers.slots().size(),
                callers.denied().sum(),
                0)));
        return new PerCaller(callers, callers.keying().naming(names), settings);
    }

    private Check capacity(LimitName key, String ruleName, boolean observed, InFlight settings) {
        var lanes = concurrency.keep(key, SharedLanes.class, () -> new SharedLanes(concurrency, key.rule(), settings));
        limits.add(reports -> lanes.lanes()
                .forEach((route, lane) -> reports.add(new InFlightReport(
                        ruleName,
                        observed,
                        route,
                        lane.inFlight(),
                        lane.limit(settings.permits()),
                        lane.sharers(),
                        lane.denied(),
                        lane.quietMicros()))));
        var sharer = lanes.sharer();
        return new Capacity(lanes, sharer == null ? null : sharer.naming(names), settings);
    }

    /**
     * A check that leaves a handler alone which fails: 503 {@code circuit-open} with the {@code Retry-After} of its pause.
     *
     * @param ruleName the name of the rule
     * @param observed whether the rule denies nothing; its state is kept apart
     * @param settings when it opens, and for how long
     */
    public Check breaker(String ruleName, boolean observed, Circuit settings) {
        var name = observed ? requireNonNull(ruleName, "ruleName") + OBSERVED : requireNonNull(ruleName, "ruleName");
        var breakers = concurrency.keep(
                new CircuitName(name, settings), Breakers.class, () -> new Breakers(settings, concurrency.clock()));
        circuits.add(reports ->
                breakers.lanes().forEach((route, breaker) -> reports.add(breaker.report(ruleName, observed, route))));
        return breakers;
    }

    /** How it stands with them now. */
    public ConcurrencyReport report() {
        var ofLimits = new ArrayList<InFlightReport>();
        var ofCircuits = new ArrayList<CircuitReport>();
        limits.forEach(limit -> limit.accept(ofLimits));
        circuits.forEach(circuit -> circuit.accept(ofCircuits));
        return new ConcurrencyReport(ofLimits, ofCircuits);
    }
}
