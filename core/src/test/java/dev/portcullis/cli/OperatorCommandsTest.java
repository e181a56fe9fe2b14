package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.fixture.IdentityProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands for whoever runs the gate: routes, tokens, overlays, reports. */
class OperatorCommandsTest {

    private static final String POLICIES = """
            policies:
              orders: { paths: [/orders/**], methods: [GET], authenticate: [jwt], authorize: { scopes: [orders:read] } }
              status: { paths: [/status], public: true }
              forgotten: { paths: [/forgotten], attacks: { level: balanced } }
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    void listsRoutesAndThoseThatNobodyMeantToOpen() throws Exception {
        var policy =
                file("p.yml", "issuers: { main: { issuer: https://idp.example.com, audiences: [a] } }\n" + POLICIES);
        assertThat(run("routes", policy)).isEqualTo(Main.OK);
        assertThat(out.toString())
                .contains("GET /orders/**  authenticated  by orders  authenticate: jwt  scopes: orders:read")
                .contains("* /status  public  by status");
        assertThat(run("routes", policy, "--unprotected")).isEqualTo(Main.FOUND);
        assertThat(out.toString())
                .contains("/forgotten  open")
                .contains("/status  public")
                .doesNotContain("/orders");
        assertThat(run("inventory", policy, "--json")).isEqualTo(Main.OK);
        assertThat(JsonMapper.builder().build().readTree(out.toString())).hasSize(3);
    }

    @Test
    void findsWhatIsOnTheClassPathOfAnApplicationBesideItsProperties() throws Exception {
        Files.createDirectory(directory.resolve("schemas"));
        file("schemas/order.json", "{\"type\":\"object\"}");
        var text = "spring: { main: {} }\nportcullis: { policies: { a: { paths: [/a], public: true,"
                + " body: { max-size: 1KB, schema: 'classpath:schemas/order.json' } } } }\n";
        assertThat(run("lint", file("application.yml", text))).isEqualTo(Main.OK);
        assertThat(run("lint", file("application.yml", text.replace("schemas/", "../schemas/"))))
                .isEqualTo(Main.FOUND);
        assertThat(out.toString()).contains("nothing on the class path");
    }

    @Test
    void saysWhichCheckATokenFailsFirstAndNeverTheToken() throws Exception {
        try (var provider = IdentityProvider.start(Clock.systemUTC())) {
            var policy = file(
                    "p.yml",
                    "issuers: { main: { issuer: '" + provider.issuer()
                            + "', audiences: [orders-api], key-timeout: 30s } }\n" + POLICIES);
            assertThat(explain(policy, provider.token().scope("orders:read").sign(), "GET /orders/7"))
                    .isEqualTo(Main.OK);
            assertThat(out.toString()).contains("passes every check");
            assertThat(explain(policy, provider.token().scope("other").sign(), "GET /orders/7"))
                    .isEqualTo(Main.FOUND);
            assertThat(out.toString()).contains("fails: orders.authorization (enforce): 403 insufficient-scope");
            assertThat(explain(
                            policy,
                            provider.token().expiresIn(Duration.ofMinutes(-1)).sign(),
                            "GET /orders/7"))
                    .isEqualTo(Main.FOUND);
            assertThat(out.toString()).contains("401 invalid-token: token-expired");
            assertThat(explain(policy, provider.token().audience("other").sign(), "GET /orders/7"))
                    .isEqualTo(Main.FOUND);
            assertThat(out.toString()).contains("wrong-audience");
            assertThat(explain(policy, "no-token-at-all", "GET /orders/7")).isEqualTo(Main.FOUND);
            assertThat(explain(policy, provider.token().sign(), "POST /orders/7"))
                    .isEqualTo(Main.FOUND);
            assertThat(out.toString()).contains("405");
            assertThat(explain(policy, provider.token().sign(), "GET /status")).isEqualTo(Main.OK);
            assertThat(out.toString()).contains("nobody asks for a token");
            assertThat(explain(policy, provider.token().sign(), "/orders")).isEqualTo(Main.USAGE);
        }
    }

    private int explain(String policy, String token, String route) throws Exception {
        var code = run("token", "explain", "--policy", policy, "--file", file("t.jwt", token + "\n"), "--route", route);
        assertThat(out.toString() + err).doesNotContain(token);
        return code;
    }

    @Test
    void findsAnOverlayThatLoosensItsBaseline() throws Exception {
        var base = file("base.yml", "policies: { a: { paths: [/a], authenticate: [jwt], body: { max-size: 1KB } } }");
        var tight = file("tight.yml", "policies: { a: { body: { max-size: 10B } } }");
        var loose = file("loose.yml", "policies: { a: { body: { max-size: 1MB } } }");
        assertThat(run("lint", tight, "--baseline", base)).isEqualTo(Main.OK);
        assertThat(run("lint", loose, "--baseline", base)).isEqualTo(Main.FOUND);
        assertThat(out.toString()).contains("error[looser-than-baseline] policies.a.body.max-size (loose.yml:1:");
        assertThat(run("lint", loose, "--baseline", base, "--sarif")).isEqualTo(Main.FOUND);
        assertThat(out.toString()).contains("looser-than-baseline");
    }

    private static final String LOG = """
            {"time":"2026-01-01T00:00:00Z","method":"GET","path":"/orders/7","route":"/orders/{id}","client":"web","issuer":"main","scopes":["orders:read","orders:write"],"decision":"proceed"}
            {"time":"2026-01-01T00:00:01Z","method":"GET","path":"/orders/8","route":"/orders/{id}","client":"web","issuer":"main","scopes":["orders:read","orders:write"],"decision":"proceed"}
            {"time":"2026-01-01T00:00:02Z","method":"GET","path":"/orders/8","client":"denied","issuer":"main","scopes":["orders:read"],"decision":"deny"}
            {"time":"2026-01-01T00:00:02Z","method":"GET","path":"/status","decision":"proceed"}
            {"time":"2026-01-01T00:00:03Z","change":"revoked","by":"olga"}
            not a line
            """;

    @Test
    void reportsWhatCallersCouldDoWithout() throws Exception {
        var policy = file(
                "p.yml",
                "issuers: { main: { issuer: https://idp.example.com, audiences: [a] } }\n"
                        + "clients: { acme: { api-keys: [\"sha256:" + "0".repeat(64)
                        + "\"], scopes: [orders:read] } }\n"
                        + POLICIES);
        var log = file("audit.log", LOG);
        assertThat(run("report", "least-privilege", "--policy", policy, log))
                .as(err.toString())
                .isEqualTo(Main.OK);
        var report = JsonMapper.builder().build().readTree(out.toString());
        assertThat(report.path("unreadable").asInt()).isEqualTo(1);
        assertThat(report.path("lines").asInt()).isEqualTo(4);
        var web = client(report, "web");
        assertThat(texts(web.path("granted"))).containsExactly("orders:read", "orders:write");
        assertThat(texts(web.path("used"))).containsExactly("orders:read");
        assertThat(texts(web.path("unused"))).containsExactly("orders:write");
        assertThat(web.path("routes").path("GET /orders/{id}").asInt()).isEqualTo(2);
        assertThat(texts(client(report, "denied").path("unused"))).containsExactly("orders:read");
        assertThat(texts(client(report, "acme").path("unused"))).containsExactly("orders:read");
        assertThat(run("report", "unused-scopes", "--policy", policy, log)).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("orders:write");
        assertThat(run("report", "unused-scopes", "--policy", policy, "--since", "1d", log))
                .isEqualTo(Main.OK);
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(out.toString())
                        .path("lines")
                        .asInt())
                .isZero();
        assertThat(run("report", "unused-scopes", log)).isEqualTo(Main.USAGE);
    }

    @Test
    void takesWhatTheEndpointSaysOfRoutes() throws Exception {
        var routes = file(
                "routes.json",
                "[{\"paths\":[\"/orders/{id}\"],\"methods\":[\"GET\"],\"handler\":\"Orders#get\",\"scopes\":[],"
                        + "\"anyScopes\":[\"orders:write\",\"orders:admin\"]}]");
        assertThat(run("report", "least-privilege", "--routes", routes, file("audit.log", LOG)))
                .isEqualTo(Main.OK);
        var report = JsonMapper.builder().build().readTree(out.toString());
        assertThat(texts(client(report, "web").path("used"))).containsExactly("orders:write");
    }

    private static JsonNode client(JsonNode report, String name) {
        for (var client : report.path("clients")) {
            if (client.path("client").asText().equals(name)) {
                return client;
            }
        }
        throw new AssertionError("no client " + name);
    }

    private static List<String> texts(JsonNode array) {
        return Demands.texts(array);
    }
}
