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
import org.junit.jupiter.api.Test;

/** Keys through a real HTTP server: rotation, outage, and floods. */
class FetchedKeysTest extends FetchedKeysStage {

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
        bench.clock.advance(Duration.ofSeconds(2));
        assertThat(reason(ask(check, good()))).isEqualTo("pass");
        assertThat(reason(ask(check, old))).isEqualTo("unknown-key");
    }

    @Test
    void fetchesOnceInACoolDownForAFloodOfForgedKeyIds() {
        assertThat(reason(ask(check, good()))).isEqualTo("pass");
        var token = bench.provider.token().issuedAfter(Duration.ofMinutes(-1)).sign();
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
    void cannotTellOfATokenThatIsNewerThanTheKeysWhileAFloodHoldsThemUp() {
        assertThat(reason(ask(check, good()))).isEqualTo("pass");
        assertThat(reason(ask(check, bench.provider.broken(Flaw.UNKNOWN_KEY)))).isEqualTo("unknown-key");
        bench.clock.advance(Duration.ofSeconds(1));
        bench.provider.rotate();
        var newest = good();
        assertThatThrownBy(() -> ask(check, newest))
                .isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("issued after they were fetched");
        var old = bench.provider.token().issuedAfter(Duration.ofMinutes(-1)).sign();
        assertThat(reason(ask(check, old))).as("a key that was not there then").isEqualTo("unknown-key");
        bench.clock.advance(FetchedKeys.COOL_DOWN);
        assertThat(reason(ask(check, newest))).isEqualTo("pass");
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
        bench.clock.advance(KeyCare.USUAL.maxStale().minusSeconds(1));
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
    void makesNobodyWaitLongForAnUnknownKey() throws Exception {
        var minute = Duration.ofMinutes(1);
        try (var hold = new Hold();
                var hasty = new Bench(new Delays(minute, minute, Duration.ofSeconds(1)))) {
            var own = hasty.required();
            var token = hasty.provider.token("a");
            assertThat(reason(ask(own, token))).isEqualTo("pass");
            hasty.provider.fail(IdentityProvider.JWKS, Fault.held(hold));
            var unknown = hasty.provider.broken(Flaw.UNKNOWN_KEY);
            assertThatThrownBy(() -> ask(own, unknown))
                    .isInstanceOf(KeysUnavailable.class)
                    .hasMessageContaining("longer than 1 s");
            assertThat(reason(ask(own, token))).isEqualTo("pass");
        }
    }

    @Test
    void keepsKeysBeyondTheChecksThatUseThem() {
        assertThat(reason(ask(check, good()))).isEqualTo("pass");
        bench.provider.fail(IdentityProvider.DISCOVERY, Fault.hangUp());
        assertThat(reason(ask(bench.required(), good()))).isEqualTo("pass");
        assertThat(fetches()).isEqualTo(1);
    }

    @Test
    void reportsHowItStandsWithTheKeys() {
        var jwt = Jwt.of(List.of(bench.issuer().build()), bench.rings);
        assertThat(jwt.keys()).singleElement().satisfies(report -> {
            assertThat(report.issuer()).isEqualTo("main");
            assertThat(report.ready()).isFalse();
            assertThat(report.fetched()).isNull();
        });
        bench.provider.advertise("https://other.example\n");
        jwt.fetchKeys().join();
        assertThat(jwt.keys()).singleElement().satisfies(report -> {
            assertThat(report.ready()).isFalse();
            assertThat(report.problem()).contains("https://other.example?", bench.provider.issuer());
        });
        bench.provider.heal();
        jwt.fetchKeys().join();
        assertThat(jwt.keys()).singleElement().satisfies(report -> {
            assertThat(report.ready()).isTrue();
            assertThat(report.problem()).isNull();
            assertThat(report.keys()).isEqualTo(4);
            assertThat(report.fetched()).isEqualTo(bench.clock.instant());
        });
        bench.provider.fail(IdentityProvider.JWKS, Fault.status(500));
        bench.clock.advance(KeyCare.USUAL.maxStale());
        jwt.fetchKeys().join();
        assertThat(jwt.keys()).singleElement().satisfies(report -> {
            assertThat(report.ready()).isFalse();
            assertThat(report.problem()).contains("500");
        });
    }
}
