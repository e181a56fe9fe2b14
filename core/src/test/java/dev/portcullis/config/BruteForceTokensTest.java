package dev.portcullis.config;

import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.noting;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Change;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.http.RecordedWire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever sends bad tokens, through the whole gate. */
class BruteForceTokensTest {

    private static final String POLICY = "policies: { a: { paths: [/**], authenticate: [api-key] } }\n";
    private static final String LOCKED = "a.brute-force 429 too-many-failures";

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final List<Change> changes = new ArrayList<>();

    private Gate gate(String yaml) {
        return builder(yaml).build();
    }

    private GateBuilder builder(String yaml) {
        return Gate.builder(file(yaml)).clock(clock).executor(Runnable::run).listener(noting(changes));
    }

    @Test
    void badTokensTurnFromUnauthorizedToTooManyAndOthersOfTheSubjectDoNotSuffer() {
        try (var provider = IdentityProvider.start(clock);
                var gate = gate("issuers: { main: { issuer: '" + provider.issuer() + "', audiences: ["
                        + IdentityProvider.AUDIENCE + "], key-timeout: 30s } }\n" + POLICY.replace("api-key", "jwt"))) {
            gate.prepare().join();
            var right = provider.token().subject("alice").sign();
            for (var i = 0; i < 499; i++) {
                outcome(gate, bearing(forged(right, i), "192.0.2.1"));
            }
            assertThat(outcome(gate, bearing(forged(right, 499), "192.0.2.1")))
                    .isEqualTo("a.authentication 401 invalid-token");
            assertThat(outcome(gate, bearing(forged(right, 500), "192.0.2.1"))).isEqualTo(LOCKED);
            assertThat(outcome(gate, bearing(right, "192.0.2.2"))).isEqualTo("proceed");
            assertThat(outcome(gate, bearing(right, "192.0.2.1"))).isEqualTo("proceed");
            assertThat(outcome(gate, bearing(provider.token().subject("bob").sign(), "192.0.2.1")))
                    .isEqualTo("proceed");
        }
    }

    @Test
    void aKnownTokenIsNoGuessWhenTheIssuerHasFurtherKeys() {
        try (var provider = IdentityProvider.start(clock);
                var gate = gate("issuers: { main: { issuer: '" + provider.issuer() + "', audiences: ["
                        + IdentityProvider.AUDIENCE + "], key-timeout: 30s } }\n" + POLICY.replace("api-key", "jwt"))) {
            gate.prepare().join();
            var known = provider.token().subject("alice").sign();
            assertThat(outcome(gate, bearing(known, "192.0.2.1"))).isEqualTo("proceed");
            for (var i = 0; i < 501; i++) {
                outcome(gate, bearing(forged(known, i), "192.0.2.1"));
            }
            provider.rotate();
            clock.advance(Duration.ofSeconds(31));
            var newer = provider.token().subject("bob").sign();
            assertThat(outcome(gate, bearing(newer, "192.0.2.2"))).isEqualTo("proceed");
            assertThat(outcome(gate, bearing(forged(known, 501), "192.0.2.1"))).isEqualTo(LOCKED);
            assertThat(outcome(gate, bearing(known, "192.0.2.1"))).isEqualTo("proceed");
        }
    }

    @Test
    void aFewHundredBadTokensKeepNoGoodOneOut() {
        try (var provider = IdentityProvider.start(clock);
                var gate = gate("issuers: { main: { issuer: '" + provider.issuer() + "', audiences: ["
                        + IdentityProvider.AUDIENCE + "], key-timeout: 30s } }\n" + POLICY.replace("api-key", "jwt"))) {
            gate.prepare().join();
            var bad = provider.token().subject("alice").sign();
            for (var i = 0; i < 400; i++) {
                outcome(gate, bearing(forged(bad, i), "192.0.2.1"));
            }
            assertThat(outcome(gate, bearing(provider.token().subject("alice").sign(), "192.0.2.1")))
                    .isEqualTo("proceed");
        }
    }

    @Test
    void expiredTokensOfHonestClientsCountLittle() {
        try (var provider = IdentityProvider.start(clock);
                var gate = gate("issuers: { main: { issuer: '" + provider.issuer() + "', audiences: ["
                        + IdentityProvider.AUDIENCE + "], key-timeout: 30s } }\n" + POLICY.replace("api-key", "jwt"))) {
            gate.prepare().join();
            for (var i = 0; i < 60; i++) {
                var late = provider.token()
                        .subject("user-" + i)
                        .expiresIn(Duration.ofHours(-1))
                        .sign();
                assertThat(outcome(gate, bearing(late, "192.0.2.1"))).isEqualTo("a.authentication 401 invalid-token");
            }
            assertThat(outcome(gate, bearing(provider.token().sign(), "192.0.2.1")))
                    .isEqualTo("proceed");
        }
    }

    private static RecordedWire bearing(String token, String address) {
        return get("/").with("Authorization", "Bearer " + token).from(address);
    }

    /** The same token with another signature. */
    private static String forged(String token, int i) {
        var dot = token.lastIndexOf('.');
        var noise = "%08d".formatted(i).replace('0', 'A');
        return token.substring(0, dot + 1) + noise + token.substring(dot + 9);
    }
}
