package dev.portcullis.config;

import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.fixture.HandClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients with keys {@code prefix_id.secret}, in a configuration and in a file beside it. */
class ClientKeysTest {

    private static final String NEW = "pcl_k7x2.new-secret-of-acme";
    private static final String OLD = "pcl_k7x2.old-secret-of-acme";
    private static final String DENIED = "a.authentication 401 invalid-api-key";
    private static final String POLICY = "policies: { a: { paths: [/a, /b], authenticate: [api-key] } }\n";
    private static final String PEPPER = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");

    @Test
    void rotateWithAnOverlap() {
        try (var gate = gate(POLICY + """
                clients:
                  acme:
                    keys:
                      k7x2:
                        hash: "%s"
                        expires: 2026-02-01
                        previous: { hash: "%s", expires: 2026-01-08 }
                """.formatted(ApiKeyHash.of(NEW), ApiKeyHash.of(OLD)))) {
            assertThat(send(gate, "/a", NEW)).isEqualTo("proceed");
            assertThat(send(gate, "/a", OLD)).isEqualTo("proceed");
            clock.set(Instant.parse("2026-01-08T00:00:00Z"));
            assertThat(send(gate, "/a", NEW)).isEqualTo("proceed");
            assertThat(send(gate, "/a", OLD)).isEqualTo(DENIED);
            clock.set(Instant.parse("2026-02-01T00:00:00Z"));
            assertThat(send(gate, "/a", NEW)).isEqualTo(DENIED);
        }
    }

    @Test
    void areBoundToRoutesAddressesAndScopes() {
        var yaml = POLICY.replace("[api-key]", "[api-key], authorize: { scopes: [write] }")
                + """
                clients:
                  acme:
                    scopes: [read, write]
                    keys:
                      k7x2: { hash: "%s", routes: [/a], addresses: [192.0.2.0/24] }
                      k7x3: { hash: "%s", scopes: [read] }
                """.formatted(ApiKeyHash.of(NEW), ApiKeyHash.of("pcl_k7x3.s"));
        try (var gate = gate(yaml)) {
            assertThat(outcome(gate, get("/a").from("192.0.2.7").with("X-API-Key", NEW)))
                    .isEqualTo("proceed");
            assertThat(outcome(gate, get("/b").from("192.0.2.7").with("X-API-Key", NEW)))
                    .isEqualTo(DENIED);
            assertThat(outcome(gate, get("/a").from("192.0.3.7").with("X-API-Key", NEW)))
                    .isEqualTo(DENIED);
            assertThat(send(gate, "/b", "pcl_k7x3.s")).isEqualTo("a.authorization 403 insufficient-scope");
        }
    }

    @Test
    void areHashedUnderAPepper() {
        var yaml = POLICY + "api-key: { pepper: " + PEPPER + " }\nclients: { acme: { keys: { k7x2: { hash: \""
                + ApiKeyHash.of(NEW, PEPPER) + "\" } } } }\n";
        try (var gate = gate(yaml)) {
            assertThat(send(gate, "/a", NEW)).isEqualTo("proceed");
            assertThat(send(gate, "/a", OLD)).isEqualTo(DENIED);
        }
        var without = yaml.replace("pepper: " + PEPPER, "header: X-API-Key");
        assertThat(problems(without)).contains("clients.acme.keys.k7x2.hash", "there is no `api-key.pepper`");
        assertThat(problems(yaml.replace(PEPPER, "s3cr3t")))
                .contains("api-key.pepper")
                .doesNotContain("s3cr3t");
    }

    @Test
    void areNotTakenFromTheQuery() {
        try (var gate = gate(POLICY + Gates.CLIENTS)) {
            for (var name : new String[] {"apikey", "api_key", "X-API-Key"}) {
                assertThat(outcome(gate, get("/a?" + name + "=" + Gates.KEY)))
                        .isEqualTo("a.authentication 401 authentication-required");
            }
        }
    }

    @Test
    void comeFromAFileThatIsReadAgain() throws Exception {
        var file = write("clients: { acme: { keys: { k7x2: { hash: \"" + ApiKeyHash.of(NEW) + "\" } } } }", 1);
        try (var gate = gate(POLICY + "api-key: { file: \"file:" + file + "\", reload: 10s }\n" + Gates.CLIENTS)) {
            assertThat(send(gate, "/a", NEW)).isEqualTo("proceed");
            assertThat(send(gate, "/a", Gates.KEY)).isEqualTo("proceed");

            write("{\"clients\": {\"acme\": {\"keys\": {\"k7x2\": {\"hash\": \"" + ApiKeyHash.of(OLD) + "\"}}}}}", 2);
            clock.advance(Duration.ofSeconds(10).minusMillis(1));
            assertThat(send(gate, "/a", NEW)).isEqualTo("proceed");
            clock.advance(Duration.ofMillis(1));
            assertThat(send(gate, "/a", NEW)).isEqualTo(DENIED);
            assertThat(send(gate, "/a", OLD)).isEqualTo("proceed");
            assertThat(send(gate, "/a", Gates.KEY)).isEqualTo("proceed");

            for (var bad :
                    new String[] {"clients: { acme: {", "", "clients: { acme: { keys: { k7x2: {} } } }", "x: 1"}) {
                write(bad, 3 + bad.length());
                clock.advance(Duration.ofSeconds(10));
                assertThat(send(gate, "/a", OLD)).as(bad).isEqualTo("proceed");
            }
            Files.delete(file);
            clock.advance(Duration.ofSeconds(10));
            assertThat(send(gate, "/a", OLD)).isEqualTo("proceed");

            write("clients: {}", 100);
            clock.advance(Duration.ofSeconds(10));
            assertThat(send(gate, "/a", OLD)).isEqualTo(DENIED);
            assertThat(send(gate, "/a", Gates.KEY)).isEqualTo("proceed");
        }
    }

    @Test
    void stopTheStartWhenTheirFileIsBadOrGone() throws Exception {
        var file = write("clients: { acme: { keys: { k7x2: { hash: s3cr3t } } } }", 1);
        assertThat(problems("api-key: { file: \"file:" + file + "\" }\n"))
                .contains("api-key.file", "clients.acme.keys.k7x2.hash")
                .doesNotContain("s3cr3t");
        Files.delete(file);
        assertThat(problems("api-key: { file: \"file:" + file + "\" }\n")).contains("no such file");
        assertThat(problems("api-key: { file: \"classpath:clients.yml\" }\n")).contains("expected: a file");
    }

    private Path write(String text, long second) throws Exception {
        var file = directory.resolve("clients.yml");
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000L + second)));
        return file;
    }

    private Gate gate(String yaml) {
        return Gate.builder(Gates.file(yaml)).clock(clock).build();
    }

    private static String problems(String yaml) {
        var thrown = catchThrowableOfType(
                ConfigurationException.class,
                () -> Gate.builder(Gates.file(yaml)).build().close());
        return String.valueOf(thrown);
    }

    private static String send(Gate gate, String path, String key) {
        return outcome(gate, get(path).with("X-API-Key", key));
    }
}
