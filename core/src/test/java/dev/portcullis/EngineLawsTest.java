package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.http.RecordedWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine's laws over random rule lists. Each law is also held against a broken engine, which it must find out. */
class EngineLawsTest {

    private static final int LISTS = 2_000;
    private static final Request REQUEST = RecordedWire.of("GET", "/orders").view();

    private SplittableRandom random = new SplittableRandom();

    /** What makes an outcome of rules; the real one, or one with a planted fault. */
    private interface Evaluation {
        Outcome of(List<Rule> rules);
    }

    @BeforeEach
    void seed() {
        var seed = Long.getLong("portcullis.seed", new SplittableRandom().nextLong());
        System.out.println("EngineLawsTest: -Dportcullis.seed=" + seed);
        random = new SplittableRandom(seed);
    }

    @Test
    void anEnforcedRuleThatIdentifiesNobodyNeverTurnsAStopIntoAProceed() {
        addingNeverOpens(EngineLawsTest::evaluate);
    }

    @Test
    void anEngineWhoseLastRuleWinsIsFoundOut() {
        Evaluation lastWins =
                rules -> evaluate(rules.isEmpty() ? rules : rules.subList(rules.size() - 1, rules.size()));

        assertThatThrownBy(() -> addingNeverOpens(lastWins)).isInstanceOf(AssertionError.class);
    }

    private void addingNeverOpens(Evaluation evaluation) {
        for (var i = 0; i < LISTS; i++) {
            var rules = rules();
            var more = new ArrayList<>(rules);
            more.add(random.nextInt(rules.size() + 1), Rule.enforce("added", checkThatIdentifiesNobody()));
            if (evaluation.of(rules) instanceof Outcome.Stop) {
                assertThat(evaluation.of(more)).as("%s", more).isInstanceOf(Outcome.Stop.class);
            }
        }
    }

    @Test
    void observedRulesChangeNoOutcome() {
        removingObservedChangesNothing(EngineLawsTest::evaluate);
    }

    @Test
    void anEngineThatLetsObservedRulesIdentifyIsFoundOut() {
        Evaluation leaking = rules -> evaluate(rules.stream()
                .map(rule -> rule.check() instanceof Identifying ? rule.in(Rule.Mode.ENFORCE) : rule)
                .toList());

        assertThatThrownBy(() -> removingObservedChangesNothing(leaking)).isInstanceOf(AssertionError.class);
    }

    private void removingObservedChangesNothing(Evaluation evaluation) {
        for (var i = 0; i < LISTS; i++) {
            var rules = rules();
            var enforced = rules.stream().filter(Rule::enforced).toList();

            assertThat(told(evaluation.of(rules))).as("%s", rules).isEqualTo(told(evaluation.of(enforced)));
        }
    }

    @Test
    void explainingGivesTheOutcomeOfEvaluating() {
        explainsTruly(rules -> engine(rules).explain(REQUEST).outcome());
    }

    @Test
    void anExplanationThatSkipsTheLastRuleIsFoundOut() {
        Evaluation short1 = rules -> engine(rules.subList(0, Math.max(0, rules.size() - 1)))
                .explain(REQUEST)
                .outcome();

        assertThatThrownBy(() -> explainsTruly(short1)).isInstanceOf(AssertionError.class);
    }

    private void explainsTruly(Evaluation explanation) {
        for (var i = 0; i < LISTS; i++) {
            var rules = rules();

            assertThat(told(explanation.of(rules))).as("%s", rules).isEqualTo(told(evaluate(rules)));
        }
    }

    private static Outcome evaluate(List<Rule> rules) {
        return engine(rules).evaluate(REQUEST);
    }

    private static Engine engine(List<Rule> rules) {
        return Engine.of(PolicySet.builder().first(rules.toArray(Rule[]::new)).otherwiseProceed(), Listener.NONE);
    }

    /** All that an outcome says, but the digest and the watch. */
    private static List<?> told(Outcome outcome) {
        if (outcome instanceof Outcome.Stop stop) {
            return List.of("stop", stop.rule(), stop.reply(), stop.headers(), "" + stop.principal());
        }
        return List.of("proceed", outcome.headers(), "" + ((Outcome.Proceed) outcome).principal());
    }

    private List<Rule> rules() {
        var rules = new ArrayList<Rule>();
        var count = random.nextInt(8);
        for (var i = 0; i < count; i++) {
            var mode = random.nextInt(3) == 0 ? Rule.Mode.OBSERVE : Rule.Mode.ENFORCE;
            var onFailure = random.nextInt(4) == 0 ? Rule.OnFailure.PROCEED : Rule.OnFailure.DENY;
            rules.add(Rule.enforce("rule-" + i, check()).in(mode).whenItCannotTell(onFailure));
        }
        return rules;
    }

    private Check check() {
        return random.nextInt(4) == 0 ? new Identifying("user-" + random.nextInt(3)) : checkThatIdentifiesNobody();
    }

    @SuppressWarnings("NullAway") // a null verdict is one of the faults
    private Check checkThatIdentifiesNobody() {
        var number = random.nextInt(100);
        var deny = Verdict.deny(Reply.problem(400 + number, "denied"), Verdict.Evidence.of("planted"));
        var header = Verdict.Pass.adding(List.of(new Header("X-" + number, "1")));
        return switch (random.nextInt(10)) {
            case 0 -> request -> deny;
            case 1 -> request -> request.principal() == null ? deny : Verdict.pass();
            case 2 -> request -> request.principal() == null ? Verdict.pass() : deny;
            case 3 -> request -> header;
            case 4 -> request -> new Verdict.Answer(Reply.answer(204, List.of()));
            case 5 ->
                request -> {
                    throw new IllegalStateException("planted");
                };
            case 6 -> request -> null;
            default -> request -> Verdict.pass();
        };
    }

    private record Identifying(String id) implements Check {
        @Override
        public Verdict check(Request request) {
            return Verdict.Pass.identifying(new Principal(
                    id, Principal.Kind.USER, "main", id, null, null, Set.of(), Set.of(), Map.of(), "planted"));
        }
    }
}
