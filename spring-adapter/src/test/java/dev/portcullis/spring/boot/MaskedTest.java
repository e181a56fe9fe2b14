package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.spring.Guard;
import dev.portcullis.spring.Masked;
import dev.portcullis.spring.Public;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Properties that not every caller may see, in a booted application. */
class MaskedTest {

    private static final String KEY = "X-API-Key: demo-partner-key";
    private static final String OTHER_KEY = "X-API-Key: other-partner-key";
    private static final String YAML = """
            portcullis:
              clients:
                billing:
                  api-keys: ['sha256:5f7b2ed74a9736a538a6fb5a5a1a76afdcdd0d177d7fc6e79c6b6843527d848d']
                  roles: [billing]
                  scopes: [cards:read]
                other:
                  api-keys: ['sha256:658c89d238436020963102a6a5f0e6fad76de2fa32b1eae6845315aa5293e8ff']
                  roles: [viewer]
              policies:
                keyed: { authenticate: [api-key] }
            """;

    private static Booted booted;

    record Customer(
            String name,
            @Masked(plainForRoles = "billing") String email,
            @Masked(plainForScopes = "cards:read") int limit,
            @Masked String secret,
            List<Card> cards,
            Map<String, Card> named,
            Optional<Card> main) {}

    static class Fields {

        @Masked(plainForRoles = "billing")
        public String field = "field";

        private final String hidden = "hidden";
        private final String getter = "getter";

        @Masked(plainForRoles = "billing")
        private final String behind = "behind";

        @Masked(plainForRoles = "billing")
        public String getGetter() {
            return getter;
        }

        public String getBehind() {
            return behind;
        }

        public String getHidden() {
            return hidden;
        }
    }

    interface Named {

        @Masked(plainForRoles = "billing")
        String getName();
    }

    record Person(String first) implements Named {

        @Override
        public String getName() {
            return first;
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sparse(
            @Masked Integer number,
            @Masked String text,
            @Masked String nothing) {}

    record Outer(
            @JsonUnwrapped @Masked(plainForRoles = "billing")
            Inner inner,

            @JsonUnwrapped Card card) {}

    record Inner(String a, String b) {}

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Row(String a, @Masked String b) {}

    @RestController
    static class Pages {

        private final ObjectMapper json;

        Pages(ObjectMapper json) {
            this.json = json;
        }

        private static Customer customer() {
            var card = new Card("4111111111111111", "Ann");
            return new Customer(
                    "Ann", "ann@example.com", 500, "s", List.of(card), Map.of("a", card), Optional.of(card));
        }

        @GetMapping("/customer")
        @Guard("keyed")
        Customer keyed() {
            return customer();
        }

        @GetMapping("/open")
        @Public
        ResponseEntity<List<Customer>> open() {
            return ResponseEntity.ok(List.of(customer()));
        }

        @GetMapping("/later")
        @Guard("keyed")
        Callable<Card> later() {
            return () -> customer().cards().get(0);
        }

        @GetMapping("/bean")
        @Guard("keyed")
        Fields bean() {
            return new Fields();
        }

        @GetMapping("/named")
        @Guard("keyed")
        Named named() {
            return new Person("Ann");
        }

        @GetMapping("/object")
        @Guard("keyed")
        Object object() {
            return Map.of("any", List.of(new Card("4111111111111111", "Ann")));
        }

        @GetMapping("/sparse")
        @Guard("keyed")
        Sparse sparse() {
            return new Sparse(1, "text", null);
        }

        @GetMapping("/outer")
        @Guard("keyed")
        Outer outer() {
            return new Outer(new Inner("1", "2"), new Card("4111111111111111", "Ann"));
        }

        @GetMapping("/row")
        @Guard("keyed")
        Row row() {
            return new Row("a", "b");
        }

        @GetMapping("/own")
        @Public
        String own() throws JsonProcessingException {
            return json.writeValueAsString(new Card("4111111111111111", "Ann"));
        }
    }

    @BeforeAll
    static void open() throws IOException {
        booted = Booted.with(YAML, Pages.class);
    }

    @AfterAll
    static void close() {
        booted.close();
    }

    private static String body(String path, String... headers) throws IOException {
        return booted.get(path, headers).text();
    }

    @Test
    void whoMaySeesIt() throws IOException {
        assertThat(body("/customer", KEY))
                .contains("\"email\":\"ann@example.com\"", "\"limit\":500", "\"number\":\"4111111111111111\"")
                .contains("\"secret\":\"****\"");
    }

    @Test
    void othersSeeTheMask() throws IOException {
        var body = body("/customer", OTHER_KEY);

        assertThat(body)
                .contains("\"name\":\"Ann\"", "\"email\":\"****\"", "\"limit\":null", "\"secret\":\"****\"")
                .contains("\"cards\":[{\"number\":\"****1111\",\"holder\":\"Ann\"}]")
                .contains("\"a\":{\"number\":\"****1111\"", "\"main\":{\"number\":\"****1111\"")
                .doesNotContain("4111", "example.com", "500");
    }

    @Test
    void aCallerOfWhomNothingIsKnownSeesTheMask() throws IOException {
        assertThat(body("/open")).contains("\"email\":\"****\"").doesNotContain("4111", "example.com");
    }

    @Test
    void holdsWhereTheAnswerComesLater() throws IOException {
        assertThat(body("/later", KEY)).isEqualTo("{\"number\":\"4111111111111111\",\"holder\":\"Ann\"}");
        assertThat(body("/later", OTHER_KEY)).isEqualTo("{\"number\":\"****1111\",\"holder\":\"Ann\"}");
    }

    @Test
    void findsTheAnnotationWhereverJacksonDoes() throws IOException {
        assertThat(body("/bean", OTHER_KEY))
                .contains("\"field\":\"****\"", "\"getter\":\"****\"", "\"behind\":\"****\"", "\"hidden\":\"hidden\"");
        assertThat(body("/bean", KEY)).doesNotContain("****");
        assertThat(body("/named", OTHER_KEY)).contains("\"name\":\"****\"");
        assertThat(body("/named", KEY)).contains("\"name\":\"Ann\"");
        assertThat(body("/object", OTHER_KEY)).contains("\"number\":\"****1111\"");
    }

    @Test
    void keepsToHowThePropertyIsWritten() throws IOException {
        assertThat(body("/sparse", KEY)).isEqualTo("{\"text\":\"****\"}");
        assertThat(body("/outer", OTHER_KEY)).isEqualTo("{\"number\":\"****1111\",\"holder\":\"Ann\"}");
        assertThat(body("/outer", KEY))
                .isEqualTo("{\"a\":\"1\",\"b\":\"2\",\"number\":\"4111111111111111\",\"holder\":\"Ann\"}");
        assertThat(body("/row", KEY)).isEqualTo("[\"a\",\"****\"]");
    }

    /** What an application stores or sends to others is its own affair. */
    @Test
    void leavesTheApplicationsMapperAlone() throws IOException {
        assertThat(body("/own")).contains("4111111111111111");
    }
}
