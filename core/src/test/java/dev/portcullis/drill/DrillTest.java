package dev.portcullis.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.drill.Aim.Meant;
import dev.portcullis.drill.Trial.Fate;
import dev.portcullis.fixture.HandClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What answers prove, against a server that answers as told. */
class DrillTest {

    private static final Bounds BOUNDS =
            new Bounds(5000, 10_000, Duration.ofSeconds(20), Duration.ofHours(1), Duration.ofMinutes(2));

    private final AtomicInteger requests = new AtomicInteger();
    private HandTime time = new HandTime();
    private HttpServer server;

    /** How the application answers. */
    private interface Application {
        int status(HttpExchange exchange);
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answers(Application application) {
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            var body = String.valueOf(exchange.getRequestURI().getRawQuery()).getBytes();
            exchange.sendResponseHeaders(application.status(exchange), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private Tally attack(String path, String kind, String... credentials) throws IOException {
        return attack(BOUNDS, path, kind, credentials);
    }

    private Tally attack(Bounds bounds, String path, String kind, String... credentials) throws IOException {
        return attack(server.getAddress().getPort(), bounds, path, kind, credentials);
    }

    private Tally attack(int port, Bounds bounds, String path, String kind, String... credentials) throws IOException {
        var target = Target.of("http://127.0.0.1:" + port, Set.of());
        try (var drill = new Drill(target, bounds, HandClock.at("2026-01-01T00:00:00Z"), time)) {
            var aims = List.of(Aim.parse(path, "", Meant.UNKNOWN));
            return drill.run(aims, new Drill.Means(Set.of(kind), List.of(credentials), ""), (any, aim) -> {});
        }
    }

    private static boolean isAttack(HttpExchange exchange) {
        return exchange.getRequestURI().getRawQuery().contains("%27");
    }

    @Test
    void whatIsAnsweredLikeAHarmlessRequestPassed() throws Exception {
        answers(exchange -> 200);
        assertThat(attack("/search?q=chain", "nosql").trials())
                .hasSize(4)
                .allMatch(trial -> trial.fate() == Fate.PASSED);
    }

    @Test
    void whatIsDeniedWhereTheHarmlessSucceedsIsDenied() throws Exception {
        answers(exchange -> exchange.getRequestURI().getRawQuery().equals("q=chain") ? 200 : 403);
        assertThat(attack("/search?q=chain", "xss").count(Fate.DENIED)).isEqualTo(9);
    }

    @Test
    void whereTheHarmlessFailsADenialProvesNothing() throws Exception {
        answers(exchange -> 404);
        var tally = attack("/search?q=chain", "sql");
        assertThat(tally.trials())
                .allMatch(trial -> trial.fate() == Fate.INCONCLUSIVE
                        && trial.reason().equals("the harmless request is answered 404"));
        assertThat(tally.proves(any -> true)).isFalse();
    }

    @Test
    void whoDeniesEverythingInTheEndHasDeniedNoAttack() throws Exception {
        answers(exchange -> requests.get() == 1 ? 200 : 403);
        var tally = attack("/search?q=chain", "xss");
        assertThat(tally.count(Fate.DENIED)).isZero();
        assertThat(tally.trials().get(0).reason()).isEqualTo("afterwards the harmless request is answered 403");
    }

    @Test
    void aFailureOfTheApplicationIsAnAttackThatArrived() throws Exception {
        answers(exchange -> isAttack(exchange) ? 500 : 200);
        assertThat(attack("/search?q=chain", "ldap").trials())
                .filteredOn(trial -> trial.id().equals("xpath"))
                .allMatch(trial -> trial.fate() == Fate.PASSED && trial.reason().contains("failed"));
    }

    @Test
    void aMadeUpParameterThatChangesNothingProvesNothing() throws Exception {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes());
            exchange.close();
        });
        assertThat(attack("/status", "ssrf").trials()).allMatch(trial -> trial.fate() == Fate.INCONCLUSIVE);
        assertThat(attack("/status?q=a", "ssrf").trials()).allMatch(trial -> trial.fate() == Fate.PASSED);
    }

    @Test
    void aLimitIsHeededAndProvesNothing() throws Exception {
        answers(exchange -> requests.get() > 3
                ? 429
                : exchange.getRequestURI().getRawQuery().equals("q=chain") ? 200 : 403);
        var tally = attack("/search?q=chain", "sql");
        assertThat(tally.trials())
                .filteredOn(trial -> trial.reason().contains("429"))
                .hasSizeGreaterThan(10);
        assertThat(requests.get())
                .as("nothing is sent once there is a limit, but for the last look")
                .isEqualTo(5);
    }

    @Test
    void itComesAgainWhenTheApplicationSays() throws Exception {
        answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "60");
            return requests.get() == 2 ? 429 : 200;
        });
        var tally = attack("/search?q=chain", "nosql");
        assertThat(tally.count(Fate.PASSED)).isEqualTo(4);
        assertThat(time.slept).isGreaterThanOrEqualTo(Duration.ofSeconds(60).toNanos());
    }

    @Test
    void noMoreRequestsAreSentThanAllowed() throws Exception {
        answers(exchange -> 200);
        var few = new Bounds(7, 10_000, Duration.ofSeconds(20), Duration.ofHours(1), Duration.ZERO);
        var tally = attack(few, "/search?q=chain", "sql");
        assertThat(requests.get()).isEqualTo(7);
        assertThat(tally.requests()).isEqualTo(7);
        assertThat(tally.trials().size() + tally.unsent()).isEqualTo(16);
    }

    @Test
    void anApplicationThatAnswersNoMoreIsAFinding() throws Exception {
        try (var mortal = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            mortal.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
            var life = new Thread(() -> answerThree(mortal));
            life.start();
            var tally = attack(mortal.getLocalPort(), BOUNDS, "/search?q=chain", "sql");
            assertThat(tally.trials()).anyMatch(trial -> trial.reason().equals("the application answers no more"));
            assertThat(tally.unsent()).isPositive();
            life.join();
        }
    }

    /** Answers three requests, and listens no more. */
    private static void answerThree(ServerSocket mortal) {
        try (mortal) {
            for (var i = 0; i < 3; i++) {
                try (var one = mortal.accept()) {
                    var reader =
                            new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.UTF_8));
                    while (!reader.readLine().isEmpty()) {
                        assertThat(one.isClosed()).isFalse();
                    }
                    one.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nobodyAtAllIsAnError() {
        server.stop(0);
        assertThatThrownBy(() -> attack("/", "sql"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing answers");
    }

    @Test
    void aForgedTokenThatIsTakenIsAWayIn() throws Exception {
        answers(exchange -> {
            var header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            return header.endsWith(".") ? 200 : 401;
        });
        var tally = attack("/orders", "jwt");
        assertThat(tally.trials())
                .filteredOn(trial -> trial.fate() == Fate.PASSED)
                .extracting(Trial::id)
                .containsExactly("alg-none", "alg-none-mixed-case");
        assertThat(tally.count(Fate.DENIED)).isGreaterThanOrEqualTo(9);
    }

    @Test
    void tokensProveNothingWhereNobodyIsKeptAway() throws Exception {
        answers(exchange -> 200);
        assertThat(attack("/orders", "jwt").trials()).allMatch(trial -> trial.fate() == Fate.INCONCLUSIVE);
    }

    @Test
    void aRouteThatTakesEverybodyIsOpen() throws Exception {
        answers(exchange -> 200);
        assertThat(attack("/orders", "open", "X-API-Key: secret-of-mine").trials())
                .hasSize(4)
                .allMatch(trial ->
                        trial.fate() == Fate.PASSED && !trial.toString().contains("secret-of-mine"));
    }

    @Test
    void aTrustedAddressOfAnybodyIsAWayIn() throws Exception {
        answers(exchange -> "127.0.0.1".equals(exchange.getRequestHeaders().getFirst("X-Forwarded-For")) ? 200 : 403);
        assertThat(attack("/admin", "forwarded").trials())
                .filteredOn(trial -> trial.fate() == Fate.PASSED)
                .extracting(Trial::id)
                .containsExactly("x-forwarded-for");
    }

    @Test
    void anEchoedOriginIsAllowed() throws Exception {
        answers(exchange -> {
            var origin = String.valueOf(exchange.getRequestHeaders().getFirst("Origin"));
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", origin);
            return 200;
        });
        assertThat(attack("/orders", "cors").count(Fate.PASSED)).isEqualTo(5);
    }

    @Test
    void everybodyMayReadWhatNeedsNoCredentials() throws Exception {
        answers(exchange -> {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            return 200;
        });
        assertThat(attack("/orders", "cors").count(Fate.DENIED)).isEqualTo(5);
    }

    @Test
    void anOverrideThatIsObeyedPassed() throws Exception {
        server.createContext("/", exchange -> {
            var head = exchange.getRequestHeaders().containsKey("X-HTTP-Method-Override");
            exchange.sendResponseHeaders(200, head ? -1 : 2);
            if (!head) {
                exchange.getResponseBody().write("ok".getBytes());
            }
            exchange.close();
        });
        assertThat(attack("/orders", "override").trials())
                .filteredOn(trial -> trial.fate() == Fate.PASSED)
                .extracting(Trial::id)
                .containsExactly("x-http-method-override");
    }

    /** Time that passes only when somebody waits. */
    private static final class HandTime implements Time {

        private long slept;

        @Override
        public long nanos() {
            return slept;
        }

        @Override
        public void sleep(long nanos) {
            slept += nanos;
        }
    }
}
