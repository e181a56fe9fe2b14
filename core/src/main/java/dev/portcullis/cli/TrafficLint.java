package dev.portcullis.cli;

import dev.portcullis.Ending;
import dev.portcullis.Explanation;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Request;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Resources;
import dev.portcullis.config.Uncounted;
import dev.portcullis.limit.Demand;
import dev.portcullis.limit.Limit;
import dev.portcullis.limit.Window;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sees what recorded traffic uses of a policy file: limits that are asked and by how much, paths and exemptions. It goes line by line, in bounded
 * memory, and nothing is denied for what came before. For one thread.
 */
final class TrafficLint implements Listener, AutoCloseable {

    private final StandingClock clock = new StandingClock();
    private final Gate gate;
    private final Map<String, Long> routes = new HashMap<>();
    private final Map<WindowKey, WindowUse> uses = new LinkedHashMap<>();
    private final Map<String, Exemption> exemptions = new LinkedHashMap<>();
    private final Uncovered uncovered = new Uncovered();
    private @Nullable Request ended;
    private long requests;
    private long timeless;
    private long stoppedEarly;

    /** A window of a limit, with what it grants to some. */
    record WindowKey(String limit, Window window) {}

    /** How many requests met a limit, and how many of them were exempt from it. */
    record Exemption(long met, long exempt) {

        Exemption plus(Exemption other) {
            return new Exemption(met + other.met, exempt + other.exempt);
        }
    }

    private TrafficLint(PolicyFile file, Resources resources) {
        this.gate = Gate.builder(Uncounted.of(file))
                .resources(resources)
                .clock(clock)
                .listener(this)
                .unknownHandlers()
                .build();
    }

    /**
     * Starts with the policies of a file.
     *
     * @throws dev.portcullis.config.ConfigurationException when there is any problem
     */
    static TrafficLint of(PolicyFile file, Resources resources) {
        return new TrafficLint(file, resources);
    }

    /** Fetches what tokens are judged by, or gives up after so long. */
    void fetch(Duration most) {
        try {
            gate.prepare().get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return; // those callers stay unproven, which is said
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void ended(Request request, Outcome outcome, Ending ending, int status) {
        ended = request;
    }

    /** Looks at one line. */
    void take(TrafficLine line) {
        requests++;
        if (line.at() == null) {
            timeless++;
        } else {
            clock.set(line.at());
        }
        var view = gate.view(line.wire());
        var explanation = gate.engine().explain(view);
        explanation.outcome().watch().ended(view, Ending.ANSWERED, RecordedSent.of(line));
        routes.merge(explanation.route(), 1L, Long::sum);
        if (explanation.route().equals(PolicySet.OTHERWISE)) {
            uncovered.note(view.method(), view.path(), line.id());
        }
        meet(explanation, ended == null ? view : ended, line);
        ended = null;
    }

    private void meet(Explanation explanation, Request request, TrafficLine line) {
        var met = 0;
        for (var step : explanation.steps()) {
            if (step.rule().check() instanceof Limit limit) {
                met++;
                note(step.rule().name(), limit.demand(request), line);
            }
        }
        if (explanation.outcome() instanceof Outcome.Stop && met < limits(request)) {
            stoppedEarly++;
        }
    }

    /** How many limits the request would have met. */
    private long limits(Request request) {
        return gate.engine().policies().rules(request).stream()
                .filter(rule -> rule.check() instanceof Limit)
                .count();
    }

    private void note(String limit, Demand demand, TrafficLine line) {
        exemptions.merge(limit, new Exemption(1, demand.exempt() ? 1 : 0), Exemption::plus);
        if (demand.exempt() || line.at() == null || demand.permits() == 0) {
            return;
        }
        for (var window : demand.windows()) {
            uses.computeIfAbsent(new WindowKey(limit, window), key -> new WindowUse(key.window()))
                    .add(demand, line.at());
        }
    }

    /** How often each route was met, by its name. */
    Map<String, Long> routes() {
        return routes;
    }

    /** What was used of each window. */
    Map<WindowKey, WindowUse> uses() {
        return uses;
    }

    /** Who was exempt, by the limit's name. */
    Map<String, Exemption> exemptions() {
        return exemptions;
    }

    Uncovered uncovered() {
        return uncovered;
    }

    long requests() {
        return requests;
    }

    /** How many lines do not say when they came. */
    long timeless() {
        return timeless;
    }

    /** How many requests were stopped before all of their limits were asked. */
    long stoppedEarly() {
        return stoppedEarly;
    }

    @Override
    public void close() {
        gate.close();
    }
}
