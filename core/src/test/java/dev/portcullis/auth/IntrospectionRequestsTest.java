package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
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
import dev.portcullis.store.Breaker;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an issuer is asked about tokens: seldom, with proof of who asks, and not while it is away. */
class IntrospectionRequestsTest extends IntrospectionStage {

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
}
