package dev.portcullis.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.portcullis.spring.Guard;
import dev.portcullis.spring.Public;
import dev.portcullis.spring.RateLimit;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The same jar of the starter on the Boot of this lane. */
class GateTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class Application {}

    @RestController
    static class Pages {

        @GetMapping("/public")
        @Public
        String open() {
            return "open";
        }

        @GetMapping("/guarded/{id}")
        @Guard("keyed")
        String guarded(@PathVariable int id) {
            return "guarded " + id;
        }

        @GetMapping("/limited")
        @Public
        @RateLimit(permits = 1, per = "1h", by = "global")
        String limited() {
            return "limited";
        }

        @GetMapping("/failing")
        @Public
        String failing() {
            throw new IllegalStateException("planted");
        }

        @GetMapping("/moved")
        @Public
        void moved(HttpServletResponse response) throws IOException {
            response.sendRedirect("/there\r\nX-Planted:1");
        }

        /** As containers of Servlet 6.1 let applications send redirects, where there is such a method. */
        @GetMapping("/moved-for-good")
        @Public
        void movedForGood(HttpServletResponse response) throws ReflectiveOperationException {
            HttpServletResponse.class
                    .getMethod("sendRedirect", String.class, int.class)
                    .invoke(response, "/there\r\nX-Planted:1", 308);
        }

        @GetMapping("/forgotten")
        String forgotten() {
            return "forgotten";
        }
    }

    private static ConfigurableApplicationContext start(String... properties) {
        var arguments = new String[properties.length + 2];
        arguments[0] = "--server.port=0";
        arguments[1] = "--server.address=127.0.0.1";
        for (var i = 0; i < properties.length; i++) {
            arguments[i + 2] = "--" + properties[i];
        }
        return SpringApplication.run(Application.class, arguments);
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext context, String path, String... headers)
            throws IOException, InterruptedException {
        var port = context.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void setsHeaderFieldsOnAllAnswers() throws IOException, InterruptedException {
        try (var context = start("portcullis.response-headers.preset=api", "portcullis.policies.keyed.public=true")) {
            for (var path : new String[] {"/public", "/moved", "/moved-for-good", "/failing", "/nowhere", "/limited"}) {
                var fields = get(context, path).headers();
                assertThat(fields.allValues("X-Frame-Options")).as(path).containsExactly("DENY");
                assertThat(fields.allValues("X-Planted")).as(path).isEmpty();
            }
            var newer = Stream.of(HttpServletResponse.class.getMethods())
                    .anyMatch(method -> method.getName().equals("sendRedirect") && method.getParameterCount() == 2);
            assertThat(get(context, "/moved-for-good").statusCode()).isEqualTo(newer ? 308 : 500);
        }
    }

    @Test
    void standsInFrontOfEveryHandler() throws IOException, InterruptedException {
        try (var context = start(
                "portcullis.clients.acme.api-keys[0]=sha256:2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683",
                "portcullis.policies.keyed.authenticate[0]=api-key")) {
            assertThat(get(context, "/public").body()).isEqualTo("open");
            assertThat(get(context, "/guarded/7").statusCode()).isEqualTo(401);
            assertThat(get(context, "/guarded/7", "X-API-Key", "key").body()).isEqualTo("guarded 7");
            assertThat(get(context, "/limited").body()).isEqualTo("limited");
            assertThat(get(context, "/limited").statusCode()).isEqualTo(429);
            assertThat(get(context, "/failing").statusCode()).isEqualTo(500);
            assertThat(get(context, "/forgotten").body()).contains("no-policy");
            assertThat(get(context, "/nowhere").body()).contains("no-policy");
        }
    }

    @Test
    void stopsTheStartForAMistypedKey() {
        var thrown = catchThrowable(() -> start(
                        "portcullis.polices.a.paths[0]=/a",
                        "portcullis.policies.keyed.authenticate[0]=api-key",
                        "portcullis.clients.acme.api-keys[0]=sha256:2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683")
                .close());

        assertThat(thrown).hasMessageContaining("polices").hasMessageContaining("did you mean `policies`?");
    }
}
