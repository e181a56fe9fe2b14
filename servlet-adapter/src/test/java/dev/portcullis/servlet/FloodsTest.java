package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.Flood;
import dev.portcullis.fixture.FloodedPolicy;
import dev.portcullis.limit.InFlightReport;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Floods over HTTP: no key gets more than its limit, and nothing is held for who has gone away. */
class FloodsTest {

    private static final int REQUESTS = 6_400;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Semaphore leave = new Semaphore(0);

    private static Gate gate(String policy) {
        return Gate.builder(PolicyFile.parse("p.yml", "portcullis:\n" + policy, name -> null))
                .build();
    }

    private Container start(Container.Kind kind, Gate gate) throws Exception {
        return kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), Map.of("/", new Work()));
    }

    /** Answers; on the slow path only when it may. */
    private final class Work extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getRequestURI().equals("/slow")) {
                leave.acquireUninterruptibly();
            }
            response.getOutputStream().print("done");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void forgedAddressesCountForThePeer(Container.Kind kind) throws Exception {
        try (var gate = gate(FloodedPolicy.YAML);
                var container = start(kind, gate)) {
            assertThat(new Flood(container.port()).send("/address", REQUESTS, FloodedPolicy::forwardedFor))
                    .isEqualTo(Map.of(200, 10, 429, REQUESTS - 10));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void keysOfTheirOwnFillTheTableAndNoMore(Container.Kind kind) throws Exception {
        try (var gate = gate(FloodedPolicy.YAML);
                var container = start(kind, gate)) {
            var seen = new Flood(container.port()).send("/header", REQUESTS, i -> "X-Key: " + i);
            assertThat(seen.get(200)).isBetween(900, 1_064);
            assertThat(seen.get(429)).isEqualTo(REQUESTS - seen.get(200));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void addressesOfATrustedProxyShareWhatIsLeft(Container.Kind kind) throws Exception {
        try (var gate = gate(FloodedPolicy.TRUSTING);
                var container = start(kind, gate)) {
            var flood = new Flood(container.port());
            var seen = flood.send("/address", REQUESTS, FloodedPolicy::forwardedFor);
            assertThat(seen.get(200)).isBetween(900, 1_640);
            assertThat(flood.send("/address", REQUESTS, i -> "X-Forwarded-For: 203.0.113.9"))
                    .containsKey(429)
                    .satisfies(one -> assertThat(one.getOrDefault(200, 0)).isLessThanOrEqualTo(10));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void keysThatAreNoneLockOut(Container.Kind kind) throws Exception {
        try (var gate = gate(FloodedPolicy.YAML);
                var container = start(kind, gate)) {
            assertThat(new Flood(container.port()).send("/key", REQUESTS, FloodedPolicy::wrongKey))
                    .isEqualTo(Map.of(401, 20, 429, REQUESTS - 20));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void whoGoesAwayHoldsNothing(Container.Kind kind) throws Exception {
        try (var gate = gate(FloodedPolicy.YAML);
                var container = start(kind, gate)) {
            var flood = new Flood(container.port());
            for (var i = 0; i < 200; i++) {
                flood.reset("/slow", () -> assertThat(inFlight(gate)).isLessThanOrEqualTo(4));
            }
            leave.release(1_000);
            assertThat(flood.servedAgain("/slow")).isTrue();
            assertThat(isEverybodyGone(gate)).isTrue();
        }
    }

    /** Whether there is a moment in which nobody is in flight. */
    private static boolean isEverybodyGone(Gate gate) {
        var end = System.nanoTime() + LONGEST.toNanos();
        while (inFlight(gate) > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private static int inFlight(Gate gate) {
        return gate.concurrency().limits().stream()
                .mapToInt(InFlightReport::inFlight)
                .sum();
    }
}
