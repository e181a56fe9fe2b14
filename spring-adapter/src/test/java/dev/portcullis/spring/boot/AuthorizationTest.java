package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.authz.Authorizer;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.spring.AuthorizedBy;
import dev.portcullis.spring.RequireCondition;
import dev.portcullis.spring.RequireStepUp;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Conditions, authorizers and internal paths in a booted application. */
class AuthorizationTest {

    private static IdentityProvider provider;

    @BeforeAll
    static void open() {
        provider = IdentityProvider.start(Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        provider.close();
    }

    private static String issuer() {
        return "portcullis: { issuers: { main: { issuer: '" + provider.issuer()
                + "', audiences: [orders-api], key-timeout: 30s } }";
    }

    private static int status(Booted application, String path) throws IOException {
        return application
                .get(
                        path,
                        "Authorization: Bearer "
                                + provider.token().subject("alice").sign())
                .status();
    }

    /** Handlers whose arguments are bound to the caller. */
    @RestController
    static class Users {

        @GetMapping("/users/{userId}")
        @RequireCondition("path.userId == principal.id || hasRole('support')")
        String user(@PathVariable String userId) {
            return userId;
        }

        @GetMapping("/orders/{orderId}")
        @AuthorizedBy("ownerOf")
        String order(@PathVariable String orderId) {
            return orderId;
        }

        @GetMapping("/transfers")
        @RequireStepUp(amr = "otp", maxAge = "10m", kinds = "user")
        String transfers() {
            return "";
        }

        @GetMapping("/other")
        @AuthorizedBy("broken")
        String other() {
            return "";
        }
    }

    /** Decisions of the application's own. */
    @Configuration(proxyBeanMethods = false)
    static class Owners {

        private static final Set<String> OWNED = Set.of("alice 7");

        @Bean
        Authorizer ownerOf() {
            return Authorizer.of(asked -> OWNED.contains(asked.principal().id() + " " + asked.variable("orderId")));
        }

        @Bean
        Authorizer broken() {
            return asked -> {
                throw new IllegalStateException("the database is away");
            };
        }
    }

    @Test
    void bindsArgumentsToTheCallerByConditionsAndBeans() throws IOException {
        try (var application = Booted.with(issuer() + " }", Users.class, Owners.class)) {
            assertThat(status(application, "/users/alice")).isEqualTo(200);
            assertThat(status(application, "/users/bob")).isEqualTo(403);
            assertThat(status(application, "/users/Alice")).isEqualTo(403);
            assertThat(application.get("/users/alice").status()).isEqualTo(401);
            assertThat(status(application, "/orders/7")).isEqualTo(200);
            assertThat(status(application, "/orders/8")).isEqualTo(403);
            assertThat(status(application, "/other")).isEqualTo(503);
            assertThat(status(application, "/transfers")).isEqualTo(401);
            var fresh = provider.token()
                    .claim("amr", List.of("otp"))
                    .claim("auth_time", Clock.systemUTC().instant().getEpochSecond());
            assertThat(application
                            .get("/transfers", "Authorization: Bearer " + fresh.sign())
                            .status())
                    .isEqualTo(200);
        }
    }

    /** A controller with a condition that speaks of what there is not. */
    @RestController
    static class Mistaken {

        @GetMapping("/users/{id}")
        @RequireCondition("path.userId == principal.id")
        String user() {
            return "";
        }
    }

    /** A controller with a bean that there is not. */
    @RestController
    static class Deserted {

        @GetMapping("/orders")
        @AuthorizedBy("ownersOf")
        String orders() {
            return "";
        }
    }

    @Test
    void stopsTheStartOverWhatThereIsNot() {
        assertThatThrownBy(() -> Booted.with(issuer() + " }", Mistaken.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("asks for `{userId}`, which is not in `/users/{id}`");
        assertThatThrownBy(() -> Booted.with(issuer() + " }", Deserted.class, Owners.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no authorizer `ownersOf`")
                .hasMessageContaining("did you mean `ownerOf`?");
    }

    @Test
    void keepsInternalPathsDeniedUnderAPolicyForEverything() throws IOException {
        var yaml = "management: { endpoints: { web: { base-path: /manage, exposure: { include: '*' } } } }\n"
                + issuer() + ", policies: { all: { paths: [/**], public: true },"
                + " health: { paths: [/manage/health], public: true } } }";
        try (var application = Booted.with(yaml, Users.class, Owners.class)) {
            assertThat(application.get("/manage/health").status()).isEqualTo(200);
            for (var path :
                    new String[] {"/manage/env", "/manage", "/actuator/env", "/error", "/h2-console", "/v3/api-docs"}) {
                var response = application.get(path);
                assertThat(response.status()).as(path).isEqualTo(403);
                assertThat(response.text()).as(path).contains("no-policy");
            }
            assertThat(application.get("/nothing").status()).isEqualTo(404);
        }
    }
}
