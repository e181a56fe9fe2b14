package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.Change;
import dev.portcullis.store.Ledger;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/** What operators change through the management endpoint of a booted application, over HTTP. */
class ManagementTest {

    private static Operated operated;

    @BeforeAll
    static void open() {
        operated = new Operated();
    }

    @AfterAll
    static void close() {
        operated.close();
    }

    @Test
    void goesBackToThePoliciesOfBeforeTheLastChange() throws IOException {
        try (var application = operated.booted()) {
            var path = "/actuator/portcullis/rollback";
            var operator = operated.bearer("olga", "gate:operate");
            var why = "{\"reason\":\"too strict\"}";
            assertThat(Operated.post(application, path, why, operator).status()).isEqualTo(409);
            assertThat(Operated.post(application, path, why, operated.bearer("alice"))
                            .status())
                    .isEqualTo(403);
            var environment = application.context().getEnvironment();
            var stricter = Map.<String, Object>of("portcullis.policies.hello.rate-limits.calls.permits", "500");
            environment.getPropertySources().addFirst(new MapPropertySource("stricter", stricter));
            var file = new Properties(environment).read();
            application.context().getBean(Portcullis.class).whenUp(gate -> gate.reload(file, "deploy"));
            assertThat(Operated.post(application, path, "{}", operator).status())
                    .isEqualTo(400);
            var done = Operated.post(application, path, why, operator);
            assertThat(done.status()).as(done.text()).isEqualTo(200);
            assertThat(done.text()).contains("\"digest\"");
            assertThat(Operated.Notebook.CHANGES).anySatisfy(change -> {
                assertThat(change.what()).isEqualTo("policy-rolled-back");
                assertThat(change.by()).startsWith("olga@");
            });
        }
    }

    @Test
    void revokesAliceAndNotBobAndLiftsIt() throws IOException {
        try (var application = operated.booted()) {
            var operator = operated.bearer("olga", "gate:operate");
            assertThat(operated.hello(application, "alice")).isEqualTo(200);
            var done = Operated.post(
                    application,
                    "/actuator/portcullis/revoke",
                    "{\"what\":\"subject\",\"value\":\"alice\",\"reason\":\"stolen laptop\"}",
                    operator);
            assertThat(done.status()).as(done.text()).isEqualTo(200);
            var denied = application.get("/hello", operated.bearer("alice"));
            assertThat(denied.status()).isEqualTo(401);
            assertThat(denied.text())
                    .contains("invalid-token")
                    .doesNotContain("revoked")
                    .doesNotContain("stolen");
            assertThat(operated.hello(application, "bob")).isEqualTo(200);
            assertThat(Operated.Notebook.CHANGES).hasSize(1).first().satisfies(change -> {
                assertThat(change.what()).isEqualTo("revoked");
                assertThat(change.by()).isEqualTo("olga@main");
                assertThat(change.details())
                        .containsEntry("value", "alice")
                        .containsEntry("reason", "stolen laptop")
                        .containsKeys("id", "until");
            });
            var id = Operated.Notebook.CHANGES.get(0).details().get("id");
            assertThat(application.get("/actuator/portcullis/denials", operator).text())
                    .contains(id)
                    .contains("alice");
            assertThat(application
                            .send("DELETE", "/actuator/portcullis/denials/" + id, operator)
                            .status())
                    .isEqualTo(200);
            assertThat(operated.hello(application, "alice")).isEqualTo(200);
            assertThat(Operated.Notebook.CHANGES).extracting(Change::what).containsExactly("revoked", "lifted");
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
        var yaml = Operated.YAML.formatted(operated.issuer()) + "  denials: { poll: 100ms }\n";
        try (var one = Booted.with(yaml, Operated.Pages.class, Shared.class);
                var other = Booted.with(yaml, Operated.Pages.class, Shared.class)) {
            var alice = operated.bearer("alice");
            assertThat(one.get("/hello", alice).status()).isEqualTo(200);
            assertThat(other.get("/hello", alice).status()).isEqualTo(200);
            var order = "{\"what\":\"subject\",\"value\":\"alice\",\"before\":\"now\",\"reason\":\"stolen\"}";
            assertThat(Operated.post(one, "/actuator/portcullis/revoke", order, operated.bearer("olga", "gate:operate"))
                            .status())
                    .isEqualTo(200);
            assertThat(one.get("/hello", alice).status()).isEqualTo(401);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> other.get("/hello", alice).status() == 401);
            assertThat(operated.hello(one, "bob")).isEqualTo(200);
            assertThat(operated.hello(other, "bob")).isEqualTo(200);
        }
    }

    @Test
    void deniesAnAddressForATime() throws IOException {
        try (var application = operated.booted()) {
            var operator = operated.bearer("olga", "gate:operate");
            var order = "{\"what\":\"route\",\"value\":\"/status\",\"reason\":\"exploited\",\"ttl\":\"10m\"}";
            assertThat(Operated.post(application, "/actuator/portcullis/deny", order, operator)
                            .status())
                    .isEqualTo(200);
            var denied = application.get("/status");
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.text()).contains("denied-by-operator").doesNotContain("exploited");
            assertThat(operated.hello(application, "bob")).isEqualTo(200);
        }
    }

    @Test
    void refusesWhoeverMayNotAndWhateverMeansNothing() throws IOException {
        try (var application = operated.booted()) {
            var order = "{\"what\":\"subject\",\"value\":\"alice\",\"reason\":\"r\"}";
            var path = "/actuator/portcullis/revoke";
            assertThat(Operated.post(application, path, order).status()).isEqualTo(401);
            assertThat(Operated.post(application, path, order, operated.bearer("mallory"))
                            .status())
                    .isEqualTo(403);
            assertThat(application.get("/actuator/portcullis").status()).isEqualTo(401);
            assertThat(Operated.Notebook.CHANGES).isEmpty();
            var operator = operated.bearer("olga", "gate:operate");
            for (var wrong : new String[] {
                "{}",
                "{\"what\":\"everything\",\"value\":\"x\",\"reason\":\"r\"}",
                "{\"what\":\"subject\",\"value\":\"alice\"}",
                "{\"what\":\"subject\",\"value\":\"alice\",\"reason\":\"r\",\"ttl\":\"400d\"}",
                "{\"what\":\"subject\",\"value\":\"a\\nb\",\"reason\":\"r\"}",
                "{\"what\":\"subject\",\"value\":\"" + "x".repeat(300) + "\",\"reason\":\"r\"}"
            }) {
                var answer = Operated.post(application, path, wrong, operator);
                assertThat(answer.status()).as(wrong + answer.text()).isEqualTo(400);
                assertThat(answer.text()).contains("invalid-order");
            }
            assertThat(Operated.post(
                                    application,
                                    "/actuator/portcullis/deny",
                                    "{\"what\":\"address\",\"value\":\"192.0.2.1\",\"reason\":\"r\"}",
                                    operator)
                            .status())
                    .as("without an end")
                    .isEqualTo(400);
            assertThat(Operated.Notebook.CHANGES)
                    .hasSize(7)
                    .allSatisfy(change -> assertThat(change.what()).isEqualTo("change-denied"));
            assertThat(operated.hello(application, "alice")).isEqualTo(200);
        }
    }

    @Test
    void changesNothingForSomebodyWhoHasNotProvenWhoHeIs() throws IOException {
        var yaml = "management: { endpoints: { web: { exposure: { include: portcullis } } } }\n"
                + "portcullis: { policies: { operators: { paths: [/actuator/portcullis/**], ip: { allow: [127.0.0.1] } } } }";
        try (var application = Booted.with(yaml, Operated.Notebook.class)) {
            var answer = Operated.post(
                    application,
                    "/actuator/portcullis/revoke",
                    "{\"what\":\"subject\",\"value\":\"alice\",\"reason\":\"r\"}");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("operator-unknown");
            assertThat(Operated.Notebook.CHANGES)
                    .singleElement()
                    .satisfies(change -> assertThat(change.by()).isEqualTo("nobody"));
            assertThat(application.get("/actuator/portcullis/denials").text()).isEqualTo("[]");
        }
    }
}
