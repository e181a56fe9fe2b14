package dev.portcullis.config;

import static dev.portcullis.config.CallersAtTheGate.browser;
import static dev.portcullis.config.CallersAtTheGate.send;
import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.noting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Change;
import dev.portcullis.fixture.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Anomalies, through the whole gate. */
class AnomaliesTest {

    private static final String OPEN = "policies: { a: { paths: [/**], public: true, penalty: { deny-at: 100 } } }\n";
    private static final String KEYED =
            CLIENTS + "policies: { a: { paths: [/**], authenticate: [api-key], penalty: {} } }\n";

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final List<Change> changes = new ArrayList<>();

    private Gate gate(String yaml) {
        return Gate.builder(file(yaml)).clock(clock).listener(noting(changes)).build();
    }

    @Test
    void fiftyDenialsAreOneAnomaly() {
        try (var gate = gate("brute-force: { enabled: false }\n" + KEYED.replace(", penalty: {}", ""))) {
            IntStream.range(0, 50).forEach(i -> send(gate, browser("/").with("X-API-Key", "wrong-" + i), 0));
            assertThat(changes).singleElement().satisfies(change -> {
                assertThat(change.what()).isEqualTo("anomaly");
                assertThat(change.details())
                        .containsEntry("address", "192.0.2.1")
                        .containsEntry("401", "20")
                        .containsEntry("usual", "0");
            });
            assertThat(gate.anomalies()).isEqualTo(1);
        }
    }

    @Test
    void anAnomalyIsToldAgainAfterItWasQuiet() {
        try (var gate = gate(OPEN.replace("penalty: { deny-at: 100 }", "mode: enforce"))) {
            send(gate, browser("/no"), 404, 30);
            clock.advance(Duration.ofMinutes(5));
            send(gate, browser("/no"), 404, 30);
            assertThat(changes).hasSize(1);
            clock.advance(Duration.ofMinutes(30));
            send(gate, browser("/no"), 404, 30);
            assertThat(changes).hasSize(2);
        }
    }

    @Test
    void whatIsUsualOnARouteIsNoAnomaly() {
        try (var gate = gate(OPEN.replace("penalty: { deny-at: 100 }", "mode: enforce"))) {
            for (var minute = 0; minute < 60; minute++) {
                send(gate, browser("/maybe"), 404, 15 + minute % 3);
                clock.advance(Duration.ofMinutes(1));
            }
            send(gate, browser("/maybe"), 404, 18);
            assertThat(changes).isEmpty();
            send(gate, browser("/maybe"), 404, 30);
            assertThat(changes).hasSize(1);
        }
    }

    @Test
    void aFloodOfCallersTellsNoMoreThanAHundredAMinute() {
        try (var gate = gate("limits: { max-keys: 64 }\nanomalies: { threshold: 1 }\n"
                + OPEN.replace("penalty: { deny-at: 100 }", "mode: enforce"))) {
            for (var i = 0; i < 2000; i++) {
                send(gate, browser("/no").from("2001:db8:" + Integer.toHexString(i) + "::1"), 404);
            }
            assertThat(changes).hasSizeLessThanOrEqualTo(100);
        }
    }
}
