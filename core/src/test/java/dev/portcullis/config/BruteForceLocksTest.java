package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.KEY;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.header;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.met;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.config.Guesses.guess;
import static dev.portcullis.config.Guesses.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.store.Ledger;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What locks say, forget and share, through the whole gate. */
class BruteForceLocksTest extends GuessedGate {

    @Test
    void aLockIsToldOnceAndCounted() {
        try (var gate = gate(CLIENTS + POLICY)) {
            guess(gate, 30, "192.0.2.1");
            assertThat(told()).singleElement().satisfies(change -> {
                assertThat(change.what()).isEqualTo("locked-out");
                assertThat(change.by()).isEqualTo("gate");
                assertThat(change.details())
                        .isEqualTo(
                                Map.of("address", "192.0.2.1", "what", "address", "seconds", "60", "mode", "enforce"));
            });
            assertThat(gate.failures().failed()).isEqualTo(20);
            assertThat(gate.failures().locked()).isEqualTo(1);
            assertThat(gate.failures().denied()).isEqualTo(10);
        }
    }

    @Test
    void whatIsObservedLocksOutNobodyAndCountsApart() {
        try (var gate = gate("brute-force: { mode: observe }\n" + CLIENTS + POLICY)) {
            guess(gate, 30, "192.0.2.1");
            assertThat(outcome(gate, with(KEY, "192.0.2.1"))).isEqualTo("proceed");
            assertThat(told())
                    .singleElement()
                    .satisfies(change -> assertThat(change.details()).containsEntry("mode", "observe"));
            assertThat(gate.failures().denied()).isZero();
            gate.reload(file(CLIENTS + POLICY));
            assertThat(outcome(gate, with("wrong", "192.0.2.1"))).isEqualTo(WRONG);
        }
    }

    @Test
    void observedAuthenticationLocksOutNobody() {
        try (var gate = gate(CLIENTS + POLICY.replace("authenticate", "mode: observe, authenticate"))) {
            guess(gate, 30, "192.0.2.1");
            assertThat(outcome(gate, with("wrong", "192.0.2.1"))).isEqualTo("proceed");
            assertThat(met(gate, with("wrong", "192.0.2.1"))).contains("a.brute-force (observed)");
        }
    }

    @Test
    void canBeSwitchedOff() {
        try (var gate = gate("brute-force: { enabled: false }\n" + CLIENTS + POLICY)) {
            guess(gate, 30, "192.0.2.1");
            assertThat(outcome(gate, with("wrong", "192.0.2.1"))).isEqualTo(WRONG);
            assertThat(met(gate, keyed(get("/")))).doesNotContain("a.brute-force");
        }
    }

    @Test
    void aReloadForgivesNothing() {
        try (var gate = gate(CLIENTS + POLICY)) {
            guess(gate, 20, "192.0.2.1");
            gate.reload(file("limits: { max-keys: 100000 }\n" + CLIENTS + POLICY));
            assertThat(outcome(gate, with(KEY, "192.0.2.1"))).isEqualTo(LOCKED);
        }
    }

    @Test
    void aFloodOfAddressesGetsNobodyAFreshCount() {
        try (var gate = gate("limits: { max-keys: 64 }\nbrute-force: { overall: 1000000 }\n" + CLIENTS + POLICY)) {
            guess(gate, 19, "192.0.2.1");
            for (var i = 0; i < 5000; i++) {
                outcome(gate, with("wrong", "2001:db8:" + Integer.toHexString(i) + "::1"));
            }
            assertThat(outcome(gate, with("one-more", "192.0.2.1"))).isEqualTo(WRONG);
            assertThat(outcome(gate, with("and-another", "192.0.2.1"))).isEqualTo(LOCKED);
            assertThat(gate.failures().kept()).isLessThanOrEqualTo(4 * 64);
            assertThat(gate.failures().crowded()).isPositive();
        }
    }

    @Test
    void theFloodIsOverWhenItsTimeIsOver() {
        try (var gate = gate("limits: { max-keys: 64 }\nbrute-force: { overall: 1000000 }\n" + CLIENTS + POLICY)) {
            for (var i = 0; i < 5000; i++) {
                outcome(gate, with("wrong", "2001:db8:" + Integer.toHexString(i) + "::1"));
            }
            clock.advance(Duration.ofHours(3));
            assertThat(outcome(gate, with(KEY, "192.0.2.1"))).isEqualTo("proceed");
            guess(gate, 19, "192.0.2.1");
            assertThat(outcome(gate, with("wrong", "192.0.2.1"))).isEqualTo(WRONG);
            assertThat(outcome(gate, with("wrong", "192.0.2.1"))).isEqualTo(LOCKED);
        }
    }

    @Test
    void twoGatesOverOneLedgerShareLocks() {
        var ledger = Ledger.memory(clock, 1000);
        try (var here = builder(CLIENTS + POLICY).ledger(ledger).build();
                var there = builder(CLIENTS + POLICY).ledger(ledger).build()) {
            guess(here, 20, "192.0.2.1");
            assertThat(outcome(there, with("wrong", "192.0.2.1"))).isEqualTo(LOCKED);
            assertThat(header(there, with("wrong", "192.0.2.1"), "Retry-After")).isEqualTo("60");
            assertThat(outcome(there, with(KEY, "192.0.2.2"))).isEqualTo("proceed");
            guess(there, 20, "192.0.2.3");
            clock.advance(Duration.ofSeconds(1));
            assertThat(outcome(here, with("wrong", "192.0.2.3"))).isEqualTo(LOCKED);
        }
    }

    @Test
    void aLedgerThatIsAwayLeavesEachNodeItsOwnLocks() {
        var ledger = Ledger.memory(clock, 1000);
        ledger.close();
        try (var gate = builder(CLIENTS + POLICY).ledger(ledger).build()) {
            guess(gate, 20, "192.0.2.1");
            assertThat(outcome(gate, with("wrong", "192.0.2.1"))).isEqualTo(LOCKED);
            assertThat(gate.failures().unshared()).isPositive();
        }
    }
}
