package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.caller;
import static dev.portcullis.auth.Bench.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Principal;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Flaw;
import dev.portcullis.http.RecordedWire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTest {

    private static Bench bench;
    private static Authentication check;

    @BeforeAll
    static void start() {
        bench = new Bench();
        check = bench.required();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @Test
    void saysWhoCalls() {
        var token = bench.provider
                .token()
                .subject("alice")
                .scope("orders:read orders:write")
                .claim("azp", "shop")
                .claim("roles", List.of("buyer"))
                .sign();
        var principal = caller(ask(check, token));
        assertThat(principal.id()).isEqualTo("alice");
        assertThat(principal.kind()).isEqualTo(Principal.Kind.USER);
        assertThat(principal.issuer()).isEqualTo("main");
        assertThat(principal.client()).isEqualTo("shop");
        assertThat(principal.scopes()).containsExactlyInAnyOrder("orders:read", "orders:write");
        assertThat(principal.roles()).containsExactly("buyer");
        assertThat(principal.tenant()).isNull();
        assertThat(principal.tier()).isNull();
        assertThat(principal.proof()).isEqualTo("jwt");
        assertThat(principal.claims()).containsEntry("sub", "alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"})
    void verifiesEveryAlgorithmThatTheIssuerHas(String algorithm) {
        assertThat(reason(ask(check, bench.provider.token().algorithm(algorithm).sign())))
                .isEqualTo("pass");
    }

    @ParameterizedTest
    @EnumSource(Flaw.class)
    void deniesEveryFlawForItsOwnReason(Flaw flaw) {
        var verdict = ask(check, bench.provider.broken(flaw));
        assertThat(reason(verdict)).isEqualTo(expected(flaw));
        assertThat(((Verdict.Deny) verdict).reply().status()).isEqualTo(401);
        assertThat(((Verdict.Deny) verdict).reply().code()).isEqualTo("invalid-token");
    }

    private static String expected(Flaw flaw) {
        return switch (flaw) {
            case UNSIGNED, UNSIGNED_BY_ANOTHER_SPELLING, HMAC_WITH_PUBLIC_KEY -> "algorithm-not-allowed";
            case EMPTY_SIGNATURE, ZERO_SIGNATURE, TAMPERED_SIGNATURE, TAMPERED_CLAIMS -> "bad-signature";
            case FOREIGN_KEY, EMBEDDED_KEY, KEY_BY_ADDRESS -> "bad-signature";
            case UNKNOWN_KEY, ALGORITHM_OF_ANOTHER_KEY -> "unknown-key";
            case WITHOUT_EXPIRY -> "missing-expiry";
            case WITHOUT_ISSUER -> "missing-issuer";
            case WITHOUT_AUDIENCE -> "missing-audience";
            case EXPIRED -> "token-expired";
            case NOT_YET_VALID -> "token-not-yet-valid";
            case EXPIRY_AS_TEXT -> "invalid-time";
            case OTHER_ISSUER -> "unknown-issuer";
            case OTHER_AUDIENCE -> "wrong-audience";
            case UNKNOWN_CRITICAL -> "critical-header";
            case FIVE_PARTS -> "encrypted-token";
            case HUGE -> "token-too-long";
            case WITHOUT_ALGORITHM, DUPLICATE_CLAIM, DUPLICATE_HEADER, CLAIMS_OF_ANOTHER_SHAPE -> "malformed-token";
            case TWO_PARTS, PADDED, GARBAGE -> "malformed-token";
        };
    }

    @Test
    void challengesWithTheErrorOnlyWhenACredentialWasSent() {
        var none = (Verdict.Deny) check.check(RecordedWire.of("GET", "/").view());
        assertThat(none.reply().code()).isEqualTo("authentication-required");
        assertThat(none.reply().headers()).singleElement().satisfies(header -> {
            assertThat(header.name()).isEqualTo("WWW-Authenticate");
            assertThat(header.value()).isEqualTo("Bearer realm=\"api\"");
        });
        var bad = (Verdict.Deny) ask(check, "x");
        assertThat(bad.reply().headers())
                .singleElement()
                .satisfies(header ->
                        assertThat(header.value()).isEqualTo("Bearer realm=\"api\", error=\"invalid_token\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer  ", "Bearer\t", "Bearer", " Bearer "})
    void deniesAGoodTokenBehindAnythingButOneBlank(String before) {
        var request = RecordedWire.of("GET", "/").with("authorization", before + bench.provider.token("a"));
        assertThat(check.check(request.view())).isInstanceOf(Verdict.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "BEARER ", "bEaReR "})
    void readsTheSchemeInAnyCase(String scheme) {
        var request = RecordedWire.of("GET", "/").with("authorization", scheme + bench.provider.token("a"));
        assertThat(reason(check.check(request.view()))).isEqualTo("pass");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer a b",
                "Bearer  a.b.c",
                "Bearer\ta.b.c",
                "Bearer   ",
                "Bearer a,b",
                "Bearer \"x\"",
                "Basic YTpi",
                "Bearerx"
            })
    void deniesWhatIsNoBearerToken(String value) {
        var verdict = check.check(
                RecordedWire.of("GET", "/").with("Authorization", value).view());
        assertThat(((Verdict.Deny) verdict).reply().status()).isEqualTo(401);
    }

    @Test
    void deniesTwoTokensOnOneRequestEvenWhenBothAreGood() {
        var token = "Bearer " + bench.provider.token("a");
        var request = RecordedWire.of("GET", "/").with("Authorization", token).with("Authorization", token);
        var deny = (Verdict.Deny) check.check(request.view());
        assertThat(deny.reply().status()).isEqualTo(400);
        assertThat(deny.reply().code()).isEqualTo("several-credentials");
        assertThat(deny.reply().headers())
                .singleElement()
                .satisfies(header ->
                        assertThat(header.value()).isEqualTo("Bearer realm=\"api\", error=\"invalid_request\""));
    }

    @Test
    void takesNoTokenFromQueryOrBody() {
        var token = bench.provider.token("a");
        var request = RecordedWire.of("POST", "/?access_token=" + token + "&jwt=" + token)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .body("access_token=" + token);
        assertThat(reason(check.check(request.view()))).isEqualTo("no-credential");
    }

    @Test
    void judgesTimeOnEveryRequest() {
        try (var own = new Bench()) {
            var fresh = own.required();
            var token = own.provider.token().expiresIn(Duration.ofMinutes(1)).sign();
            assertThat(reason(ask(fresh, token))).isEqualTo("pass");
            own.clock.advance(Duration.ofSeconds(59));
            assertThat(reason(ask(fresh, token))).isEqualTo("pass");
            own.clock.advance(Duration.ofSeconds(1));
            assertThat(reason(ask(fresh, token))).isEqualTo("token-expired");
        }
    }

    @Test
    void toleratesTheSkewForTheBeginAndNotForTheEnd() {
        var draft = Map.of(30, "pass", 31, "token-not-yet-valid");
        draft.forEach((seconds, expected) -> assertThat(reason(ask(
                        check,
                        bench.provider
                                .token()
                                .notBefore(Duration.ofSeconds(seconds))
                                .sign())))
                .isEqualTo(expected));
        assertThat(reason(ask(
                        check,
                        bench.provider
                                .token()
                                .issuedAfter(Duration.ofSeconds(31))
                                .sign())))
                .isEqualTo("issued-in-the-future");
        assertThat(reason(ask(
                        check, bench.provider.token().expiresIn(Duration.ZERO).sign())))
                .isEqualTo("token-expired");
    }

    @Test
    void deniesClaimsThatAreNestedTooDeep() {
        Object deep = "x";
        for (var i = 0; i < 900; i++) {
            deep = List.of(deep);
        }
        var token = bench.provider.token().claim("deep", deep).sign();
        assertThat(token.length()).isLessThan(Jwt.MAX_TOKEN);
        assertThat(reason(ask(check, token))).isEqualTo("malformed-token");
    }

    @Test
    void acceptsTokensUpToTheirBoundAndNoLongerOnes() {
        var unpadded = bench.provider.token().claim("pad", "").sign().length();
        var room = (Jwt.MAX_TOKEN - unpadded) / 4 * 3 - 8;
        var longest = bench.provider.token().claim("pad", "x".repeat(room)).sign();
        assertThat(longest.length()).isLessThanOrEqualTo(Jwt.MAX_TOKEN);
        assertThat(reason(ask(check, longest))).isEqualTo("pass");
        var longer = bench.provider.token().claim("pad", "x".repeat(room + 24)).sign();
        assertThat(reason(ask(check, longer))).isEqualTo("token-too-long");
    }
}
