package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Principal;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.servlet.PortcullisFilter;
import dev.portcullis.spring.Authenticated;
import dev.portcullis.spring.Caller;
import dev.portcullis.spring.Public;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurationSupport;

/** What a handler learns of its caller, in a booted application. */
class CallerTest {

    private static final String KEY = "X-API-Key: demo-partner-key";

    private static IdentityProvider provider;

    @BeforeAll
    static void open() {
        provider = IdentityProvider.start(Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        provider.close();
    }

    private static String yaml(String rest) {
        return "portcullis: { issuers: { main: { issuer: '" + provider.issuer()
                + "', audiences: [orders-api], key-timeout: 30s, claims: { tenant: org } } }, clients: { acme: { api-keys: ["
                + "'sha256:5f7b2ed74a9736a538a6fb5a5a1a76afdcdd0d177d7fc6e79c6b6843527d848d'] } }" + rest + " }";
    }

    private static String token() {
        return "Authorization: Bearer "
                + provider.token().subject("alice").claim("org", "north\nsouth").sign();
    }

    @RestController
    static class Pages {

        @GetMapping("/ours")
        @Authenticated
        String ours(@Caller Principal caller) {
            return caller.id() + " by " + caller.proof() + " of " + caller.tenant();
        }

        @GetMapping("/plain")
        @Authenticated
        String plain(Principal caller) {
            return caller.id();
        }

        @GetMapping("/java")
        @Authenticated
        String java(@Caller java.security.Principal caller) {
            return caller.getName();
        }

        @GetMapping("/optional")
        @Public
        String optional(@Caller Optional<Principal> caller) {
            return caller.map(Principal::id).orElse("nobody");
        }

        @GetMapping("/nullable")
        @Public
        String nullable(@Caller @Nullable Principal caller) {
            return caller == null ? "nobody" : caller.id();
        }

        @GetMapping("/logged")
        @Authenticated
        Map<String, String> logged(HttpServletRequest request) {
            var all = new TreeMap<>(MDC.getCopyOfContextMap());
            all.put("attribute", ((Principal) request.getAttribute(PortcullisFilter.PRINCIPAL)).id());
            all.put("id", String.valueOf(request.getAttribute(PortcullisFilter.REQUEST_ID)));
            return all;
        }

        @GetMapping("/log-of-nobody")
        @Public
        List<String> logOfNobody() {
            return List.copyOf(new TreeMap<>(MDC.getCopyOfContextMap()).keySet());
        }
    }

    @Test
    void isHandedOverHoweverHeWasProven() throws IOException {
        try (var application = Booted.with(yaml(""), Pages.class)) {
            assertThat(application.get("/ours", token()).text()).isEqualTo("alice by jwt of north\nsouth");
            assertThat(application.get("/ours", KEY).text()).isEqualTo("acme by api-key of null");
            assertThat(application.get("/java", token()).text()).isEqualTo("alice");
            assertThat(application.get("/java", KEY).text()).isEqualTo("acme");
            assertThat(application.get("/optional").text()).isEqualTo("nobody");
            assertThat(application.get("/nullable").text()).isEqualTo("nobody");
        }
    }

    @Test
    void isNeverMadeOfWhatTheClientSends() throws IOException {
        var forged = "id=mallory&kind=USER&issuer=main&client=x&proof=jwt";
        try (var application = Booted.with(yaml(""), Pages.class)) {
            assertThat(application.get("/plain?" + forged, KEY).text()).isEqualTo("acme");
            assertThat(application.get("/nullable?" + forged).text()).isEqualTo("nobody");
        }
        assertThatThrownBy(
                        () -> Booted.with(yaml(""), Pages.class, OwnSetUp.class).close())
                .isInstanceOf(CannotTakeEffect.class)
                .hasMessageContaining("without the gate's `WebMvcConfigurer`");
    }

    /** Sets up Spring MVC without hearing configurers. */
    @Configuration(proxyBeanMethods = false)
    static class OwnSetUp extends WebMvcConfigurationSupport {}

    @RestController
    static class Anonymous {

        @GetMapping("/x")
        @Public
        String x(@Caller Principal caller) {
            return caller.id();
        }
    }

    @RestController
    static class Unfit {

        @GetMapping("/x")
        @Authenticated
        String x(@Caller String caller) {
            return caller;
        }
    }

    /** Leaves to policies who may call. */
    @RestController
    static class Undecided {

        @GetMapping("/half")
        String half(@Caller Principal caller) {
            return caller.id();
        }
    }

    @Test
    void stopsTheStartWhereNobodyAsksForHim() {
        assertThatThrownBy(() -> Booted.with(yaml(""), Anonymous.class).close())
                .isInstanceOf(CannotTakeEffect.class)
                .hasMessageContaining("nothing in front of it asks who calls");
        assertThatThrownBy(
                        () -> Booted.with(yaml(", policies: { all: { paths: [/**], public: true } }"), Undecided.class)
                                .close())
                .isInstanceOf(CannotTakeEffect.class)
                .hasMessageContaining("nothing in front of it asks who calls");
        assertThatThrownBy(() -> Booted.with(yaml(""), Unfit.class).close())
                .isInstanceOf(CannotTakeEffect.class)
                .hasMessageContaining("`@Caller` is on a `String`");
    }

    @Test
    void isDemandedByAHandlerThatCannotDoWithout() throws IOException {
        var observed = ", policies: { all: { paths: [/**], mode: observe, authenticate: [jwt] } }";
        try (var application = Booted.with(yaml(observed), Undecided.class)) {
            var denied = application.get("/half");
            assertThat(denied.status()).isEqualTo(401);
            assertThat(denied.text()).contains("authentication-required");
            assertThat(denied.value("WWW-Authenticate")).isPresent();
        }
    }

    @Test
    void standsInTheLoggingContextForAsLongAsTheRequest() throws IOException {
        try (var application = Booted.with(yaml(""), Pages.class)) {
            var logged = application.get("/logged", token());
            var id = logged.value("X-Request-Id").orElseThrow();
            assertThat(logged.text())
                    .isEqualTo("{\"attribute\":\"alice\",\"id\":\"" + id
                            + "\",\"portcullis.client\":\"alice\",\"portcullis.requestId\":\"" + id
                            + "\",\"portcullis.tenant\":\"north?south\"}");
            for (var i = 0; i < 20; i++) {
                assertThat(application.get("/log-of-nobody").text()).isEqualTo("[\"portcullis.requestId\"]");
            }
        }
        var names = ", logging-context: { request-id: rid, client: who, tenant: none }";
        try (var application = Booted.with(yaml(names), Pages.class)) {
            assertThat(application.get("/logged", token()).text())
                    .contains("\"rid\":", "\"who\":")
                    .doesNotContain("tenant", "portcullis.");
        }
    }

    @Test
    void isLoggedUnderNamesThatCanBeTold() {
        assertThatThrownBy(() -> Booted.with(
                                yaml(", logging-context: { request-id: 'a b', client: x, tenant: x }"), Pages.class)
                        .close())
                .hasMessageContaining("logging-context.request-id")
                .hasMessageContaining("`x` twice");
    }
}
