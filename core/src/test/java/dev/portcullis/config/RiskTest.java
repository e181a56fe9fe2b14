package dev.portcullis.config;

import static dev.portcullis.config.CallersAtTheGate.browser;
import static dev.portcullis.config.CallersAtTheGate.item;
import static dev.portcullis.config.CallersAtTheGate.send;
import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.KEY;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.header;
import static dev.portcullis.config.Gates.noting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Change;
import dev.portcullis.fixture.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Callers who behave badly, through the whole gate: scores and penalties. */
class RiskTest {

    private static final String OPEN = "policies: { a: { paths: [/**], public: true, penalty: { deny-at: 100 } } }\n";
    private static final String KEYED =
            CLIENTS + "policies: { a: { paths: [/**], authenticate: [api-key], penalty: {} } }\n";
    private static final String PENALIZED = "a.penalty 429 penalized";

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final List<Change> changes = new ArrayList<>();

    private Gate gate(String yaml) {
        return Gate.builder(file(yaml)).clock(clock).listener(noting(changes)).build();
    }

    @Test
    void aScannerIsDeniedAndFreeAgainAfterTenQuietMinutes() {
        try (var gate = gate(OPEN)) {
            IntStream.range(0, 40).forEach(i -> send(gate, browser("/no/such/" + i), 404));
            assertThat(send(gate, browser("/good"), 200)).isEqualTo(PENALIZED);
            assertThat(send(gate, browser("/good").from("192.0.2.2"), 200)).isEqualTo("proceed");
            clock.advance(Duration.ofMinutes(10));
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
        }
    }

    @Test
    void allThatThereIsIsForgottenInTenMinutes() {
        try (var gate = gate(OPEN)) {
            for (var i = 0; i < 60; i++) {
                send(gate, get("/.env").with("User-Agent", "sqlmap/1.8").from("192.0.2.1"), 404);
                send(gate, browser("/no/such"), 404);
                send(gate, item(i), 404);
            }
            clock.advance(Duration.ofMinutes(10));
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
        }
    }

    @Test
    void theRetryAfterIsTrueAndKnockingAddsNothing() {
        try (var gate = gate(OPEN)) {
            send(gate, browser("/.env"), 404, 2);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo(PENALIZED);
            var seconds = Long.parseLong(header(gate, browser("/good"), "Retry-After"));
            clock.advance(Duration.ofSeconds(seconds - 1));
            send(gate, get("/.env").with("User-Agent", "sqlmap").from("192.0.2.1"), 404, 50);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo(PENALIZED);
            clock.advance(Duration.ofSeconds(1));
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
        }
    }

    @Test
    void aHoneypotCountsOnlyWhereTheApplicationHasNothing() {
        try (var gate = gate(OPEN)) {
            send(gate, browser("/wp-admin/index.php"), 200, 10);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
            send(gate, browser("/WP-Admin/index.php"), 404, 2);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo(PENALIZED);
        }
    }

    @Test
    void whatNoPolicyCoversIsNothingThereToo() {
        try (var gate = gate(OPEN.replace("[/**]", "[/good]"))) {
            send(gate, browser("/.git/config"), 0, 2);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo(PENALIZED);
        }
    }

    @Test
    void noSignalAloneThatHonestCallersRaiseDenies() {
        try (var gate = gate(OPEN)) {
            send(gate, browser("/form"), 400, 500);
            send(gate, browser("/form"), 422, 500);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
            send(gate, get("/good").from("192.0.2.3"), 200, 500);
            assertThat(send(gate, get("/good").from("192.0.2.3"), 200)).isEqualTo("proceed");
        }
    }

    @Test
    void goingThroughIdsCountsAndLookingAtOneAgainDoesNot() {
        try (var gate = gate(OPEN)) {
            IntStream.range(0, 30).forEach(i -> send(gate, item(7), 404));
            assertThat(gate.risk().denied()).isZero();
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
            IntStream.range(0, 60).forEach(i -> send(gate, item(1000 + i), 404));
            assertThat(send(gate, browser("/good"), 200)).isEqualTo(PENALIZED);
        }
    }

    @Test
    void manyIdsInAnyOrderAreAnEnumeration() {
        try (var gate = gate(OPEN)) {
            IntStream.range(0, 200).forEach(i -> send(gate, item(i * 7919 % 100_003), 403));
            assertThat(send(gate, browser("/good"), 200)).isEqualTo(PENALIZED);
        }
    }

    @Test
    void aPageFullOfMissingPicturesIsNoEnumeration() {
        try (var gate = gate(OPEN)) {
            IntStream.range(0, 50).forEach(i -> send(gate, item(i * 7919 % 100_003), 404));
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
        }
    }

    @Test
    void askingAgainForWhatIsNotThereCountsOnce() {
        try (var gate = gate(OPEN)) {
            send(gate, browser("/not-yet"), 404, 500);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
        }
    }

    @Test
    void picturesOnPagesOfOthersGetNobodyDenied() {
        try (var gate = gate(OPEN)) {
            send(gate, browser("/.env").with("Sec-Fetch-Site", "cross-site"), 404, 10);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
            send(gate, browser("/.env").with("Sec-Fetch-Site", "cross-site"), 404, 20);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo(PENALIZED);
        }
    }

    @Test
    void idsThatAreThereAreNoEnumeration() {
        try (var gate = gate(OPEN)) {
            IntStream.range(0, 500).forEach(i -> send(gate, item(i), 200));
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
        }
    }

    @Test
    void deniedAttacksCount() {
        try (var gate = gate(OPEN.replace("penalty", "attacks: { level: balanced }, penalty"))) {
            send(gate, browser("/good?q=%3Cscript%3Ealert(1)%3C/script%3E"), 0, 3);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo(PENALIZED);
        }
    }

    @Test
    void whatIsOnlyObservedCountsForNobody() {
        try (var gate = gate(OPEN.replace("penalty", "attacks: { level: balanced, mode: observe }, penalty"))) {
            send(gate, browser("/good?q=%3Cscript%3Ealert(1)%3C/script%3E"), 200, 30);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
        }
    }

    @Test
    void wrongKeysCountForTheirAddressAndTheClientGoesOnElsewhere() {
        try (var gate = gate("brute-force: { enabled: false }\n" + KEYED)) {
            IntStream.range(0, 10).forEach(i -> send(gate, browser("/").with("X-API-Key", "wrong-" + i), 0));
            assertThat(send(gate, browser("/").with("X-API-Key", KEY), 200)).isEqualTo(PENALIZED);
            assertThat(send(gate, browser("/").with("X-API-Key", KEY).from("192.0.2.2"), 200))
                    .isEqualTo("proceed");
        }
    }

    @Test
    void whatAKnownClientDoesCountsForItAndNotForItsAddress() {
        try (var gate = gate(KEYED)) {
            send(gate, browser("/.env").with("X-API-Key", KEY), 404, 2);
            assertThat(send(gate, browser("/").with("X-API-Key", KEY).from("198.51.100.1"), 200))
                    .isEqualTo("a.penalty-client 429 penalized");
            assertThat(send(gate, browser("/"), 200)).isEqualTo("a.authentication 401 authentication-required");
        }
    }

    @Test
    void allAddressesOfANetworkHaveOneScore() {
        try (var gate = gate(OPEN)) {
            send(gate, browser("/.env").from("2001:db8::1"), 404);
            send(gate, browser("/.env").from("2001:db8::2"), 404);
            assertThat(send(gate, browser("/good").from("2001:db8::3"), 200)).isEqualTo(PENALIZED);
            assertThat(send(gate, browser("/good").from("2001:db8:0:1::3"), 200))
                    .isEqualTo("proceed");
        }
    }

    @Test
    void aPenaltyThatIsObservedDeniesNobodyAndIsApart() {
        try (var gate = gate(OPEN.replace("deny-at: 100", "mode: observe"))) {
            send(gate, browser("/.env"), 404, 5);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
            assertThat(gate.risk().denied()).isPositive();
            gate.reload(file(OPEN));
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
        }
    }

    @Test
    void aReloadForgetsNothing() {
        try (var gate = gate(OPEN)) {
            send(gate, browser("/.env"), 404, 2);
            gate.reload(file(OPEN + "# a comment\n"));
            assertThat(send(gate, browser("/good"), 200)).isEqualTo(PENALIZED);
        }
    }

    @Test
    void aClockThatStepsBackForgetsNothing() {
        try (var gate = gate(OPEN)) {
            send(gate, browser("/.env"), 404, 2);
            clock.advance(Duration.ofDays(-1));
            assertThat(send(gate, browser("/good"), 200)).isEqualTo(PENALIZED);
            clock.advance(Duration.ofMinutes(10));
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
        }
    }

    @Test
    void conditionsCanAskForTheScore() {
        try (var gate = gate("policies: { a: { paths: [/**], public: true, authorize: { when: 'risk < 50' } } }\n")) {
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
            send(gate, browser("/.env"), 404);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("a.condition 403 not-permitted");
            assertThat(send(gate, browser("/good").from("192.0.2.2"), 200)).isEqualTo("proceed");
        }
    }

    @Test
    void limitsCanCostMoreForWhoBehavesBadly() {
        var limit =
                "policies: { a: { paths: [/**], public: true, rate-limits: { f: { permits: 10, per: 1h, by: address,"
                        + " cost: { cases: [ { when: 'risk >= 50', permits: 10 } ] } } } } }\n";
        try (var gate = gate(limit)) {
            send(gate, browser("/.env"), 404);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("a.rate-limit.f 429 rate-limited");
            assertThat(send(gate, browser("/good").from("192.0.2.2"), 200)).isEqualTo("proceed");
        }
    }

    @Test
    void nothingIsCountedWhereNobodyAsks() {
        try (var gate = gate("policies: { a: { paths: [/**], public: true } }\n")) {
            send(gate, browser("/.env"), 404, 20);
            assertThat(gate.risk().kept()).isZero();
        }
    }

    @Test
    void signalsCanBeWeighedAndHoneypotsAdded() {
        try (var gate = gate("risk: { half-life: 1m, signals: { honeypot: { points: 100 }, client-error: { points: 0 },"
                + " unknown-path: { points: 0 } }, honeypots: [/old/admin] }\n" + OPEN)) {
            send(gate, browser("/no/such"), 404, 100);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
            send(gate, browser("/old/admin/login"), 404);
            assertThat(send(gate, browser("/good"), 200)).isEqualTo(PENALIZED);
            clock.advance(Duration.ofSeconds(1));
            assertThat(send(gate, browser("/good"), 200)).isEqualTo("proceed");
        }
    }

    @Test
    void mistakesAreToldWithTheirPlaces() {
        assertThatThrownBy(
                        () -> gate(
                                "risk: { half-life: 2d, signals: { honeypots: { points: 1 } }, honeypots: [env] }\n"
                                        + "anomalies: { threshold: 0 }\n"
                                        + "policies: { a: { paths: [/**], public: true, penalty: { deny-at: none }, agents: { deny: [x] } } }\n"))
                .hasMessageContaining("risk.signals.honeypots")
                .hasMessageContaining("risk.honeypots[0]")
                .hasMessageContaining("half-life")
                .hasMessageContaining("anomalies.threshold")
                .hasMessageContaining("policies.a.penalty.deny-at")
                .hasMessageContaining("policies.a.agents");
    }
}
