package dev.portcullis.config;

import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.header;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Verdict;
import dev.portcullis.fixture.Fault;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.fixture.TokenDraft;
import dev.portcullis.http.RecordedWire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issuers as an operator writes them, through the whole gate. */
class IssuersTest {

    private static final String POLICY = "policies: { a: { paths: [/**], authenticate: [jwt] } }\n";

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final IdentityProvider provider = IdentityProvider.start(clock);

    @AfterEach
    void stop() {
        provider.close();
    }

    private String issuer(String more) {
        var patient = more.contains("key-timeout") ? more : more + ", key-timeout: 30s";
        return "main: { issuer: '" + provider.issuer() + "', audiences: [" + IdentityProvider.AUDIENCE + "]" + patient
                + " }";
    }

    private Gate gate(String top, String issuers) {
        return Gate.builder(Gates.file(top + "issuers: { " + issuers + " }\n" + POLICY))
                .clock(clock)
                .build();
    }

    private static RecordedWire bearing(String token) {
        return get("/").with("Authorization", "Bearer " + token);
    }

    /** The reason for which a token is denied, or {@code pass}. */
    private String reason(Gate gate, UnaryOperator<TokenDraft> draft) {
        var steps = gate.engine()
                .explain(gate.view(bearing(draft.apply(provider.token()).sign())))
                .steps();
        var last = steps.get(steps.size() - 1).verdict();
        return last instanceof Verdict.Deny deny ? deny.evidence().reason() : "pass";
    }

    @Test
    void isReadyOnceTheKeysOfEveryIssuerAreThere() {
        provider.fail(IdentityProvider.JWKS, Fault.status(500));
        try (var gate = gate("", issuer(""))) {
            assertThat(gate.readiness().ready()).isFalse();
            gate.prepare().join();
            assertThat(gate.readiness().ready()).isFalse();
            assertThat(gate.readiness().causes())
                    .singleElement()
                    .asString()
                    .startsWith("issuer `main`: ")
                    .contains("500");
            provider.heal();
            gate.prepare().join();
            assertThat(gate.readiness().ready()).isTrue();
            assertThat(gate.readiness().causes()).isEmpty();
        }
    }

    @Test
    void saysWhichIssuerIsConfiguredAndWhichIsThere() {
        provider.advertise("https://idp.example.org");
        try (var gate = gate("", issuer(""))) {
            gate.prepare().join();
            assertThat(gate.readiness().ready()).isFalse();
            assertThat(gate.readiness().causes())
                    .containsExactly("issuer `main`: metadata name the issuer `https://idp.example.org` (expected: `"
                            + provider.issuer() + "`)");
        }
    }

    @Test
    void staysReadyWhenAnIssuerIsAwayLater() {
        try (var gate = gate("", issuer(", max-stale: 1h"))) {
            gate.prepare().join();
            provider.fail(IdentityProvider.DISCOVERY, Fault.status(500));
            clock.advance(Duration.ofHours(1));
            assertThat(outcome(gate, bearing(provider.token("a")))).isEqualTo("a.authentication 503 could-not-tell");
            assertThat(gate.readiness().ready()).isTrue();
            assertThat(gate.readiness().causes()).singleElement().asString().contains("500");
        }
    }

    @Test
    void isReadyWithoutIssuers() {
        try (var gate = Gate.builder(Gates.file("otherwise: deny\n")).build()) {
            assertThat(gate.prepare()).isCompleted();
            assertThat(gate.readiness().ready()).isTrue();
        }
    }

    @Test
    void asksToComeBackWhereItCannotTell() {
        provider.fail(IdentityProvider.DISCOVERY, Fault.hangUp());
        try (var gate = gate("", issuer(""))) {
            assertThat(outcome(gate, bearing(provider.token("a")))).isEqualTo("a.authentication 503 could-not-tell");
            assertThat(header(gate, bearing(provider.token("a")), "Retry-After"))
                    .isEqualTo("5");
            assertThat(header(gate, bearing(provider.token("a")), "WWW-Authenticate"))
                    .isEmpty();
        }
    }

    @Test
    void goesOnWithKnownKeysForAsLongAsItIsTold() {
        try (var gate = gate("", issuer(", max-stale: 1h"))) {
            var token = provider.token().expiresIn(Duration.ofDays(9)).sign();
            assertThat(outcome(gate, bearing(token))).isEqualTo("proceed");
            provider.fail(IdentityProvider.DISCOVERY, Fault.hangUp());
            clock.advance(Duration.ofMinutes(59));
            assertThat(outcome(gate, bearing(token))).isEqualTo("proceed");
            clock.advance(Duration.ofMinutes(1));
            assertThat(outcome(gate, bearing(token))).isEqualTo("a.authentication 503 could-not-tell");
        }
    }

    @Test
    void startsWithTheKeysOfAnEarlierLife(@TempDir Path folder) {
        var cached = issuer(", key-cache: 'file:" + folder.resolve("keys.json") + "'");
        try (var gate = gate("", cached)) {
            gate.prepare().join();
        }
        provider.fail(IdentityProvider.DISCOVERY, Fault.hangUp());
        try (var gate = gate("", cached)) {
            gate.prepare().join();
            assertThat(gate.readiness().ready()).isTrue();
            assertThat(gate.readiness().causes()).hasSize(1);
            assertThat(outcome(gate, bearing(provider.token("a")))).isEqualTo("proceed");
        }
    }

    @Test
    void takesWhatIsDemandedOfTokens() {
        var more =
                ", types: [at+jwt], required-claims: [{ claim: org.id }, { claim: env, any: [prod, test] }], forbidden-claims: [act], subjects: ['test-*'], max-lifetime: 1h, key-timeout: 10s";
        try (var gate = gate("", issuer(more))) {
            UnaryOperator<TokenDraft> good = draft ->
                    draft.subject("test-1").claim("org", Map.of("id", "7")).claim("env", "test");
            assertThat(reason(gate, good)).isEqualTo("pass");
            assertThat(reason(gate, draft -> good.apply(draft).header("typ", "JWT")))
                    .isEqualTo("wrong-token-type");
            assertThat(reason(gate, draft -> good.apply(draft).without("org"))).isEqualTo("missing-claim");
            assertThat(reason(gate, draft -> good.apply(draft).claim("env", "dev")))
                    .isEqualTo("wrong-claim");
            assertThat(reason(gate, draft -> good.apply(draft).claim("act", "x")))
                    .isEqualTo("forbidden-claim");
            assertThat(reason(gate, draft -> good.apply(draft).subject("alice")))
                    .isEqualTo("wrong-subject");
            assertThat(reason(gate, draft -> good.apply(draft).expiresIn(Duration.ofHours(2))))
                    .isEqualTo("lifetime");
        }
    }

    @Test
    void deniesTokensOfAnotherEnvironment() {
        var other = "staging: { issuer: '" + provider.issuer() + "', audiences: [" + IdentityProvider.AUDIENCE
                + "], environment: staging }";
        var own = "prod: { issuer: 'https://idp.example.com', audiences: [a], environment: prod }, ";
        try (var gate = gate("environment: prod\n", own + other)) {
            assertThat(reason(gate, draft -> draft)).isEqualTo("environment");
        }
        try (var gate = gate("environment: staging\n", own + other)) {
            assertThat(reason(gate, draft -> draft)).isEqualTo("pass");
        }
        try (var gate = gate("environment: prod\n", issuer(", claims: { environment: env }"))) {
            assertThat(reason(gate, draft -> draft.claim("env", "prod"))).isEqualTo("pass");
            assertThat(reason(gate, draft -> draft.claim("env", "staging"))).isEqualTo("environment");
        }
    }
}
