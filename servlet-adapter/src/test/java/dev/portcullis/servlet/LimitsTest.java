package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits in real containers, where responses have headers and bytes. */
class LimitsTest {

    private final HandClock clock = HandClock.at("2026-01-31T23:59:00Z");

    /** Answers with as many bytes as asked, by the stream or the writer, a cost and a status. */
    private static final class Application extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
            doGet(request, response); // as frameworks do; the container drops the content
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var cost = request.getParameter("cost");
            if (cost != null) {
                response.setHeader("X-Cost", cost);
            }
            var bytes = Integer.parseInt(request.getParameter("bytes"));
            if (request.getParameter("text") == null) {
                response.getOutputStream().write(new byte[bytes]);
            } else {
                response.setCharacterEncoding("UTF-8");
                response.getWriter().print("\u00fc".repeat(bytes / 2 - 1));
                response.getWriter().print('a');
                response.getWriter().println();
            }
        }
    }

    private static RawResponse get(Container container, String target) throws IOException {
        return RawHttp.to("127.0.0.1", container.port())
                .send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    private Container start(Container.Kind kind, String lines) throws Exception {
        var yaml = "portcullis:\n  policies:\n    p:\n      paths: [/**]\n      public: true\n" + lines.indent(6);
        var gate = Gate.builder(PolicyFile.parse("p.yml", yaml, name -> null))
                .clock(clock)
                .build();
        return kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), Map.of("/", new Application()));
    }

    @ParameterizedTest
    @EnumSource
    void bytesAreCountedAsTheyAreWrittenUntilTheMonthEnds(Container.Kind kind) throws Exception {
        try (var container =
                start(kind, "quotas: { volume: { permits: 1000B, per: P1M, unit: bytes, by: address } }")) {
            assertThat(get(container, "/?bytes=300").value("RateLimit")).contains("\"volume\";r=999;t=60");
            assertThat(get(container, "/?bytes=200&text=1").value("RateLimit")).contains("\"volume\";r=699;t=60");
            assertThat(get(container, "/?bytes=900").value("RateLimit")).contains("\"volume\";r=499;t=60");

            var denied = get(container, "/?bytes=1");
            assertThat(denied.status()).isEqualTo(429);
            assertThat(denied.text()).contains("quota-exceeded");
            assertThat(denied.value("Retry-After")).contains("60");
            clock.advance(Duration.ofSeconds(60));
            assertThat(get(container, "/?bytes=1").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotSentBecauseOnlyTheHeadWasAskedForCostsNothing(Container.Kind kind) throws Exception {
        try (var container =
                start(kind, "quotas: { volume: { permits: 1000B, per: P1M, unit: bytes, by: address } }")) {
            RawHttp.to("127.0.0.1", container.port())
                    .send("HEAD /?bytes=900 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(get(container, "/?bytes=300").value("RateLimit")).contains("\"volume\";r=999;t=60");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theApplicationSaysWhatARequestCost(Container.Kind kind) throws Exception {
        try (var container = start(
                kind,
                "rate-limits: { burst: { permits: 10, per: 1m, by: address, cost: { response-header: X-Cost } } }")) {
            assertThat(get(container, "/?bytes=1&cost=4").value("RateLimit")).contains("\"burst\";r=9;t=60");
            assertThat(get(container, "/?bytes=1&cost=0").value("RateLimit")).contains("\"burst\";r=5;t=60");
            assertThat(get(container, "/?bytes=1&cost=100").value("RateLimit")).contains("\"burst\";r=5;t=60");
            assertThat(get(container, "/?bytes=1").status()).isEqualTo(429);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatALaterLimitDeniesUsesNothing(Container.Kind kind) throws Exception {
        try (var container = start(
                kind,
                "rate-limits:\n  a: { permits: 10, per: 1m, by: address }\n  b: { permits: 2, per: 1h, by: global }")) {
            for (var i = 0; i < 30; i++) {
                get(container, "/?bytes=1");
            }
            assertThat(get(container, "/?bytes=1").values("RateLimit")).contains("\"a\";r=7;t=60", "\"b\";r=0;t=3600");
            clock.advance(Duration.ofHours(1));
            assertThat(get(container, "/?bytes=1").values("RateLimit")).contains("\"a\";r=9;t=60");
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyFailuresAreCharged(Container.Kind kind) throws Exception {
        try (var container =
                start(kind, "rate-limits: { bad: { permits: 2, per: 1m, by: address, charge-on: [5xx] } }")) {
            for (var i = 0; i < 10; i++) {
                assertThat(get(container, "/?bytes=1").status()).isEqualTo(200);
            }
            assertThat(get(container, "/?bytes=none").status()).isEqualTo(500);
            assertThat(get(container, "/?bytes=none").status()).isEqualTo(500);
            assertThat(get(container, "/?bytes=1").status()).isEqualTo(429);
        }
    }
}
