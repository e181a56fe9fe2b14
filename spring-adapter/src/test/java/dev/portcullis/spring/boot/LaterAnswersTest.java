package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Ending;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Request;
import dev.portcullis.spring.Public;
import dev.portcullis.spring.RateLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Handlers that answer after they have returned: judged once, charged once, ended once. */
class LaterAnswersTest {

    /** Keeps what has ended. */
    @Configuration(proxyBeanMethods = false)
    static class Endings {

        final BlockingQueue<String> all = new LinkedBlockingQueue<>();

        @Bean
        Listener listener() {
            return new Listener() {

                @Override
                public void ended(Request request, Outcome outcome, Ending ending, int status) {
                    all.add(request.path() + " " + ending + " " + status);
                }
            };
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/callable")
        @Public
        @RateLimit(permits = 1, per = "1h", by = "global")
        Callable<String> callable() {
            return () -> "later";
        }

        @GetMapping("/deferred")
        @Public
        @RateLimit(permits = 1, per = "1h", by = "global")
        DeferredResult<String> deferred() {
            var result = new DeferredResult<String>();
            CompletableFuture.runAsync(() -> result.setResult("later"));
            return result;
        }

        @GetMapping("/events")
        @Public
        @RateLimit(permits = 1, per = "1h", by = "global")
        SseEmitter events() {
            var emitter = new SseEmitter();
            CompletableFuture.runAsync(() -> {
                try {
                    emitter.send("later");
                    emitter.complete();
                } catch (IOException e) {
                    emitter.completeWithError(e);
                }
            });
            return emitter;
        }

        @GetMapping("/stream")
        @Public
        @RateLimit(permits = 1, per = "1h", by = "global")
        StreamingResponseBody stream() {
            return out -> out.write("later".getBytes(StandardCharsets.US_ASCII));
        }

        @GetMapping("/failing")
        @Public
        DeferredResult<String> failing() {
            var result = new DeferredResult<String>();
            CompletableFuture.runAsync(() -> result.setErrorResult(new IllegalStateException("planted")));
            return result;
        }
    }

    private static List<String> next(Booted application) throws InterruptedException {
        var endings = application.context().getBean(Endings.class).all;
        var first = String.valueOf(endings.poll(30, TimeUnit.SECONDS));
        return endings.isEmpty() ? List.of(first) : List.of(first, endings.remove());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/callable", "/deferred", "/events", "/stream"})
    void areJudgedAndChargedAndEndedOnce(String path) throws Exception {
        try (var application = Booted.with("", Pages.class, Endings.class)) {
            var answer = application.get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains("later");
            assertThat(next(application)).containsExactly(path + " ANSWERED 200");
            assertThat(application.get(path).status()).isEqualTo(429);
            assertThat(next(application)).containsExactly(path + " ANSWERED 429");
        }
    }

    @Test
    void endOnceAlsoWhenTheyFail() throws Exception {
        try (var application = Booted.with("", Pages.class, Endings.class)) {
            assertThat(application.get("/failing").status()).isEqualTo(500);
            assertThat(next(application)).singleElement().asString().startsWith("/failing ");
        }
    }
}
