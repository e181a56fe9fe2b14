package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.http.RecordedWire;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A reload under load: every request is judged by exactly one policy set. */
class EngineReloadTest {

    private static final int REQUESTS = 20_000;

    /** Two rules that only ever deny in one of the sets: a mixture of the sets would show in the rule or in the digest. */
    private static PolicySet set(String name) {
        return PolicySet.builder()
                .digest(name)
                .first(Rule.enforce("first", request -> Verdict.Pass.adding(List.of(new Header("X-Set", name)))))
                .route(
                        "all",
                        new Everything(name),
                        List.of(Rule.enforce(
                                name,
                                request -> Verdict.deny(
                                        Reply.problem(403, "denied-by-" + name), Verdict.Evidence.of(name)))))
                .otherwiseProceed();
    }

    private record Everything(String name) implements PolicySet.Scope {
        @Override
        public boolean covers(Request request) {
            return true;
        }
    }

    @Test
    void givesEveryRequestExactlyOneDigest() throws Exception {
        var engine = Engine.of(set("a"), Listener.NONE);
        var seen = underReload(
                engine, () -> engine.evaluate(RecordedWire.of("GET", "/").view()));

        assertThat(seen).allSatisfy(EngineReloadTest::assertOneSet);
        assertThat(seen).extracting(Outcome::digest).contains("a", "b");
    }

    private static void assertOneSet(Outcome outcome) {
        var stop = (Outcome.Stop) outcome;
        assertThat(List.of(
                        stop.rule(), stop.reply().code(), stop.headers().get(0).value()))
                .containsExactly(stop.digest(), "denied-by-" + stop.digest(), stop.digest());
    }

    @Test
    void findsOutAnEngineThatMixesTwoSets() {
        var mixed = (Outcome.Stop) Engine.of(set("a"), Listener.NONE)
                .evaluate(RecordedWire.of("GET", "/").view());
        var forged = new Outcome.Stop("b", mixed.rule(), mixed.reply(), mixed.headers(), null, Watch.NONE);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> assertOneSet(forged)))
                .isInstanceOf(AssertionError.class);
    }

    private static List<Outcome> underReload(Engine engine, Callable<Outcome> evaluation) throws Exception {
        var started = new CountDownLatch(2);
        var done = new AtomicBoolean();
        var pool = Executors.newFixedThreadPool(3);
        try {
            var reloads = pool.submit(() -> {
                var turn = false;
                while (!done.get()) {
                    engine.reload(set(turn ? "a" : "b"));
                    turn = !turn;
                    started.countDown();
                }
            });
            var first = pool.submit(() -> outcomes(evaluation, started));
            var second = pool.submit(() -> outcomes(evaluation, started));
            var all = new ArrayList<>(first.get());
            all.addAll(second.get());
            done.set(true);
            reloads.get();
            return all;
        } finally {
            done.set(true);
            pool.shutdownNow();
        }
    }

    /** As many outcomes as there are requests, and more until both sets were met. */
    private static List<Outcome> outcomes(Callable<Outcome> evaluation, CountDownLatch started) throws Exception {
        started.await();
        var outcomes = new ArrayList<Outcome>();
        var digests = new HashSet<String>();
        while (outcomes.size() < REQUESTS || digests.size() < 2) {
            var outcome = evaluation.call();
            outcomes.add(outcome);
            digests.add(outcome.digest());
        }
        return outcomes;
    }
}
