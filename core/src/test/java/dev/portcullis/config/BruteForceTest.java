package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.KEY;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.header;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.config.Guesses.guess;
import static dev.portcullis.config.Guesses.outcomes;
import static dev.portcullis.config.Guesses.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Change;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever guesses credentials, through the whole gate. */
class BruteForceTest extends GuessedGate {

    private static final String ID_KEY = "pcl_k7x2.right-secret-of-acme";
    private static final String WITH_ID =
            "clients: { acme: { keys: { k7x2: { hash: \"" + ApiKeyHash.of(ID_KEY) + "\" } } } }\n";

    @Test
    void twentyWrongKeysLockOutTheirAddressAndNobodyElse() {
        try (var gate = gate(CLIENTS + POLICY)) {
            for (var i = 0; i < 20; i++) {
                assertThat(outcome(gate, with("wrong-" + i, "192.0.2.1"))).isEqualTo(WRONG);
            }
            assertThat(outcome(gate, with("wrong-20", "192.0.2.1"))).isEqualTo(LOCKED);
            assertThat(outcome(gate, with(KEY, "192.0.2.1"))).isEqualTo(LOCKED);
            assertThat(header(gate, with(KEY, "192.0.2.1"), "Retry-After")).isEqualTo("60");
            assertThat(outcome(gate, with(KEY, "192.0.2.2"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/").from("192.0.2.1")))
                    .isEqualTo("a.authentication 401 authentication-required");
        }
    }

    @Test
    void theRetryAfterIsTrueToTheSecond() {
        try (var gate = gate(CLIENTS + POLICY)) {
            guess(gate, 20, "192.0.2.1");
            clock.advance(Duration.ofMillis(59_001));
            assertThat(header(gate, with(KEY, "192.0.2.1"), "Retry-After")).isEqualTo("1");
            clock.advance(Duration.ofMillis(998));
            assertThat(outcome(gate, with(KEY, "192.0.2.1"))).isEqualTo(LOCKED);
            clock.advance(Duration.ofMillis(1));
            assertThat(outcome(gate, with(KEY, "192.0.2.1"))).isEqualTo("proceed");
        }
    }

    @Test
    void everyFurtherLockLastsTwiceAsLongUpToTheLongest() {
        try (var gate = gate("brute-force: { max-lock: 3m }\n" + CLIENTS + POLICY)) {
            for (var seconds : List.of("60", "120", "180", "180")) {
                IntStream.range(0, 20).forEach(i -> outcome(gate, with(seconds + i + clock.millis(), "192.0.2.1")));
                assertThat(header(gate, with("wrong", "192.0.2.1"), "Retry-After"))
                        .isEqualTo(seconds);
                clock.advance(Duration.ofSeconds(Long.parseLong(seconds)));
            }
        }
    }

    @Test
    void aClockThatStepsBackNeitherProlongsNorEndsALock() {
        try (var gate = gate(CLIENTS + POLICY)) {
            guess(gate, 20, "192.0.2.1");
            clock.advance(Duration.ofDays(-1));
            assertThat(header(gate, with(KEY, "192.0.2.1"), "Retry-After")).isEqualTo("60");
            clock.advance(Duration.ofSeconds(60));
            assertThat(outcome(gate, with(KEY, "192.0.2.1"))).isEqualTo("proceed");
        }
    }

    @Test
    void allAddressesOfAnIpv6NetworkCountTogether() {
        try (var gate = gate(CLIENTS + POLICY)) {
            IntStream.range(0, 20).forEach(i -> outcome(gate, with("wrong-" + i, "2001:db8:1:2::" + i)));
            assertThat(outcome(gate, with(KEY, "2001:db8:1:2:ffff::1"))).isEqualTo(LOCKED);
            assertThat(outcome(gate, with(KEY, "2001:db8:1:3::1"))).isEqualTo("proceed");
        }
    }

    @Test
    void whoHasAWholeSiteOfIpv6IsLockedOutOfAllOfIt() {
        try (var gate = gate(CLIENTS + POLICY)) {
            for (var i = 0; i < 200; i++) {
                outcome(gate, with("wrong-" + i, "2001:db8:1:" + Integer.toHexString(i) + "::1"));
            }
            assertThat(outcome(gate, with(KEY, "2001:db8:1:ffff::1"))).isEqualTo(LOCKED);
            assertThat(outcome(gate, with(KEY, "2001:db8:2:1::1"))).isEqualTo("proceed");
            assertThat(told())
                    .singleElement()
                    .satisfies(change -> assertThat(change.details()).containsEntry("what", "site"));
        }
    }

    @Test
    void aForgedForwardedHeaderIsNoNewAddress() {
        try (var gate = gate(CLIENTS + POLICY)) {
            for (var i = 0; i < 20; i++) {
                outcome(gate, with("wrong-" + i, "192.0.2.1").with("X-Forwarded-For", "198.51.100." + i));
            }
            assertThat(outcome(gate, with("more", "192.0.2.1").with("X-Forwarded-For", "198.51.100.99")))
                    .isEqualTo(LOCKED);
        }
    }

    @Test
    void aKeyThatWasRightHereIsNoGuess() {
        try (var gate = gate(CLIENTS + POLICY)) {
            assertThat(outcome(gate, with(KEY, "192.0.2.1"))).isEqualTo("proceed");
            guess(gate, 30, "192.0.2.1");
            assertThat(outcome(gate, with("wrong", "192.0.2.1"))).isEqualTo(LOCKED);
            assertThat(outcome(gate, with(KEY, "192.0.2.1"))).isEqualTo("proceed");
        }
    }

    @Test
    void oneProgramWithAWrongKeyLocksOutItselfAlone() {
        try (var gate = gate(CLIENTS + POLICY)) {
            assertThat(outcomes(gate, 20, with("left-over", "192.0.2.1"))).containsOnly(WRONG);
            assertThat(outcomes(gate, 20, with("left-over", "192.0.2.1"))).containsOnly(LOCKED);
            assertThat(outcome(gate, with(KEY, "192.0.2.1"))).isEqualTo("proceed");
        }
    }

    @Test
    void guessesForOneKeyIdLockOutThisIdAtThisAddress() {
        try (var gate = gate(WITH_ID + POLICY)) {
            for (var i = 0; i < 10; i++) {
                assertThat(outcome(gate, with("pcl_k7x2.wrong-" + i, "192.0.2.1")))
                        .isEqualTo(WRONG);
            }
            assertThat(outcome(gate, with("pcl_k7x2.wrong", "192.0.2.1"))).isEqualTo(LOCKED);
            assertThat(outcome(gate, with("pcl_other.wrong", "192.0.2.1"))).isEqualTo(WRONG);
        }
    }

    @Test
    void guessesForOneKeyIdNeverLockOutTheWholeAddress() {
        try (var gate = gate(WITH_ID + POLICY)) {
            for (var round = 0; round < 4; round++) {
                for (var guess = 0; guess < 10; guess++) {
                    outcome(gate, with("pcl_k7x2.wrong-" + round + "-" + guess, "192.0.2.1"));
                }
                assertThat(outcome(gate, with("pcl_other" + round + ".wrong", "192.0.2.1")))
                        .isEqualTo(WRONG);
                clock.advance(Duration.ofSeconds(61));
            }
        }
    }

    @Test
    void aKeyThatWasRightAndIsOverLocksOutNobody() {
        var expiring = WITH_ID.replace("hash:", "expires: 2026-01-02, hash:");
        try (var gate = gate(expiring + POLICY)) {
            assertThat(outcome(gate, with(ID_KEY, "192.0.2.1"))).isEqualTo("proceed");
            clock.advance(Duration.ofDays(1));
            assertThat(outcomes(gate, 300, with(ID_KEY, "192.0.2.1"))).containsOnly(WRONG);
            assertThat(outcome(gate, with("another", "192.0.2.1"))).isEqualTo(WRONG);
        }
    }

    @Test
    void nobodyLocksOutTheOwnerOfAnAccountFromElsewhere() {
        try (var gate = gate(WITH_ID + POLICY)) {
            for (var i = 0; i < 500; i++) {
                outcome(gate, with("pcl_k7x2.wrong-" + i, "198.51.100." + i % 250));
            }
            assertThat(outcome(gate, with(ID_KEY, "192.0.2.1"))).isEqualTo("proceed");
        }
    }

    @Test
    void whoFailsForAnAccountThatManyFailForHasToPauseLongerAndLonger() {
        try (var gate = gate(WITH_ID + POLICY)) {
            for (var i = 0; i < 50; i++) {
                outcome(gate, with("pcl_k7x2.wrong", "198.51.100." + i));
            }
            assertThat(header(gate, with("pcl_k7x2.wrong", "198.51.100.49"), "Retry-After"))
                    .isEqualTo("1");
            assertThat(outcome(gate, with("pcl_k7x2.wrong", "198.51.100.48"))).isEqualTo(WRONG);
            for (var i = 50; i < 200; i++) {
                outcome(gate, with("pcl_k7x2.wrong", "203.0.113." + i));
            }
            assertThat(header(gate, with("pcl_k7x2.wrong", "203.0.113.199"), "Retry-After"))
                    .isEqualTo("30");
        }
    }

    @Test
    void manyFailuresOverAllAreToldOnceAndMakeStricter() {
        try (var gate = gate("brute-force: { overall: 100 }\n" + CLIENTS + POLICY)) {
            for (var i = 0; i < 200; i++) {
                outcome(gate, with("wrong-" + i, "198.51.100." + i));
            }
            assertThat(told()).extracting(Change::what).containsExactly("many-failures");
            guess(gate, 5, "192.0.2.1");
            assertThat(outcome(gate, with("wrong", "192.0.2.1"))).isEqualTo(LOCKED);
            assertThat(outcome(gate, with(KEY, "192.0.2.2"))).isEqualTo("proceed");
        }
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(
                        () -> gate("brute-force: { addres: 3, pair: many, lock: 2h, mode: off }\n" + CLIENTS + POLICY))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("brute-force.addres")
                .hasMessageContaining("brute-force.pair")
                .hasMessageContaining("brute-force.mode")
                .hasMessageContaining("max-lock");
    }
}
