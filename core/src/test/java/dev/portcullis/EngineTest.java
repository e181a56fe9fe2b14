package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.http.RecordedWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EngineTest {

    private static final Check PASS = request -> Verdict.pass();
    private static final Check DENY = request -> Verdict.deny(Reply.problem(403, "denied"), Verdict.Evidence.of("why"));
    private static final Check BROKEN = request -> {
        throw new IllegalStateException("broken");
    };
    private static final Principal ALICE = new Principal(
            "alice", Principal.Kind.USER, "main", "shop", null, null, Set.of(), Set.of(), Map.of(), "test");

    private final List<String> told = new ArrayList<>();
    private final Listener listener = new Listener() {
        @Override
        public void denied(Request request, Rule rule, Verdict.Deny deny) {
            told.add("denied " + rule.name() + " " + deny.evidence().reason());
        }

        @Override
        public void wouldHaveDenied(Request request, Rule rule, Verdict.Deny deny) {
            told.add("would have denied " + rule.name());
        }

        @Override
        public void failed(Request request, Rule rule, Throwable cause) {
            told.add("failed " + rule.name() + " " + cause.getMessage());
        }

        @Override
        public void ended(Request request, Outcome outcome, Ending ending, int status) {
            told.add("ended " + ending + " " + status);
        }
    };

    private static Request request() {
        return RecordedWire.of("GET", "/orders").view();
    }

    private Outcome evaluate(Rule... rules) {
        return Engine.of(PolicySet.builder().first(rules).otherwiseProceed(), listener)
                .evaluate(request());
    }

    @Test
    void proceedsWhenEveryRulePasses() {
        assertThat(evaluate(Rule.enforce("a", PASS), Rule.enforce("b", PASS))).isInstanceOf(Outcome.Proceed.class);
        assertThat(told).isEmpty();
    }

    @Test
    void stopsAtTheFirstDenialAndAsksNobodyAfterIt() {
        var outcome = evaluate(Rule.enforce("a", DENY), Rule.enforce("b", BROKEN));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Stop.class, stop -> {
            assertThat(stop.rule()).isEqualTo("a");
            assertThat(stop.reply().status()).isEqualTo(403);
        });
        assertThat(told).containsExactly("denied a why");
    }

    @Test
    void deniesWith503WhenACheckThrows() {
        assertStatus(evaluate(Rule.enforce("a", BROKEN)), 503, "could-not-tell");
        assertThat(told).containsExactly("failed a broken", "denied a could-not-tell");
    }

    @Test
    @SuppressWarnings("NullAway") // the fault that is planted
    void deniesWith503WhenACheckReturnsNull() {
        assertStatus(evaluate(Rule.enforce("a", request -> null)), 503, "could-not-tell");
    }

    @Test
    void deniesWith503WhenACheckOverflowsTheStack() {
        assertStatus(evaluate(Rule.enforce("a", EngineTest::overflow)), 503, "could-not-tell");
    }

    private static Verdict overflow(Request request) {
        return overflow(request);
    }

    @Test
    void goesOnWhenACheckThatMayFailOpenThrows() {
        var rule = Rule.enforce("a", BROKEN).whenItCannotTell(Rule.OnFailure.PROCEED);

        assertThat(evaluate(rule)).isInstanceOf(Outcome.Proceed.class);
        assertThat(told).containsExactly("failed a broken");
    }

    @Test
    void observesADenialWithoutStopping() {
        assertThat(evaluate(Rule.observe("a", DENY))).isInstanceOf(Outcome.Proceed.class);
        assertThat(told).containsExactly("would have denied a");
    }

    @Test
    void observesABrokenCheckWithoutStopping() {
        assertThat(evaluate(Rule.observe("a", BROKEN))).isInstanceOf(Outcome.Proceed.class);
        assertThat(told).containsExactly("failed a broken", "would have denied a");
    }

    @Test
    void changesNothingWhenAListenerThrows() {
        var set = PolicySet.builder().first(Rule.enforce("a", DENY)).otherwiseProceed();
        var angry = new Listener() {
            @Override
            public void denied(Request request, Rule rule, Verdict.Deny deny) {
                throw new IllegalStateException("listener");
            }

            @Override
            public void ended(Request request, Outcome outcome, Ending ending, int status) {
                throw new IllegalStateException("listener");
            }
        };

        var outcome = Engine.of(set, angry).evaluate(request());
        outcome.watch().ended(request(), Ending.ANSWERED, 403);

        assertStatus(outcome, 403, "denied");
    }

    @Test
    void showsEnforcedRulesOnlyWhoEnforcedRulesIdentified() {
        var seen = new ArrayList<String>();
        evaluate(
                Rule.observe("rehearsed login", request -> Verdict.Pass.identifying(ALICE)),
                Rule.enforce("enforced", noting(seen)),
                Rule.observe("observed", noting(seen)));

        assertThat(seen).containsExactly("nobody", "alice");
    }

    @Test
    void showsObservedRulesWhoEnforcedRulesIdentified() {
        var seen = new ArrayList<String>();
        evaluate(
                Rule.enforce("login", request -> Verdict.Pass.identifying(ALICE)),
                Rule.observe("observed", noting(seen)));

        assertThat(seen).containsExactly("alice");
    }

    @Test
    void showsWhatEnforcedRulesHaveProvenAndObservedOnesHaveNot() {
        var seen = new ArrayList<String>();
        evaluate(
                Rule.observe("rehearsed contract", request -> proving("rehearsed")),
                Rule.enforce("contract", request -> proving("page")),
                Rule.enforce("login", request -> Verdict.Pass.identifying(ALICE)),
                Rule.enforce("another contract", request -> proving("size")),
                Rule.observe("rehearsed login", request -> Verdict.Pass.identifying(ALICE)),
                Rule.enforce("enforced", notingProven(seen)),
                Rule.observe("observed", notingProven(seen)));

        assertThat(seen).containsExactly("[page, size]", "[page, size]");
    }

    private static Verdict proving(String name) {
        return Verdict.Pass.proving(
                new Request.Proven(Map.of(Request.Proven.Where.QUERY, Set.of(name)), Request.Proven.Value.UNKNOWN));
    }

    private static Check notingProven(List<String> seen) {
        return request -> {
            seen.add(new TreeSet<>(request.proven().names().get(Request.Proven.Where.QUERY)).toString());
            return Verdict.pass();
        };
    }

    private static Check noting(List<String> seen) {
        return request -> {
            var caller = request.principal();
            seen.add(caller == null ? "nobody" : caller.id());
            return Verdict.pass();
        };
    }

    @Test
    void keepsTheHeadersOfEarlierRulesOnALaterDenial() {
        var header = new Header("Vary", "Origin");
        var outcome = evaluate(
                Rule.enforce("cors", request -> Verdict.Pass.adding(List.of(header))),
                Rule.observe("other", request -> Verdict.Pass.adding(List.of(new Header("X-Other", "1")))),
                Rule.enforce("deny", DENY));

        assertThat(outcome.headers()).containsExactly(header);
    }

    @Test
    void tellsWatchesAndListenerHowTheExchangeEnded() {
        var watch = new Watch() {
            @Override
            public void ended(Request request, Ending ending, int status) {
                told.add("watch " + ending);
            }
        };
        var outcome = evaluate(Rule.enforce("a", request -> Verdict.Pass.watching(watch)));

        outcome.watch().ended(request(), Ending.ABORTED, 0);

        assertThat(told).containsExactly("watch ABORTED", "ended ABORTED 0");
    }

    @Test
    void tellsTheListenerHowAPlainExchangeEnded() {
        evaluate(Rule.enforce("a", PASS)).watch().ended(request(), Ending.ANSWERED, 200);

        assertThat(told).containsExactly("ended ANSWERED 200");
    }

    @Test
    void tellsTheWatchesWhenTheGateItselfBreaks() {
        var watch = new Watch() {
            @Override
            public void ended(Request request, Ending ending, int status) {
                told.add("watch " + ending);
            }
        };
        assertThatThrownBy(() -> evaluate(
                        Rule.enforce("a", request -> Verdict.Pass.watching(watch)), Rule.enforce("b", request -> {
                            throw new AssertionError("broken");
                        })))
                .isInstanceOf(AssertionError.class);
        assertThat(told).containsExactly("watch FAILED");
    }

    @Test
    void tellsEveryWatchAndTheListenerWhenOneBreaks() {
        var broken = new Watch() {
            @Override
            public void ended(Request request, Ending ending, int status) {
                throw new AssertionError("broken");
            }
        };
        var permit = new Watch() {
            @Override
            public void ended(Request request, Ending ending, int status) {
                told.add("permit " + ending);
            }
        };
        var outcome = evaluate(
                Rule.enforce("a", request -> Verdict.Pass.watching(broken)),
                Rule.enforce("b", request -> Verdict.Pass.watching(permit)));

        assertThatThrownBy(() -> outcome.watch().ended(request(), Ending.ANSWERED, 200))
                .isInstanceOf(AssertionError.class);
        assertThat(told).containsExactly("permit ANSWERED", "ended ANSWERED 200");
    }

    @Test
    void deniesLaterWhenAnEnforcedWatchObjects() {
        var limit = new Watch() {
            @Override
            public Verdict reading(long total) {
                return total > 10 ? DENY.check(request()) : Verdict.pass();
            }
        };
        var enforced = evaluate(Rule.enforce("a", request -> Verdict.Pass.watching(limit)))
                .watch();
        var observed = evaluate(Rule.observe("b", request -> Verdict.Pass.watching(limit)))
                .watch();

        assertThat(enforced.reading(10)).isInstanceOf(Verdict.Pass.class);
        assertThat(enforced.reading(11)).isInstanceOf(Verdict.Deny.class);
        assertThat(observed.reading(11)).isInstanceOf(Verdict.Pass.class);
        assertThat(told).containsExactly("denied a why", "would have denied b");
    }

    @Test
    void deniesLaterWhenAWatchBreaks() {
        var broken = new Watch() {
            @Override
            public Verdict reading(long total) {
                throw new IllegalStateException("broken");
            }
        };
        var watch = evaluate(Rule.enforce("a", request -> Verdict.Pass.watching(broken)))
                .watch();

        assertThat(watch.reading(1)).isInstanceOf(Verdict.Deny.class);
        assertThat(told).containsExactly("failed a broken", "denied a could-not-tell");
    }

    @Test
    void deniesLaterWhenAWatchSaysNothing() {
        var silent = new Watch() {
            @Override
            public Verdict reading(long total) {
                return null;
            }
        };
        var watch = evaluate(Rule.enforce("a", request -> Verdict.Pass.watching(silent)))
                .watch();

        assertThat(watch.reading(1)).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void answersInTheApplicationsSteadOnlyWhenEnforced() {
        Check answer = request -> new Verdict.Answer(Reply.answer(204, List.of()));

        assertStatus(evaluate(Rule.enforce("a", answer)), 204, "");
        assertThat(evaluate(Rule.observe("a", answer))).isInstanceOf(Outcome.Proceed.class);
    }

    @Test
    void closesWhatOnlyTheReplacedSetUsed() {
        AutoCloseable shared = () -> told.add("shared");
        AutoCloseable old = () -> told.add("old");
        var engine = Engine.of(PolicySet.builder().owns(shared).owns(old).otherwiseDeny(), listener);

        engine.reload(PolicySet.builder().owns(shared).otherwiseDeny());
        assertThat(told).containsExactly("old");

        engine.close();
        assertThat(told).containsExactly("old", "shared");
    }

    private static void assertStatus(Outcome outcome, int status, String code) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Stop.class, stop -> {
            assertThat(stop.reply().status()).isEqualTo(status);
            assertThat(stop.reply().code()).isEqualTo(code);
        });
    }
}
