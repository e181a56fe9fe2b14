package dev.portcullis.cli;

import dev.portcullis.Ending;
import dev.portcullis.Explanation;
import dev.portcullis.Outcome;
import dev.portcullis.Watch;
import dev.portcullis.attack.Attacks;
import dev.portcullis.attack.Hit;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Resources;
import dev.portcullis.config.RouteReport;
import dev.portcullis.http.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A gate that judges recorded requests, one after the other, at the times they came. For one thread.
 *
 * <p>The clock starts with the system's time; a line's {@code at} moves it, and it then stands there.
 */
public final class Session implements AutoCloseable {

    private final StandingClock clock = new StandingClock();
    private final Recorder recorder = new Recorder();
    private final Gate gate;

    private Session(PolicyFile file, Resources resources) {
        this.gate = Gate.builder(file)
                .resources(resources)
                .clock(clock)
                .listener(recorder)
                .unknownHandlers()
                .build();
    }

    /**
     * A session with the policies of a file.
     *
     * @throws dev.portcullis.config.ConfigurationException when there is any problem
     */
    public static Session of(PolicyFile file, Resources resources) {
        return new Session(file, resources);
    }

    /** How every route is protected, as far as the policies tell. */
    public List<RouteReport> routes() {
        return gate.management().reports().routes();
    }

    /** Fetches what tokens are judged by, or gives up after so long; what is not there then cannot be told. */
    public void fetch(Duration most) {
        try {
            gate.prepare().get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The digest of the policies. */
    public String digest() {
        return gate.engine().policies().digest();
    }

    /** Whom limits have denied, or would have. */
    Limited limited() {
        return recorder.limited();
    }

    /** Judges a request as if the application then read all of its body and answered as recorded. */
    public Result judge(TrafficLine line) {
        var view = view(line);
        var start = System.nanoTime();
        var outcome = gate.engine().evaluate(view);
        var reading = outcome.watch().reading(line.wire().bytes().length);
        var answer = RecordedAnswer.of(line.response(), view, outcome, reading);
        var nanos = System.nanoTime() - start;
        var result = result(line, outcome, answer, nanos);
        var later = outcome instanceof Outcome.Proceed && result.stopped();
        var sent = result.stopped() ? Watch.Sent.of(result.status()) : RecordedSent.of(line);
        outcome.watch().ended(view, later ? Ending.DENIED_LATER : Ending.ANSWERED, sent);
        recorder.take();
        return result;
    }

    /** Says how a request fares, rule by rule. It charges limits like {@link #judge}. */
    public Explanation explain(TrafficLine line) {
        var view = view(line);
        var explanation = gate.engine().explain(view);
        explanation.outcome().watch().ended(view, Ending.ANSWERED, RecordedSent.of(line));
        recorder.take();
        return explanation;
    }

    /** What the attack rules that the request meets find in it, whatever any rule says of it. */
    Findings findings(TrafficLine line) {
        var view = view(line);
        var hits = new LinkedHashMap<String, List<Hit>>();
        for (var rule : gate.engine().policies().rules(view)) {
            if (rule.check() instanceof Attacks attacks) {
                hits.computeIfAbsent(Findings.policyOf(rule), any -> new ArrayList<>())
                        .addAll(attacks.hits(view));
            }
        }
        return new Findings(view.address(), view.path(), hits);
    }

    private View view(TrafficLine line) {
        if (line.at() != null) {
            clock.set(line.at());
        }
        return gate.view(line.wire());
    }

    private Result result(TrafficLine line, Outcome outcome, RecordedAnswer answer, long nanos) {
        var reply = answer.reply();
        if (reply == null) {
            var status = line.response().status();
            return new Result(line.id(), false, status, null, null, answer.headers(), recorder.take(), nanos);
        }
        var rule = outcome instanceof Outcome.Stop stop ? stop.rule() : recorder.rule();
        var code = reply.code().isEmpty() ? null : reply.code();
        return new Result(line.id(), true, reply.status(), code, rule, answer.headers(), recorder.take(), nanos);
    }

    @Override
    public void close() {
        gate.close();
    }
}
