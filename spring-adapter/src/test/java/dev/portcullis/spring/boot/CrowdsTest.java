package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.RawResponse;
import dev.portcullis.spring.CircuitBreaker;
import dev.portcullis.spring.ConcurrencyLimit;
import dev.portcullis.spring.Public;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Annotations that say how many requests a handler takes at a time, and when it is left alone. */
class CrowdsTest {

    private static final LinkedBlockingQueue<String> ENTERED = new LinkedBlockingQueue<>();
    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    @RestController
    @Public
    static class Crowded {

        @GetMapping("/narrow")
        @ConcurrencyLimit(permits = 1)
        String narrow() throws InterruptedException {
            ENTERED.add("narrow");
            assertThat(RELEASED.await(60, TimeUnit.SECONDS)).isTrue();
            return "narrow";
        }

        @GetMapping("/other")
        @ConcurrencyLimit(permits = 1)
        String other() {
            return "other";
        }

        @GetMapping("/broken")
        @CircuitBreaker(minRequests = 3, openFor = "1h")
        String broken() {
            ENTERED.add("broken");
            throw new IllegalStateException("planted");
        }
    }

    @Test
    void limitWhatIsInFlightMethodByMethod() throws Exception {
        ENTERED.clear();
        try (var application = Booted.with("", Crowded.class)) {
            var first = CompletableFuture.supplyAsync(() -> get(application, "/narrow"));
            assertThat(ENTERED.poll(30, TimeUnit.SECONDS)).isEqualTo("narrow");
            var denied = application.get("/narrow");

            assertThat(denied.status()).isEqualTo(503);
            assertThat(denied.text()).contains("\"code\":\"overloaded\"");
            assertThat(denied.value("Retry-After")).isPresent();
            assertThat(application.get("/other").text()).isEqualTo("other");
            RELEASED.countDown();
            assertThat(first.get(30, TimeUnit.SECONDS).text()).isEqualTo("narrow");
            assertThat(tries(application, "/narrow")).isEqualTo("narrow");
        }
    }

    /** What it answers at last: a client may have its answer before the exchange has ended. */
    private static String tries(Booted application, String path) throws IOException {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        var answer = application.get(path);
        while (answer.status() == 503 && System.nanoTime() < end) {
            answer = application.get(path);
        }
        return answer.text();
    }

    @Test
    void leaveAMethodAloneThatFails() throws Exception {
        ENTERED.clear();
        try (var application = Booted.with("", Crowded.class)) {
            for (var i = 0; i < 3; i++) {
                assertThat(application.get("/broken").status()).isEqualTo(500);
            }
            var denied = application.get("/broken");

            assertThat(denied.status()).isEqualTo(503);
            assertThat(denied.text()).contains("\"code\":\"circuit-open\"");
            assertThat(denied.value("Retry-After")).contains("3600");
            assertThat(ENTERED).hasSize(3);
            assertThat(application.get("/other").status()).isEqualTo(200);
        }
    }

    @RestController
    static class Twice {

        @GetMapping("/x")
        @Public
        @ConcurrencyLimit(permits = 1, by = "client")
        @ConcurrencyLimit(permits = 1, by = "client")
        String x() {
            return "x";
        }
    }

    @RestController
    static class Senseless {

        @GetMapping("/x")
        @Public
        @ConcurrencyLimit(permits = 0)
        @CircuitBreaker(failureRate = "some")
        String x() {
            return "x";
        }
    }

    @Component
    static class NoController {

        @CircuitBreaker
        String idle() {
            return "idle";
        }
    }

    @Test
    void stopTheStartWhereTheyCannotTakeEffect() {
        assertThatThrownBy(() -> Booted.with("", Twice.class).close())
                .isInstanceOf(CannotTakeEffect.class)
                .hasMessageContaining("1-by-client");
        assertThatThrownBy(() -> Booted.with("", NoController.class).close())
                .isInstanceOf(CannotTakeEffect.class)
                .hasMessageContaining("NoController.idle");
        assertThatThrownBy(() -> Booted.with("", Senseless.class).close())
                .hasMessageContaining("Senseless.x.concurrency.0-by-global.permits")
                .hasMessageContaining("Senseless.x.circuit-breaker.failure-rate");
    }

    private static RawResponse get(Booted application, String path) {
        try {
            return application.get(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
