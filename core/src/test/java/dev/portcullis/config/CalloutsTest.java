package dev.portcullis.config;

import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.header;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.config.Gates.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.fixture.HandClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions of a server elsewhere, as an operator configures them. */
class CalloutsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "{\"result\":true}";

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/allow", this::answer);
        server.createContext("/elsewhere", this::answer);
        server.createContext("/held", exchange -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        open.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        if (status == 307) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
        }
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void tellsWhatIsAskedAndWhoAsksAndNoCredentials() throws IOException {
        try (var gate = gate("")) {
            var request = keyed(with("HEAD", "/orders/7?q=1")).with("Cookie", "session=1");
            assertThat(outcome(gate, request)).isEqualTo("proceed");
        }
        assertThat(JSON.readTree(asked.get(0))).isEqualTo(JSON.readTree("""
                {"input": {
                  "request": {"method": "GET", "path": "/orders/7"},
                  "path": {"id": "7"},
                  "principal": {"id": "acme", "kind": "client", "issuer": "clients", "client": "acme",
                    "scopes": ["read"], "roles": ["partner"]}}}
                """));
        assertThat(authorizations).containsExactly("null");
    }

    @Test
    void tellsWhatIsNamedAlone() throws IOException {
        try (var gate = gate(", token: s3cr3t, send: [principal.id, \"request.headers['X-Region']\"]")) {
            var request = keyed(get("/orders/7")).with("x-region", "eu");
            assertThat(outcome(gate, request)).isEqualTo("proceed");
            assertThat(input(0))
                    .isEqualTo(JSON.readTree(
                            "{\"principal\":{\"id\":\"acme\"},\"request\":{\"headers\":{\"X-Region\":\"eu\"}}}"));
            assertThat(authorizations).containsExactly("Bearer s3cr3t");
            assertThat(outcome(gate, request.with("X-Region", "us"))).isEqualTo("orders.callout 403 not-permitted");
            assertThat(asked).hasSize(1);
            assertThat(outcome(gate, keyed(get("/orders/7")))).isEqualTo("proceed");
            assertThat(input(1).has("request")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"result\":true} | proceed",
                "{\"result\":{\"allow\":true,\"more\":1}} | proceed",
                "{\"result\":false} | orders.callout 403 not-permitted",
                "{\"result\":{\"allow\":false,\"reason\":\"why\"}} | orders.callout 403 not-permitted",
                "{} | orders.callout 403 not-permitted",
                "{\"result\":\"true\"} | orders.callout 503 could-not-tell",
                "{\"result\":{}} | orders.callout 503 could-not-tell",
                "{\"result\":{\"allow\":1}} | orders.callout 503 could-not-tell",
                "{\"result\":null} | orders.callout 503 could-not-tell",
                "{\"result\":false,\"result\":true} | orders.callout 503 could-not-tell",
                "[true] | orders.callout 503 could-not-tell",
                "true | orders.callout 503 could-not-tell"
            })
    void takesTheAnswerAtItsWord(String text, String expected) {
        answer = text;
        try (var gate = gate("")) {
            assertThat(outcome(gate, keyed(get("/orders/7")))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 307, 401, 403, 404, 500})
    void cannotTellFromAnyOtherStatus(int other) {
        status = other;
        try (var gate = gate("")) {
            assertThat(outcome(gate, keyed(get("/orders/7")))).isEqualTo("orders.callout 503 could-not-tell");
            assertThat(header(gate, keyed(get("/orders/7")), "Retry-After")).isNotEmpty();
            assertThat(asked).hasSize(2);
        }
    }

    @Test
    void keepsAnswersByAllThatWasSent() {
        try (var gate = gate(", cache: 10s")) {
            assertThat(outcome(gate, keyed(get("/orders/7")))).isEqualTo("proceed");
            answer = "{\"result\":false}";
            assertThat(outcome(gate, keyed(get("/orders/7")))).isEqualTo("proceed");
            assertThat(outcome(gate, keyed(get("/orders/8")))).isEqualTo("orders.callout 403 not-permitted");
            assertThat(outcome(gate, keyed(with("DELETE", "/orders/7")))).isEqualTo("orders.callout 403 not-permitted");
            assertThat(asked).hasSize(3);
            clock.advance(Duration.ofSeconds(10));
            assertThat(outcome(gate, keyed(get("/orders/7")))).isEqualTo("orders.callout 403 not-permitted");
        }
    }

    @Test
    void asksEveryTimeUnlessToldOtherwise() {
        try (var gate = gate("")) {
            assertThat(outcome(gate, keyed(get("/orders/7")))).isEqualTo("proceed");
            answer = "{\"result\":false}";
            assertThat(outcome(gate, keyed(get("/orders/7")))).isEqualTo("orders.callout 403 not-permitted");
        }
    }

    @Test
    void leavesAloneWhoFailsAgainAndAgain() {
        status = 500;
        try (var gate = gate("")) {
            for (var i = 0; i < 10; i++) {
                assertThat(outcome(gate, keyed(get("/orders/7")))).isEqualTo("orders.callout 503 could-not-tell");
            }
            assertThat(asked).hasSize(5);
            status = 200;
            clock.advance(Duration.ofSeconds(5));
            assertThat(outcome(gate, keyed(get("/orders/7")))).isEqualTo("proceed");
        }
    }

    @Test
    void waitsForAnAnswerNoLongerThanItIsTold() {
        try (var gate = gate("/held", ", timeout: 50ms")) {
            assertThat(outcome(gate, keyed(get("/orders/7")))).isEqualTo("orders.callout 503 could-not-tell");
        }
    }

    @Test
    void asksNobodyAboutWhomNobodyKnows() {
        try (var gate = gate("")) {
            assertThat(outcome(gate, get("/orders/7"))).isEqualTo("orders.authentication 401 authentication-required");
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void stopsTheStartForEveryMistake() {
        assertThat(problems("callout: {}")).contains("policies.orders.authorize.callout.url", "missing");
        assertThat(problems("callout: { url: \"http://opa.example.com/allow\" }"))
                .contains("callout.url", "nobody on the way can permit anything")
                .doesNotContain("jwks");
        assertThat(problems("callout: { url: \"https://opa/allow\", timeout: 11s }"))
                .contains("up to 10 seconds");
        assertThat(problems("callout: { url: \"https://opa/allow\", cache: 1h }"))
                .contains("up to 5 minutes");
        assertThat(problems("callout: { url: \"https://opa/allow\", send: [principal.name] }"))
                .contains("callout.send", "principal.name", "did you mean `principal.");
        assertThat(problems("callout: { url: \"https://opa/allow\", send: [body.amount] }"))
                .contains("callout.send");
        assertThat(problems("callout: { url: \"https://opa/allow\", send: [\"principal.id == 'a'\"] }"))
                .contains("callout.send", "expected: an attribute");
        assertThat(problems("callout: { url: \"https://opa/allow\", send: [path.number] }"))
                .contains("callout.send", "number");
        assertThat(problems("callout: { url: \"https://opa/allow\", send: [] }"))
                .contains("callout.send");
    }

    private JsonNode input(int index) throws IOException {
        return JSON.readTree(asked.get(index)).get("input");
    }

    private Gate gate(String more) {
        return gate("/allow", more);
    }

    private Gate gate(String path, String more) {
        var url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        var patient = more.contains("timeout") ? more : more + ", timeout: 10s";
        return Gate.builder(file(yaml("callout: { url: \"" + url + "\"" + patient + " }")))
                .clock(clock)
                .executor(executor)
                .build();
    }

    private static String problems(String callout) {
        return catchThrowableOfType(
                        ConfigurationException.class,
                        () -> Gate.builder(file(yaml(callout))).build())
                .getMessage();
    }

    private static String yaml(String callout) {
        return Gates.CLIENTS + """
                policies:
                  orders:
                    paths: ["/orders/{id}"]
                    authenticate: [api-key]
                    authorize: { %s }
                """.formatted(callout);
    }
}
