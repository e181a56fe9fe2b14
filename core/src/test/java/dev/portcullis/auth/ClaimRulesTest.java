package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Verdict;
import dev.portcullis.fixture.TokenDraft;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimRulesTest {

    private static Bench bench;

    @BeforeAll
    static void start() {
        bench = new Bench();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    private static String said(ClaimRules.Builder rules, UnaryOperator<TokenDraft> draft) {
        return said(rules, draft.apply(bench.provider.token()).sign());
    }

    private static String said(ClaimRules.Builder rules, String token) {
        var issuer = bench.issuer().rules(rules.build()).build();
        return reason(ask(Authentication.required(List.of(Jwt.of(List.of(issuer), bench.rings))), token));
    }

    private static ClaimRules.Builder rules() {
        return ClaimRules.builder();
    }

    @ParameterizedTest
    @CsvSource({
        "JWT, pass",
        "jwt, pass",
        "at+jwt, pass",
        "application/at+jwt, pass",
        "Application/JWT, pass",
        "dpop+jwt, wrong-token-type",
        "logout+jwt, wrong-token-type",
        "id, wrong-token-type",
        "JWE, wrong-token-type"
    })
    void takesTheUsualTypesAndNoOthers(String type, String expected) {
        assertThat(said(rules(), draft -> draft.header("typ", type))).isEqualTo(expected);
    }

    @Test
    void takesOnlyTheTypesThatAreListed() {
        var own = rules().types(Set.of("AT+JWT"));
        assertThat(said(own, draft -> draft.header("typ", "at+jwt"))).isEqualTo("pass");
        assertThat(said(own, draft -> draft.header("typ", "JWT"))).isEqualTo("wrong-token-type");
        assertThat(said(rules().types(Set.of("absent")), draft -> draft.header("typ", "JWT")))
                .isEqualTo("wrong-token-type");
        assertThat(said(
                        rules().types(Set.of("vnd.shop+jwt")),
                        draft -> draft.header("typ", "application/vnd.shop+jwt")))
                .isEqualTo("pass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at_hash", "c_hash", "s_hash", "nonce"})
    void deniesTokensThatTheirClaimsShowToBeIdTokens(String claim) {
        assertThat(said(rules(), draft -> draft.header("typ", "JWT").claim(claim, "x")))
                .isEqualTo("id-token");
        assertThat(said(rules(), draft -> draft.header("typ", "at+jwt").claim(claim, "x")))
                .isEqualTo("pass");
    }

    @ParameterizedTest
    @CsvSource({
        "ID, id-token",
        "Refresh, id-token",
        "Offline, id-token",
        "Logout, id-token",
        "Bearer, pass",
        "DPoP, unknown-binding",
        "other, pass"
    })
    void readsTheTypeThatKeycloakWritesIntoTheClaims(String type, String expected) {
        assertThat(said(rules(), draft -> draft.header("typ", "JWT").claim("typ", type)))
                .isEqualTo(expected);
        if (expected.equals("id-token")) {
            assertThat(said(rules(), draft -> draft.header("typ", "at+jwt").claim("typ", type)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void takesTheNonceOfAnAccessTokenThatSaysWhatItIs() {
        assertThat(said(
                        rules(),
                        draft -> draft.header("typ", "JWT")
                                .claim("typ", "Bearer")
                                .claim("nonce", "x")))
                .isEqualTo("pass");
        assertThat(said(
                        rules(),
                        draft -> draft.header("typ", "JWT")
                                .claim("typ", "Bearer")
                                .claim("at_hash", "x")))
                .isEqualTo("id-token");
    }

    @Test
    void demandsThatAClaimIsThere() {
        var own = rules().require("org.id", Set.of(), Set.of());
        assertThat(said(own, draft -> draft)).isEqualTo("missing-claim");
        assertThat(said(own, draft -> draft.claim("org", Map.of("id", 7)))).isEqualTo("pass");
        var nothing = new HashMap<String, Object>();
        nothing.put("id", null);
        assertThat(said(own, draft -> draft.claim("org", nothing))).isEqualTo("missing-claim");
    }

    @Test
    void tellsTheOperatorWhichClaimItIs() {
        var issuer = bench.issuer()
                .rules(rules().require("tenant", Set.of(), Set.of()).build())
                .build();
        var check = Authentication.required(List.of(Jwt.of(List.of(issuer), bench.rings)));
        var deny = (Verdict.Deny) ask(check, bench.provider.token("a"));
        assertThat(deny.evidence().detail()).isEqualTo("tenant");
        assertThat(deny.reply().code()).isEqualTo("invalid-token");
    }

    @Test
    void demandsOneOfSomeValuesAndAllOfOthers() {
        var own = rules().require("groups", Set.of("a", "b"), Set.of("x", "y"));
        assertThat(said(own, draft -> draft.claim("groups", List.of("a", "x", "y", "z"))))
                .isEqualTo("pass");
        assertThat(said(own, draft -> draft.claim("groups", List.of("x", "y")))).isEqualTo("wrong-claim");
        assertThat(said(own, draft -> draft.claim("groups", List.of("a", "x")))).isEqualTo("wrong-claim");
        assertThat(said(own, draft -> draft.claim("groups", "a x y"))).isEqualTo("wrong-claim");
        assertThat(said(own, draft -> draft.claim("groups", Map.of("a", "x")))).isEqualTo("wrong-claim");
    }

    @Test
    void comparesTextsNumbersAndTruthValuesWhole() {
        assertThat(said(rules().require("v", Set.of("true"), Set.of()), draft -> draft.claim("v", true)))
                .isEqualTo("pass");
        assertThat(said(rules().require("v", Set.of("7"), Set.of()), draft -> draft.claim("v", 7)))
                .isEqualTo("pass");
        assertThat(said(rules().require("v", Set.of("admin"), Set.of()), draft -> draft.claim("v", "no admin")))
                .isEqualTo("wrong-claim");
        assertThat(said(rules().require("v", Set.of("admin"), Set.of()), draft -> draft.claim("v", "Admin")))
                .isEqualTo("wrong-claim");
    }

    @Test
    void deniesForbiddenClaims() {
        assertThat(said(rules().forbid("act"), draft -> draft.claim("act", Map.of("sub", "x"))))
                .isEqualTo("forbidden-claim");
        assertThat(said(rules().forbid("act"), draft -> draft)).isEqualTo("pass");
    }

    @Test
    void knowsSubjectsWholeOrByTheirBeginning() {
        var own = rules().subject("alice").subject("service-*");
        assertThat(said(own, draft -> draft.subject("alice"))).isEqualTo("pass");
        assertThat(said(own, draft -> draft.subject("service-orders"))).isEqualTo("pass");
        assertThat(said(own, draft -> draft.subject("alice2"))).isEqualTo("wrong-subject");
        assertThat(said(own, draft -> draft.subject("*"))).isEqualTo("wrong-subject");
        assertThat(said(own, draft -> draft.subject("my-service-orders"))).isEqualTo("wrong-subject");
        assertThatThrownBy(() -> rules().subject("*")).hasMessageContaining("`*`");
    }

    @Test
    void deniesTokensThatLastTooLong() {
        var day = rules().maxLifetime(Duration.ofHours(24));
        assertThat(said(day, draft -> draft.expiresIn(Duration.ofHours(24)))).isEqualTo("pass");
        assertThat(said(day, draft -> draft.expiresIn(Duration.ofHours(24)).issuedAfter(Duration.ofSeconds(-1))))
                .isEqualTo("lifetime");
        assertThat(said(day, draft -> draft.expiresIn(Duration.ofDays(30)))).isEqualTo("lifetime");
        assertThat(said(day, draft -> draft.expiresIn(Duration.ofHours(1)).issuedAfter(Duration.ofDays(-29))))
                .isEqualTo("lifetime");
        assertThat(said(
                        day,
                        draft -> draft.expiresIn(Duration.ofHours(24).plusSeconds(31))
                                .issuedAfter(Duration.ofSeconds(20))))
                .isEqualTo("lifetime");
    }

    @Test
    void judgesLifetimeByTheIssueOnly() {
        var day = rules().maxLifetime(Duration.ofHours(24));
        assertThat(said(day, draft -> draft.without("iat"))).isEqualTo("missing-issue-time");
        assertThat(said(rules(), draft -> draft.without("iat"))).isEqualTo("pass");
    }

    @Test
    void deniesTokensThatNameAnotherEnvironment() {
        var own = rules().environment("env", "prod");
        assertThat(said(own, draft -> draft.claim("env", "prod"))).isEqualTo("pass");
        assertThat(said(own, draft -> draft.claim("env", "staging"))).isEqualTo("environment");
        assertThat(said(own, draft -> draft)).isEqualTo("environment");
    }

    @Test
    void deniesTokensOfIssuersOfOtherEnvironmentsForThatReason() {
        var other = Issuer.builder("prod", "https://prod.example.com")
                .audiences(Set.of("a"))
                .build();
        var jwt = Jwt.of(List.of(other), Set.of(bench.provider.issuer()), bench.rings);
        assertThat(reason(ask(Authentication.required(List.of(jwt)), bench.provider.token("a"))))
                .isEqualTo("environment");
    }

    @Test
    void judgesRulesBeforeAnySignature() {
        var forged = bench.provider.token().claim("act", "x").sign();
        assertThat(said(rules().forbid("act"), forged.substring(0, forged.length() - 8) + "AAAAAAAA"))
                .isEqualTo("forbidden-claim");
    }
}
