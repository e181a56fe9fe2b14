package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A filter of Spring's that changes the method, in front of a servlet that is none of Spring's. */
class ChangedMethodsTest {

    private static final String YAML = """
            spring: { mvc: { hiddenmethod: { filter: { enabled: true } } } }
            portcullis:
              issuers: { main: { issuer: "https://idp.example.com", audiences: [a] } }
              policies:
                posts: { paths: ["/soap/**"], methods: [POST], public: true }
                deletes: { paths: ["/soap/**"], methods: [DELETE], authenticate: [jwt] }
            """;

    /** Answers every method. */
    private static final class Soap extends HttpServlet {

        @Serial
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("ran " + request.getMethod());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SoapEndpoint {

        @Bean
        ServletRegistrationBean<HttpServlet> soap() {
            return new ServletRegistrationBean<>(new Soap(), "/soap/*");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondGate {

        @Bean
        FilterRegistrationBean<Filter> innerGate(@Qualifier("portcullis") Filter gate) {
            var again = new FilterRegistrationBean<>(gate);
            again.setName("inner-gate");
            again.addUrlPatterns("/soap/*");
            return again;
        }
    }

    @Test
    void stopTheStartWhereNothingHoldsThem() {
        assertThatThrownBy(() -> Booted.with(YAML, SoapEndpoint.class).close())
                .isInstanceOf(CannotTakeEffect.class)
                .hasMessageContaining("HiddenHttpMethodFilter` changes the method of requests that were judged")
                .hasMessageContaining("before the servlet `soap`");
    }

    @Test
    void areJudgedByASecondGate() throws IOException {
        try (var application = Booted.with(YAML, SoapEndpoint.class, SecondGate.class)) {
            assertThat(form(application, "a=b")).contains("ran POST");
            assertThat(form(application, "_method=DELETE")).contains("authentication-required");
        }
    }

    @Test
    void harmNothingWithoutSuchAServlet() throws IOException {
        Booted.with(YAML).close();
    }

    private static String form(Booted application, String form) throws IOException {
        return application
                .http()
                .post("/soap/a", "application/x-www-form-urlencoded", form)
                .text();
    }
}
