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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers who behave badly, in front of real containers. */
class AbuseTest {

    private static final String KEY = "a-key-of-acme-0123456789abcdef";
    private static final String YAML = """
            forwarded: { trusted: [127.0.0.1], address: x-forwarded-for }
            clients: { acme: { api-keys: ["sha256:%s"] } }
            policies:
              api: { paths: [/api], authenticate: [api-key] }
              login: { paths: [/login], public: true }
              site: { paths: [/**], public: true, penalty: { deny-at: 100 } }
            """;

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final AtomicReference<Gate> gates = new AtomicReference<>();
    private final LoginAttempts logins = new LoginAttempts(() -> gates.get().logins());

    private Gate gate() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.UTF_8));
        var yaml = YAML.formatted(HexFormat.of().formatHex(digest));
        var gate = Gate.builder(PolicyFile.parse("p.yml", yaml, name -> null))
                .clock(clock)
                .build();
        gates.set(gate);
        return gate;
    }

    /** Has nothing but {@code /good} and {@code /api}, and takes one password. */
    private HttpServlet application() {
        return new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                if (request.getRequestURI().equals("/login")) {
                    response.setStatus(login(request));
                } else if (!request.getRequestURI().equals("/good")
                        && !request.getRequestURI().equals("/api")) {
                    response.sendError(404);
                }
            }
        };
    }

    private int login(HttpServletRequest request) {
        var attempt = logins.attempt(request, request.getHeader("X-Login"));
        if (!attempt.permitted()) {
            return attempt.reply().status();
        }
        var right = "right".equals(request.getHeader("X-Password"));
        attempt.ended(right);
        return right ? 200 : 401;
    }

    private static RawResponse get(Container container, String path, String address, String... lines)
            throws IOException {
        return RawHttp.to("127.0.0.1", container.port())
                .send("GET " + path
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nUser-Agent: t\r\nAccept: */*\r\n"
                        + "X-Forwarded-For: " + address + "\r\n" + String.join("", lines) + "\r\n");
    }

    @ParameterizedTest
    @EnumSource
    void twentyWrongKeysAreTooMany(Container.Kind kind) throws Exception {
        try (var gate = gate();
                var container = kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), Map.of("/", application()))) {
            for (var i = 0; i < 20; i++) {
                // the first address is what the client claims, the last what our proxy saw
                assertThat(get(container, "/api", "198.51.100." + i + ", 192.0.2.1", "X-API-Key: wrong-" + i + "\r\n")
                                .status())
                        .isEqualTo(401);
            }
            var denied = get(container, "/api", "198.51.100.99, 192.0.2.1", "X-API-Key: " + KEY + "\r\n");
            assertThat(denied.status()).isEqualTo(429);
            assertThat(denied.value("Retry-After")).contains("60");
            assertThat(denied.text()).contains("\"code\":\"too-many-failures\"");
            assertThat(get(container, "/api", "192.0.2.2", "X-API-Key: " + KEY + "\r\n")
                            .status())
                    .isEqualTo(200);
            assertThat(get(container, "/api", "192.0.2.1").status()).isEqualTo(401);
            clock.advance(Duration.ofMinutes(1));
            assertThat(get(container, "/api", "192.0.2.1", "X-API-Key: " + KEY + "\r\n")
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void twentyWrongPasswordsOfDifferentUsersAreTooMany(Container.Kind kind) throws Exception {
        try (var gate = gate();
                var container = kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), Map.of("/", application()))) {
            for (var i = 0; i < 20; i++) {
                var user = "X-Login: user-" + i + "\r\nX-Password: guess\r\n";
                assertThat(get(container, "/login", "192.0.2.1", user).status()).isEqualTo(401);
            }
            var right = "X-Login: alice\r\nX-Password: right\r\n";
            assertThat(get(container, "/login", "192.0.2.1", right).status()).isEqualTo(429);
            assertThat(get(container, "/login", "192.0.2.2", right).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoLooksForHolesIsDeniedForATime(Container.Kind kind) throws Exception {
        try (var gate = gate();
                var container = kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), Map.of("/", application()))) {
            assertThat(get(container, "/good", "192.0.2.1").status()).isEqualTo(200);
            assertThat(get(container, "/.env", "192.0.2.1").status()).isEqualTo(404);
            assertThat(get(container, "/wp-login.php", "192.0.2.1").status()).isEqualTo(404);
            var denied = get(container, "/good", "192.0.2.1");
            assertThat(denied.status()).isEqualTo(429);
            assertThat(denied.text()).contains("\"code\":\"penalized\"");
            assertThat(get(container, "/good", "192.0.2.2").status()).isEqualTo(200);
            clock.advance(Duration.ofMinutes(10));
            assertThat(get(container, "/good", "192.0.2.1").status()).isEqualTo(200);
        }
    }
}
