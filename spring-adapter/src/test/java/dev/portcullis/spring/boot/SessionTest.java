package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.Principal;
import dev.portcullis.fixture.RawResponse;
import dev.portcullis.spring.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Callers whom a session of Spring Security remembers, in a booted application. */
class SessionTest {

    private static final String YAML = """
            spring.autoconfigure.exclude: ''
            portcullis:
              session: { roles: [clerk, admin], attributes: [mfa], tenant: org }
              policies:
                login: { paths: [/login, /bad-login, /begin], public: true }
                mine: { paths: [/me, /mfa], authenticate: [session] }
                clerks: { paths: [/clerks], authenticate: [session], authorize: { roles: [clerk] } }
                admins: { paths: [/admins], authenticate: [session], authorize: { roles: [admin] } }
            """;

    /** An application in which people log in. */
    @Configuration(proxyBeanMethods = false)
    static class Chain {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .csrf(csrf -> csrf.disable())
                    .formLogin(form -> form.defaultSuccessUrl("/me", true))
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(User.withUsername("alice")
                    .password("{noop}secret")
                    .roles("clerk")
                    .build());
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/me")
        String me(@Caller Principal caller, Authentication known, HttpServletRequest request) {
            return caller.id() + " " + caller.proof() + " " + caller.roles() + " " + caller.claims() + " "
                    + caller.tenant() + " " + known.getPrincipal().getClass().getSimpleName() + " "
                    + request.getUserPrincipal().getClass().getSimpleName();
        }

        @GetMapping("/mfa")
        String mfa(HttpServletRequest request) {
            request.getSession().setAttribute("mfa", true);
            request.getSession().setAttribute("org", "north");
            return "mfa";
        }

        @GetMapping("/clerks")
        String clerks() {
            return "clerks";
        }

        @GetMapping("/admins")
        String admins() {
            return "admins";
        }

        @GetMapping("/begin")
        String begin(HttpServletRequest request) {
            return request.getSession().getId();
        }

        /** Lets somebody in as it should not be done. */
        @GetMapping("/bad-login")
        String badLogin(HttpServletRequest request) {
            var known = new TestingAuthenticationToken("mallory", "", "ROLE_clerk");
            request.getSession().setAttribute("SPRING_SECURITY_CONTEXT", new SecurityContextImpl(known));
            return "in";
        }
    }

    private static RawResponse login(Booted application, String... headers) throws IOException {
        var body = "username=alice&password=secret";
        var lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return application
                .http()
                .send("POST /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + lines
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body);
    }

    private static String cookie(RawResponse response) {
        return "Cookie: " + response.value("Set-Cookie").orElseThrow().split(";")[0];
    }

    private static List<String> warnings(ListAppender<ILoggingEvent> log) {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static ListAppender<ILoggingEvent> log() {
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        var logger = (Logger) LoggerFactory.getLogger("dev.portcullis");
        logger.setLevel(Level.WARN);
        logger.addAppender(appender);
        return appender;
    }

    @Test
    void saysWhoCalls() throws IOException {
        try (var application = Booted.with(YAML, Chain.class, Pages.class)) {
            assertThat(application.get("/me").status()).isEqualTo(401);
            var cookie = cookie(login(application));
            assertThat(application.get("/me", cookie).text())
                    .isEqualTo("alice session [clerk] {} null User UsernamePasswordAuthenticationToken");
            assertThat(application.get("/mfa", cookie).status()).isEqualTo(200);
            assertThat(application.get("/me", cookie).text()).startsWith("alice session [clerk] {mfa=true} north");
            assertThat(application.get("/clerks", cookie).text()).isEqualTo("clerks");
            assertThat(application.get("/admins", cookie).status()).isEqualTo(403);
            assertThat(application
                            .get("/me", "Cookie: JSESSIONID=0123456789ABCDEF")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void knowsARoleByItsNameWithThePrefixToo() throws IOException {
        var prefixed = YAML.replace("clerk]", "ROLE_clerk]").replace("[clerk,", "[ROLE_clerk,");
        try (var application = Booted.with(prefixed, Chain.class, Pages.class)) {
            var cookie = cookie(login(application));
            assertThat(application.get("/me", cookie).text()).startsWith("alice session [ROLE_clerk] ");
            assertThat(application.get("/clerks", cookie).text()).isEqualTo("clerks");
            assertThat(application.get("/admins", cookie).status()).isEqualTo(403);
        }
    }

    @Test
    void isWarnedOfOnceWhereItIsEasyToSteal() throws IOException {
        try (var application = Booted.with(YAML, Chain.class, Pages.class)) {
            var log = log();
            for (var i = 0; i < 3; i++) {
                var cookie = cookie(application.get("/begin"));
                application.get("/bad-login", cookie);
            }
            assertThat(warnings(log))
                    .filteredOn(text -> text.contains("session"))
                    .satisfiesExactlyInAnyOrder(
                            text -> assertThat(text)
                                    .contains("`JSESSIONID` is set without `Secure`, `SameSite`")
                                    .doesNotContain("`HttpOnly`"),
                            text -> assertThat(text).contains("keeps its id when its user logs in"));
        }
    }

    @Test
    void isNotWarnedOfWhereItIsKeptWell() throws IOException {
        var settings = "server.servlet.session.cookie: { secure: true, http-only: true, same-site: lax }\n";
        try (var application = Booted.with(settings + YAML, Chain.class, Pages.class)) {
            var log = log();
            var begun = application.get("/begin");
            var before = cookie(begun);
            var after = cookie(login(application, before));
            assertThat(after).isNotEqualTo(before);
            assertThat(application.get("/me", after).status()).isEqualTo(200);
            assertThat(warnings(log)).noneMatch(text -> text.contains("session"));
        }
    }
}
