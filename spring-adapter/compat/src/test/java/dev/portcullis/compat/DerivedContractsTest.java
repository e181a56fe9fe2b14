package dev.portcullis.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Contracts that are derived of the mapper that this Boot reads JSON with. */
class DerivedContractsTest {

    enum State {
        OPEN,
        @JsonProperty("shut")
        CLOSED
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Card.class, name = "card"),
        @JsonSubTypes.Type(value = Cash.class, name = "cash")
    })
    sealed interface Payment permits Card, Cash {}

    record Card(String number) implements Payment {}

    record Cash(int amount) implements Payment {}

    record Order(
            UUID id,
            int qty,
            Integer boxed,
            boolean flag,
            State state,
            LocalDate day,
            @JsonAlias("remark") Optional<String> note,
            List<Payment> payments,
            Order parent) {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class Application {}

    @RestController
    static class Pages {

        @GetMapping("/list")
        String list(@RequestParam(defaultValue = "1") int page, @RequestParam Optional<State> state) {
            return "ok";
        }

        @PostMapping("/orders")
        String create(@RequestBody Order order) {
            return "ok";
        }
    }

    private static ConfigurableApplicationContext start(String... properties) {
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--portcullis.policies.all.paths[0]=/**",
                "--portcullis.policies.all.public=true"));
        for (var property : properties) {
            arguments.add("--" + property);
        }
        return SpringApplication.run(Application.class, arguments.toArray(String[]::new));
    }

    private static HttpResponse<String> send(ConfigurableApplicationContext context, String path, String body)
            throws IOException, InterruptedException {
        var port = context.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static final List<String> VALUES = List.of(
            "null",
            "1",
            "0",
            "1.5",
            "3000000000",
            "true",
            "\"\"",
            "\"1\"",
            "\" 1 \"",
            "\"true\"",
            "\"a\"",
            "\"OPEN\"",
            "\"open\"",
            "\"CLOSED\"",
            "\"shut\"",
            "\"2026-01-02\"",
            "[2026,1,2]",
            "\"0191b0a0-7c00-7000-8000-000000000000\"",
            "[]",
            "{}",
            "[{\"kind\":\"card\",\"number\":\"1\"}]",
            "[{\"kind\":\"cash\",\"amount\":2}]",
            "[{\"kind\":\"x\"}]",
            "{\"qty\":1,\"flag\":true}",
            "{\"qty\":\"2\",\"flag\":false,\"more\":1}");

    @Test
    void letsThroughWhatTheApplicationTakesAndNothingThatNobodyCouldRead() throws IOException, InterruptedException {
        try (var open = start();
                var held = start("portcullis.policies.all.derive.mode=enforce")) {
            var denied = new ArrayList<String>();
            for (var name : List.of(
                    "id", "qty", "boxed", "flag", "state", "day", "note", "remark", "payments", "parent", "unknown")) {
                for (var value : VALUES) {
                    for (var body : List.of(
                            "{\"qty\":1,\"flag\":true,\"" + name + "\":" + value + "}",
                            "{\"" + name + "\":" + value + "}")) {
                        if (!body.contains("\"" + name + "\":1,")
                                && send(open, "/orders", body).statusCode() == 200
                                && send(held, "/orders", body).statusCode() != 200
                                && body.indexOf("\"qty\"") == body.lastIndexOf("\"qty\"")
                                && body.indexOf("\"flag\"") == body.lastIndexOf("\"flag\"")) {
                            denied.add(body);
                        }
                    }
                }
            }
            assertThat(denied).isEmpty();
            for (var body : List.of(
                    "{\"qty\":\"x\"}",
                    "{\"qty\":3000000000}",
                    "{\"state\":\"half\"}",
                    "{\"id\":\"x y\"}",
                    "{\"qty\":1,\"flag\":true,\"payments\":[{\"kind\":\"gold\"}]}",
                    "{\"parent\":{\"qty\":[]}}")) {
                assertThat(send(held, "/orders", body).body()).as(body).contains("schema-violation");
            }
            assertThat(send(held, "/list?page=2&state=OPEN", "").statusCode()).isEqualTo(200);
            assertThat(send(held, "/list?page=two", "").body()).contains("invalid-parameter");
        }
    }
}
