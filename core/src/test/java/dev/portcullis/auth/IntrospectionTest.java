package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.caller;
import static dev.portcullis.auth.Bench.reason;
import static dev.portcullis.fixture.IdentityProvider.INTROSPECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Verdict;
import dev.portcullis.fixture.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that only their issuer can read, judged by what it answers. */
class IntrospectionTest extends IntrospectionStage {

    @Test
    void letsTheIssuerSayWhoCalls() {
        var token = bench.provider.opaque(draft().scope("read write").claim("azp", "web"));
        var principal = caller(ask(check, token));
        assertThat(principal.id()).isEqualTo("alice");
        assertThat(principal.client()).isEqualTo("web");
        assertThat(principal.issuer()).isEqualTo("main");
        assertThat(principal.scopes()).containsExactlyInAnyOrder("read", "write");
        assertThat(principal.proof()).isEqualTo("introspection");
    }

    @Test
    void judgesTimesOnEveryRequest() {
        var token = bench.provider.opaque(draft().expiresIn(Duration.ofSeconds(10)));
        assertThat(reason(ask(check, token))).isEqualTo("pass");
        bench.clock.advance(Duration.ofSeconds(10));
        assertThat(reason(ask(check, token))).isEqualTo("token-expired");
        assertThat(bench.provider.requests(INTROSPECTION)).isEqualTo(1);

        var early = bench.provider.opaque(draft().notBefore(Duration.ofSeconds(40)));
        assertThat(reason(ask(check, early))).isEqualTo("token-not-yet-valid");
        bench.clock.advance(Duration.ofSeconds(10));
        assertThat(reason(ask(check, early))).isEqualTo("pass");
        assertThat(bench.provider.requests(INTROSPECTION)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"active\":\"true\",\"aud\":\"orders-api\",\"sub\":\"a\"}",
                "{\"active\":1,\"aud\":\"orders-api\",\"sub\":\"a\"}",
                "{\"active\":null,\"aud\":\"orders-api\",\"sub\":\"a\"}",
                "{\"active\":[true],\"aud\":\"orders-api\",\"sub\":\"a\"}",
                "{\"active\":false,\"aud\":\"orders-api\",\"sub\":\"a\"}"
            })
    void takesNothingButTrueForActive(String answer) {
        bench.provider.fail(INTROSPECTION, Fault.body(answer));
        assertThat(reason(ask(check, "token"))).isEqualTo("inactive-token");
    }

    @Test
    void deniesWhatIsNotForThisApplicationOrNoAccessToken() {
        assertThat(reason(answered("{'active':true,'sub':'a','aud':'orders-api'}")))
                .isEqualTo("pass");
        assertThat(reason(answered("{'active':true,'sub':'a','aud':['x','orders-api']}")))
                .isEqualTo("pass");
        assertThat(reason(answered("{'active':true,'sub':'a','aud':'x'}"))).isEqualTo("wrong-audience");
        assertThat(reason(answered("{'active':true,'sub':'a','aud':[7]}"))).isEqualTo("wrong-audience");
        assertThat(reason(answered("{'active':true,'sub':'a'}"))).isEqualTo("missing-audience");
        assertThat(reason(answered("{'active':true,'sub':'a','aud':'orders-api','iss':'https://other'}")))
                .isEqualTo("wrong-issuer");
        assertThat(reason(answered("{'active':true,'sub':'a','aud':'orders-api','typ':'Refresh'}")))
                .isEqualTo("no-access-token");
        assertThat(reason(answered("{'active':true,'sub':'a','aud':'orders-api','token_type':'DPoP'}")))
                .isEqualTo("unknown-binding");
        assertThat(reason(answered("{'active':true,'sub':'a','aud':'orders-api','cnf':{'jkt':'x'}}")))
                .isEqualTo("unknown-binding");
        assertThat(reason(answered(
                        "{'active':true,'sub':'a','aud':'orders-api','cnf':{'jkt':'" + "x".repeat(43) + "'}}")))
                .isEqualTo("bound-token");
        assertThat(reason(answered("{'active':true,'aud':'orders-api'}"))).isEqualTo("missing-subject");
        assertThat(reason(answered("{'active':true,'sub':'a','aud':'orders-api','exp':'soon'}")))
                .isEqualTo("invalid-time");
    }

    @Test
    void takesATokenOfNoAudienceOnlyWhereToldTo() {
        var lenient = check(endpoint(BASIC, true));
        bench.provider.fail(INTROSPECTION, Fault.body("{\"active\":true,\"sub\":\"a\"}"));
        assertThat(reason(ask(lenient, "token"))).isEqualTo("pass");
        bench.provider.fail(INTROSPECTION, Fault.body("{\"active\":true,\"sub\":\"a\",\"aud\":\"x\"}"));
        assertThat(reason(ask(lenient, "other"))).isEqualTo("wrong-audience");
    }

    @Test
    void demandsOfAnswersWhatItDemandsOfTokens() {
        var rules = ClaimRules.builder()
                .require("plan", Set.of("paid"), Set.of())
                .maxLifetime(Duration.ofMinutes(10))
                .build();
        var issuer = bench.issuer().rules(rules).build();
        var strict = Authentication.required(
                List.of(Introspection.of(issuer, endpoint(BASIC, false), bench.clock, bench.executor)));
        assertThat(reason(ask(strict, bench.provider.opaque(draft().claim("plan", "paid")))))
                .isEqualTo("pass");
        assertThat(reason(ask(strict, bench.provider.opaque(draft().claim("plan", "free")))))
                .isEqualTo("wrong-claim");
        assertThat(reason(ask(strict, bench.provider.opaque(draft())))).isEqualTo("missing-claim");
        var paid = draft().claim("plan", "paid");
        assertThat(reason(ask(strict, bench.provider.opaque(paid.expiresIn(Duration.ofMinutes(11))))))
                .isEqualTo("lifetime");
        assertThat(reason(ask(strict, bench.provider.opaque(paid.without("exp")))))
                .isEqualTo("lifetime");
    }

    @Test
    void cannotTellByMetadataOfAnother() {
        bench.provider.advertise("https://other.example");
        assertThatThrownBy(() -> ask(check, "token")).hasMessageContaining("metadata name the issuer");
        bench.provider.heal();
        assertThat(reason(ask(check, "token"))).isEqualTo("inactive-token");
    }

    @Test
    void leavesSignedTokensOfAKnownIssuerToThem() {
        var jwt = Jwt.of(List.of(bench.issuer().build()), bench.rings);
        var both = Authentication.required(List.of(Bearer.of(jwt, introspection(endpoint(BASIC, false)))));
        var signed = bench.provider.token().sign();
        assertThat(caller(ask(both, signed)).proof()).isEqualTo("jwt");
        assertThat(reason(ask(both, signed.substring(0, signed.length() - 2) + "AA")))
                .isEqualTo("bad-signature");
        assertThat(bench.provider.requests(INTROSPECTION)).isZero();

        assertThat(caller(ask(both, bench.provider.opaque(draft()))).proof()).isEqualTo("introspection");
        var foreign = bench.provider.token().issuer("https://other.example").sign();
        assertThat(reason(ask(both, foreign))).isEqualTo("inactive-token");
        assertThat(bench.provider.requests(INTROSPECTION)).isEqualTo(2);
    }

    @Test
    void stopsTheStartWithWhatCannotBe() {
        var span = Duration.ofSeconds(1);
        var long_ = Duration.ofDays(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IntrospectionEndpoint(URI.create("ftp://x"), BASIC, span, span, span, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IntrospectionEndpoint(null, BASIC, long_, span, span, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IntrospectionEndpoint(null, BASIC, span, span, Duration.ZERO, false));
    }

    private Verdict answered(String json) {
        bench.provider.fail(INTROSPECTION, Fault.body(json.replace('\'', '"')));
        return ask(check, "token-" + Math.abs(json.hashCode()));
    }
}
