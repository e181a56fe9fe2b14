package dev.portcullis.spring.boot;

import dev.portcullis.Change;
import dev.portcullis.Listener;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.fixture.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Applications with a management endpoint, and those who operate them, over HTTP. */
final class Operated implements AutoCloseable {

    static final String YAML = """
            management: { endpoints: { web: { exposure: { include: portcullis } } } }
            portcullis:
              issuers: { main: { issuer: '%s', audiences: [orders-api], key-timeout: 30s } }
              policies:
                hello: { paths: [/hello], authenticate: [jwt], rate-limits: { calls: { permits: 1000, per: 1m } } }
                status: { paths: [/status], public: true }
                operators:
                  paths: [/actuator/portcullis/**, /actuator/portcullis]
                  authenticate: [jwt]
                  authorize: { scopes: [gate:operate] }
            """;

    private final IdentityProvider provider = IdentityProvider.start(Clock.systemUTC());

    @RestController
    static class Pages {

        @GetMapping("/hello")
        String hello() {
            return "hello";
        }

        @GetMapping("/status")
        String status() {
            return "up";
        }
    }

    /** What the gate tells of changes. */
    @Configuration(proxyBeanMethods = false)
    static class Notebook {

        static final List<Change> CHANGES = new CopyOnWriteArrayList<>();

        @Bean
        Listener notebook() {
            CHANGES.clear();
            return new Listener() {

                @Override
                public void changed(Change change) {
                    if (!change.what().equals("policy-loaded")) {
                        CHANGES.add(change);
                    }
                }
            };
        }
    }

    String bearer(String subject, String... scopes) {
        return "Authorization: Bearer "
                + provider.token()
                        .subject(subject)
                        .claim("scope", String.join(" ", scopes))
                        .sign();
    }

    Booted booted() throws IOException {
        return Booted.with(YAML.formatted(issuer()), Pages.class, Notebook.class);
    }

    static RawResponse post(Booted application, String path, String json, String... headers) throws IOException {
        var lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return application
                .http()
                .send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + lines
                        + "Content-Type: application/json\r\nContent-Length: "
                        + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json);
    }

    int hello(Booted application, String subject) throws IOException {
        return application.get("/hello", bearer(subject)).status();
    }

    String issuer() {
        return provider.issuer();
    }

    @Override
    public void close() {
        provider.close();
    }
}
