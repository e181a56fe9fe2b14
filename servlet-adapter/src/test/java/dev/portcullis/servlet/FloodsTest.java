package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.Flood;
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
    private static final String POLICIES = """
              limits: { max-keys: 1000 }
              policies:
                address: { paths: [/address], public: true, rate-limits: { l: { permits: 10, per: 12h, by: address } } }
                header: { paths: [/header], public: true, rate-limits: { l: { permits: 1, per: 12h, by: address+header:x-key } } }
                key: { paths: [/key], authenticate: [api-key] }
                slow: { paths: [/slow], public: true, concurrency: { all: { permits: 4 } } }
              clients: { acme: { api-keys: ["sha256:0000000000000000000000000000000000000000000000000000000000000001"] } }
            """;
    private static final String TRUSTED = "  forwarded: { trusted: [127.0.0.0/8], address: x-forwarded-for }\n";

    private final Semaphore leave = new Semaphore(0);

    private static Gate gate(String more) {
        return Gate.builder(PolicyFile.parse("p.yml", "portcullis:\n" + more + POLICIES, name -> null))
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
        try (var gate = gate("");
                var container = start(kind, gate)) {
            assertThat(new Flood(container.port()).send("/address", REQUESTS, i -> "X-Forwarded-For: " + address(i)))
                    .isEqualTo(Map.of(200, 10, 429, REQUESTS - 10));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void keysOfTheirOwnFillTheTableAndNoMore(Container.Kind kind) throws Exception {
        try (var gate = gate("");
                var container = start(kind, gate)) {
            var seen = new Flood(container.port()).send("/header", REQUESTS, i -> "X-Key: " + i);
            assertThat(seen.get(200)).isBetween(900, 1_064);
            assertThat(seen.get(429)).isEqualTo(REQUESTS - seen.get(200));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void addressesOfATrustedProxyShareWhatIsLeft(Container.Kind kind) throws Exception {
        try (var gate = gate(TRUSTED);
                var container = start(kind, gate)) {
            var flood = new Flood(container.port());
            var seen = flood.send("/address", REQUESTS, i -> "X-Forwarded-For: " + address(i));
            assertThat(seen.get(200)).isBetween(900, 1_640);
            assertThat(flood.send("/address", REQUESTS, i -> "X-Forwarded-For: 203.0.113.9"))
                    .containsKey(429)
                    .satisfies(one -> assertThat(one.getOrDefault(200, 0)).isLessThanOrEqualTo(10));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void keysThatAreNoneLockOut(Container.Kind kind) throws Exception {
        try (var gate = gate("");
                var container = start(kind, gate)) {
            assertThat(new Flood(container.port())
                            .send("/key", REQUESTS, i -> "X-API-Key: pk_" + i + ".0123456789abcdef0123456789abcdef"))
                    .isEqualTo(Map.of(401, 20, 429, REQUESTS - 20));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void whoGoesAwayHoldsNothing(Container.Kind kind) throws Exception {
        try (var gate = gate("");
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

    private static String address(int i) {
        return "198.51." + (i >> 8 & 0xff) + "." + (i & 0xff);
    }
}
