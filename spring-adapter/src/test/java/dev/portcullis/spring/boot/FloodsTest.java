package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.Flood;
import dev.portcullis.fixture.FloodedPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Floods of a booted application: no key gets more than its limit, and nothing is held for who has gone away. */
class FloodsTest {

    private static final int REQUESTS = 6_400;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Semaphore LEAVE = new Semaphore(0);

    /** What is behind the policies. */
    @RestController
    static class Work {

        @GetMapping({"/address", "/header", "/key"})
        String answer() {
            return "done";
        }

        /** Answers only when it may. */
        @GetMapping("/slow")
        String later() {
            LEAVE.acquireUninterruptibly();
            return "done";
        }
    }

    private static Booted boot(String policy) throws IOException {
        return Booted.with("portcullis:\n" + policy, Work.class);
    }

    private static Flood flood(Booted booted) {
        return new Flood(booted.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    @Test
    void forgedAddressesCountForThePeer() throws IOException {
        try (var booted = boot(FloodedPolicy.YAML)) {
            assertThat(flood(booted).send("/address", REQUESTS, FloodedPolicy::forwardedFor))
                    .isEqualTo(Map.of(200, 10, 429, REQUESTS - 10));
        }
    }

    @Test
    void keysOfTheirOwnFillTheTableAndNoMore() throws IOException {
        try (var booted = boot(FloodedPolicy.YAML)) {
            var seen = flood(booted).send("/header", REQUESTS, i -> "X-Key: " + i);
            assertThat(seen.get(200)).isBetween(900, 1_064);
            assertThat(seen.get(429)).isEqualTo(REQUESTS - seen.get(200));
        }
    }

    @Test
    void addressesOfATrustedProxyShareWhatIsLeft() throws IOException {
        try (var booted = boot(FloodedPolicy.TRUSTING)) {
            var flood = flood(booted);
            var seen = flood.send("/address", REQUESTS, FloodedPolicy::forwardedFor);
            assertThat(seen.get(200)).isBetween(900, 1_640);
            assertThat(flood.send("/address", REQUESTS, i -> "X-Forwarded-For: 203.0.113.9"))
                    .containsKey(429)
                    .satisfies(one -> assertThat(one.getOrDefault(200, 0)).isLessThanOrEqualTo(10));
        }
    }

    @Test
    void keysThatAreNoneLockOut() throws IOException {
        try (var booted = boot(FloodedPolicy.YAML)) {
            assertThat(flood(booted).send("/key", REQUESTS, FloodedPolicy::wrongKey))
                    .isEqualTo(Map.of(401, 20, 429, REQUESTS - 20));
        }
    }

    @Test
    void whoGoesAwayHoldsNothing() throws IOException {
        try (var booted = boot(FloodedPolicy.YAML)) {
            var flood = flood(booted);
            for (var i = 0; i < 200; i++) {
                flood.reset("/slow", () -> assertThat(inFlight(booted)).isLessThanOrEqualTo(4));
            }
            LEAVE.release(1_000);
            assertThat(flood.servedAgain("/slow")).isTrue();
            assertThat(isEverybodyGone(booted)).isTrue();
        }
    }

    /** Whether there is a moment in which nobody is in flight. */
    private static boolean isEverybodyGone(Booted booted) {
        var end = System.nanoTime() + LONGEST.toNanos();
        while (inFlight(booted) > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private static int inFlight(Booted booted) {
        var sum = new AtomicInteger();
        booted.context()
                .getBean(Portcullis.class)
                .whenUp(gate -> gate.concurrency().limits().forEach(limit -> sum.addAndGet(limit.inFlight())));
        return sum.get();
    }
}
