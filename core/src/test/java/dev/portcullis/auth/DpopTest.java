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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are bound to a key, and the proofs that come with them. */
class DpopTest extends DpopStage {

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
