package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.Fault;
import dev.portcullis.fixture.Flaw;
import dev.portcullis.fixture.Hold;
import dev.portcullis.fixture.IdentityProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys through a real HTTP server: rotation, outage, and floods. */
class FetchedKeysTest {

    private final Bench bench = new Bench();
    private final Authentication check = bench.required();

    @AfterEach
    void stop() {
        bench.close();
    }

    private int fetches() {
        return bench.provider.requests(IdentityProvider.JWKS);
    }

    private String good() {
        return bench.provider.token("orders:read");
    }

    private static String encoded(String header) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8));
    }

    @Test
    void fetchesOnceForManyFirstRequests() throws Exception {
        try (var hold = new Hold()) {
            bench.provider.fail(IdentityProvider.JWKS, Fault.held(hold));
            var callers = Executors.newFixedThreadPool(50);
            var calls = new ArrayList<Callable<String>>();
            var token = good();
            for (var i = 0; i < 200; i++) {
                calls.add(() -> reason(ask(check, token)));
            }
            var answers = new ArrayList<Future<String>>();
            calls.forEach(call -> answers.add(callers.submit(call)));
            assertThat(hold.awaitArrival(Duration.ofSeconds(20))).isTrue();
            hold.release();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo("pass");
            }
            callers.shutdownNow();
        }
        assertThat(fetches()).isEqualTo(1);
    }

    @Test
    void acceptsANewKeyAtTheFirstTry() {
        assertThat(reason(ask(check, good()))).isEqualTo("pass");
        var old = good();
        bench.provider.rotate();
        assertThat(reason(ask(check, good()))).isEqualTo("pass");
        assertThat(reason(ask(check, old))).isEqualTo("pass");
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void forgetsRememberedTokensOfAKeyThatWasRetired() {
        var old = good();
        assertThat(reason(ask(check, old))).isEqualTo("pass");
        bench.provider.rotate();
        bench.provider.retire();
        assertThat(reason(ask(check, good()))).isEqualTo("pass");
        assertThat(reason(ask(check, old))).isEqualTo("unknown-key");
    }

    @Test
    void fetchesOnceInACoolDownForAFloodOfForgedKeyIds() {
        assertThat(reason(ask(check, good()))).isEqualTo("pass");
        var token = good();
        var rest = token.substring(token.indexOf('.'));
        for (var i = 0; i < 1000; i++) {
            var forged = "{\"alg\":\"RS256\",\"kid\":\"forged-" + i + "\"}";
            assertThat(reason(ask(check, encoded(forged) + rest))).isEqualTo("unknown-key");
        }
        assertThat(fetches()).isEqualTo(2);
        bench.clock.advance(FetchedKeys.COOL_DOWN);
        assertThat(reason(ask(check, bench.provider.broken(Flaw.UNKNOWN_KEY)))).isEqualTo("unknown-key");
        assertThat(fetches()).isEqualTo(3);
    }

    @Test
    void cannotTellWhetherAKeyIsUnknownWhileNobodyAnswers() {
        assertThat(reason(ask(check, good()))).isEqualTo("pass");
        bench.provider.fail(IdentityProvider.JWKS, Fault.status(500));
        for (var i = 0; i < 10; i++) {
            var token = bench.provider.token().header("kid", "new-" + i).sign();
            assertThatThrownBy(() -> ask(check, token)).isInstanceOf(KeysUnavailable.class);
        }
        assertThat(fetches()).isEqualTo(2);
        assertThat(reason(ask(check, good()))).isEqualTo("pass");
    }

    @Test
    void cannotTellAnythingBeforeTheFirstKeys() {
        bench.provider.fail(IdentityProvider.DISCOVERY, Fault.status(503));
        var token = good();
        assertThatThrownBy(() -> ask(check, token))
                .isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("`main`")
                .hasMessageContaining("503");
        bench.provider.heal();
        assertThatThrownBy(() -> ask(check, token)).isInstanceOf(KeysUnavailable.class);
        bench.clock.advance(FetchedKeys.RETRY);
        assertThat(reason(ask(check, token))).isEqualTo("pass");
    }

    @Test
    void goesOnWithKnownKeysThroughAnOutageUpToTheBound() {
        var token = bench.provider.token().expiresIn(Duration.ofDays(30)).sign();
        assertThat(reason(ask(check, token))).isEqualTo("pass");
        bench.provider.fail(IdentityProvider.DISCOVERY, Fault.hangUp());
        bench.clock.advance(FetchedKeys.STALE.minusSeconds(1));
        assertThat(reason(ask(check, token))).isEqualTo("pass");
        bench.clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> {
                    ask(check, token);
                    bench.clock.advance(FetchedKeys.COOL_DOWN);
                    ask(check, token);
                })
                .isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void refreshesInTheBackgroundWithoutMakingAnybodyWait() throws Exception {
        var token = bench.provider.token().expiresIn(Duration.ofDays(1)).sign();
        assertThat(reason(ask(check, token))).isEqualTo("pass");
        try (var hold = new Hold()) {
            bench.provider.fail(IdentityProvider.JWKS, Fault.held(hold));
            bench.clock.advance(FetchedKeys.REFRESH);
            assertThat(reason(ask(check, token))).isEqualTo("pass");
            assertThat(hold.awaitArrival(Duration.ofSeconds(20))).isTrue();
            assertThat(reason(ask(check, token))).isEqualTo("pass");
        }
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void takesNoKeysFromMetadataOfAnotherIssuer() {
        bench.provider.advertise("https://idp.attacker.example");
        var token = good();
        assertThatThrownBy(() -> ask(check, token))
                .hasMessageContaining("`https://idp.attacker.example`")
                .hasMessageContaining("expected: `" + bench.provider.issuer() + "`");
        assertThat(fetches()).isZero();
    }

    @Test
    void takesNoMoreThanTheBoundFromAnEndlessAnswer() {
        bench.provider.fail(IdentityProvider.JWKS, Fault.huge(64L << 20));
        var token = good();
        assertThatThrownBy(() -> ask(check, token)).hasMessageContaining("more than " + Fetcher.MAX_BYTES + " bytes");
    }

    @Test
    void takesNoKeysFromAnAnswerThatIsNoKeySet() {
        for (var fault : List.of(Fault.garbage(), Fault.truncated(), Fault.body("{\"keys\":[]}"), Fault.body("[]"))) {
            bench.provider.fail(IdentityProvider.JWKS, fault);
            bench.clock.advance(FetchedKeys.RETRY);
            var token = good();
            assertThatThrownBy(() -> ask(check, token)).isInstanceOf(KeysUnavailable.class);
        }
        bench.provider.heal();
        bench.clock.advance(FetchedKeys.RETRY);
        assertThat(reason(ask(check, good()))).isEqualTo("pass");
    }
}
