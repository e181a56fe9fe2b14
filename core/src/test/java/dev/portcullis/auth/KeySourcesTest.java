package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.portcullis.fixture.Fault;
import dev.portcullis.fixture.IdentityProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where keys are fetched from, and what is not taken from there. */
class KeySourcesTest extends FetchedKeysStage {

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
    void givesUpAnAnswerThatTrickles() throws Exception {
        var minute = Duration.ofMinutes(1);
        var accepted = new CountDownLatch(1);
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var hasty = new Bench(new Delays(minute, Duration.ofSeconds(1), minute))) {
            var trickle = new Thread(() -> trickle(server, accepted), "trickle");
            trickle.setDaemon(true);
            trickle.start();
            var address = URI.create("http://localhost:" + server.getLocalPort() + "/jwks");
            var issuer = hasty.issuer().keys(KeySource.at(address)).build();
            var slow = Authentication.required(List.of(Jwt.of(List.of(issuer), hasty.rings)));
            var token = hasty.provider.token("a");
            for (var i = 0; i < 60 && accepted.getCount() > 0; i++) {
                // an attempt may be given up before there is a connection
                assertThatThrownBy(() -> ask(slow, token)).isInstanceOf(KeysUnavailable.class);
                hasty.clock.advance(FetchedKeys.RETRY);
            }
            trickle.join(minute.toMillis());
            assertThat(trickle.isAlive()).as("the connection is still open").isFalse();
        }
    }

    /** Answers a head and a little of the body, and then nothing until the other side hangs up. */
    private static void trickle(ServerSocket server, CountDownLatch accepted) {
        try (var connection = server.accept()) {
            accepted.countDown();
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
}
