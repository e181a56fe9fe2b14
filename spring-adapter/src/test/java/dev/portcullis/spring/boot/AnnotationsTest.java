package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.config.ConfigurationException;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.fixture.RawResponse;
import dev.portcullis.spring.AllowFrom;
import dev.portcullis.spring.Authenticated;
import dev.portcullis.spring.Guard;
import dev.portcullis.spring.InspectAttacks;
import dev.portcullis.spring.Public;
import dev.portcullis.spring.RateLimit;
import dev.portcullis.spring.RequireRole;
import dev.portcullis.spring.RequireScope;
import dev.portcullis.spring.ValidBody;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What annotations on controllers come to, in a booted application. */
class AnnotationsTest {

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

    private static RawResponse get(Booted application, String path, String scope) throws IOException {
        return application.get(
                path,
                "Authorization: Bearer "
                        + provider.token().subject("alice").scope(scope).sign());
    }

    /** An annotation of the application's own. */
    @Retention(RetentionPolicy.RUNTIME)
    @RequireScope("placeholder")
    @RateLimit(permits = 2, per = "1h")
    @interface Precious {

        @AliasFor(annotation = RequireScope.class, attribute = "value")
        String[] scope();
    }

    /** An interface that says who may call. */
    interface Reading<T> {

        @RequireScope("read")
        String read(T what);
    }

    /** A super class that says from where. */
    @AllowFrom({"127.0.0.0/8", "::1"})
    static class Local {

        @DenyNobody
        @GetMapping("/inherited")
        @RequireScope("inherited")
        public String inherited() {
            return "inherited";
        }
    }

    /** Says nothing. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface DenyNobody {}

    @RestController
    static class Everything extends Local implements Reading<String> {

        @Override
        @GetMapping("/generic/{what}")
        public String read(@PathVariable String what) {
            return what;
        }

        @GetMapping("/stereotype")
        @Precious(scope = "gold")
        String stereotype() {
            return "stereotype";
        }

        @GetMapping("/public")
        @Public
        String open() {
            return "open";
        }

        @GetMapping("/role")
        @RequireRole("admin")
        String role() {
            return "role";
        }

        @GetMapping("/authenticated")
        @Authenticated
        String authenticated() {
            return "authenticated";
        }

        @GetMapping("/search")
        @Public
        @InspectAttacks
        String search() {
            return "search";
        }

        @GetMapping("/away")
        @AllowFrom("10.0.0.0/8")
        @Public
        String away() {
            return "away";
        }
    }

    @RestController
    static class Forgetful {

        @GetMapping("/forgotten")
        String forgotten() {
            return "forgotten";
        }
    }

    @Test
    void takeEffectWhereverTheyAreFound() throws IOException {
        try (var application = Booted.with(issuer() + " }", Everything.class, Forgetful.class)) {
            assertThat(application.get("/generic/x").status()).isEqualTo(401);
            assertThat(get(application, "/generic/x", "other").status()).isEqualTo(403);
            assertThat(get(application, "/generic/x", "read").text()).isEqualTo("x");
            assertThat(get(application, "/inherited", "other").status()).isEqualTo(403);
            assertThat(get(application, "/inherited", "inherited").text()).isEqualTo("inherited");
            assertThat(get(application, "/stereotype", "placeholder").status()).isEqualTo(403);
            assertThat(get(application, "/stereotype", "gold").text()).isEqualTo("stereotype");
            assertThat(get(application, "/stereotype", "gold").status()).isEqualTo(429);
            assertThat(application.get("/public").text()).isEqualTo("open");
            assertThat(get(application, "/role", "read").text()).contains("insufficient-role");
            assertThat(application.get("/authenticated").status()).isEqualTo(401);
            assertThat(get(application, "/authenticated", "any").text()).isEqualTo("authenticated");
            assertThat(application.get("/search?q=books").text()).isEqualTo("search");
            assertThat(application
                            .get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")
                            .status())
                    .isEqualTo(403);
            assertThat(application.get("/away").text()).contains("address-denied");
            assertThat(application.get("/forgotten").text()).contains("no-policy");
            assertThat(application.get("/unmapped").text()).contains("no-policy");
            assertThat(application.send("HEAD", "/generic/x").status()).isEqualTo(401);
            assertThat(application.send("OPTIONS", "/public").text()).contains("no-policy");
        }
    }

    @RestController
    @RequestMapping("/guarded")
    @Guard("house")
    static class Guarded {

        @GetMapping
        String all() {
            return "all";
        }

        @PostMapping
        @ValidBody
        @RequireScope("write")
        String create(@RequestBody NewOrder order) {
            return "created " + order.item();
        }

        /** What the schema is for. */
        record NewOrder(String item) {}
    }

    @Test
    void joinWhatTheConfigurationSays() throws IOException {
        var yaml = issuer() + ", policies: { house: { authenticate: [jwt], authorize: { scopes: [house] } } } }";
        try (var application = Booted.with(yaml, Guarded.class)) {
            assertThat(get(application, "/guarded", "other").status()).isEqualTo(403);
            assertThat(get(application, "/guarded", "house").text()).isEqualTo("all");
            assertThat(post(application, "house", "{\"item\":\"x\"}").status()).isEqualTo(403);
            assertThat(post(application, "house write", "{\"item\":\"x\"}").text())
                    .isEqualTo("created x");
            assertThat(post(application, "house write", "{\"item\":1}").text()).contains("schema-violation");
        }
    }

    private static RawResponse post(Booted application, String scope, String body) throws IOException {
        var token = provider.token().subject("alice").scope(scope).sign();
        return application
                .http()
                .send(
                        "POST /guarded HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + body.length() + "\r\nAuthorization: Bearer " + token + "\r\n\r\n"
                                + body);
    }

    @RestController
    static class Unmapped {

        @RequireScope("read")
        String helper() {
            return "helper";
        }

        @GetMapping("/x")
        @Public
        String x() {
            return helper();
        }
    }

    @Component
    static class NoController {

        @RateLimit(permits = 1, per = "1m")
        String limited() {
            return "limited";
        }
    }

    @RestController
    static class NoSchema {

        @PostMapping("/x")
        @Public
        @ValidBody
        String x(@RequestBody Map<String, String> anything) {
            return "x" + anything;
        }
    }

    @RestController
    @Guard("missing")
    static class MissingPolicy {

        @GetMapping("/x")
        String x() {
            return "x";
        }
    }

    @Test
    void stopTheStartWhereTheyCannotTakeEffect() {
        assertThatThrownBy(() -> Booted.with("", Unmapped.class).close())
                .isInstanceOf(CannotTakeEffect.class)
                .hasMessageContaining("Unmapped.helper");
        assertThatThrownBy(() -> Booted.with("", NoController.class).close())
                .isInstanceOf(CannotTakeEffect.class)
                .hasMessageContaining("NoController.limited");
        assertThatThrownBy(() -> Booted.with("", NoSchema.class).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("schemas/map.json");
        assertThatThrownBy(() -> Booted.with("", MissingPolicy.class).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("missing");
    }

    /** Two versions of one thing. */
    static class First {

        @RestController("first")
        static class Versioned {

            @GetMapping("/v1")
            @Public
            @RateLimit(permits = 1, per = "1h", by = "global")
            String get() {
                return "v1";
            }
        }
    }

    /** The other of the two. */
    static class Second {

        @RestController("second")
        static class Versioned {

            @GetMapping("/v2")
            @Public
            @RateLimit(permits = 1, per = "1h", by = "global")
            String get() {
                return "v2";
            }
        }
    }

    @Test
    void keepTheLimitsOfControllersOfOneNameApart() throws IOException {
        try (var application = Booted.with("", First.Versioned.class, Second.Versioned.class)) {
            assertThat(application.get("/v1").text()).isEqualTo("v1");
            assertThat(application.get("/v1").status()).isEqualTo(429);
            assertThat(application.get("/v2").text()).isEqualTo("v2");
        }
    }
}
