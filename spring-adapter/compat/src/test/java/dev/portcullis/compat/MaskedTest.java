package dev.portcullis.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.portcullis.respond.mask.Show;
import dev.portcullis.spring.Guard;
import dev.portcullis.spring.Masked;
import dev.portcullis.spring.Public;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Masked properties, with the Jackson of this lane. */
class MaskedTest {

    private static final String KEY = "sha256:2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683";

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class Application {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(IgnoredPages.class)
    static class Mistaken {}

    record Card(
            @Masked(plainForRoles = "billing", show = Show.LAST_FOUR)
            String number) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Customer(
            String name,
            @Masked(plainForRoles = "billing") Integer limit,
            List<Card> cards,

            @JsonUnwrapped @Masked(plainForRoles = "billing")
            Inner inner) {}

    record Inner(String street) {}

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Row(String a, @Masked String b) {}

    interface Named {

        @Masked
        String getName();
    }

    record Ignored(@JsonIgnore @Masked String a, String b) {}

    @RestController
    static class Pages {

        private static Customer customer() {
            return new Customer("Ann", 5, List.of(new Card("4111111111111111")), new Inner("Main St"));
        }

        @GetMapping("/open")
        @Public
        Customer open() {
            return customer();
        }

        @GetMapping("/keyed")
        @Guard("keyed")
        Map<String, Object> keyed() {
            return Map.of("one", customer());
        }

        @GetMapping("/row")
        @Public
        Row row() {
            return new Row("a", "b");
        }

        @GetMapping("/named")
        @Public
        Named named() {
            return () -> "Ann";
        }
    }

    @RestController
    static class IgnoredPages {

        @GetMapping("/ignored")
        @Public
        List<Ignored> ignored() {
            return List.of();
        }
    }

    private static ConfigurableApplicationContext start(Class<?> application) {
        return SpringApplication.run(
                application,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--portcullis.clients.acme.api-keys[0]=" + KEY,
                "--portcullis.clients.acme.roles[0]=billing",
                "--portcullis.policies.keyed.authenticate[0]=api-key");
    }

    private static String get(ConfigurableApplicationContext context, String path)
            throws IOException, InterruptedException {
        var port = context.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("X-API-Key", "key")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void masksForAllButThoseWhoMaySee() throws IOException, InterruptedException {
        try (var context = start(Application.class)) {
            assertThat(get(context, "/open")).isEqualTo("{\"name\":\"Ann\",\"cards\":[{\"number\":\"****1111\"}]}");
            assertThat(get(context, "/keyed"))
                    .contains("\"limit\":5", "\"number\":\"4111111111111111\"", "\"street\":\"Main St\"");
            assertThat(get(context, "/row")).isEqualTo("[\"a\",\"****\"]");
            assertThat(get(context, "/named")).isEqualTo("{\"name\":\"****\"}");
        }
    }

    @Test
    void refusesToStartWithAMaskThatMasksNothing() {
        assertThat(catchThrowable(() -> start(Mistaken.class).close()))
                .hasMessageContaining("Ignored.a: is `@Masked`, but would be written without a mask");
    }
}
