package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Listener;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What is judged and changed in the bodies of a booted application. */
class ResponseBodiesTest {

    private static final String YAML = """
            portcullis:
              policies:
                leaky: { paths: [/leaky/**], public: true, response-body: { leaks: { mask: [payment-card], stop: [stack-trace] } } }
                masked: { paths: [/masked/**], public: true, response-body: { max-size: 1KB, masks: { ssn: { pointers: [/ssn, /*/ssn] } } } }
                agreed:
                  paths: [/agreed/**]
                  public: true
                  response-body: { schema: { document: '{"type":"object","properties":{"a":true},"additionalProperties":false}', statuses: [200] } }
                large:
                  paths: [/large]
                  public: true
                  quotas: { volume: { permits: 1MB, per: P1D, unit: bytes, by: address } }
                  response-body: { alarm-size: 1MB }
            """;
    private static final List<String> TOLD = new CopyOnWriteArrayList<>();

    private static Booted booted;

    @Configuration(proxyBeanMethods = false)
    static class Told {

        @Bean
        Listener listener() {
            return new Listener() {
                @Override
                public void denied(Request request, Rule rule, Verdict.Deny deny) {
                    TOLD.add("denied " + rule.name());
                }

                @Override
                public void wouldHaveDenied(Request request, Rule rule, Verdict.Deny deny) {
                    TOLD.add("would have denied " + rule.name() + " "
                            + deny.evidence().detail());
                }

                @Override
                public void noticed(Request request, String rule, Verdict.Evidence evidence) {
                    TOLD.add(rule + " " + evidence.reason() + " " + evidence.detail());
                }
            };
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/leaky/card")
        Map<String, Object> card() {
            return Map.of("number", "4111 1111 1111 1111");
        }

        @GetMapping("/leaky/text")
        void text(HttpServletResponse response) throws IOException {
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().print("\u00e4 4111-1111-1111-1111 \u20ac");
        }

        @GetMapping("/leaky/trace")
        String trace() {
            return "java.lang.IllegalStateException\n\tat com.example.Orders.find(Orders.java:42)\n";
        }

        @GetMapping("/leaky/picture")
        void picture(HttpServletResponse response) throws IOException {
            response.setContentType("image/png");
            response.getOutputStream().write("4111111111111111".getBytes(StandardCharsets.US_ASCII));
        }

        @GetMapping("/leaky/events")
        SseEmitter events() throws IOException {
            var emitter = new SseEmitter();
            emitter.send("4111111111111111");
            emitter.complete();
            return emitter;
        }

        @GetMapping("/masked/one")
        Map<String, Object> one() {
            return Map.of("ssn", "078-05-1120");
        }

        @GetMapping("/masked/many")
        List<Map<String, Object>> many() {
            return List.of(one(), Map.of("ssn", 7));
        }

        @GetMapping("/masked/page")
        String page() {
            return "<p>078-05-1120</p>";
        }

        @GetMapping("/masked/long")
        Map<String, Object> longer() {
            return Map.of("ssn", "078-05-1120", "text", "x".repeat(2_000));
        }

        @GetMapping("/masked/failing")
        String failing() {
            throw new IllegalStateException("078-05-1120");
        }

        @GetMapping("/masked/flushed")
        void flushed(HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.getOutputStream().write("{\"ssn\":".getBytes(StandardCharsets.US_ASCII));
            response.flushBuffer();
            response.getOutputStream().write("\"078-05-1120\"}".getBytes(StandardCharsets.US_ASCII));
        }

        @GetMapping("/masked/events")
        SseEmitter maskedEvents() throws IOException {
            var emitter = new SseEmitter();
            emitter.send("{\"ssn\":\"078-05-1120\"}");
            emitter.complete();
            return emitter;
        }

        @GetMapping("/agreed/more")
        Map<String, Object> more() {
            return Map.of("a", 1, "b", 2);
        }

        @GetMapping("/large")
        String large() {
            return "x".repeat(2 << 20);
        }
    }

    @BeforeAll
    static void open() throws IOException {
        booted = Booted.with(YAML, Pages.class, Told.class);
    }

    @AfterAll
    static void close() {
        booted.close();
    }

    @BeforeEach
    void forget() {
        TOLD.clear();
    }

    @Test
    void masksLeaks() throws IOException {
        var card = booted.get("/leaky/card");

        assertThat(card.text()).isEqualTo("{\"number\":\"**** **** **** 1111\"}");
        assertThat(booted.get("/leaky/text").text()).isEqualTo("\u00e4 ****-****-****-1111 \u20ac");
        assertThat(TOLD)
                .containsOnly("leaky.response-leaks leak payment-card 1 (***1111)")
                .hasSize(2);
    }

    @Test
    void stopsLeaks() throws IOException {
        var trace = booted.get("/leaky/trace");

        assertThat(trace.status()).isEqualTo(502);
        assertThat(trace.text()).contains("\"code\":\"response-denied\"").doesNotContain("Orders");
        assertThat(TOLD).containsExactly("denied leaky.response-leaks");
    }

    @Test
    void leavesPicturesAloneAndTellsOfStreams() throws IOException {
        assertThat(booted.get("/leaky/picture").text()).isEqualTo("4111111111111111");
        assertThat(booted.get("/leaky/events").text()).contains("4111111111111111");
        assertThat(TOLD).containsExactly("leaky.response-leaks response-not-judged streamed");
    }

    @Test
    void masksFields() throws IOException {
        assertThat(booted.get("/masked/one").text()).isEqualTo("{\"ssn\":\"****\"}");
        assertThat(booted.get("/masked/many").text()).isEqualTo("[{\"ssn\":\"****\"},{\"ssn\":null}]");
    }

    @Test
    void letsNothingOutThatItCannotMask() throws IOException {
        for (var path : List.of("page", "long", "flushed", "events")) {
            var response = booted.get("/masked/" + path);
            assertThat(response.status()).as(path).isEqualTo(502);
            assertThat(response.text()).as(path).doesNotContain("078-05-1120");
        }
        assertThat(booted.get("/masked/failing").text()).doesNotContain("078-05-1120");
    }

    @Test
    void tellsOfAMemberThatNobodyAgreedOn() throws IOException {
        assertThat(booted.get("/agreed/more").status()).isEqualTo(200);
        assertThat(booted.get("/agreed/none").status()).isEqualTo(404);
        assertThat(TOLD)
                .containsExactly(
                        "would have denied agreed.response-schema /b additionalProperties",
                        "would have denied agreed.response-schema status 404");
    }

    @Test
    void tellsOfALargeResponseAndDeniesTheNext() throws IOException {
        assertThat(booted.get("/large").text()).hasSize(2 << 20);
        assertThat(booted.get("/large").status()).isEqualTo(429);
        assertThat(TOLD)
                .contains("large.response-size large-response 2097152 bytes")
                .contains("denied large.quota.volume");
    }
}
