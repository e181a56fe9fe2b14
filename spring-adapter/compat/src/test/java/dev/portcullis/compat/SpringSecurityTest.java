package dev.portcullis.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Principal;
import dev.portcullis.spring.Authenticated;
import dev.portcullis.spring.Caller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The caller in the chain of the Spring Security of this lane. */
class SpringSecurityTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableMethodSecurity
    @Import(Pages.class)
    static class Application {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .build();
        }
    }

    @RestController
    static class Pages {

        @PostMapping("/orders")
        @Authenticated
        @PreAuthorize("hasAuthority('SCOPE_orders:write')")
        public String order(@Caller Principal caller, Authentication known) {
            return caller.id() + " " + known.getName();
        }
    }

    private static String post(String scope) throws IOException, InterruptedException {
        try (var context = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.autoconfigure.exclude=",
                "--portcullis.clients.acme.scopes[0]=" + scope,
                "--portcullis.clients.acme.api-keys[0]=sha256:2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683")) {
            var port = context.getEnvironment().getRequiredProperty("local.server.port");
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
                    .header("X-API-Key", "key")
                    .POST(BodyPublishers.noBody());
            var response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : String.valueOf(response.statusCode());
        }
    }

    @Test
    void knowsTheCaller() throws IOException, InterruptedException {
        assertThat(post("orders:write")).isEqualTo("acme acme");
        assertThat(post("orders:read")).isEqualTo("403");
    }
}
