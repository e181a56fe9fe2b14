package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.IdentityProvider;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.junit.jupiter.api.Test;

/** What a request that passes all six checks makes the filter allocate, the texts of Tomcat's header lines included. */
class PassCostTest {

    /** Whoever needs more adds what every request of every service pays: say in the decisions what for. */
    private static final long BUDGET = 10_000;

    private static final int TURNS = 20_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String POLICY = """
            portcullis:
              issuers: { main: { issuer: "%s", audiences: [orders-api], key-timeout: 30s } }
              policies:
                orders:
                  paths: [/api/**]
                  ip: { allow: [127.0.0.0/8], deny: [203.0.113.0/24] }
                  cors: { origins: [https://app.example.com], methods: [GET, POST] }
                  authenticate: [jwt]
                  authorize: { scopes: [orders:read] }
                  rate-limits: { burst: { permits: 1000000000, per: 1m, by: client } }
                  body: { schema: '{"type":"object"}' }
                  attacks: { mode: enforce, level: balanced }
            """;

    private final org.apache.coyote.Request read = new org.apache.coyote.Request();
    private final org.apache.coyote.Response written = new org.apache.coyote.Response();
    private final Request request = new Request(new Connector());
    private final Response response = new Response();
    private long passed;

    @Test
    void staysWithinItsBudget() throws Exception {
        read.setResponse(written);
        request.setCoyoteRequest(read);
        response.setCoyoteResponse(written);
        request.setResponse(response);
        response.setRequest(request);
        try (var provider = IdentityProvider.start(Clock.systemUTC());
                var gate = Gate.builder(
                                PolicyFile.parse("policy.yml", POLICY.formatted(provider.issuer()), name -> null))
                        .build()) {
            var filter = new PortcullisFilter(gate, Routes.UNKNOWN);
            var token = provider.token().subject("alice").scope("orders:read").sign();

            ask(filter, token);
            var bytes = ask(filter, token);

            assertThat(passed).isEqualTo(2L * TURNS);
            assertThat(bytes).isBetween(BUDGET / 4, BUDGET);
        }
    }

    private long ask(PortcullisFilter filter, String token) throws Exception {
        var headers = Map.of(
                "Host", "shop.example",
                "User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0",
                "Accept", "application/json",
                "Accept-Language", "en-US,en;q=0.9",
                "Origin", "https://app.example.com",
                "Authorization", "Bearer " + token);
        var before = THREADS.getCurrentThreadAllocatedBytes();
        for (var i = 0; i < TURNS; i++) {
            begin(headers);
            filter.doFilter(request.getRequest(), response.getResponse(), (asked, answer) -> passed++);
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / TURNS;
    }

    private void begin(Map<String, String> headers) {
        request.recycle();
        response.recycle();
        read.recycle();
        written.recycle();
        read.remoteAddr().setString("127.0.0.1");
        read.scheme().setString("http");
        read.protocol().setString("HTTP/1.1");
        read.setMethod("GET");
        read.requestURI().setString("/api/orders");
        read.queryString().setString("page=2&sort=date&q=wrought+iron");
        headers.forEach((name, value) -> {
            var bytes = value.getBytes(StandardCharsets.ISO_8859_1);
            read.getMimeHeaders().addValue(name).setBytes(bytes, 0, bytes.length);
        });
    }
}
