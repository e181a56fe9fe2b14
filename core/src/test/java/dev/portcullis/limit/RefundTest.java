package dev.portcullis.limit;

import static dev.portcullis.limit.LimitKeyTest.key;
import static dev.portcullis.limit.Requests.from;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Check;
import dev.portcullis.Ending;
import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits of different keys that one request meets. */
class RefundTest {

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final Meters meters = Meters.of(clock, 1000);
    private final Check early = limit("early", 10, "address");
    private final Check late = limit("late", 3, "header:x-key,address");

    @Test
    void aRequestThatALaterLimitDeniesUsesNothingOfAnEarlierOne() {
        var engine = engine(Rule.enforce("early", early), Rule.enforce("late", late));

        assertThat(passes(engine, 100)).isEqualTo(3);
        assertThat(MetersTest.passes(early, from("192.0.2.1"), 100)).isEqualTo(7);
    }

    @Test
    void aRequestThatAnotherCheckDeniesKeepsItsPermitOfALimit() {
        var bad = Verdict.deny(Reply.problem(401, "invalid-token"), Verdict.Evidence.of("expired"));
        var engine = engine(Rule.enforce("early", early), Rule.enforce("token", request -> bad));

        assertThat(passes(engine, 100)).isZero();
        assertThat(early.check(from("192.0.2.1"))).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void anObservedDenialGivesBackToObservedLimitsOnly() {
        var rehearsed = limit("rehearsed", 10, "address");
        var engine =
                engine(Rule.enforce("early", early), Rule.observe("rehearsed", rehearsed), Rule.observe("late", late));

        assertThat(passes(engine, 8)).isEqualTo(8);
        assertThat(MetersTest.passes(early, from("192.0.2.1"), 100)).isEqualTo(2);
        assertThat(MetersTest.passes(rehearsed, from("192.0.2.1"), 100)).isEqualTo(7);
    }

    @Test
    void whatAShortPeriodGaveIsNotGivenToTheNext() {
        var first = new Holding(meters, clock);
        var engine = engine(Rule.enforce("early", early), Rule.enforce("slow", first), Rule.enforce("late", late));
        MetersTest.passes(late, from("192.0.2.1"), 3);
        assertThat(passes(engine, 1)).isZero();

        assertThat(MetersTest.passes(early, from("192.0.2.1"), 100)).isEqualTo(10);
    }

    /** Takes longer than the period of the early limit. */
    private record Holding(Meters meters, HandClock clock) implements Check {

        @Override
        public Verdict check(Request request) {
            clock.advance(Duration.ofMinutes(1));
            return Verdict.pass();
        }
    }

    private Check limit(String name, long permits, String by) {
        var per = name.equals("late") ? Duration.ofHours(1) : Duration.ofMinutes(1);
        return meters.limit(name, List.of(new Window(name, permits, per, false)), key(by.split(",")));
    }

    private static Engine engine(Rule... rules) {
        var set = PolicySet.builder();
        for (var rule : rules) {
            set.first(rule);
        }
        return Engine.of(set.otherwiseProceed(), Listener.NONE);
    }

    private static int passes(Engine engine, int requests) {
        var passes = 0;
        for (var i = 0; i < requests; i++) {
            var request = from("192.0.2.1");
            var outcome = engine.evaluate(request);
            passes += outcome instanceof Outcome.Proceed ? 1 : 0;
            outcome.watch().ended(request, Ending.ANSWERED, 200);
        }
        return passes;
    }
}
