package dev.portcullis;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks the rules of a policy set, in order, what becomes of a request.
 *
 * <p>Thread-safe. A request that is under way when the set is replaced ends with the set that it began with.
 */
@TrustedBase
public final class Engine implements AutoCloseable {

    /** In whose name the operator is told of what no rule has noticed of a response. */
    static final String RESPONSE = "response";

    private final GuardedListener listener;
    private final AtomicReference<Snapshot> current;

    private Engine(PolicySet set, Listener listener) {
        this.listener = new GuardedListener(requireNonNull(listener, "listener"));
        this.current = new AtomicReference<>(Snapshot.of(set, this.listener));
    }

    /** An engine that asks this set and tells this listener. */
    public static Engine of(PolicySet set, Listener listener) {
        return new Engine(requireNonNull(set, "set"), listener);
    }

    /** Says what becomes of the request. The outcome's watch must be told how the exchange ended, exactly once. */
    public Outcome evaluate(Request request) {
        var snapshot = current.get();
        var outcome = run(snapshot, covering(snapshot, request).on(request.dispatch()), request, Trace.NONE);
        snapshot.listener().decided(request, outcome);
        return outcome;
    }

    /** Says what becomes of the request and how that came about. It charges limits and tells the listener like the real thing. */
    public Explanation explain(Request request) {
        var snapshot = current.get();
        var rules = covering(snapshot, request);
        var trace = new Trace.Full();
        var outcome = run(snapshot, rules.on(request.dispatch()), request, trace);
        snapshot.listener().decided(request, outcome);
        return new Explanation(rules.name(), trace.steps(), outcome);
    }

    private static RuleList covering(Snapshot snapshot, Request request) {
        try {
            return snapshot.set().covering(request);
        } catch (RuntimeException e) {
            return RuleList.unknown(e);
        }
    }

    private static Outcome run(Snapshot snapshot, List<Rule> rules, Request request, Trace trace) {
        Course course = null;
        try {
            for (var i = 0; i < rules.size(); i++) {
                var rule = rules.get(i);
                var verdict = snapshot.judge().ask(rule, course == null ? request : course.view(rule), trace);
                if (verdict == Verdict.pass()) {
                    continue;
                }
                course = course == null ? new Course(snapshot, request) : course;
                var stop = course.take(rule, verdict);
                if (stop != null) {
                    return stop;
                }
            }
            return course == null ? snapshot.plain() : course.proceed();
        } catch (RuntimeException | Error e) {
            abandon(course);
            throw e;
        }
    }

    private static void abandon(@Nullable Course course) {
        if (course != null) {
            course.abandon();
        }
    }

    /** The set that is asked now. */
    public PolicySet policies() {
        return current.get().set();
    }

    /** Asks another set from now on, and closes what only the replaced one used. */
    public void reload(PolicySet set) {
        var replaced = current.getAndSet(Snapshot.of(requireNonNull(set, "set"), listener))
                .set();
        replaced.owned().stream()
                .filter(resource -> !set.owned().contains(resource))
                .forEach(this::close);
    }

    /** Closes what the set uses. Requests are answered as before, as far as that is possible without it. */
    @Override
    public void close() {
        policies().owned().forEach(this::close);
    }

    private void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            listener.tell(e);
        }
    }

    /** A policy set with what is made once for it. */
    record Snapshot(PolicySet set, GuardedListener listener, Judge judge, Outcome.Proceed plain) {

        static Snapshot of(PolicySet set, GuardedListener listener) {
            var told = new Plain(listener);
            var plain = new Outcome.Proceed(set.digest(), List.of(), null, told);
            told.outcome = plain;
            return new Snapshot(set, listener, new Judge(listener), plain);
        }
    }

    /** The watch of every request to which nothing was added. */
    private static final class Plain implements Watch {

        private final GuardedListener listener;
        private @Nullable Outcome outcome;

        Plain(GuardedListener listener) {
            this.listener = listener;
        }

        @Override
        public void noticed(Request request, Verdict.Evidence evidence) {
            listener.noticed(request, RESPONSE, evidence);
        }

        @Override
        public void ended(Request request, Ending ending, int status) {
            listener.ended(request, requireNonNull(outcome, "outcome"), ending, status);
        }
    }
}
