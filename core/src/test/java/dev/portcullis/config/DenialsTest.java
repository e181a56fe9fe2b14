package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Change;
import dev.portcullis.Explanation.Step;
import dev.portcullis.Route;
import dev.portcullis.Verdict;
import dev.portcullis.denial.Target.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What operators deny, through gates. */
class DenialsTest extends DeniedGate {

    @Test
    void deniesForATimeByEachKindOfName() {
        try (var gate = gate("")) {
            var wire = keyed(get("/api/a")).from("192.0.2.7").to(new Route("Api.get", "/api/{id}", Map.of()));
            var names = Map.of(
                    "address",
                    "192.0.2.0/24",
                    "client",
                    "acme",
                    "subject",
                    "acme",
                    "route",
                    "/api/{id}",
                    "rule",
                    "api");
            names.forEach((what, value) -> {
                var denial = deny(gate, what, value);
                assertThat(outcome(gate, wire)).as(what).endsWith("403 denied-by-operator");
                assertThat(outcome(gate, get("/open/a").from("198.51.100.1"))).isEqualTo("proceed");
                gate.management().lift(denial.id(), "olga");
                assertThat(outcome(gate, wire)).as(what).isEqualTo("proceed");
            });
            deny(gate, "address", "192.0.2.7");
            assertThat(outcome(gate, wire)).isEqualTo("denials 403 denied-by-operator");
            clock.advance(Duration.ofMinutes(10));
            assertThat(outcome(gate, wire)).isEqualTo("proceed");
        }
    }

    @Test
    void deniesWhateverMeetsARule() {
        try (var gate = gate("")) {
            deny(gate, "rule", "open.attacks");
            assertThat(outcome(gate, get("/open/a"))).isEqualTo("denials 403 denied-by-operator");
            assertThat(outcome(gate, keyed(get("/api/a")))).isEqualTo("proceed");
        }
    }

    @Test
    void deniesNoRuleThatIsNotThere() {
        try (var gate = gate("")) {
            assertThatThrownBy(() -> deny(gate, "rule", "opne"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no rule `opne`");
            assertThatThrownBy(() -> deny(gate, "rule", "ope")).isInstanceOf(IllegalArgumentException.class);
            assertThat(gate.management().denials()).isEmpty();
            assertThat(deny(gate, "rule", "otherwise").reason()).isNotEmpty();
        }
        try (var gate = gate("mode: observe")) {
            assertThat(deny(gate, "rule", "open.attacks").reason()).isNotEmpty();
        }
    }

    @Test
    void deniesNoRuleThatIsNeverAskedAboutDenials() {
        try (var gate = gate("")) {
            for (var name : List.of("denials", "protocol", "internal-paths")) {
                assertThatThrownBy(() -> deny(gate, "rule", name)).hasMessageContaining("no rule `" + name + "`");
            }
        }
    }

    @Test
    void deniesNoHandlerThatIsNotThereWhereAllAreKnown() {
        var handler = new Endpoint("Api.get", List.of("/api/{id}"), Set.of("GET"), List.of());
        try (var gate = Gate.builder(file(CLIENTS + POLICIES))
                .clock(clock)
                .ledger(ledger)
                .handlers(List.of(handler))
                .build()) {
            assertThat(deny(gate, "route", "/api/{id}").reason()).isNotEmpty();
            assertThat(deny(gate, "route", "Api.get").reason()).isNotEmpty();
            assertThatThrownBy(() -> deny(gate, "route", "/api/**"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no handler `/api/**`");
        }
        try (var gate = gate("")) {
            assertThat(deny(gate, "route", "/whatever/{id}").reason()).isNotEmpty();
        }
    }

    @Test
    void deniesWhatNoPolicyCovers() {
        try (var gate = gate("otherwise: proceed")) {
            assertThat(outcome(gate, get("/elsewhere").from("192.0.2.7"))).isEqualTo("proceed");
            deny(gate, "address", "192.0.2.7");
            assertThat(outcome(gate, get("/elsewhere").from("192.0.2.7"))).isEqualTo("denials 403 denied-by-operator");
        }
    }

    @Test
    void tellsTheOperatorWhichAndTheClientNothing() {
        try (var gate = gate("")) {
            var denial = deny(gate, "client", "acme");
            var deny = (Verdict.Deny) gate.engine().explain(gate.view(keyed(get("/api/a")))).steps().stream()
                    .filter(step -> step.verdict() instanceof Verdict.Deny)
                    .map(Step::verdict)
                    .findFirst()
                    .orElseThrow();
            assertThat(deny.evidence().matched()).containsExactly(denial.id());
            assertThat(deny.reply().toString()).doesNotContain("acme").doesNotContain("a reason");
        }
    }

    @Test
    void writesWhoDidWhatUntilWhen() {
        try (var gate = gate("")) {
            var denial = deny(gate, "address", "192.0.2.7");
            gate.management().lift(denial.id(), "otto");
            gate.reload(file(CLIENTS + POLICIES + "otherwise: proceed"));
            assertThat(changes).extracting(Change::what).containsExactly("denied", "lifted", "policy-reloaded");
            assertThat(changes).extracting(Change::by).containsExactly("olga", "otto", "gate");
            assertThat(changes.get(0).details())
                    .containsEntry("until", "2026-01-01T00:10:00Z")
                    .containsEntry("target", "address")
                    .containsEntry("reason", "a reason");
            assertThat(changes.get(2).details().get("to"))
                    .isEqualTo(gate.engine().policies().digest())
                    .isNotEqualTo(changes.get(2).details().get("from"));
            assertThat(gate.management().denials()).isEmpty();
        }
    }

    @Test
    void tellsOfPoliciesThatAreLoadedAndOfThoseThatAreRefused() {
        try (var gate = gate("")) {
            gate.prepare();
            gate.prepare();
            assertThatThrownBy(() -> gate.reload(file("mode: perhaps"), "olga"))
                    .isInstanceOf(ConfigurationException.class);
            assertThat(changes).extracting(Change::what).containsExactly("policy-loaded", "policy-refused");
            assertThat(changes.get(1).by()).isEqualTo("olga");
            assertThat(changes.get(1).details().get("refused")).startsWith("mode: ");
        }
    }

    @Test
    void deniesManyAddressesAndForgetsThoseThatAreOver() {
        try (var gate = gate("")) {
            for (var i = 0; i < 200; i++) {
                var ttl = i == 0 ? "1m" : "10m";
                gate.management().deny(order(Verb.DENY, "address", "192.0.2." + i, ttl), "olga");
            }
            assertThat(outcome(gate, from("192.0.2.0"))).isEqualTo("denials 403 denied-by-operator");
            clock.advance(Duration.ofMinutes(1));
            assertThat(outcome(gate, from("192.0.2.0"))).isEqualTo("proceed");
            assertThat(outcome(gate, from("192.0.2.199"))).isEqualTo("denials 403 denied-by-operator");
            assertThat(outcome(gate, from("192.0.2.200"))).isEqualTo("proceed");
            assertThatThrownBy(() -> deny(gate, "address", "0.0.0.0/0")).hasMessageContaining("at least /8");
            assertThatThrownBy(() -> deny(gate, "address", "::/0")).hasMessageContaining("at least /16");
        }
    }

    @Test
    void onlyTellsWhereDenialsAreObserved() {
        try (var gate = gate("denials: { mode: observe }")) {
            deny(gate, "client", "acme");
            assertThat(outcome(gate, keyed(get("/api/a")))).isEqualTo("proceed");
        }
        try (var gate = gate("mode: observe")) {
            deny(gate, "client", "acme");
            assertThat(outcome(gate, keyed(get("/api/a")))).isEqualTo("proceed");
        }
    }
}
