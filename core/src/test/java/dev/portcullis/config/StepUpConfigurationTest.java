package dev.portcullis.config;

import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.fixture.TokenDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logins that are good enough, as an operator demands them. */
class StepUpConfigurationTest {

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final IdentityProvider provider = IdentityProvider.start(clock);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void demandsItWhereAPolicySaysSo() {
        try (var gate = gate("", ", authorize: { step-up: { acr: [gold], max-age: 4m } }")) {
            var now = clock.instant().getEpochSecond();
            var token = draft().claim("acr", "gold").claim("auth_time", now);
            assertThat(sent(gate, token)).isEqualTo("proceed");
            assertThat(sent(gate, draft().claim("auth_time", now)))
                    .isEqualTo("orders.step-up 401 insufficient-user-authentication");
            var kept = token.sign();
            assertThat(sent(gate, kept)).isEqualTo("proceed");
            clock.advance(Duration.ofMinutes(4).plusMillis(1));
            assertThat(sent(gate, kept)).isEqualTo("orders.step-up 401 insufficient-user-authentication");
        }
    }

    @Test
    void demandsItEverywhere() {
        try (var gate = gate("step-up: { amr: [otp], kinds: [user] }", "")) {
            assertThat(sent(gate, draft().claim("amr", List.of("otp")))).isEqualTo("proceed");
            assertThat(sent(gate, draft().claim("amr", List.of("pwd"))))
                    .isEqualTo("orders.step-up-everywhere 401 insufficient-user-authentication");
            assertThat(sent(gate, draft().claim("azp", "alice")))
                    .as("a program")
                    .isEqualTo("proceed");
            assertThat(outcome(gate, get("/open"))).isEqualTo("proceed");
        }
        try (var gate = gate("step-up: { amr: [otp], mode: observe }", "")) {
            assertThat(sent(gate, draft())).isEqualTo("proceed");
        }
    }

    @Test
    void stopsTheStartForEveryMistake() {
        assertThat(problems("step-up: {}", "")).contains("step-up", "nothing is demanded");
        assertThat(problems("step-up: { acr: [] }", "")).contains("step-up.acr", "an empty list");
        assertThat(problems("step-up: { acr: [\"a b\"] }", "")).contains("step-up", "plain words");
        assertThat(problems("", ", authorize: { step-up: { amr: [otp], kinds: [robot], max-age: soon } }"))
                .contains("policies.orders.authorize.step-up.kinds[0]", "policies.orders.authorize.step-up.max-age");
    }

    private String problems(String top, String part) {
        return catchThrowableOfType(ConfigurationException.class, () -> gate(top, part))
                .getMessage();
    }

    private TokenDraft draft() {
        return provider.token();
    }

    private static String sent(Gate gate, TokenDraft draft) {
        return sent(gate, draft.sign());
    }

    private static String sent(Gate gate, String token) {
        return outcome(gate, get("/orders").with("Authorization", "Bearer " + token));
    }

    private Gate gate(String top, String part) {
        return Gate.builder(file(top + """

                        issuers: { main: { issuer: "%s", audiences: [orders-api], key-timeout: 30s } }
                        policies:
                          orders: { paths: [/orders], authenticate: [jwt]%s }
                          open: { paths: [/open], public: true }
                        """.formatted(provider.issuer(), part)))
                .clock(clock)
                .build();
    }
}
