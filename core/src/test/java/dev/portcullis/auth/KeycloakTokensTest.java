package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Principal;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.Suites;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens that a real Keycloak has signed. */
@Tag("suite")
class KeycloakTokensTest {

    @Test
    void acceptsWhatThePublishedKeysVerifyAndNothingElse() {
        var suite = Suites.json("keycloak_tokens.json");
        var issuer = Issuer.builder("keycloak", suite.get("issuer").asText())
                .audiences(Set.of("api"))
                .rolesFrom("realm_access.roles")
                .keys(KeySource.inline(suite.get("jwks").toString()))
                .build();
        var clock = HandClock.at(Instant.ofEpochSecond(suite.get("obtainedAt").asLong() + 60));
        var check = Authentication.required(List.of(Jwt.of(List.of(issuer), KeyRings.of(clock, Runnable::run))));
        assertThat(suite.get("tokens")).hasSizeGreaterThanOrEqualTo(10);
        for (var row : suite.get("tokens")) {
            var verdict = Bench.ask(check, row.get("access_token").asText());
            assertThat(verdict instanceof Verdict.Pass)
                    .as(row.get("client").asText() + " " + Bench.reason(verdict))
                    .isEqualTo(row.get("verifiedAgainstJwks").asBoolean()
                            && !row.path("kind").asText().equals("id_token"));
            if (row.path("grant").asText().equals("client_credentials") && verdict instanceof Verdict.Pass) {
                assertThat(Bench.caller(verdict).kind()).isEqualTo(Principal.Kind.SERVICE);
            }
            if (row.path("user").asText().equals("alice") && verdict instanceof Verdict.Pass) {
                var caller = Bench.caller(verdict);
                assertThat(caller.client()).isEqualTo("api");
                assertThat(caller.kind()).isEqualTo(Principal.Kind.USER);
                assertThat(caller.roles()).isIn(Set.of("reader", "writer"), Set.of());
            }
        }
    }
}
