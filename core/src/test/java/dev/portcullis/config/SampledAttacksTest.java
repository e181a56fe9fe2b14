package dev.portcullis.config;

import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.portcullis.Listener;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.metric.Series;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Observed detectors that look at a part of the requests, through the whole gate. */
class SampledAttacksTest {

    private static final String ATTACK = "/a?q=1%27+or+%271%27=%271";
    private static final int MANY = 10_000;

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final AtomicInteger seen = new AtomicInteger();

    private static String policy(String attacks) {
        return "policies: { a: { paths: [/**], public: true, attacks: " + attacks + " } }";
    }

    private Gate observing(String yaml) {
        return Gate.builder(file(yaml))
                .clock(clock)
                .listener(new Listener() {
                    @Override
                    public void wouldHaveDenied(Request request, Rule rule, Verdict.Deny deny) {
                        seen.incrementAndGet();
                    }
                })
                .build();
    }

    private static double number(Gate gate, String name) {
        return gate.management().numbers().stream()
                .filter(one -> one.name().equals(name))
                .mapToDouble(Series.Sample::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void anObservedRuleLooksAtATenthOfTenThousand() {
        try (var gate = observing(policy("{ mode: observe, sample: { rate: 10% } }"))) {
            for (var i = 0; i < MANY; i++) {
                assertThat(outcome(gate, get(ATTACK))).isEqualTo("proceed");
            }
            assertThat(seen.get() * 100.0 / MANY).isCloseTo(10, within(2.0));
        }
    }

    @Test
    void noMoreInASecondThanItsBudget() {
        try (var gate = observing(policy("{ mode: observe, sample: { per-second: 5 } }"))) {
            for (var i = 0; i < 20; i++) {
                outcome(gate, get(ATTACK));
            }
            assertThat(seen).hasValue(5);
            clock.advance(Duration.ofSeconds(1));
            outcome(gate, get(ATTACK));
            assertThat(seen).hasValue(6);
        }
    }

    @Test
    void eachPolicyHasASampleOfItsOwn() {
        var yaml =
                "policies: { a: { paths: [/a], public: true, attacks: { mode: observe, sample: { per-second: 1 } } },"
                        + " b: { paths: [/b], public: true, attacks: { mode: observe } } }";
        try (var gate = observing(yaml)) {
            for (var i = 0; i < 4; i++) {
                outcome(gate, get(ATTACK));
                outcome(gate, get(ATTACK.replace("/a", "/b")));
            }
            assertThat(seen).hasValue(1 + 4);
        }
    }

    @Test
    void anEnforcedRuleLooksAtEveryRequest() {
        var yaml = policy("{ sample: { rate: 1%, per-second: 1 }, detectors: { ldap-injection: { mode: observe } } }");
        try (var gate = observing(yaml)) {
            for (var i = 0; i < 300; i++) {
                assertThat(outcome(gate, get(ATTACK))).isEqualTo("a.attacks 403 attack-detected");
            }
        }
    }

    @Test
    void tellsHowMuchIsLookedAtAndGoesOnOverReloads() {
        var yaml = policy("{ mode: observe, sample: { per-second: 1 } }");
        try (var gate = observing(yaml)) {
            outcome(gate, get(ATTACK));
            outcome(gate, get(ATTACK));
            gate.reload(file(yaml.replace("per-second: 1", "per-second: 2")));
            outcome(gate, get(ATTACK));
            outcome(gate, get(ATTACK));
            assertThat(gate.management().numbers())
                    .filteredOn(one -> one.name().equals("portcullis_attacks_sampled_total"))
                    .extracting(
                            one -> one.labels().get("rule") + " " + one.labels().get("fate") + " " + one.value())
                    .contains("a.attacks inspected 3.0", "a.attacks over-budget 1.0");
            assertThat(number(gate, "portcullis_attacks_inspected_percent")).isEqualTo(75.0);
        }
    }

    @Test
    void anInventorySaysSo() {
        try (var gate = gate(policy("{ mode: observe, sample: { rate: 2.5%, per-second: 50 } }"))) {
            assertThat(gate.management().reports().routes())
                    .anySatisfy(route ->
                            assertThat(route.rules()).contains("a.attacks (observed, of 2.5%, at most 50 per second)"));
        }
    }

    @Test
    void aRehearsalLooksAtEveryRequest() {
        var yaml = policy("{ mode: observe, sample: { rate: 1%, per-second: 1 } }");
        var builder = Gate.builder(file(yaml)).clock(clock).unknownHandlers();
        try (var gate = builder.listener(new Listener() {
                    @Override
                    public void wouldHaveDenied(Request request, Rule rule, Verdict.Deny deny) {
                        seen.incrementAndGet();
                    }
                })
                .build()) {
            for (var i = 0; i < 100; i++) {
                outcome(gate, get(ATTACK));
            }
            assertThat(seen).hasValue(100);
        }
    }

    @Test
    void everyMistakeIsTold() {
        for (var wrong : List.of("{}", "{ rate: 0 }", "{ rate: 101% }", "{ rate: x }", "{ per-second: 0 }")) {
            assertThatThrownBy(() -> gate(policy("{ mode: observe, sample: " + wrong + " }")))
                    .as(wrong)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("policies.a.attacks.sample");
        }
    }

    private static List<String> lint(String yaml) {
        return Lint.of(file(yaml), Resources.in(Path.of(""), SampledAttacksTest.class.getClassLoader())).stream()
                .map(finding -> finding.concern().id() + " " + finding.problem().key())
                .toList();
    }

    @Test
    void lintSaysWhatIsNotSeenAndWhatDoesNothing() {
        assertThat(lint(policy("{ mode: observe, sample: { rate: 1% } }")))
                .contains("sampled policies.a.attacks.sample");
        assertThat(lint("mode: observe\n" + policy("{ sample: { rate: 1% } }")))
                .contains("sampled policies.a.attacks.sample");
        assertThat(lint(policy("{ sample: { rate: 1% } }"))).contains("idle-sample policies.a.attacks.sample");
    }
}
