package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.portcullis.fixture.Fault;
import dev.portcullis.fixture.Flaw;
import dev.portcullis.fixture.Hold;
import dev.portcullis.fixture.IdentityProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void givesUpAnAnswerThatTrickles() throws Exception {
        var minute = Duration.ofMinutes(1);
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var hasty = new Bench(new Delays(minute, Duration.ofSeconds(1), minute))) {
            var trickle = new Thread(() -> trickle(server), "trickle");
            trickle.setDaemon(true);
            trickle.start();
            var address = URI.create("http://localhost:" + server.getLocalPort() + "/jwks");
            var issuer = hasty.issuer().keys(KeySource.at(address)).build();
            var slow = Authentication.required(List.of(Jwt.of(List.of(issuer), hasty.rings)));
            var token = hasty.provider.token("a");
            assertThatThrownBy(() -> ask(slow, token)).isInstanceOf(KeysUnavailable.class);
            trickle.join(minute.toMillis());
            assertThat(trickle.isAlive()).as("the connection is still open").isFalse();
        }
    }

    /** Answers a head and a little of the body, and then nothing until the other side hangs up. */
    private static void trickle(ServerSocket server) {
        try (var connection = server.accept()) {
            var head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{";
            connection.getOutputStream().write(head.getBytes(UTF_8));
            while (connection.getInputStream().read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void followsNoRedirect() throws Exception {
        var target = bench.provider.at(IdentityProvider.JWKS);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", target.toString());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        try {
            var address = URI.create("http://localhost:" + server.getAddress().getPort() + "/jwks");
            var issuer = bench.issuer().keys(KeySource.at(address)).build();
            var redirected = Authentication.required(List.of(Jwt.of(List.of(issuer), bench.rings)));
            var token = good();
            assertThatThrownBy(() -> ask(redirected, token)).hasMessageContaining("302");
        } finally {
            server.stop(0);
        }
        assertThat(fetches()).isZero();
    }

    @Test
    void takesKeysFromAnAddressAndFromAFileAlike(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("jwks.json"), bench.provider.jwks());
        for (var source : List.of(KeySource.at(bench.provider.at(IdentityProvider.JWKS)), KeySource.file(file))) {
            var issuer = bench.issuer().keys(source).build();
            var own = Authentication.required(List.of(Jwt.of(List.of(issuer), bench.rings)));
            assertThat(reason(ask(own, good()))).isEqualTo("pass");
            bench.provider.rotate();
            Files.writeString(file, bench.provider.jwks());
            assertThat(reason(ask(own, good()))).isEqualTo("pass");
        }
        assertThat(bench.provider.requests(IdentityProvider.DISCOVERY)).isZero();
    }

    @Test
    void cannotTellWhileTheFileIsMissingOrTooLarge(@TempDir Path folder) throws Exception {
        var file = folder.resolve("jwks.json");
        var issuer = bench.issuer().keys(KeySource.file(file)).build();
        var own = Authentication.required(List.of(Jwt.of(List.of(issuer), bench.rings)));
        var token = good();
        assertThatThrownBy(() -> ask(own, token)).isInstanceOf(KeysUnavailable.class);
        Files.writeString(file, bench.provider.jwks() + " ".repeat(Fetcher.MAX_BYTES));
        bench.clock.advance(FetchedKeys.RETRY);
        assertThatThrownBy(() -> ask(own, token)).hasMessageContaining("more than");
        Files.writeString(file, bench.provider.jwks());
        bench.clock.advance(FetchedKeys.RETRY);
        assertThat(reason(ask(own, good()))).isEqualTo("pass");
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
