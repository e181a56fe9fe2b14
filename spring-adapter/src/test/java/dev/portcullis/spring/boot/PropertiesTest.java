package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.portcullis.auth.ApiKey;
import dev.portcullis.auth.ClientStore;
import dev.portcullis.auth.KeyHash;
import dev.portcullis.auth.KnownClient;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.spring.Authenticated;
import dev.portcullis.spring.Guard;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What the application's properties come to, and what is said of mistakes in them. */
class PropertiesTest {

    private static FailureAnalysis failure(String yaml) {
        var thrown = catchThrowable(() -> Booted.with(yaml).close());

        assertThat(thrown).isInstanceOf(ConfigurationException.class);
        return new ConfigurationFailureAnalyzer().analyze(thrown);
    }

    @Test
    void bindEveryKindOfKey() throws IOException {
        var yaml = """
                portcullis:
                  mode: enforce
                  otherwise: deny
                  forwarded: { trusted: [10.0.0.0/8], address: x-forwarded-for }
                  clients:
                    acme: { api-keys: ["sha256:963d56b909728a8e0e511b6fc249f093b91c1c0e9c4a4f497d284737ddf2b9cc"], tier: gold }
                  api-key: { header: X-Key }
                  limits: { max-keys: 10 }
                  policies:
                    open:
                      paths: [/open]
                      public: true
                      rate-limits:
                        few: { permits: 1, per: 1h, by: address }
                      attacks: { mode: observe, exclude: [ { detector: sql-injection, parameter: q } ] }
                    keyed:
                      paths: [/keyed]
                      authenticate: [api-key]
                """;
        try (var application = Booted.with(yaml)) {
            assertThat(application.get("/open").status()).isEqualTo(404);
            assertThat(application.get("/open").status()).isEqualTo(429);
            assertThat(application.get("/keyed", "X-Key: wrong").status()).isEqualTo(401);
        }
    }

    /** Spring's YAML reads {@code off} as {@code false}. */
    @Test
    void bindWhatIsSwitchedOff() throws IOException {
        var yaml = """
                portcullis:
                  response-headers: { cross-origin-resource-policy: off }
                  issuers:
                    main: { issuer: "http://127.0.0.1:9", audiences: [a], proof: { dpop: off, certificate: off } }
                  policies:
                    open:
                      paths: [/open]
                      public: true
                      derive: { mode: off }
                      attacks: { detectors: { sql-injection: { mode: off } } }
                """;
        try (var application = Booted.with(yaml)) {
            var response = application.get("/open?q=1'+or+1=1--+");

            assertThat(response.status()).isEqualTo(404);
            assertThat(response.values("Cross-Origin-Resource-Policy")).isEmpty();
            assertThat(response.values("Referrer-Policy")).hasSize(1);
        }
    }

    /** Of a part with nothing in it, Spring's YAML makes no property. */
    @Test
    void bindPartsWithNothingInThem() throws IOException {
        var yaml = """
                portcullis:
                  policies:
                    braces: { paths: [/braces], public: true, attacks: {} }
                    nothing: { paths: [/nothing], public: true, attacks:  }
                    both: { paths: [/both], public: true, attacks: {} }
                ---
                portcullis.policies.both.attacks.mode: observe
                portcullis.policies.property.paths: /property
                portcullis.policies.property.public: true
                portcullis.policies.property.attacks:
                """;
        try (var application = Booted.with(yaml)) {
            for (var path : new String[] {"/braces", "/nothing", "/property"}) {
                assertThat(application.get(path + "?q=1'+or+1=1--+").status())
                        .as(path)
                        .isEqualTo(403);
            }
            assertThat(application.get("/both?q=1'+or+1=1--+").status()).isEqualTo(404);
        }
    }

    @Test
    void findUnknownPartsWithNothingInThem() {
        assertThat(failure("portcullis: { policies: { a: { paths: [/a], atacks: {} } } }")
                        .getDescription())
                .contains("portcullis.policies.a.atacks", "did you mean `attacks`?", "application.yml");
        assertThat(failure("portcullis: { policies: { a: { paths: [/a], rate-limits: { few: {} } } } }")
                        .getDescription())
                .contains("portcullis.policies.a.rate-limits.few");
    }

    @Test
    void leaveOutOnlyFieldsOfThePreset() throws IOException {
        var yaml = """
                portcullis:
                  response-headers: { set: { X-Frame-Options: off, X-DNS-Prefetch-Control: "off", X-Beta: false } }
                """;
        try (var application = Booted.with(yaml)) {
            var response = application.get("/nowhere");

            assertThat(response.values("X-Frame-Options")).isEmpty();
            assertThat(response.values("X-DNS-Prefetch-Control")).containsExactly("off");
            assertThat(response.values("X-Beta")).containsExactly("false");
        }
    }

    @Test
    void refuseWordsThatArriveAsOthers() {
        assertThat(failure("""
                        portcullis:
                          response-headers: { set: { X-DNS-Prefetch-Control: off, "[X-Beta]": On } }
                          policies: { a: { paths: [/a], authorize: { scopes: [no, "yes"] } } }
                        """).getDescription())
                .contains("x-dns-prefetch-control", "`off` arrives as `false`", "put it in quotes")
                .contains("`On` arrives as `true`")
                .contains("portcullis.policies.a.authorize.scopes[0]", "`no` arrives as `false`")
                .doesNotContain("scopes[1]");
    }

    /** A handler whose policy is not there. */
    @RestController
    @Guard("order")
    static class Misnamed {

        @GetMapping("/misnamed")
        String answer() {
            return "";
        }
    }

    @Test
    void nameAnnotationsByTheirClass() {
        var thrown = catchThrowable(
                () -> Booted.with("portcullis: { policies: { orders: { paths: [/o], public: true } } }", Misnamed.class)
                        .close());

        assertThat(new ConfigurationFailureAnalyzer().analyze(thrown).getDescription())
                .contains("Misnamed: no policy `order`", "did you mean `orders`?")
                .doesNotContain("portcullis.");
    }

    /** An application that has keys of its own. */
    @RestController
    static class Keeper {

        @Bean
        ClientStore clients() {
            var key = ApiKey.of(KnownClient.named("acme"))
                    .id("k7x2")
                    .secret(KeyHash.of("pcl_k7x2.secret", null))
                    .build();
            return id -> id.equals("k7x2") ? key : null;
        }

        @GetMapping("/mine")
        @Authenticated
        String mine() {
            return "mine";
        }
    }

    @Test
    void leaveKeysToABeanWhereThereIsOne() throws IOException {
        try (var application = Booted.with("portcullis: { api-key: { timeout: 30s } }", Keeper.class)) {
            assertThat(application.get("/mine", "X-API-Key: pcl_k7x2.secret").status())
                    .isEqualTo(200);
            assertThat(application.get("/mine", "X-API-Key: pcl_k7x3.secret").status())
                    .isEqualTo(401);
            assertThat(application.get("/mine").status()).isEqualTo(401);
        }
    }

    @Test
    void bindKeysWithAllThatIsSaidOfThem() throws IOException {
        var yaml = """
                portcullis:
                  clients:
                    acme:
                      keys:
                        k7x2:
                          hash: "sha256:%s"
                          previous: { hash: "sha256:%s", expires: 2099-01-01 }
                          routes: [/keyed]
                          expires: 2099-01-01
                  policies: { keyed: { paths: [/keyed, /other], authenticate: [api-key] } }
                """.formatted("0".repeat(64), "1".repeat(64));
        try (var application = Booted.with(yaml)) {
            assertThat(application.get("/keyed", "X-API-Key: pcl_k7x2.x").status())
                    .isEqualTo(401);
        }
        assertThat(failure(yaml.replace("\"sha256:1", "\"sha:1")).getDescription())
                .contains("portcullis.clients.acme.keys.k7x2.previous.hash", "application.yml");
        assertThat(failure("portcullis: { api-key: { jdbc: {query: 'SELECT ?'} } }")
                        .getDescription())
                .contains("portcullis.api-key.jdbc", "there is no database");
    }

    @Test
    void nameTheKeyThePlaceAndTheFixOfEveryMistake() {
        var failure = failure("""
                portcullis:
                  polices: { a: { paths: [/a] } }
                  policies:
                    partners:
                      paths: [/partners]
                      public: true
                      rate-limit: { burst: { permits: 1, per: 1m } }
                      ip: { allow: [10.0.0.0/33] }
                """);

        assertThat(failure.getDescription())
                .contains("portcullis.polices", "did you mean `policies`?")
                .contains("portcullis.policies.partners.rate-limit", "did you mean `rate-limits`?")
                .contains("portcullis.policies.partners.ip.allow[0]", "prefix: 33")
                .contains("application.yml");
    }

    @Test
    void refuseAValueWhereKeysBelong() {
        assertThat(failure("portcullis: { policies: { partners: 7 } }").getDescription())
                .contains("portcullis.policies.partners");
    }

    @Test
    void refuseTwoReadersOfTheHeadersOfProxies() {
        var thrown = catchThrowable(() -> Booted.with("""
                        server.forward-headers-strategy: framework
                        portcullis.forwarded: { trusted: [10.0.0.0/8], address: x-forwarded-for }
                        """).close());

        assertThat(thrown).isInstanceOf(CannotTakeEffect.class).hasMessageContaining("forward-headers-strategy");
    }

    @Test
    void observeEverythingWhenToldSoOnce() throws IOException {
        try (var application = Booted.with("portcullis.mode: observe")) {
            assertThat(application.get("/nowhere").status()).isEqualTo(404);
        }
    }

    /** Says which caller a header names. */
    @RestController
    static class Named {

        @GetMapping("/named")
        String named(@RequestHeader(name = "X-User", defaultValue = "nobody") String user) {
            return user;
        }
    }

    @Test
    void changeNothingOfWhatTheApplicationSeesWhileEverythingIsObserved() throws IOException {
        var open = "portcullis: { mode: %s, policies: { named: { paths: [/named], public: true } } }";
        try (var observing = Booted.with(open.formatted("observe"), Named.class);
                var enforcing = Booted.with(open.formatted("enforce"), Named.class)) {
            assertThat(observing.get("/named", "X-User: alice").text()).isEqualTo("alice");
            assertThat(enforcing.get("/named", "X-User: alice").text()).isEqualTo("nobody");
        }
    }

    @Test
    void denyEverythingWhenNothingIsSaid() throws IOException {
        try (var application = Booted.with("")) {
            assertThat(application.get("/").text()).contains("no-policy");
            assertThat(application.get("/actuator/health").text()).contains("no-policy");
            assertThat(application.get("/error").text()).contains("no-policy");
        }
    }

    @Test
    void leaveTheApplicationItsOwnExecutor() throws IOException {
        try (var application = Booted.with("")) {
            assertThat(application.context().getBeansOfType(Executor.class))
                    .containsOnlyKeys("applicationTaskExecutor");
        }
    }
}
