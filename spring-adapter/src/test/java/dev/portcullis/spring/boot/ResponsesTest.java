package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.spring.Cors;
import dev.portcullis.spring.Public;
import dev.portcullis.spring.Sunset;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What goes out of a booted application. */
class ResponsesTest {

    private static final String HEADERS = "portcullis: { response-headers: { server-errors: withhold, "
            + "content-security-policy: \"script-src 'nonce-{nonce}'\" } }";
    private static final String ORIGIN = "Origin: https://app.example.com";

    /** Handlers that say something of their own about what goes out. */
    @RestController
    @Public
    static class Answers {

        @GetMapping("/json")
        Map<String, String> json() {
            return Map.of("a", "b");
        }

        @GetMapping("/empty")
        ResponseEntity<Void> empty() {
            return ResponseEntity.noContent().header("X-Powered-By", "Spring").build();
        }

        @GetMapping("/later")
        Callable<Map<String, String>> later() {
            return () -> Map.of("a", "b");
        }

        @GetMapping("/events")
        SseEmitter events() throws IOException {
            var emitter = new SseEmitter();
            emitter.send("one");
            emitter.complete();
            return emitter;
        }

        @GetMapping("/moved")
        void moved(HttpServletResponse response) throws IOException {
            response.setHeader("X-Split", "a\r\nX-Planted: 1");
            response.sendRedirect("/there");
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("secret");
        }

        @GetMapping("/nonce")
        String nonce(HttpServletRequest request) {
            return String.valueOf(request.getAttribute("dev.portcullis.nonce"));
        }

        @GetMapping("/cors")
        @Cors(origins = "https://app.example.com")
        @CrossOrigin(
                origins = {"https://app.example.com", "https://other.example.com"},
                allowCredentials = "true")
        String cors() {
            return "cors";
        }

        @GetMapping("/old")
        @Sunset(value = "2090-01-01", deprecated = "2025-01-01")
        String old() {
            return "old";
        }

        @GetMapping("/gone")
        @Sunset("2020-01-01")
        String gone() {
            return "gone";
        }
    }

    /** A handler that says when it ends, and a second one that says who may call until then. */
    @RestController
    static class Ending {

        @GetMapping("/old-and-bare")
        @Sunset("2090-01-01")
        String bare() {
            return "bare";
        }

        @GetMapping("/old-and-open")
        @Sunset("2090-01-01")
        @Public
        String open() {
            return "open";
        }
    }

    @Test
    void whatSaysWhenAHandlerEndsDoesNotSayThatAnybodyMayCall() throws IOException {
        try (var application = Booted.with("portcullis: {}", Ending.class)) {
            var bare = application.get("/old-and-bare");

            assertThat(bare.status()).isEqualTo(403);
            assertThat(bare.text()).contains("\"code\":\"no-policy\"");
            assertThat(application.get("/old-and-open").status()).isEqualTo(200);
        }
    }

    @Test
    void putsTheFieldsOnEveryAnswer() throws IOException {
        try (var application = Booted.with(HEADERS, Answers.class)) {
            for (var path :
                    new String[] {"/json", "/empty", "/later", "/events", "/moved", "/broken", "/nowhere", "/nonce"}) {
                var response = application.get(path);
                assertThat(response.values("X-Content-Type-Options")).as(path).containsExactly("nosniff");
                assertThat(response.values("Content-Security-Policy")).as(path).hasSize(1);
                assertThat(response.values("X-Powered-By")).as(path).isEmpty();
            }
            var moved = application.get("/moved");
            assertThat(moved.status()).isEqualTo(302);
            assertThat(moved.value("X-Split")).contains("aX-Planted: 1");
            assertThat(moved.values("X-Planted")).isEmpty();
            assertThat(application.get("/json").text()).isEqualTo("{\"a\":\"b\"}");
            assertThat(application.get("/later").text()).isEqualTo("{\"a\":\"b\"}");
            assertThat(application.get("/events").text()).contains("data:one");
            var page = application.get("/nonce");
            assertThat(page.value("Content-Security-Policy")).contains("script-src 'nonce-" + page.text() + "'");
        }
    }

    @Test
    void withholdsWhatIsSaidOfFailures() throws IOException {
        try (var application = Booted.with(HEADERS, Answers.class)) {
            var response = application.get("/broken");

            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).contains("\"code\":\"server-error\"").doesNotContain("secret", "Illegal");
        }
    }

    @Test
    void hasTheLastWordOverSpringsOwnCors() throws IOException {
        try (var application = Booted.with("portcullis: {}", Answers.class)) {
            var allowed = application.get("/cors", ORIGIN);
            var other = application.get("/cors", "Origin: https://other.example.com");

            assertThat(allowed.values("Access-Control-Allow-Origin")).containsExactly("https://app.example.com");
            assertThat(allowed.values("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(allowed.values("Vary"))
                    .hasSize(1)
                    .allSatisfy(vary -> assertThat(vary).containsOnlyOnce("Origin"));
            assertThat(other.values("Access-Control-Allow-Origin")).isEmpty();
            assertThat(other.values("Vary")).hasSize(1);
        }
    }

    @Test
    void saysHowLongHandlersAreThere() throws IOException {
        try (var application = Booted.with("portcullis: {}", Answers.class)) {
            var old = application.get("/old");
            var gone = application.get("/gone");

            assertThat(old.status()).isEqualTo(200);
            assertThat(old.value("Sunset")).contains("Sun, 01 Jan 2090 00:00:00 GMT");
            assertThat(old.value("Deprecation")).contains("@1735689600");
            assertThat(gone.status()).isEqualTo(410);
            assertThat(gone.text()).contains("\"code\":\"sunset\"");
        }
    }
}
