package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.outbound.Outbound;
import dev.portcullis.outbound.Outbound.Part;
import dev.portcullis.servlet.Onward;
import dev.portcullis.spring.Authenticated;
import dev.portcullis.spring.Public;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** What an application's own calls take along, from a booted application to real servers. */
class OutboundCallsTest {

    private static final String TRACE = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Map<String, String> HEARD = new ConcurrentHashMap<>();

    private static IdentityProvider provider;
    private static HttpServer named;
    private static HttpServer other;

    @BeforeAll
    static void open() throws IOException {
        provider = IdentityProvider.start(Clock.systemUTC());
        other = server("other", "");
        named = server("named", "http://127.0.0.1:" + other.getAddress().getPort() + "/there");
    }

    /** A server that notes what it was told, and answers with 200 or a redirect. */
    private static HttpServer server(String name, String redirect) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            for (var header : List.of("Authorization", "traceparent", "X-Request-Id", "Cookie")) {
                var value = exchange.getRequestHeaders().getFirst(header);
                HEARD.put(name + " " + header, value == null ? "nothing" : value);
            }
            var moved = exchange.getRequestURI().getPath().equals("/moved");
            if (moved) {
                exchange.getResponseHeaders().set("Location", redirect);
            }
            exchange.sendResponseHeaders(moved ? 302 : 200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @AfterAll
    static void close() {
        provider.close();
        named.stop(0);
        other.stop(0);
    }

    @BeforeEach
    void forget() {
        HEARD.clear();
    }

    private static String url(HttpServer server, String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static Booted start() throws IOException {
        return Booted.with(
                "portcullis: { issuers: { main: { issuer: '" + provider.issuer()
                        + "', audiences: [orders-api], key-timeout: 30s } }, outbound: { hosts: ['127.0.0.1:"
                        + named.getAddress().getPort() + "'] } }",
                Calls.class);
    }

    private static String token(Map<String, Object> claims) {
        var token = provider.token().subject("alice");
        claims.forEach(token::claim);
        return "Authorization: Bearer " + token.sign();
    }

    @RestController
    static class Calls {

        private final OutboundCalls calls;
        private final RestClient client;

        Calls(OutboundCalls calls) {
            this.calls = calls;
            this.client = RestClient.builder().apply(calls).build();
        }

        @GetMapping("/call")
        @Authenticated
        String call(@RequestParam String to) {
            return String.valueOf(client.get()
                    .uri(URI.create(to))
                    .retrieve()
                    .toBodilessEntity()
                    .getStatusCode()
                    .value());
        }

        @GetMapping("/anonymous")
        @Public
        String anonymous(@RequestParam String to) {
            return call(to);
        }

        @GetMapping("/elsewhere")
        @Authenticated
        String elsewhere(@RequestParam String to, HttpServletRequest request) {
            CompletableFuture.runAsync(() -> call(to)).join();
            var lost = HEARD.remove("named Authorization");
            var bound = RestClient.builder().apply(calls.of(request)).build();
            CompletableFuture.runAsync(
                            () -> bound.get().uri(URI.create(to)).retrieve().toBodilessEntity())
                    .join();
            return lost;
        }

        @GetMapping("/plain")
        @Authenticated
        String plain(@RequestParam String to, HttpServletRequest request) throws IOException, InterruptedException {
            var onward =
                    Onward.of(request, Outbound.to(List.of(URI.create(to).getAuthority()), EnumSet.allOf(Part.class)));
            var call = HttpRequest.newBuilder(URI.create(to)).build();
            var follower =
                    HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
            try {
                onward.send(follower, call, BodyHandlers.discarding());
                return "followed";
            } catch (IllegalArgumentException e) {
                return String.valueOf(onward.send(HttpClient.newHttpClient(), call, BodyHandlers.discarding())
                        .statusCode());
            }
        }
    }

    @Test
    void takeTokenAndTraceToNamedHosts() throws IOException {
        try (var application = start()) {
            var token = token(Map.of());
            var answer = application.get("/call?to=" + url(named, "/x"), token, TRACE, "Cookie: a=b");
            assertThat(answer.text()).isEqualTo("200");
            assertThat(HEARD)
                    .containsEntry("named Authorization", token.substring("Authorization: ".length()))
                    .containsEntry("named traceparent", TRACE.substring("traceparent: ".length()))
                    .containsEntry(
                            "named X-Request-Id", answer.value("X-Request-Id").orElseThrow())
                    .containsEntry("named Cookie", "nothing");
        }
    }

    @Test
    void takeNothingAnywhereElse() throws IOException {
        try (var application = start()) {
            assertThat(application
                            .get("/call?to=" + url(other, "/x"), token(Map.of()), TRACE)
                            .text())
                    .isEqualTo("200");
            assertThat(HEARD)
                    .containsEntry("other Authorization", "nothing")
                    .containsEntry("other traceparent", "nothing")
                    .containsEntry("other X-Request-Id", "nothing");
        }
    }

    @Test
    void followNoRedirect() throws IOException {
        try (var application = start()) {
            assertThat(application
                            .get("/call?to=" + url(named, "/moved"), token(Map.of()))
                            .text())
                    .isEqualTo("302");
            assertThat(HEARD).containsKey("named Authorization").doesNotContainKey("other Authorization");
        }
    }

    @Test
    void takeNoTokenThatNobodyHasAcceptedAndNoneThatIsBound() throws IOException {
        try (var application = start()) {
            application.get("/anonymous?to=" + url(named, "/x"), token(Map.of()));
            assertThat(HEARD).containsEntry("named Authorization", "nothing");
            HEARD.clear();
            var bound = token(Map.of("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")));
            assertThat(application.get("/call?to=" + url(named, "/x"), bound).status())
                    .isBetween(401, 500);
            assertThat(HEARD).isEmpty();
        }
    }

    @Test
    void takeTheTokenToAnotherThreadOnlyWhenHandedTheRequest() throws IOException {
        try (var application = start()) {
            var token = token(Map.of());
            assertThat(application
                            .get("/elsewhere?to=" + url(named, "/x"), token)
                            .text())
                    .isEqualTo("nothing");
            assertThat(HEARD).containsEntry("named Authorization", token.substring("Authorization: ".length()));
        }
    }

    @Test
    void goByTheClientOfThePlatformToo() throws IOException {
        try (var application = start()) {
            var token = token(Map.of());
            assertThat(application.get("/plain?to=" + url(named, "/x"), token).text())
                    .isEqualTo("200");
            assertThat(HEARD).containsEntry("named Authorization", token.substring("Authorization: ".length()));
        }
    }

    @Test
    void stopTheStartForHostsThatAreNone() {
        var yaml = "portcullis: { outbound: { hosts: ['https://a.example', '*.b.example'], forward: [cookies] } }";
        assertThatThrownBy(() -> Booted.with(yaml).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("outbound.hosts[0]")
                .hasMessageContaining("outbound.hosts[1]")
                .hasMessageContaining("outbound.forward[0]");
    }
}
