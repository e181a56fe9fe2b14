package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.caller;
import static dev.portcullis.auth.Bench.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Verdict;
import dev.portcullis.fixture.Fault;
import dev.portcullis.fixture.Flaw;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.http.RecordedWire;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

    private static final String KEY = "canary-key-0123456789";
    private static final String HASH = "sha256:" + HexFormat.of().formatHex(sha256(KEY));

    private static Bench bench;
    private static Jwt jwt;
    private static ApiKeys keys;

    @BeforeAll
    static void start() {
        bench = new Bench();
        jwt = Jwt.of(List.of(bench.issuer().build()), bench.rings);
        keys = ApiKeys.of(List.of(
                ApiKey.of(KnownClient.named("acme")).secret(KeyHash.parse(HASH)).build()));
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @Test
    void takesAnyOneOfItsSchemes() {
        var check = Authentication.required(List.of(jwt, keys));
        assertThat(caller(ask(check, bench.provider.token("a"))).proof()).isEqualTo("jwt");
        assertThat(caller(check.check(RecordedWire.of("GET", "/")
                                .with("X-API-Key", KEY)
                                .view()))
                        .proof())
                .isEqualTo("api-key");
    }

    @Test
    void challengesOnceForEveryScheme() {
        var deny = (Verdict.Deny) Authentication.required(List.of(jwt, keys))
                .check(RecordedWire.of("GET", "/").view());
        assertThat(deny.reply().headers().stream().map(header -> header.value()))
                .containsExactly("Bearer realm=\"api\"", "ApiKey realm=\"api\"");
    }

    @Test
    void deniesTwoSchemesOnOneRequest() {
        var both = RecordedWire.of("GET", "/")
                .with("Authorization", "Bearer " + bench.provider.token("a"))
                .with("X-API-Key", KEY);
        for (var check :
                List.of(Authentication.required(List.of(jwt, keys)), Authentication.optional(List.of(keys, jwt)))) {
            assertThat(reason(check.check(both.view()))).isEqualTo("several-credentials");
        }
    }

    @Test
    void deniesABadCredentialEvenWhereNoneIsNeeded() {
        var optional = Authentication.optional(List.of(jwt));
        assertThat(optional.check(RecordedWire.of("GET", "/").view())).isSameAs(Verdict.pass());
        assertThat(reason(ask(optional, "junk"))).isEqualTo("malformed-token");
        for (var flaw : Flaw.values()) {
            assertThat(ask(optional, bench.provider.broken(flaw))).isInstanceOf(Verdict.Deny.class);
        }
        assertThat(reason(optional.check(RecordedWire.of("GET", "/")
                        .with("Authorization", "Basic YWxpY2U6cHc=")
                        .view())))
                .isEqualTo("unknown-scheme");
    }

    @Test
    void refusesToBuildWithoutSchemesOrWithOneTwice() {
        assertThatIllegalArgumentException().isThrownBy(() -> Authentication.required(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Authentication.optional(List.of(jwt, jwt)));
    }

    @Test
    void acceptsATokenOfOneIssuerOnlyFromThatIssuer() {
        try (var other = new Bench()) {
            var both = Jwt.of(
                    List.of(
                            bench.issuer().build(),
                            Issuer.builder("other", other.provider.issuer())
                                    .audiences(Set.of(IdentityProvider.AUDIENCE))
                                    .build()),
                    bench.rings);
            var check = Authentication.required(List.of(both));
            assertThat(caller(ask(check, other.provider.token("a"))).issuer()).isEqualTo("other");
            assertThat(caller(ask(check, bench.provider.token("a"))).issuer()).isEqualTo("main");
            // both have a key of this id
            var stolen = other.provider.token().issuer(bench.provider.issuer()).sign();
            assertThat(reason(ask(check, stolen))).isEqualTo("bad-signature");
        }
    }

    @Test
    void remembersOnlyTokensThatHold() {
        var own = Jwt.of(List.of(bench.issuer().build()), bench.rings);
        var check = Authentication.required(List.of(own));
        var good = bench.provider.token("a");
        ask(check, good);
        var rest = good.substring(good.indexOf('.') + 1, good.lastIndexOf('.') + 1);
        var header = good.substring(0, good.indexOf('.') + 1);
        for (var i = 0; i < 500; i++) {
            ask(
                    check,
                    header + rest + "A".repeat(340)
                            + HexFormat.of().toHexDigits((short) i).substring(2) + "AA");
        }
        assertThat(own.memory().remembered()).isEqualTo(1);
        ask(check, good);
        assertThat(own.memory().known()).isEqualTo(1);
    }

    @Test
    void deniesEveryTokenOfWhichOneCharacterIsAnother() {
        var check = Authentication.required(List.of(jwt));
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var good = bench.provider.token("orders:read");
        bench.clock.advance(Duration.ofMinutes(1));
        assertThat(reason(ask(check, good))).isEqualTo("pass");
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/~ \n\u0000\u00e9";
        for (var i = 0; i < 2000; i++) {
            var at = random.nextInt(good.length());
            var other = alphabet.charAt(random.nextInt(alphabet.length()));
            if (other != good.charAt(at)) {
                var changed = good.substring(0, at) + other + good.substring(at + 1);
                assertThat(ask(check, changed)).as("seed " + seed).isInstanceOf(Verdict.Deny.class);
            }
        }
    }

    @Test
    void keepsCredentialsOutOfRepliesAndEvidence() {
        var check = Authentication.required(List.of(jwt, keys));
        var seen = new ArrayList<String>();
        for (var flaw : Flaw.values()) {
            bench.clock.advance(FetchedKeys.COOL_DOWN);
            var token = bench.provider.broken(flaw);
            var shown = ask(check, token).toString();
            for (var part : token.split("\\.")) {
                assertThat(part.length() < 8 || !shown.contains(part))
                        .as(flaw.label())
                        .isTrue();
            }
            assertThat(shown).doesNotContain("alice", "attacker");
            seen.add(shown);
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(25);
        var wrong = RecordedWire.of("GET", "/").with("X-API-Key", "wrong-" + KEY);
        assertThat(check.check(wrong.view()).toString()).doesNotContain(KEY);
    }

    @Test
    void keepsCredentialsOutOfExceptions() {
        try (var own = new Bench()) {
            own.provider.fail(IdentityProvider.JWKS, Fault.garbage());
            var check = own.required();
            var token = own.provider.token("a");
            assertThatThrownBy(() -> ask(check, token))
                    .isInstanceOf(KeysUnavailable.class)
                    .hasMessageNotContaining(token.substring(0, 10))
                    .hasNoCause();
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
