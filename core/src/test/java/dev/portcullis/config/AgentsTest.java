package dev.portcullis.config;

import static dev.portcullis.config.CallersAtTheGate.browser;
import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.KEY;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.met;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.HandClock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Agents by their names, through the whole gate. */
class AgentsTest {

    private static final String KEYED =
            CLIENTS + "policies: { a: { paths: [/**], authenticate: [api-key], penalty: {} } }\n";

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");

    private Gate gate(String yaml) {
        return Gate.builder(file(yaml)).clock(clock).build();
    }

    @Test
    void scannersAreDeniedByNameAndLibrariesAreNot() {
        try (var gate = gate("policies: { a: { paths: [/**], public: true, agents: {} } }\n")) {
            for (var name : List.of("sqlmap/1.8#stable", "Mozilla/5.00 (Nikto/2.1.6)", "Fuzz Faster U Fool v2")) {
                assertThat(outcome(gate, get("/").with("User-Agent", name))).isEqualTo("a.agents 403 agent-denied");
            }
            for (var name :
                    List.of("curl/8.5.0", "okhttp/4.12.0", "python-requests/2.31", "Apache-HttpClient/5.2", "")) {
                assertThat(outcome(gate, get("/").with("User-Agent", name))).isEqualTo("proceed");
            }
            assertThat(outcome(gate, get("/"))).isEqualTo("proceed");
        }
    }

    @Test
    void agentsCanBeNamedAllowedAndDemanded() {
        try (var gate = gate("policies: { a: { paths: [/**], public: true,"
                + " agents: { deny: [scanners, badbot], allow: [our nikto], deny-nameless: true } } }\n")) {
            assertThat(outcome(gate, get("/").with("User-Agent", "BadBot/2"))).isEqualTo("a.agents 403 agent-denied");
            assertThat(outcome(gate, get("/").with("User-Agent", "Our Nikto 1")))
                    .isEqualTo("proceed");
            assertThat(outcome(gate, get("/"))).isEqualTo("a.agents 403 agent-denied");
        }
    }

    @Test
    void isAskedWhereTheDesignSays() {
        try (var gate = gate(KEYED.replace(
                "penalty: {}",
                "penalty: {}, agents: {}, ip: { deny: [203.0.113.1] },"
                        + " rate-limits: { f: { permits: 9, per: 1m, by: address }, g: { permits: 9, per: 1m } }"))) {
            assertThat(met(gate, browser("/").with("X-API-Key", KEY)))
                    .containsSubsequence(
                            "a.ip",
                            "a.agents",
                            "a.penalty",
                            "a.rate-limit.f",
                            "a.brute-force",
                            "a.authentication",
                            "a.penalty-client",
                            "a.rate-limit.g");
        }
    }
}
