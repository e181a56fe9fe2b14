package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.servlet.LoginAttempts;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Logins that an application judges by itself, and ids that somebody goes through, in a booted application. */
class LoginAttemptsTest {

    private static final String YAML = """
            portcullis:
              policies:
                site: { paths: [/**], public: true, penalty: { deny-at: 60 } }
            """;

    @RestController
    static class Site {

        private final LoginAttempts logins;

        Site(LoginAttempts logins) {
            this.logins = logins;
        }

        @PostMapping("/login")
        ResponseEntity<Void> login(
                HttpServletRequest request,
                @RequestHeader("X-Login") String user,
                @RequestHeader("X-Password") String password) {
            var attempt = logins.attempt(request, user);
            if (!attempt.permitted()) {
                return ResponseEntity.status(429)
                        .header(
                                "Retry-After",
                                String.valueOf(attempt.retryAfter().toSeconds()))
                        .build();
            }
            attempt.ended(password.equals("right"));
            return ResponseEntity.status(password.equals("right") ? 200 : 403).build();
        }

        @GetMapping("/orders/{id}")
        ResponseEntity<Void> order(@PathVariable("id") long id) {
            return ResponseEntity.status(id == 7 ? 200 : 404).build();
        }
    }

    private static int login(Booted booted, String user, String password) throws IOException {
        return booted.send("POST", "/login", "X-Login: " + user, "X-Password: " + password, "Content-Length: 0")
                .status();
    }

    @Test
    void lockOutTheAccountHere() throws IOException {
        try (var booted = Booted.with(YAML.replace(", penalty: { deny-at: 60 }", ""), Site.class)) {
            for (var i = 0; i < 10; i++) {
                assertThat(login(booted, "alice", "guess")).isEqualTo(403);
            }
            assertThat(login(booted, "alice", "right")).isEqualTo(429);
            assertThat(login(booted, "bob", "right")).isEqualTo(200);
        }
    }

    @Test
    void idsThatSomebodyGoesThroughAreFoundByTheVariablesOfTheHandler() throws IOException {
        try (var booted = Booted.with(YAML, Site.class)) {
            for (var id = 100; id < 150; id++) {
                booted.get("/orders/" + id, "User-Agent: t", "Accept: */*");
            }
            assertThat(booted.get("/orders/7", "User-Agent: t", "Accept: */*").status())
                    .isEqualTo(429);
        }
    }
}
