package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Principal;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.spring.Authenticated;
import dev.portcullis.spring.Caller;
import dev.portcullis.spring.Public;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The gate in front of Spring Security's own chain, in a booted application. */
class SpringSecurityTest {

    private static final String TAKEN_BACK = "spring.autoconfigure.exclude: ''\n";

    private static IdentityProvider provider;

    @BeforeAll
    static void open() {
        provider = IdentityProvider.start(Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        provider.close();
    }

    private static Booted start(String rest, Class<?> chain) throws IOException {
        var yaml = TAKEN_BACK + "portcullis: { issuers: { main: { issuer: '" + provider.issuer()
                + "', audiences: [orders-api], key-timeout: 30s } }" + rest + " }";
        return Booted.with(yaml, chain, Pages.class);
    }

    private static String token(String scope, String... roles) {
        return "Authorization: Bearer "
                + provider.token()
                        .subject("alice")
                        .scope(scope)
                        .claim("roles", List.of(roles))
                        .sign();
    }

    /** An application that demands an identity for everything but one page. */
    @Configuration(proxyBeanMethods = false)
    @EnableMethodSecurity
    static class Chain {

        final List<Object> left = new CopyOnWriteArrayList<>();

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/open", "/session", "/error")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .exceptionHandling(errors ->
                            errors.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                    .build();
        }

        /** Looks, between the gate and Spring Security, at what a request has left on its thread. */
        @Bean
        FilterRegistrationBean<Filter> leftovers() {
            var registration = new FilterRegistrationBean<Filter>((request, response, rest) -> {
                rest.doFilter(request, response);
                left.add(String.valueOf(SecurityContextHolder.getContext().getAuthentication()));
            });
            registration.setOrder(-1000);
            return registration;
        }
    }

    /** Spring Security as it was: whatever is in the context at the end goes into the session. */
    @Configuration(proxyBeanMethods = false)
    static class KeepingChain {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.securityContext(context -> context.requireExplicitSave(false))
                    .sessionManagement(session -> session.requireExplicitAuthenticationStrategy(false))
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/open")
        @Public
        String open() {
            return String.valueOf(
                    SecurityContextHolder.getContext().getAuthentication().getName());
        }

        @GetMapping("/unguarded")
        @Public
        String unguarded() {
            return "unguarded";
        }

        @GetMapping("/me")
        @Authenticated
        String me(Authentication known, @AuthenticationPrincipal Principal principal, @Caller Principal caller) {
            return known.getName() + " " + new TreeSet<>(AuthorityUtils.authorityListToSet(known.getAuthorities()))
                    + " " + principal.proof() + " " + principal.equals(caller) + " [" + known.getCredentials() + "]";
        }

        @GetMapping("/clerks")
        @Authenticated
        @PreAuthorize("hasRole('clerk') and hasAuthority('SCOPE_orders:read')")
        public String clerks() {
            return "clerks";
        }

        @PostMapping("/orders")
        @Authenticated
        String order() {
            return "ordered";
        }

        @PostMapping("/open")
        @Public
        String openOrder() {
            return "ordered";
        }

        @GetMapping("/later")
        @Authenticated
        Callable<String> later() {
            return () -> SecurityContextHolder.getContext().getAuthentication().getName();
        }

        @GetMapping("/broken")
        @Authenticated
        String broken() {
            throw new IllegalStateException("planted");
        }

        @GetMapping("/session")
        @Public
        String session(HttpServletRequest request) {
            return String.valueOf(request.getSession().getAttribute("SPRING_SECURITY_CONTEXT"));
        }

        @GetMapping("/session/mine")
        @Authenticated
        String mine(HttpServletRequest request) {
            return request.getSession().getId();
        }
    }

    /** Spring Security sets its own fields late, where the application has set none: with a body and without, at different times. */
    @Test
    void agreesWithSpringSecurityOnHeaderFields() throws IOException {
        var headers = ", response-headers: { preset: page%s }";
        try (var keeping = start(headers.formatted(""), Chain.class);
                var replacing = start(headers.formatted(", when-set: replace"), Chain.class)) {
            for (var path : new String[] {"/open", "/me", "/unguarded", "/nowhere"}) {
                var kept = keeping.get(path, token(""));
                assertThat(kept.values("X-Content-Type-Options")).as(path).containsExactly("nosniff");
                assertThat(kept.values("Referrer-Policy")).as(path).hasSize(1);
                assertThat(replacing.get(path, token("")).values("X-Frame-Options"))
                        .as(path)
                        .containsExactly("SAMEORIGIN");
            }
            assertThat(keeping.get("/open").values("X-Frame-Options")).containsExactly("DENY");
            assertThat(keeping.get("/me", token("")).values("X-Frame-Options")).containsExactly("DENY");
        }
    }

    @Test
    void knowsTheCallerInsideItsChain() throws IOException {
        try (var application = start("", Chain.class)) {
            assertThat(application.get("/me", token("orders:read x", "clerk")).text())
                    .isEqualTo("alice [ROLE_clerk, SCOPE_orders:read, SCOPE_x] jwt true []");
            assertThat(application.get("/clerks", token("orders:read", "clerk")).text())
                    .isEqualTo("clerks");
            assertThat(application
                            .get("/clerks", token("orders:read", "ROLE_clerk"))
                            .status())
                    .isEqualTo(403);
            assertThat(application.get("/clerks", token("other", "clerk")).status())
                    .isEqualTo(403);
            assertThat(application.get("/later", token("x")).text()).isEqualTo("alice");
            assertThat(application.get("/broken", token("x")).status()).isEqualTo(500);
        }
    }

    @Test
    void forgetsTheCallerAfterTheRequest() throws IOException {
        try (var application = start("", Chain.class)) {
            for (var i = 0; i < 10; i++) {
                assertThat(application.get("/me", token("x")).status()).isEqualTo(200);
                assertThat(application.get("/open").text()).isEqualTo("anonymousUser");
            }
            assertThat(application.context().getBean(Chain.class).left)
                    .hasSizeGreaterThan(15)
                    .containsOnly("null");
        }
    }

    @Test
    void keepsTheCallerInNoSession() throws IOException {
        try (var application = start("", KeepingChain.class)) {
            var first = application.get("/session/mine", token("x"));
            assertThat(first.status()).isEqualTo(200);
            var cookie = "Cookie: JSESSIONID=" + first.text();
            assertThat(application.get("/session", cookie).text()).isEqualTo("null");
            assertThat(application.get("/open", cookie).text()).isEqualTo("anonymousUser");
        }
    }

    @Test
    void isNotToldOfTheCallerWhereNobodyWantsThat() throws IOException {
        try (var application = start(", spring-security: false", Chain.class)) {
            assertThat(application.get("/me", token("x")).status()).isEqualTo(401);
        }
    }

    @Test
    void standsBehindTheGate() throws IOException {
        try (var application = start("", Chain.class)) {
            var denied = application.get("/me");
            assertThat(denied.status()).isEqualTo(401);
            assertThat(denied.text()).containsOnlyOnce("{").containsOnlyOnce("\"code\":\"authentication-required\"");
            assertThat(denied.value("X-Content-Type-Options")).isEmpty();
            assertThat(denied.values("WWW-Authenticate")).hasSize(1);

            var deniedBySpring = application.get("/unguarded");
            assertThat(deniedBySpring.status()).isEqualTo(401);
            assertThat(deniedBySpring.text()).doesNotContain("authentication-required");
            assertThat(deniedBySpring.value("X-Content-Type-Options")).isPresent();
        }
    }

    @Test
    void demandsNoCsrfTokenOfACallerWhoSentHisCredentialOnPurpose() throws IOException {
        try (var application = start("", Chain.class)) {
            assertThat(application
                            .send("POST", "/orders", token("x"), "Content-Length: 0")
                            .text())
                    .isEqualTo("ordered");
            assertThat(application.send("POST", "/open", "Content-Length: 0").status())
                    .isBetween(401, 403);
        }
    }

    @Test
    void leavesStrangePathsToTheGateAndToItsFirewall() throws IOException {
        try (var application = start("", Chain.class)) {
            var denied = application.get("/open;x=1");
            assertThat(denied.status()).isEqualTo(400);
            assertThat(denied.text()).contains("\"code\"");
        }
        try (var application = start(", mode: observe", Chain.class)) {
            var denied = application.get("/open;x=1");
            assertThat(denied.status()).isEqualTo(400);
            assertThat(denied.text()).doesNotContain("\"code\"");
        }
    }
}
