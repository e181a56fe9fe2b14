package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.spring.AllowFrom;
import dev.portcullis.spring.Public;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Ways by which a request could reach a handler whose policy nobody enforced. */
class WaysAroundTest {

    private static final String NOWHERE = "192.0.2.0/24";

    @Configuration(proxyBeanMethods = false)
    static class SecondDispatcher {

        @Bean
        ServletRegistrationBean<DispatcherServlet> second() {
            var context = new AnnotationConfigWebApplicationContext();
            context.register(SecondController.class);
            var registration =
                    new ServletRegistrationBean<DispatcherServlet>(new DispatcherServlet(context), "/second/*");
            registration.setName("second");
            return registration;
        }
    }

    @RestController
    @EnableWebMvc
    static class SecondController {

        @GetMapping("/guarded")
        @AllowFrom(NOWHERE)
        String guarded() {
            return "treasure";
        }

        @GetMapping("/plain")
        String plain() {
            return "plain";
        }
    }

    @Test
    void aHandlerOfAnotherDispatcherDoesNotRunWithoutItsAnnotations() throws IOException {
        var yaml = "portcullis: { policies: { all: { paths: ['/second/**'], public: true } } }";
        try (var application = Booted.with(yaml, SecondDispatcher.class)) {
            assertThat(application.get("/second/guarded").text()).contains("not-judged");
            assertThat(application.get("/second/plain").text()).isEqualTo("plain");
        }
    }

    /** What a controller implements. */
    @RestController
    interface Contract {

        @GetMapping("/contract")
        String contract();
    }

    static class Proxied implements Contract {

        @Override
        @AllowFrom(NOWHERE)
        public String contract() {
            return "treasure";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class InterfaceProxies {

        @Bean
        Contract proxied() {
            return new Proxied();
        }

        @Bean
        static DefaultAdvisorAutoProxyCreator creator() {
            return new DefaultAdvisorAutoProxyCreator();
        }

        @Bean
        static DefaultPointcutAdvisor advisor() {
            var pointcut = new NameMatchMethodPointcut();
            pointcut.setMappedName("contract");
            return new DefaultPointcutAdvisor(
                    pointcut, (org.aopalliance.intercept.MethodInterceptor) invocation -> invocation.proceed());
        }
    }

    @Test
    void annotationsAreFoundBehindAProxyOfInterfaces() throws IOException {
        var yaml = "portcullis: { policies: { all: { paths: ['/**'], ip: { allow: [127.0.0.0/8, '::1'] } } } }";
        try (var application = Booted.with(yaml, InterfaceProxies.class)) {
            assertThat(application.get("/contract").text()).contains("address-denied");
        }
    }

    @Controller
    static class Forwarding {

        @GetMapping("/from")
        @Public
        String from() {
            return "forward:/to";
        }

        @GetMapping("/to")
        @Public
        @ResponseBody
        String to() {
            return "arrived";
        }

        @GetMapping("/late")
        @Public
        Callable<String> late() {
            return () -> "forward:/to";
        }
    }

    @Test
    void aForwardIsJudgedByItsTarget() throws IOException {
        try (var application = Booted.with("", Forwarding.class)) {
            assertThat(application.get("/from").text()).isEqualTo("arrived");
            assertThat(application.get("/late").text()).isEqualTo("arrived");
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Public
        String page() {
            return "page";
        }

        @PostMapping("/echo")
        @dev.portcullis.spring.ValidBody(schema = "classpath:schemas/new-order.json")
        @Public
        String echo(@RequestBody String body) {
            return body;
        }

        @GetMapping("/overloaded")
        @Public
        String overloaded() {
            return "open";
        }

        @GetMapping(path = "/overloaded", params = "all")
        @AllowFrom(NOWHERE)
        @Public
        String overloaded(@RequestParam String all) {
            return all;
        }
    }

    @Test
    void pathsBelowAServletAreThoseOfItsHandlers() throws IOException {
        var yaml = "spring: { mvc: { servlet: { path: /api } } }\n"
                + "portcullis: { policies: { all: { paths: ['/api/**'], public: true } } }";
        try (var application = Booted.with(yaml, Pages.class)) {
            assertThat(application.get("/api/page").text()).isEqualTo("page");
        }
    }

    @Test
    void pathsBelowAContextAreThoseOfItsHandlers() throws IOException {
        var yaml = "server: { servlet: { context-path: /shop } }\n"
                + "portcullis: { policies: { all: { paths: ['/page'], public: true } } }";
        try (var application = Booted.with(yaml, Pages.class)) {
            assertThat(application.get("/shop/page").text()).isEqualTo("page");
            assertThat(application.get("/shop/overloaded?all=x").text()).contains("address-denied");
            assertThat(application.get("/shop/overloaded").text()).isEqualTo("open");
        }
    }

    @Test
    void lazyBeansDoNotLeaveTheGateShut() throws IOException {
        try (var application = Booted.with("spring: { main: { lazy-initialization: true } }", Pages.class)) {
            assertThat(application.get("/page").text()).isEqualTo("page");
        }
    }

    @Test
    void theManagementPortHasItsGateToo() throws IOException {
        var yaml = "management: { server: { port: 0, address: 127.0.0.1 } }\n"
                + "portcullis: { policies: { health: { paths: [/actuator/health], public: true } } }";
        try (var application = Booted.with(yaml, Pages.class)) {
            var port = application.context().getEnvironment().getRequiredProperty("local.management.port", int.class);
            var http = dev.portcullis.fixture.RawHttp.to("127.0.0.1", port);
            assertThat(http.send("GET /actuator/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .text())
                    .contains("UP");
            assertThat(http.send("GET /actuator HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .text())
                    .contains("no-policy");
        }
    }

    @Test
    void mockRequestsMeetTheGateWithTheirBodies() throws Exception {
        try (var application = Booted.with("", Pages.class)) {
            var filter = application.context().getBean(Portcullis.class);
            DefaultMockMvcBuilder builder =
                    MockMvcBuilders.webAppContextSetup((WebApplicationContext) application.context());
            var mvc = builder.addFilters(filter).build();
            var good = mvc.perform(MockMvcRequestBuilders.post("/echo")
                            .contentType("application/json")
                            .content("{\"item\":\"x\"}"))
                    .andReturn();
            var bad = mvc.perform(MockMvcRequestBuilders.post("/echo")
                            .contentType("application/json")
                            .content("{\"item\":1}"))
                    .andReturn();

            assertThat(good.getResponse().getContentAsString()).isEqualTo("{\"item\":\"x\"}");
            assertThat(bad.getResponse().getContentAsString()).contains("schema-violation");
        }
    }
}
