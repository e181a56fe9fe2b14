package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.caller;
import static dev.portcullis.auth.Bench.reason;
import static dev.portcullis.fixture.IdentityProvider.DISCOVERY;
import static dev.portcullis.fixture.IdentityProvider.INTROSPECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Verdict;
import dev.portcullis.fetch.CannotTell;
import dev.portcullis.fixture.Fault;
import dev.portcullis.fixture.Hold;
import dev.portcullis.fixture.TokenDraft;
import dev.portcullis.store.Breaker;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionTest {

    private static final ClientProof BASIC = ClientProof.basic("orders api", "p@ss:w%rd+1");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Bench bench = new Bench();
    private final Authentication check = check(endpoint(BASIC, false));

    IntrospectionTest() {
        bench.provider.client("orders api", "p@ss:w%rd+1");
    }

    @AfterEach
    void close() {
        bench.close();
    }

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
    void asksOnceAboutATokenUntilItsTimeIsOver() {
        var token = bench.provider.opaque(draft());
        for (var i = 0; i < 100; i++) {
            assertThat(reason(ask(check, token))).isEqualTo("pass");
        }
        assertThat(bench.provider.requests(INTROSPECTION)).isEqualTo(1);
        assertThat(bench.provider.requests(DISCOVERY)).isEqualTo(1);

        bench.provider.revoke(token);
        bench.clock.advance(Duration.ofSeconds(30).minusMillis(1));
        assertThat(reason(ask(check, token))).isEqualTo("pass");
        bench.clock.advance(Duration.ofMillis(1));
        assertThat(reason(ask(check, token))).isEqualTo("inactive-token");
        assertThat(((Verdict.Deny) ask(check, token)).reply().code()).isEqualTo("invalid-token");
        assertThat(bench.provider.requests(INTROSPECTION)).isEqualTo(2);
    }

    @Test
    void asksOnceAboutATokenThatManyBringAtATime() throws Exception {
        var hold = new Hold();
        var token = bench.provider.opaque(draft());
        assertThat(reason(ask(check, bench.provider.opaque(draft())))).isEqualTo("pass");
        bench.provider.fail(INTROSPECTION, Fault.held(hold));
        var threads = Executors.newFixedThreadPool(20);
        try {
            var asked = new ArrayList<CompletableFuture<Verdict>>();
            for (var i = 0; i < 20; i++) {
                asked.add(CompletableFuture.supplyAsync(() -> ask(check, token), threads));
            }
            hold.release();
            for (var verdict : asked) {
                assertThat(reason(verdict.get())).isEqualTo("pass");
            }
            assertThat(bench.provider.requests(INTROSPECTION)).isEqualTo(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keepsADenialForAShortTimeOnly() {
        assertThat(reason(ask(check, "made-up"))).isEqualTo("inactive-token");
        assertThat(reason(ask(check, "made-up"))).isEqualTo("inactive-token");
        assertThat(bench.provider.requests(INTROSPECTION)).isEqualTo(1);
        bench.clock.advance(Duration.ofSeconds(5));
        assertThat(reason(ask(check, "made-up"))).isEqualTo("inactive-token");
        assertThat(bench.provider.requests(INTROSPECTION)).isEqualTo(2);
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
    void cannotTellWhileTheIssuerIsAwayAndLeavesItAlone() {
        var faults = List.of(
                Fault.status(500),
                Fault.status(302),
                Fault.garbage(),
                Fault.body("{}"),
                Fault.body("{\"active\":true,\"active\":true}"),
                Fault.huge(Introspector.MAX_BYTES + 1));
        for (var i = 0; i < faults.size(); i++) {
            bench.provider.fail(INTROSPECTION, faults.get(i));
            var token = "token-" + i;
            assertThatThrownBy(() -> ask(check, token)).isInstanceOf(CannotTell.class);
        }
        assertThat(bench.provider.requests(INTROSPECTION)).isEqualTo(Breaker.FAILURES);

        bench.provider.heal();
        var token = bench.provider.opaque(draft());
        assertThatThrownBy(() -> ask(check, token)).hasMessageContaining("left alone");
        bench.clock.advance(Breaker.PAUSE);
        assertThat(reason(ask(check, token))).isEqualTo("pass");
    }

    @Test
    void waitsForNoIssuerBeyondItsTime() {
        var hold = new Hold();
        bench.provider.fail(INTROSPECTION, Fault.held(hold));
        var impatient = check(new IntrospectionEndpoint(
                bench.provider.at(INTROSPECTION), BASIC, PATIENCE, PATIENCE, Duration.ofMillis(20), false));
        try {
            assertThatThrownBy(() -> ask(impatient, "token")).isInstanceOf(CannotTell.class);
        } finally {
            hold.release();
        }
    }

    @Test
    void goesOnWithWhatItKnowsWhileTheIssuerIsAway() {
        var token = bench.provider.opaque(draft());
        assertThat(reason(ask(check, token))).isEqualTo("pass");
        bench.provider.fail(INTROSPECTION, Fault.hangUp());
        assertThat(reason(ask(check, token))).isEqualTo("pass");
        bench.clock.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> ask(check, token)).isInstanceOf(CannotTell.class);
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
    void provesWhoItIsInEveryWay() throws Exception {
        var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        bench.provider.client("signer", pair.getPublic());
        var proofs = List.of(
                ClientProof.post("orders api", "p@ss:w%rd+1"),
                ClientProof.privateKeyJwt("signer", SigningKey.parse(jwk(pair))),
                ClientProof.privateKeyJwt("signer", SigningKey.parse(pem(pair))));
        for (var proof : proofs) {
            var proving = check(endpoint(proof, false));
            assertThat(reason(ask(proving, bench.provider.opaque(draft())))).isEqualTo("pass");
            assertThat(reason(ask(proving, bench.provider.opaque(draft())))).isEqualTo("pass");
            assertThat(proof.toString()).doesNotContain("p@ss");
        }
        var wrong = check(endpoint(ClientProof.basic("orders api", "wrong"), false));
        assertThatThrownBy(() -> ask(wrong, "token")).hasMessageContaining("answers 401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "a b", "a\u00e9", "a=b", "a\"b"})
    void asksNobodyAboutWhatIsNoToken(String token) {
        assertThat(reason(ask(check, token))).isEqualTo("malformed-token");
        assertThat(bench.provider.requests(INTROSPECTION)).isZero();
    }

    @Test
    void asksNobodyAboutATokenThatIsTooLong() {
        assertThat(reason(ask(check, "a".repeat(Jwt.MAX_TOKEN + 1)))).isEqualTo("token-too-long");
        assertThat(bench.provider.requests(INTROSPECTION)).isZero();
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

    @Test
    void signsByNoKeyThatCannot() throws Exception {
        var small = KeyPairGenerator.getInstance("RSA");
        small.initialize(1024);
        var weak = pem(small.generateKeyPair());
        for (var text : List.of(
                "", "{}", "s3cr3t", weak, weak.replace("PRIVATE", "PUBLIC"), "{\"kty\":\"oct\",\"k\":\"AA\"}")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SigningKey.parse(text))
                    .withMessageNotContaining("s3cr3t");
        }
        var curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(384);
        assertThat(SigningKey.parse(pem(curve.generateKeyPair())).algorithm()).isEqualTo(Algorithm.ES384);
        var edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertThat(SigningKey.parse(pem(edwards)).algorithm()).isEqualTo(Algorithm.EdDSA);
    }

    private static String jwk(KeyPair pair) throws Exception {
        var jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
        jwk.setPrivateKey(pair.getPrivate());
        jwk.setAlgorithm("PS256");
        jwk.setKeyId("k1");
        return jwk.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
    }

    private static String pem(KeyPair pair) {
        var encoded = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n";
    }

    private TokenDraft draft() {
        return bench.provider.token();
    }

    private Verdict answered(String json) {
        bench.provider.fail(INTROSPECTION, Fault.body(json.replace('\'', '"')));
        return ask(check, "token-" + Math.abs(json.hashCode()));
    }

    private static IntrospectionEndpoint endpoint(ClientProof proof, boolean anyAudience) {
        return new IntrospectionEndpoint(
                null,
                proof,
                IntrospectionEndpoint.DEFAULT_CACHE,
                IntrospectionEndpoint.DEFAULT_NEGATIVE_CACHE,
                PATIENCE,
                anyAudience);
    }

    private Introspection introspection(IntrospectionEndpoint endpoint) {
        return Introspection.of(bench.issuer().build(), endpoint, bench.clock, bench.executor);
    }

    private Authentication check(IntrospectionEndpoint endpoint) {
        return Authentication.required(List.of(introspection(endpoint)));
    }
}
