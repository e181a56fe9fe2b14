package dev.portcullis.config;

import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.header;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.fixture.IdentityProvider.INTROSPECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.fixture.Fault;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.http.RecordedWire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An issuer that is asked about tokens, as an operator configures it. */
class IntrospectionConfigurationTest {

    private static final String POLICIES = """
            policies:
              opaque: { paths: [/opaque], authenticate: [introspection] }
              either: { paths: [/either], authenticate: [introspection, jwt] }
              signed: { paths: [/signed], authenticate: [jwt] }
            """;

    @TempDir
    private Path directory;

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final IdentityProvider provider =
            IdentityProvider.start(clock).client("orders", "a-secret-of-orders", "read");
    private final ExecutorService executor = Executors.newFixedThreadPool(4);

    @AfterEach
    void close() {
        provider.close();
        executor.shutdownNow();
    }

    @Test
    void saysWhoCallsWhereAPolicyAsksIt() {
        var token = provider.opaque(provider.token());
        var signed = provider.token().sign();
        try (var gate = gate("client-id: orders, client-secret: \"${SECRET}\"")) {
            assertThat(send(gate, "/opaque", token)).isEqualTo("proceed");
            assertThat(send(gate, "/either", token)).isEqualTo("proceed");
            assertThat(send(gate, "/either", signed)).isEqualTo("proceed");
            assertThat(send(gate, "/signed", signed)).isEqualTo("proceed");
            assertThat(send(gate, "/signed", token)).isEqualTo("signed.authentication 401 invalid-token");
            assertThat(outcome(gate, get("/either"))).isEqualTo("either.authentication 401 authentication-required");
            assertThat(provider.requests(INTROSPECTION)).isEqualTo(1);

            assertThat(send(gate, "/opaque", signed)).isEqualTo("opaque.authentication 401 invalid-token");
            assertThat(provider.requests(INTROSPECTION)).isEqualTo(2);
        }
    }

    @Test
    void neverDeniesOrAdmitsWhomNobodyCanTell() {
        provider.fail(INTROSPECTION, Fault.status(503));
        try (var gate = gate("client-id: orders, client-secret: \"${SECRET}\"")) {
            assertThat(send(gate, "/opaque", "token")).isEqualTo("opaque.authentication 503 could-not-tell");
            assertThat(header(gate, bearer("/opaque", "token"), "Retry-After")).isEqualTo("5");
        }
    }

    @Test
    void remembersOverReloadsThatLeaveTheIssuersAsTheyAre() {
        var token = provider.opaque(provider.token());
        var yaml = yaml("client-id: orders, client-secret: \"${SECRET}\"");
        try (var gate = gate("client-id: orders, client-secret: \"${SECRET}\"")) {
            assertThat(send(gate, "/opaque", token)).isEqualTo("proceed");
            gate.reload(file(yaml.replace("paths: [/signed]", "paths: [/other]")));
            assertThat(send(gate, "/opaque", token)).isEqualTo("proceed");
            assertThat(provider.requests(INTROSPECTION)).isEqualTo(1);
            gate.reload(file(yaml.replace("audiences: [orders-api]", "audiences: [other-api]")));
            assertThat(send(gate, "/opaque", token)).isEqualTo("opaque.authentication 401 invalid-token");
        }
    }

    @Test
    void provesItselfByAKeyInAFile() throws Exception {
        var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        provider.client("signer", pair.getPublic());
        var key = directory.resolve("key.pem");
        Files.writeString(
                key,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        try (var gate = gate("client-id: signer, key: \"file:" + key + "\", cache: 1s")) {
            var token = provider.opaque(provider.token());
            assertThat(send(gate, "/opaque", token)).isEqualTo("proceed");
            clock.advance(Duration.ofSeconds(1));
            provider.revoke(token);
            assertThat(send(gate, "/opaque", token)).isEqualTo("opaque.authentication 401 invalid-token");
        }
    }

    @Test
    void stopsTheStartForEveryMistake() {
        assertThat(problems("cache: 30s")).contains("introspection.client-id", "missing");
        assertThat(problems("client-id: a")).contains("introspection.client-secret", "missing");
        assertThat(problems("client-id: a, client-secret: s3cr3t, key: \"file:k.pem\""))
                .contains("introspection.key", "beside a `client-secret`")
                .doesNotContain("s3cr3t");
        assertThat(problems("client-id: a, client-secret: s3cr3t, auth: private_key_jwt"))
                .contains("introspection.auth", "there is no `key`");
        assertThat(problems("client-id: a, key: \"file:k.pem\", auth: basic"))
                .contains("introspection.auth", "but there is a `key`");
        assertThat(problems("client-id: a, client-secret: b, auth: bearer")).contains("introspection.auth");
        assertThat(problems("client-id: a, key: '{\"k\": \"s3cr3t\"}'"))
                .contains("introspection.key", "not one to sign with")
                .doesNotContain("s3cr3t");
        assertThat(problems("client-id: a, client-secret: b, endpoint: \"http://idp.example.com/i\""))
                .contains("introspection.endpoint", "expected: an https address");
        assertThat(problems("client-id: a, client-secret: b, cache: 2h, negative-cache: 2h, timeout: 0s"))
                .contains("introspection.cache", "introspection.negative-cache", "introspection.timeout");
        assertThat(problems("client-id: a, client-secret: b, timeout: 1m, unsafe-any-audience: maybe"))
                .contains("introspection.timeout", "introspection.unsafe-any-audience");
        var two = yaml("client-id: a, client-secret: b")
                .replace(
                        "policies:",
                        "  other: { issuer: https://b.example,"
                                + " audiences: [a], introspection: { client-id: a, client-secret: b } }\npolicies:");
        assertThat(said(two)).contains("issuers.other.introspection", "issuer `main` is asked already");
        assertThat(said(POLICIES.replace("[jwt]", "[introspection]").replace(", jwt]", "]")))
                .contains("no issuer has `introspection`");
    }

    @Test
    void isToldWhenASecretIsInClear() {
        assertThat(literal("client-id: a, client-secret: s3cr3t"))
                .isEqualTo("literal-secret issuers.main.introspection.client-secret");
        assertThat(literal("client-id: a, client-secret: \"${SECRET}\"")).isEmpty();
        assertThat(literal("client-id: a, client-secret: \"${UNSET:s3cr3t}\""))
                .as("a default is in clear too")
                .isEqualTo("literal-secret issuers.main.introspection.client-secret");
    }

    private String literal(String settings) {
        return Lint.of(file(yaml(settings)), Resources.in(directory, getClass().getClassLoader())).stream()
                .filter(finding -> finding.concern().id().equals("literal-secret"))
                .map(finding -> finding.concern().id() + " " + finding.problem().key())
                .findFirst()
                .orElse("");
    }

    private String yaml(String settings) {
        return "issuers:\n  main:\n    issuer: " + provider.issuer() + "\n    audiences: [orders-api]\n"
                + "    introspection: { timeout: 30s, " + settings + " }\n" + POLICIES;
    }

    private static PolicyFile file(String yaml) {
        return PolicyFile.parse("p.yml", yaml, Map.of("SECRET", "a-secret-of-orders")::get);
    }

    private Gate gate(String settings) {
        return Gate.builder(file(yaml(settings)))
                .clock(clock)
                .executor(executor)
                .build();
    }

    private String problems(String settings) {
        return said(settings.contains("timeout") ? yaml(settings).replace("timeout: 30s, ", "") : yaml(settings));
    }

    private static String said(String yaml) {
        return String.valueOf(catchThrowableOfType(
                ConfigurationException.class,
                () -> Gate.builder(file(yaml)).build().close()));
    }

    private static RecordedWire bearer(String path, String token) {
        return get(path).with("Authorization", "Bearer " + token);
    }

    private static String send(Gate gate, String path, String token) {
        return outcome(gate, bearer(path, token));
    }
}
