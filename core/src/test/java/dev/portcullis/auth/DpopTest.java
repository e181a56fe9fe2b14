package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.Engine;
import dev.portcullis.Header;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.auth.Possession.Demand;
import dev.portcullis.fixture.KeyHolder;
import dev.portcullis.fixture.ProofDraft;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.store.Ledger;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are bound to a key, and the proofs that come with them. */
class DpopTest {

    private static final String TARGET = "https://api.example.com/orders/7";

    private final Bench bench = new Bench();
    private final KeyHolder holder = KeyHolder.holding(bench.clock);
    private final String token =
            bench.provider.token().claim("cnf", holder.confirmation()).sign();
    private final Authentication check = check(Demand.OPTIONAL, null);

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "EdDSA", "PS256", "RS256"})
    void takesATokenWithTheProofOfItsKey(String algorithm) {
        var other = KeyHolder.holding(algorithm, bench.clock);
        var bound = bench.provider.token().claim("cnf", other.confirmation()).sign();
        var request = request(bound, other.proof("GET", TARGET, bound).sign());
        assertThat(Bench.caller(check.check(request.view())).id()).isEqualTo("alice");
    }

    @Test
    void deniesABoundTokenWithoutItsProofEveryTime() {
        assertThat(sent(good())).isEqualTo("pass");
        for (var i = 0; i < 2; i++) {
            assertThat(reason(check.check(
                            wire().with("Authorization", "Bearer " + token).view())))
                    .isEqualTo("bound-token-as-bearer");
            assertThat(reason(check.check(wire().with("Authorization", "Bearer " + token)
                            .with("DPoP", good().sign())
                            .view())))
                    .isEqualTo("bound-token-as-bearer");
            assertThat(reason(check.check(
                            wire().with("Authorization", "DPoP " + token).view())))
                    .isEqualTo("missing-proof");
            var twice = request(token, good().sign()).with("DPoP", good().sign());
            assertThat(reason(check.check(twice.view()))).isEqualTo("several-proofs");
        }
        assertThat(reason(Bench.ask(bench.required(), token))).isEqualTo("bound-token");
    }

    @Test
    void takesTokensThatAreBoundToNothingUnlessAllMustBe() {
        var free = bench.provider.token().sign();
        var must = check(Demand.REQUIRED, null);
        assertThat(reason(Bench.ask(check, free))).isEqualTo("pass");
        assertThat(reason(Bench.ask(must, free))).isEqualTo("unknown-scheme");
        var request = request(free, holder.proof("GET", TARGET, free).sign()).view();
        assertThat(reason(check.check(request))).isEqualTo("unbound-token");
        assertThat(reason(must.check(request))).isEqualTo("unbound-token");
        assertThat(reason(must.check(request(token, good().sign()).view()))).isEqualTo("pass");
    }

    @Test
    void deniesProofsOfAnotherRequestTokenOrTime() {
        assertThat(sent(good().claim("htm", "POST"))).isEqualTo("proof-for-another-method");
        assertThat(sent(good().claim("htm", "get"))).isEqualTo("proof-for-another-method");
        assertThat(sent(good().without("htm"))).isEqualTo("proof-for-another-method");
        assertThat(sent(good().claim("htu", "https://api.example.com/orders/8")))
                .isEqualTo("proof-for-another-target");
        assertThat(sent(good().claim("htu", "http://api.example.com/orders/7"))).isEqualTo("proof-for-another-target");
        assertThat(sent(good().claim("htu", "https://api.example.com.evil/orders/7")))
                .isEqualTo("proof-for-another-target");
        assertThat(sent(good().claim("htu", "https://api.example.com@evil/orders/7")))
                .isEqualTo("proof-for-another-target");
        assertThat(sent(good().claim("htu", List.of(TARGET)))).isEqualTo("proof-for-another-target");
        assertThat(sent(good().claim("ath", "x"))).isEqualTo("proof-for-another-token");
        assertThat(sent(good().without("ath"))).isEqualTo("proof-for-another-token");
        var now = bench.clock.instant().getEpochSecond();
        assertThat(sent(good().claim("iat", now - 59))).isEqualTo("pass");
        assertThat(sent(good().claim("iat", now - 60))).isEqualTo("proof-out-of-time");
        assertThat(sent(good().claim("iat", now + 30))).isEqualTo("pass");
        assertThat(sent(good().claim("iat", now + 31))).isEqualTo("proof-out-of-time");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTPS://API.example.com:443/orders/7",
                "https://api.example.com/orders/7?query#fragment",
                "https://api.example.com/%6frders/7",
                "https://api.example.com:/orders/7"
            })
    void comparesTargetsAsTheyAreMeant(String target) {
        assertThat(sent(good().claim("htu", target))).isEqualTo("pass");
    }

    @Test
    void deniesProofsThatAreNone() {
        assertThat(sent(good().header("typ", "JWT"))).isEqualTo("wrong-proof-type");
        assertThat(sent(good().header("alg", "none"))).isEqualTo("proof-algorithm-not-allowed");
        assertThat(sent(good().header("alg", "HS256"))).isEqualTo("proof-algorithm-not-allowed");
        assertThat(sent(good().header("alg", "RS256"))).isEqualTo("unusable-proof-key");
        assertThat(sent(good().header("crit", List.of("b64")))).isEqualTo("malformed-proof");
        assertThat(sent(good().without("jti"))).isEqualTo("malformed-proof");
        assertThat(sent(good().claim("jti", " "))).isEqualTo("malformed-proof");
        assertThat(sent(good().claim("jti", "x".repeat(257)))).isEqualTo("malformed-proof");
        assertThat(sent(good().without("iat"))).isEqualTo("malformed-proof");
        assertThat(sent(good().claim("iat", "now"))).isEqualTo("malformed-proof");
        assertThat(sent(good().claim("pad", "x".repeat(5000)))).isEqualTo("malformed-proof");
        assertThat(reason(check.check(request(token, "no proof").view()))).isEqualTo("malformed-proof");
        var other = KeyHolder.holding(bench.clock);
        assertThat(sent(good().header("jwk", other.publicKey()))).isEqualTo("wrong-proof-key");
        assertThat(sent(other.proof("GET", TARGET, token))).isEqualTo("wrong-proof-key");
        assertThat(sent(other.proof("GET", TARGET, token).header("jwk", holder.publicKey())))
                .isEqualTo("bad-proof-signature");
    }

    @Test
    void deniesKeysThatNobodyMaySend() {
        assertThat(sent(good().header("jwk", holder.privateKey()))).isEqualTo("unusable-proof-key");
        assertThat(sent(good().header("jwk", Map.of("kty", "oct", "k", "c2VjcmV0"))))
                .isEqualTo("unusable-proof-key");
        assertThat(sent(good().header("jwk", "key"))).isEqualTo("unusable-proof-key");
        var offCurve = new LinkedHashMap<>(holder.publicKey());
        offCurve.put("y", offCurve.get("x"));
        assertThat(sent(good().header("jwk", offCurve))).isEqualTo("unusable-proof-key");
        var encrypting = new LinkedHashMap<>(holder.publicKey());
        encrypting.put("use", "enc");
        assertThat(sent(good().header("jwk", encrypting))).isEqualTo("unusable-proof-key");
        var agreeing = Map.of("kty", "OKP", "crv", "X25519", "x", "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo");
        assertThat(sent(good().header("alg", "EdDSA").header("jwk", agreeing))).isEqualTo("unusable-proof-key");
    }

    @Test
    void deniesKeysThatAreCostly() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(
                new RSAKeyGenParameterSpec(2048, BigInteger.ONE.shiftLeft(60).add(BigInteger.ONE)));
        var slow = (RSAPublicKey) generator.generateKeyPair().getPublic();
        assertThat(sent(good().header("alg", "RS256").header("jwk", jwk(slow.getModulus(), slow.getPublicExponent()))))
                .isEqualTo("unusable-proof-key");
        var long1 = BigInteger.ONE.shiftLeft(4200).add(BigInteger.ONE);
        assertThat(sent(good().header("alg", "RS256").header("jwk", jwk(long1, BigInteger.valueOf(65537)))))
                .isEqualTo("unusable-proof-key");
    }

    private static Map<String, Object> jwk(BigInteger modulus, BigInteger exponent) {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var n = modulus.toByteArray();
        var plain = n[0] == 0 ? Arrays.copyOfRange(n, 1, n.length) : n;
        return Map.of(
                "kty", "RSA", "n", base64.encodeToString(plain), "e", base64.encodeToString(exponent.toByteArray()));
    }

    @Test
    void deniesSignaturesOutOfRange() {
        var proof = good().sign();
        var zero = proof.substring(0, proof.lastIndexOf('.') + 1) + "A".repeat(86);
        assertThat(reason(check.check(request(token, zero).view()))).isEqualTo("bad-proof-signature");
    }

    @Test
    void takesAProofOnce() {
        var request = request(token, good().sign()).view();
        assertThat(spent(check, request, false)).isEqualTo("pass");
        assertThat(spent(check, request, false)).isEqualTo("once invalid-dpop-proof");
        assertThat(spent(check, request(token, good().sign()).view(), false)).isEqualTo("pass");
        bench.clock.advance(Duration.ofMinutes(1));
        assertThat(reason(check.check(request))).isEqualTo("proof-out-of-time");
    }

    @Test
    void remembersAProofForAsLongAsItIsGood() {
        var proof = good().claim("iat", bench.clock.instant().getEpochSecond() + 30);
        var request = request(token, proof.sign()).view();
        assertThat(spent(check, request, false)).isEqualTo("pass");
        bench.clock.advance(Duration.ofMillis(89_999));
        assertThat(reason(check.check(request))).isEqualTo("pass");
        assertThat(spent(check, request, false)).isEqualTo("once invalid-dpop-proof");
    }

    @Test
    void doesNotMixUpWhatIsObserved() {
        var request = request(token, good().sign()).view();
        assertThat(spent(check, request, true)).isEqualTo("pass");
        assertThat(spent(check, request, false)).isEqualTo("pass");
        assertThat(spent(check, request, true)).isEqualTo("once invalid-dpop-proof");
    }

    @Test
    void challengesAsTheStandardSays() {
        var absent = (Verdict.Deny) check.check(wire().view());
        assertThat(challenges(absent))
                .containsExactly(
                        "Bearer realm=\"api\"",
                        "DPoP realm=\"api\", algs=\"RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA\"");
        assertThat(challenges((Verdict.Deny) check(Demand.REQUIRED, null).check(wire().view())))
                .hasSize(1)
                .allMatch(challenge -> challenge.startsWith("DPoP "));
        var denied = (Verdict.Deny)
                check.check(request(token, good().claim("htm", "POST").sign()).view());
        assertThat(denied.reply().code()).isEqualTo("invalid-dpop-proof");
        assertThat(challenges(denied)).hasSize(1).allMatch(text -> text.endsWith(", error=\"invalid_dpop_proof\""));
        var stale = bench.provider.token().expiresIn(Duration.ofSeconds(-1)).sign();
        var expired = (Verdict.Deny) check.check(request(stale, good().sign()).view());
        assertThat(expired.reply().code()).isEqualTo("invalid-token");
        assertThat(challenges(expired)).hasSize(1).allMatch(text -> text.startsWith("DPoP "));
    }

    @Test
    void demandsNoncesThatItHandsOut() {
        var nonces = Nonces.of(new byte[32], bench.clock);
        var strict = check(Demand.REQUIRED, nonces);
        var denied = (Verdict.Deny) strict.check(request(token, good().sign()).view());
        assertThat(denied.reply().code()).isEqualTo("use-dpop-nonce");
        assertThat(challenges(denied)).allMatch(text -> text.endsWith(", error=\"use_dpop_nonce\""));
        var nonce = header(denied.reply().headers(), "DPoP-Nonce");
        assertThat(strict.check(
                        request(token, good().claim("nonce", nonce).sign()).view()))
                .isInstanceOfSatisfying(
                        Verdict.Pass.class, pass -> assertThat(pass.headers()).isEmpty());
        bench.clock.advance(Nonces.SPAN);
        var next = (Verdict.Pass)
                strict.check(request(token, good().claim("nonce", nonce).sign()).view());
        assertThat(header(next.headers(), "DPoP-Nonce")).isNotEqualTo(nonce);
        assertThat(reason(strict.check(
                        request(token, good().claim("nonce", "").sign()).view())))
                .isEqualTo("proof-without-nonce");
        bench.clock.advance(Nonces.SPAN.minusSeconds(1));
        assertThat(reason(strict.check(
                        request(token, good().claim("nonce", nonce).sign()).view())))
                .isEqualTo("pass");
        bench.clock.advance(Duration.ofSeconds(1));
        assertThat(nonces.accepts(nonce)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Nonces.of(new byte[31], bench.clock));
    }

    @Test
    void deniesWhatIsBoundInWaysThatNobodyKnows() {
        for (var cnf : List.of(Map.of(), Map.of("kid", "a"), Map.of("jkt", 1), Map.of("jkt", "short"))) {
            var odd = bench.provider.token().claim("cnf", cnf).sign();
            assertThat(reason(Bench.ask(bench.required(), odd))).isEqualTo("unknown-binding");
            assertThat(reason(Bench.ask(check, odd))).isEqualTo("unknown-binding");
        }
        var both = new HashMap<>(holder.confirmation());
        both.put("jwk", Map.of());
        assertThat(reason(Bench.ask(
                        check, bench.provider.token().claim("cnf", both).sign())))
                .isEqualTo("unknown-binding");
        assertThat(reason(Bench.ask(
                        check, bench.provider.token().claim("cnf", "x").sign())))
                .isEqualTo("unknown-binding");
        assertThat(reason(Bench.ask(
                        check, bench.provider.token().claim("typ", "DPoP").sign())))
                .isEqualTo("unknown-binding");
    }

    private Authentication check(Demand dpop, Nonces nonces) {
        var issuer = bench.issuer().possession(new Possession(dpop, Demand.OFF)).build();
        var proofs = Proofs.of(
                new Proofs.Settings(Proofs.DEFAULT_LIFETIME, nonces),
                CertificateSource.connection(),
                Ledger.memory(bench.clock, 100),
                bench.clock);
        return Authentication.required(
                List.of(Jwt.of(List.of(issuer), bench.rings).with(proofs)));
    }

    private ProofDraft good() {
        return holder.proof("GET", TARGET, token);
    }

    private String sent(ProofDraft proof) {
        return reason(check.check(request(token, proof.sign()).view()));
    }

    private static RecordedWire wire() {
        return RecordedWire.of("GET", "/orders/7?all").over("https").with("Host", "api.example.com");
    }

    private static RecordedWire request(String token, String proof) {
        return wire().with("Authorization", "DPoP " + token).with("DPoP", proof);
    }

    private static String spent(Authentication check, Request request, boolean observed) {
        var set = PolicySet.builder()
                .first(Rule.enforce("who", check))
                .first(Rule.enforce("once", check.once(observed)))
                .otherwiseProceed();
        try (var engine = Engine.of(set, Listener.NONE)) {
            return engine.evaluate(request) instanceof Outcome.Stop stop
                    ? stop.rule() + " " + stop.reply().code()
                    : "pass";
        }
    }

    private static List<String> challenges(Verdict.Deny deny) {
        return deny.reply().headers().stream()
                .filter(header -> header.named("WWW-Authenticate"))
                .map(Header::value)
                .toList();
    }

    private static String header(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.named(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }
}
