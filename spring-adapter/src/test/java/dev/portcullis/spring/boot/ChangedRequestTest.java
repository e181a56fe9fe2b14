package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.RawResponse;
import dev.portcullis.spring.AllowFrom;
import dev.portcullis.spring.Public;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.HiddenHttpMethodFilter;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.pattern.PathPatternParser;

/** Requests that are something else before the gate, or behind it, and mappings that are. */
class ChangedRequestTest {

    private static final String NOWHERE = "192.0.2.0/24";

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Public
        String page() {
            return "page";
        }

        @RequestMapping("/any")
        @Public
        String any() {
            return "any";
        }

        @PostMapping("/act")
        @Public
        String act() {
            return "acted";
        }

        @PostMapping(path = "/act", params = "kind=grave")
        @AllowFrom(NOWHERE)
        @Public
        String grave() {
            return "treasure";
        }
    }

    @Test
    void aFormDoesNotChooseAnotherHandlerThanTheQuery() throws IOException {
        try (var application = Booted.with("", Pages.class)) {
            assertThat(post(application, "/act", "kind=mild").text()).isEqualTo("acted");
            assertThat(post(application, "/act", "kind=grave").text()).contains("not-judged");
        }
    }

    private static RawResponse post(Booted application, String path, String form) throws IOException {
        return application.http().post(path, "application/x-www-form-urlencoded", form);
    }

    @Configuration(proxyBeanMethods = false)
    static class HiddenMethods {

        @Bean
        HiddenHttpMethodFilter hidden() {
            return new HiddenHttpMethodFilter();
        }
    }

    @Test
    void aMethodThatIsChangedAfterTheGateIsNotTheOneThatWasJudged() throws IOException {
        var yaml = "portcullis: { policies: { writing: { paths: [/any], methods: [POST], public: true },"
                + " deleting: { paths: [/any], methods: [DELETE], public: true, ip: { allow: [" + NOWHERE + "] } } } }";
        try (var application = Booted.with(yaml, Pages.class, HiddenMethods.class)) {
            assertThat(application.send("DELETE", "/any").text()).contains("address-denied");
            assertThat(post(application, "/any", "a=b").text()).isEqualTo("any");
            assertThat(post(application, "/any", "_method=DELETE").text()).contains("not-judged");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Rewriting {

        @Bean
        FilterRegistrationBean<Filter> rewriting() {
            var registration = new FilterRegistrationBean<Filter>((request, response, chain) -> chain.doFilter(
                    new HttpServletRequestWrapper((jakarta.servlet.http.HttpServletRequest) request) {
                        @Override
                        public String getRequestURI() {
                            return "/catch/secret";
                        }
                    },
                    response));
            registration.setOrder(0);
            return registration;
        }
    }

    @RestController
    static class CatchAll {

        @GetMapping("/catch/*")
        @Public
        String any() {
            return "caught";
        }
    }

    @Test
    void aPathThatIsChangedAfterTheGateIsNotTheOneThatWasJudged() throws IOException {
        var yaml = "portcullis: { policies: { secret: { paths: [/catch/secret], public: true, ip: { allow: [" + NOWHERE
                + "] } } } }";
        try (var application = Booted.with(yaml, CatchAll.class, Rewriting.class)) {
            assertThat(application.get("/catch/secret").text()).contains("address-denied");
            assertThat(application.get("/catch/open").text()).contains("not-judged");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class EarlyForwarded {

        @Bean
        FilterRegistrationBean<ForwardedHeaderFilter> early() {
            var registration = new FilterRegistrationBean<>(new ForwardedHeaderFilter());
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return registration;
        }
    }

    @Test
    void aFilterBeforeTheGateDoesNotForgeTheAddress() throws IOException {
        var yaml = "portcullis: { policies: { page: { paths: [/page], public: true, ip: { allow: [" + NOWHERE
                + "] } } } }";
        try (var application = Booted.with(yaml, EarlyForwarded.class, Pages.class)) {
            assertThat(application.get("/page", "X-Forwarded-For: 192.0.2.7").text())
                    .contains("address-denied");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AnyCase implements WebMvcConfigurer {

        @Override
        public void configurePathMatch(PathMatchConfigurer configurer) {
            var parser = new PathPatternParser();
            parser.setCaseSensitive(false);
            configurer.setPatternParser(parser);
        }
    }

    @Test
    void mappingsThatMatchMoreThanPoliciesStopTheStart() throws IOException {
        var yaml = "portcullis: { policies: { page: { paths: [/page], ip: { allow: [" + NOWHERE + "] } },"
                + " rest: { paths: ['/**'], public: true } } }";

        assertThatThrownBy(
                        () -> Booted.with(yaml, AnyCase.class, CatchAll.class).close())
                .isInstanceOf(CannotTakeEffect.class)
                .hasMessageContaining("case");
        Booted.with("", AnyCase.class, CatchAll.class).close();
    }

    @Test
    void aContainerThatReadsTheHeadersOfProxiesUnaskedStopsTheStart() {
        var forwarded = "portcullis: { forwarded: { trusted: [10.0.0.0/8], address: x-forwarded-for } }\n";

        assertThatThrownBy(() -> Booted.with(forwarded + "spring: { main: { cloud-platform: kubernetes } }")
                        .close())
                .isInstanceOf(CannotTakeEffect.class)
                .hasMessageContaining("server.forward-headers-strategy");
        assertThatThrownBy(() -> Booted.with(
                                forwarded + "server: { tomcat: { remoteip: { protocol-header: x-forwarded-proto } } }")
                        .close())
                .isInstanceOf(CannotTakeEffect.class)
                .hasMessageContaining("protocol-header");
    }
}
