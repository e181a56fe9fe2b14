package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.Change;
import dev.portcullis.Listener;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.fixture.RawResponse;
import dev.portcullis.store.Ledger;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The management endpoint of a booted application, over HTTP. */
class ManagementTest {

    private static final String YAML = """
            management: { endpoints: { web: { exposure: { include: portcullis } } } }
            portcullis:
              issuers: { main: { issuer: '%s', audiences: [orders-api] } }
              policies:
                hello: { paths: [/hello], authenticate: [jwt], rate-limits: { calls: { permits: 1000, per: 1m } } }
                status: { paths: [/status], public: true }
                operators:
                  paths: [/actuator/portcullis/**, /actuator/portcullis]
                  authenticate: [jwt]
                  authorize: { scopes: [gate:operate] }
            """;

    private static IdentityProvider provider;

    @BeforeAll
    static void open() {
        provider = IdentityProvider.start(Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        provider.close();
    }

    @RestController
    static class Pages {

        @GetMapping("/hello")
        String hello() {
            return "hello";
        }

        @GetMapping("/status")
        String status() {
            return "up";
        }
    }

    /** What the gate tells of changes. */
    @Configuration(proxyBeanMethods = false)
    static class Notebook {

        static final List<Change> CHANGES = new CopyOnWriteArrayList<>();

        @Bean
        Listener notebook() {
            CHANGES.clear();
            return new Listener() {

                @Override
                public void changed(Change change) {
                    if (!change.what().equals("policy-loaded")) {
                        CHANGES.add(change);
                    }
                }
            };
        }
    }

    private static String bearer(String subject, String... scopes) {
        return "Authorization: Bearer "
                + provider.token()
                        .subject(subject)
                        .claim("scope", String.join(" ", scopes))
                        .sign();
    }

    private static Booted booted() throws IOException {
        return Booted.with(YAML.formatted(provider.issuer()), Pages.class, Notebook.class);
    }

    private static RawResponse post(Booted application, String path, String json, String... headers)
            throws IOException {
        var lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return application
                .http()
                .send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + lines
                        + "Content-Type: application/json\r\nContent-Length: "
                        + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json);
    }

    private static int hello(Booted application, String subject) throws IOException {
        return application.get("/hello", bearer(subject)).status();
    }

    @Test
    void goesBackToThePoliciesOfBeforeTheLastChange() throws IOException {
        try (var application = booted()) {
            var path = "/actuator/portcullis/rollback";
            var operator = bearer("olga", "gate:operate");
            var why = "{\"reason\":\"too strict\"}";
            assertThat(post(application, path, why, operator).status()).isEqualTo(409);
            assertThat(post(application, path, why, bearer("alice")).status()).isEqualTo(403);
            var environment = application.context().getEnvironment();
            var stricter = Map.<String, Object>of("portcullis.policies.hello.rate-limits.calls.permits", "500");
            environment.getPropertySources().addFirst(new MapPropertySource("stricter", stricter));
            var file = new Properties(environment).read();
            application.context().getBean(Portcullis.class).whenUp(gate -> gate.reload(file, "deploy"));
            assertThat(post(application, path, "{}", operator).status()).isEqualTo(400);
            var done = post(application, path, why, operator);
            assertThat(done.status()).as(done.text()).isEqualTo(200);
            assertThat(done.text()).contains("\"digest\"");
            assertThat(Notebook.CHANGES).anySatisfy(change -> {
                assertThat(change.what()).isEqualTo("policy-rolled-back");
                assertThat(change.by()).startsWith("olga@");
            });
        }
    }

    @Test
    void revokesAliceAndNotBobAndLiftsIt() throws IOException {
        try (var application = booted()) {
            var operator = bearer("olga", "gate:operate");
            assertThat(hello(application, "alice")).isEqualTo(200);
            var done = post(
                    application,
                    "/actuator/portcullis/revoke",
                    "{\"what\":\"subject\",\"value\":\"alice\",\"reason\":\"stolen laptop\"}",
                    operator);
            assertThat(done.status()).as(done.text()).isEqualTo(200);
            var denied = application.get("/hello", bearer("alice"));
            assertThat(denied.status()).isEqualTo(401);
            assertThat(denied.text())
                    .contains("invalid-token")
                    .doesNotContain("revoked")
                    .doesNotContain("stolen");
            assertThat(hello(application, "bob")).isEqualTo(200);
            assertThat(Notebook.CHANGES).hasSize(1).first().satisfies(change -> {
                assertThat(change.what()).isEqualTo("revoked");
                assertThat(change.by()).isEqualTo("olga@main");
                assertThat(change.details())
                        .containsEntry("value", "alice")
                        .containsEntry("reason", "stolen laptop")
                        .containsKeys("id", "until");
            });
            var id = Notebook.CHANGES.get(0).details().get("id");
            assertThat(application.get("/actuator/portcullis/denials", operator).text())
                    .contains(id)
                    .contains("alice");
            assertThat(application
                            .send("DELETE", "/actuator/portcullis/denials/" + id, operator)
                            .status())
                    .isEqualTo(200);
            assertThat(hello(application, "alice")).isEqualTo(200);
            assertThat(Notebook.CHANGES).extracting(Change::what).containsExactly("revoked", "lifted");
            assertThat(application
                            .send("DELETE", "/actuator/portcullis/denials/" + id, operator)
                            .status())
                    .isEqualTo(404);
        }
    }

    /** The ledger that two applications of this test share. */
    @Configuration(proxyBeanMethods = false)
    static class Shared {

        static final Ledger LEDGER = Ledger.memory(Clock.systemUTC(), 1000);

        @Bean(destroyMethod = "")
        Ledger ledger() {
            return LEDGER;
        }
    }

    @Test
    void revokesOnBothApplicationsThatShareALedger() throws IOException {
        var yaml = YAML.formatted(provider.issuer()) + "  denials: { poll: 100ms }\n";
        try (var one = Booted.with(yaml, Pages.class, Shared.class);
                var other = Booted.with(yaml, Pages.class, Shared.class)) {
            var alice = bearer("alice");
            assertThat(one.get("/hello", alice).status()).isEqualTo(200);
            assertThat(other.get("/hello", alice).status()).isEqualTo(200);
            var order = "{\"what\":\"subject\",\"value\":\"alice\",\"before\":\"now\",\"reason\":\"stolen\"}";
            assertThat(post(one, "/actuator/portcullis/revoke", order, bearer("olga", "gate:operate"))
                            .status())
                    .isEqualTo(200);
            assertThat(one.get("/hello", alice).status()).isEqualTo(401);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> other.get("/hello", alice).status() == 401);
            assertThat(hello(one, "bob")).isEqualTo(200);
            assertThat(hello(other, "bob")).isEqualTo(200);
        }
    }

    @Test
    void deniesAnAddressForATime() throws IOException {
        try (var application = booted()) {
            var operator = bearer("olga", "gate:operate");
            var order = "{\"what\":\"route\",\"value\":\"/status\",\"reason\":\"exploited\",\"ttl\":\"10m\"}";
            assertThat(post(application, "/actuator/portcullis/deny", order, operator)
                            .status())
                    .isEqualTo(200);
            var denied = application.get("/status");
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.text()).contains("denied-by-operator").doesNotContain("exploited");
            assertThat(hello(application, "bob")).isEqualTo(200);
        }
    }

    @Test
    void refusesWhoeverMayNotAndWhateverMeansNothing() throws IOException {
        try (var application = booted()) {
            var order = "{\"what\":\"subject\",\"value\":\"alice\",\"reason\":\"r\"}";
            var path = "/actuator/portcullis/revoke";
            assertThat(post(application, path, order).status()).isEqualTo(401);
            assertThat(post(application, path, order, bearer("mallory")).status())
                    .isEqualTo(403);
            assertThat(application.get("/actuator/portcullis").status()).isEqualTo(401);
            assertThat(Notebook.CHANGES).isEmpty();
            var operator = bearer("olga", "gate:operate");
            for (var wrong : new String[] {
                "{}",
                "{\"what\":\"everything\",\"value\":\"x\",\"reason\":\"r\"}",
                "{\"what\":\"subject\",\"value\":\"alice\"}",
                "{\"what\":\"subject\",\"value\":\"alice\",\"reason\":\"r\",\"ttl\":\"400d\"}",
                "{\"what\":\"subject\",\"value\":\"a\\nb\",\"reason\":\"r\"}",
                "{\"what\":\"subject\",\"value\":\"" + "x".repeat(300) + "\",\"reason\":\"r\"}"
            }) {
                var answer = post(application, path, wrong, operator);
                assertThat(answer.status()).as(wrong + answer.text()).isEqualTo(400);
                assertThat(answer.text()).contains("invalid-order");
            }
            assertThat(post(
                                    application,
                                    "/actuator/portcullis/deny",
                                    "{\"what\":\"address\",\"value\":\"192.0.2.1\",\"reason\":\"r\"}",
                                    operator)
                            .status())
                    .as("without an end")
                    .isEqualTo(400);
            assertThat(Notebook.CHANGES)
                    .hasSize(7)
                    .allSatisfy(change -> assertThat(change.what()).isEqualTo("change-denied"));
            assertThat(hello(application, "alice")).isEqualTo(200);
        }
    }

    @Test
    void changesNothingForSomebodyWhoHasNotProvenWhoHeIs() throws IOException {
        var yaml = "management: { endpoints: { web: { exposure: { include: portcullis } } } }\n"
                + "portcullis: { policies: { operators: { paths: [/actuator/portcullis/**], ip: { allow: [127.0.0.1] } } } }";
        try (var application = Booted.with(yaml, Notebook.class)) {
            var answer = post(
                    application,
                    "/actuator/portcullis/revoke",
                    "{\"what\":\"subject\",\"value\":\"alice\",\"reason\":\"r\"}");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("operator-unknown");
            assertThat(Notebook.CHANGES)
                    .singleElement()
                    .satisfies(change -> assertThat(change.by()).isEqualTo("nobody"));
            assertThat(application.get("/actuator/portcullis/denials").text()).isEqualTo("[]");
        }
    }

    @Test
    void isNotThereUnlessItIsExposedAndDeniedUntilAPolicyNamesIt() throws IOException {
        var exposed = "management: { endpoints: { web: { exposure: { include: '*' } } } }\n"
                + "portcullis: { policies: { all: { paths: [/**], public: true } } }";
        try (var application = Booted.with(exposed)) {
            assertThat(application.get("/actuator/portcullis").status()).isEqualTo(403);
        }
        var usual =
                "portcullis: { policies: { all: { paths: [/actuator/portcullis/**, /actuator/portcullis], public: true } } }";
        try (var application = Booted.with(usual)) {
            assertThat(application.get("/actuator/portcullis").status()).isEqualTo(404);
        }
    }

    @Test
    void countsWhatBecomesOfRequestsAndHandsItToTheRegistry() throws IOException {
        try (var application = booted()) {
            var registry = application.context().getBean(MeterRegistry.class);
            assertThat(hello(application, "alice")).isEqualTo(200);
            assertThat(application.get("/hello").status()).isEqualTo(401);
            assertThat(application.get("/hello", "Authorization: Bearer x").status())
                    .isEqualTo(401);
            assertThat(application.get("/nowhere/secret-4711").status()).isEqualTo(403);
            assertThat(application.send("BREW", "/hello").status()).isEqualTo(401);
            assertThat(requests(registry, "/hello", "GET", "proceed", "2xx")).isEqualTo(1);
            assertThat(requests(registry, "/hello", "GET", "deny", "4xx")).isEqualTo(2);
            assertThat(registry.get("portcullis.auth")
                            .tags("method", "jwt", "result", "proven")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("portcullis.auth")
                            .tags("result", "denied", "reason", "malformed-token")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("portcullis.decisions")
                            .tags("phase", "authentication", "rule", "hello.authentication", "mode", "enforce")
                            .functionCounter()
                            .count())
                    .isEqualTo(3);
            assertThat(registry.get("portcullis.overhead").functionTimer().count())
                    .isEqualTo(5);
            assertThat(registry.get("portcullis.policy.info").gauge().value()).isEqualTo(1);
            assertThat(registry.get("portcullis.keys.age")
                            .tag("issuer", "main")
                            .gauge()
                            .value())
                    .isNotNegative();
            assertThat(registry.getMeters().toString())
                    .doesNotContain("secret-4711")
                    .doesNotContain("BREW");
            var numbers = application.get("/actuator/portcullis/numbers", bearer("olga", "gate:operate"));
            assertThat(numbers.text()).contains("portcullis_requests_total").contains("\"route\":\"/hello\"");
        }
    }

    private static double requests(MeterRegistry registry, String... values) {
        return registry.get("portcullis.requests")
                .tags("route", values[0], "method", values[1], "decision", values[2], "status", values[3])
                .functionCounter()
                .count();
    }

    @Test
    void showsHowTheGateStands() throws IOException {
        try (var application = booted()) {
            var operator = bearer("olga", "gate:operate");
            var status = application.get("/actuator/portcullis", operator);
            assertThat(status.status()).as(status.text()).isEqualTo(200);
            assertThat(status.text())
                    .contains(application
                            .context()
                            .getBean(Portcullis.class)
                            .management()
                            .reports()
                            .status()
                            .digest())
                    .contains("\"ready\":true");
            assertThat(hello(application, "erin")).isEqualTo(200);
            assertThat(application.get("/actuator/portcullis/routes", operator).text())
                    .contains("Pages#hello")
                    .contains("\"lastRequest\":\"20")
                    .contains("hello.calls: 1000 per 1m by client")
                    .contains("\"access\":\"AUTHENTICATED\"")
                    .contains("\"access\":\"PUBLIC\"");
            assertThat(application.get("/actuator/portcullis/keys", operator).text())
                    .contains("\"issuer\":\"main\"");
            assertThat(application
                            .get("/actuator/portcullis/certificates", operator)
                            .text())
                    .isEqualTo("[]");
            assertThat(hello(application, "carol")).isEqualTo(200);
            assertThat(hello(application, "carol")).isEqualTo(200);
            assertThat(application
                            .get("/actuator/portcullis/usage?issuer=main&client=carol", operator)
                            .text())
                    .contains("\"used\":2")
                    .contains("\"permits\":1000");
            assertThat(application
                            .get("/actuator/portcullis/usage?issuer=main&client=dave", operator)
                            .text())
                    .contains("\"used\":0");
            assertThat(application.get("/actuator/portcullis/feeds", operator).text())
                    .isEqualTo("[]");
            assertThat(application.get("/actuator/portcullis/stores", operator).text())
                    .isEqualTo("[]");
            assertThat(application
                            .get("/actuator/portcullis/passwords", operator)
                            .status())
                    .isEqualTo(404);
        }
    }
}
