package dev.portcullis.spring.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.config.PolicyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Applications whose policies are a signed bundle, over HTTP. */
class BundleTest {

    private static final String POLICIES = """
            policies:
              hello: { paths: [/hello], %s }
              operators: { paths: [/actuator/**], public: true }
            """;
    private static final String CLOSED = POLICIES.formatted("public: true, ip: { allow: [203.0.113.1] }");
    private static final String OPEN = POLICIES.formatted("public: true");

    @TempDir
    Path directory;

    private final KeyPair keys = pair();
    private Path file;

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/hello")
        String hello() {
            return "hello";
        }
    }

    @BeforeEach
    void place() throws IOException {
        file = directory.resolve("policies.yml");
        Files.writeString(
                directory.resolve("policy.pub"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n");
    }

    private void put(String yaml, long serial) throws IOException {
        Files.writeString(file, yaml);
        Files.writeString(
                directory.resolve("policies.yml.sig"),
                PolicyBundle.sign(yaml.getBytes(UTF_8), serial, keys.getPrivate()));
    }

    private Booted booted(String more) throws IOException {
        return Booted.with("""
                management: { endpoints: { web: { exposure: { include: portcullis } } } }
                portcullis:
                  bundle:
                    source: 'file:%1$s/policies.yml'
                    public-key: 'file:%1$s/policy.pub'
                    keep: 'file:%1$s/state/kept.bundle'
                    refresh: 1s
                %2$s
                """.formatted(directory, more), Pages.class);
    }

    private static String hello(Booted application) throws IOException {
        var response = application.get("/hello");
        return response.status() + " " + new String(response.body(), UTF_8);
    }

    private static String text(Booted application, String target) throws IOException {
        return new String(application.get(target).body(), UTF_8);
    }

    @Test
    void theBundleHoldsAndAnotherOneIsTakenOverWhileItRuns() throws IOException {
        put(CLOSED, 5);
        try (var application = booted("")) {
            assertThat(hello(application)).contains("403").contains("address-denied");
            assertThat(text(application, "/actuator/portcullis"))
                    .contains("\"serial\":5")
                    .contains("\"kept\":true");
            var hash = text(application, "/actuator/portcullis/hash");
            put(OPEN, 6);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(hello(application)).isEqualTo("200 hello"));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(text(application, "/actuator/portcullis"))
                            .as("said once it has been taken over")
                            .contains("\"serial\":6"));
            assertThat(text(application, "/actuator/portcullis/hash"))
                    .matches("\\{\"hash\":\"[0-9a-f]{64}\"}")
                    .isNotEqualTo(hash);
        }
    }

    @Test
    void anOlderOneIsNotTakenAfterARestart() throws IOException {
        put(CLOSED, 5);
        booted("").close();
        put(OPEN, 4);
        try (var application = booted("")) {
            assertThat(hello(application)).contains("403").contains("address-denied");
            assertThat(text(application, "/actuator/portcullis"))
                    .contains("\"serial\":5")
                    .contains("serial 4 (expected: more than 5, which is known)");
        }
    }

    @Test
    void whatCannotBeBuiltIsReplacedByTheOneThatWasKeptAndStopsAStartWithoutOne() throws IOException {
        put("policies: { a: { paths: [nonsense], public: true } }\n", 5);
        assertThatThrownBy(() -> booted("")).hasStackTraceContaining("policies.a.paths");
        put(CLOSED, 4);
        booted("").close();
        put("policies: { a: { paths: [nonsense], public: true } }\n", 5);
        try (var application = booted("")) {
            assertThat(hello(application)).contains("403").contains("address-denied");
        }
    }

    @Test
    void oneThatCannotStandInThisApplicationIsNotTakenOverWhileItRuns() throws IOException {
        put(CLOSED, 5);
        try (var application = booted("server: { forward-headers-strategy: native }")) {
            put(OPEN + "forwarded: { trusted: [10.0.0.0/8], address: x-forwarded-for }\n", 6);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(text(application, "/actuator/portcullis"))
                            .contains("reads the headers of proxies too"));
            assertThat(text(application, "/actuator/portcullis")).contains("\"serial\":5");
            assertThat(hello(application)).contains("403").contains("address-denied");
        }
    }

    @Test
    void nothingElseStandsBesideIt() throws IOException {
        put(OPEN, 5);
        assertThatThrownBy(() -> booted("  otherwise: proceed"))
                .hasStackTraceContaining("otherwise")
                .hasStackTraceContaining("beside a bundle");
        assertThatThrownBy(() -> booted("  bundel: {}\n  otherwise: x")).hasStackTraceContaining("beside a bundle");
        Files.delete(directory.resolve("policy.pub"));
        assertThatThrownBy(() -> booted("")).hasStackTraceContaining("bundle.public-key");
    }

    @Test
    void whatNobodyOrSomebodyElseHasSignedStopsTheStart() throws IOException {
        put(OPEN, 5);
        Files.writeString(file, CLOSED);
        assertThatThrownBy(() -> booted("")).hasStackTraceContaining("not that of the trusted key");
        Files.delete(file);
        assertThatThrownBy(() -> booted("")).hasStackTraceContaining("cannot be had");
    }
}
