package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Address;
import dev.portcullis.abuse.Logins.Attempt;
import dev.portcullis.fixture.HandClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Logins with a password, which the application judges. */
class LoginsTest {

    private static final Address HERE = Address.parse("192.0.2.1");
    private static final Address ELSEWHERE = Address.parse("198.51.100.1");

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");

    private Gate gate(String yaml) {
        return Gate.builder(file(yaml)).clock(clock).build();
    }

    private static void fail(Gate gate, int times, Address address, String account) {
        IntStream.range(0, times)
                .forEach(i -> gate.logins().attempt(address, account).ended(false));
    }

    @Test
    void twentyWrongPasswordsForDifferentUsersLockOutTheAddress() {
        try (var gate = gate("")) {
            IntStream.range(0, 20).forEach(i -> fail(gate, 1, HERE, "user-" + i));
            var attempt = gate.logins().attempt(HERE, "alice");
            assertThat(attempt.permitted()).isFalse();
            assertThat(attempt.retryAfter()).isEqualTo(Duration.ofMinutes(1));
            assertThat(attempt.reply().status()).isEqualTo(429);
            assertThat(gate.logins().attempt(ELSEWHERE, "alice").permitted()).isTrue();
        }
    }

    @Test
    void tenForOneAccountLockOutTheAccountHereAndNowhereElse() {
        try (var gate = gate("")) {
            fail(gate, 9, HERE, "alice");
            assertThat(gate.logins().attempt(HERE, "alice").permitted()).isTrue();
            fail(gate, 1, HERE, " Alice ");
            assertThat(gate.logins().attempt(HERE, "alice").permitted()).isFalse();
            assertThat(gate.logins().attempt(HERE, "bob").permitted()).isTrue();
            assertThat(gate.logins().attempt(ELSEWHERE, "alice").permitted()).isTrue();
        }
    }

    @Test
    void aRightPasswordForgivesTheAccountHereAndNotTheAddress() {
        try (var gate = gate("")) {
            for (var i = 0; i < 4; i++) {
                fail(gate, 6, HERE, "alice-" + i);
                gate.logins().attempt(HERE, "alice-" + i).ended(true);
            }
            assertThat(gate.logins().attempt(HERE, "alice-0").permitted()).isFalse();
        }
    }

    @Test
    void ownLoginsBetweenGuessesForgiveNoGuess() {
        try (var gate = gate("")) {
            for (var i = 0; i < 10; i++) {
                fail(gate, 1, HERE, "victim");
                gate.logins().attempt(HERE, "attacker").ended(true);
            }
            assertThat(gate.logins().attempt(HERE, "victim").permitted()).isFalse();
        }
    }

    @Test
    void nobodyLocksOutAUserFromElsewhere() {
        try (var gate = gate("")) {
            for (var i = 0; i < 2000; i++) {
                fail(gate, 1, Address.parse("198.51.100." + i % 256), "alice");
            }
            assertThat(gate.logins().attempt(HERE, "alice").permitted()).isTrue();
        }
    }

    @Test
    void manyAttemptsAtATimeAreNoWayAround() {
        try (var gate = gate("")) {
            var open = IntStream.range(0, 200)
                    .mapToObj(i -> gate.logins().attempt(HERE, "alice"))
                    .filter(Attempt::permitted)
                    .toList();
            assertThat(open).hasSize(10);
            assertThat(gate.logins().attempt(HERE, "alice").retryAfter()).isEqualTo(Duration.ofSeconds(1));
            assertThat(gate.logins().attempt(HERE, "bob").permitted()).isTrue();
            open.forEach(attempt -> attempt.ended(false));
            assertThat(gate.logins().attempt(HERE, "alice").retryAfter()).isEqualTo(Duration.ofMinutes(1));
        }
    }

    @Test
    void rightPasswordsAtATimeLeaveRoomForMore() {
        try (var gate = gate("")) {
            for (var i = 0; i < 500; i++) {
                var attempt = gate.logins().attempt(HERE, "user-" + i % 30);
                assertThat(attempt.permitted()).isTrue();
                attempt.ended(true);
                attempt.ended(false);
            }
            assertThat(gate.failures().failed()).isZero();
        }
    }

    @Test
    void attemptsWithoutAnEndAreForgotten() {
        try (var gate = gate("")) {
            IntStream.range(0, 20).forEach(i -> gate.logins().attempt(HERE, "user-" + i));
            assertThat(gate.logins().attempt(HERE, "alice").permitted()).isFalse();
            clock.advance(Duration.ofSeconds(30));
            assertThat(gate.logins().attempt(HERE, "alice").permitted()).isTrue();
        }
    }

    @Test
    void anAddressThatIsLockedOutIsSoForKeysToo() {
        try (var gate = gate(CLIENTS + "policies: { a: { paths: [/**], authenticate: [api-key] } }\n")) {
            IntStream.range(0, 20).forEach(i -> fail(gate, 1, HERE, "user-" + i));
            assertThat(outcome(gate, get("/").with("X-API-Key", "guess").from("192.0.2.1")))
                    .isEqualTo("a.brute-force 429 too-many-failures");
        }
    }

    @Test
    void whatIsObservedPermitsAndWhatIsOffCountsNothing() {
        try (var observed = gate("brute-force: { mode: observe }");
                var off = gate("brute-force: { enabled: false }")) {
            IntStream.range(0, 30).forEach(i -> fail(observed, 1, HERE, "user-" + i));
            assertThat(observed.logins().attempt(HERE, "alice").permitted()).isTrue();
            assertThat(observed.failures().wouldHaveDenied()).isPositive();
            fail(off, 30, HERE, "alice");
            assertThat(off.logins().attempt(HERE, "alice").permitted()).isTrue();
            assertThat(off.failures().failed()).isZero();
        }
    }
}
