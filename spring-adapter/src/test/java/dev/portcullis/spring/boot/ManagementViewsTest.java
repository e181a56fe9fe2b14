package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators see through the management endpoint of a booted application, over HTTP. */
class ManagementViewsTest {

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
        try (var application = operated.booted()) {
            var registry = application.context().getBean(MeterRegistry.class);
            assertThat(operated.hello(application, "alice")).isEqualTo(200);
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
            var numbers = application.get("/actuator/portcullis/numbers", operated.bearer("olga", "gate:operate"));
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
        try (var application = operated.booted()) {
            var operator = operated.bearer("olga", "gate:operate");
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
            assertThat(operated.hello(application, "erin")).isEqualTo(200);
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
            assertThat(operated.hello(application, "carol")).isEqualTo(200);
            assertThat(operated.hello(application, "carol")).isEqualTo(200);
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
