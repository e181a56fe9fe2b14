package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.store.Ledger;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Beans that several nodes share, in booted applications. */
class StoreBeansTest {

    private static final Map<String, byte[]> BUCKETS = new ConcurrentHashMap<>();
    private static final String LIMIT = "all.rate-limit.w";
    private static final String LIMITED = """
      portcullis:
        policies:
          all: { paths: [/a], public: true, rate-limits: { w: { permits: 5, per: 1h, by: global%s } } }
      """;

    @RestController
    static class A {

        @GetMapping("/a")
        String a() {
            return "a";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Counters {

        @Bean
        ProxyManager<String> counters() {
            return new KeptBuckets<>(BUCKETS);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherCounters {

        @Bean
        ProxyManager<String> otherCounters() {
            return new KeptBuckets<>(new ConcurrentHashMap<>());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NumberedCounters {

        @Bean
        ProxyManager<Long> numbered() {
            return new KeptBuckets<>(new ConcurrentHashMap<>());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Shared {

        @Bean
        Ledger ledger() {
            return Ledger.memory(Clock.systemUTC(), 1000);
        }
    }

    @BeforeEach
    void forget() {
        BUCKETS.clear();
    }

    private static long passes(Booted application, int times) throws IOException {
        var statuses = new ArrayList<Integer>();
        for (var i : IntStream.range(0, times).toArray()) {
            statuses.add(application.get("/a").status());
        }
        return statuses.stream().filter(status -> status == 200).count();
    }

    private static List<String> scopes(Booted application) {
        var scopes = new ArrayList<String>();
        application.context().getBean(Portcullis.class).whenUp(gate -> scopes.addAll(gate.scopes()));
        return scopes;
    }

    @Test
    void countForAllApplicationsThatHaveThem() throws Exception {
        try (var one = Booted.with(LIMITED.formatted(""), A.class, Counters.class, Shared.class);
                var other = Booted.with(LIMITED.formatted(""), A.class, Counters.class)) {
            assertThat(passes(one, 3)).isEqualTo(3);
            assertThat(passes(other, 5)).isEqualTo(2);
            assertThat(scopes(one))
                    .contains(
                            "scope=shared count=exact on-failure=local: all.rate-limit.w",
                            "scope=shared: nonces, revocations, denials and failed logins");
            assertThat(scopes(other)).noneMatch(scope -> scope.startsWith("scope=shared: nonces"));
        }
    }

    @Test
    void serveALimitThatChanges() throws Exception {
        try (var one = Booted.with(LIMITED.formatted(""), A.class, Counters.class)) {
            assertThat(passes(one, 9)).isEqualTo(5);
        }
        var raised = LIMITED.formatted("").replace("permits: 5", "permits: 50");
        try (var later = Booted.with(raised, A.class, Counters.class)) {
            assertThat(passes(later, 3)).isZero();
        }
    }

    @Test
    void areNotNeeded() throws Exception {
        try (var alone = Booted.with(LIMITED.formatted(""), A.class)) {
            assertThat(passes(alone, 9)).isEqualTo(5);
            assertThat(scopes(alone)).anyMatch(scope -> scope.startsWith("scope=node: ") && scope.contains(LIMIT));
        }
        assertThatThrownBy(() -> Booted.with(LIMITED.formatted(", count: exact"), A.class))
                .hasStackTraceContaining("but there is no `store`");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void areLeftAloneAndNamedWhenNobodyKnowsWhichIsMeant(CapturedOutput output) throws Exception {
        var yaml = "logging: { level: { dev.portcullis: warn } }\n" + LIMITED.formatted("");
        var told = "no `ProxyManager` is used for rate limits";
        try (var two = Booted.with(yaml, A.class, Counters.class, OtherCounters.class)) {
            assertThat(passes(two, 9)).isEqualTo(5);
            assertThat(scopes(two)).anyMatch(scope -> scope.startsWith("scope=node: ") && scope.contains(LIMIT));
            assertThat(output.getOut()).containsOnlyOnce(told);
        }
        try (var numbered = Booted.with(yaml, A.class, NumberedCounters.class)) {
            assertThat(passes(numbered, 9)).isEqualTo(5);
            assertThat(output.getOut().split(told, -1)).hasSize(3);
        }
        assertThat(BUCKETS).isEmpty();
    }
}
