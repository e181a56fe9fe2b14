package dev.portcullis.config;

import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.fixture.Authority;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.fixture.KeyHolder;
import dev.portcullis.http.RecordedWire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bound tokens, as an operator configures them. */
class ProofConfigurationTest {

    private static final String TARGET = "https://api.example.com/orders";

    @TempDir
    private Path directory;

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final IdentityProvider provider =
            IdentityProvider.start(clock).client("orders", "a-secret-of-orders", "read");
    private final KeyHolder holder = KeyHolder.holding(clock);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void takesAProofOnceBehindTheLimits() {
        var token = provider.token().claim("cnf", holder.confirmation()).sign();
        try (var gate = gate("proof: { dpop: optional }", "")) {
            var request = proven(token, holder.proof("GET", TARGET, token).sign());
            assertThat(outcome(gate, request)).isEqualTo("proceed");
            assertThat(outcome(gate, request)).isEqualTo("orders.replay 401 invalid-dpop-proof");
            var next = proven(token, holder.proof("GET", TARGET, token).sign());
            assertThat(outcome(gate, next)).isEqualTo("proceed");
            var last = proven(token, holder.proof("GET", TARGET, token).sign());
            assertThat(outcome(gate, last)).isEqualTo("orders.rate-limit.few 429 rate-limited");
            clock.advance(Duration.ofSeconds(10));
            assertThat(outcome(gate, last))
                    .as("what a limit stops uses nothing up")
                    .isEqualTo("proceed");
            assertThat(outcome(gate, request)).isEqualTo("orders.replay 401 invalid-dpop-proof");
        }
    }

    @Test
    void asksTheIssuerAboutBoundTokensToo() {
        var token = provider.opaque(provider.token().claim("cnf", holder.confirmation()));
        try (var gate = gate("proof: { dpop: required }", "")) {
            var request = proven(token, holder.proof("GET", TARGET, token).sign());
            assertThat(outcome(gate, request)).isEqualTo("proceed");
            assertThat(outcome(gate, request)).isEqualTo("orders.replay 401 invalid-dpop-proof");
            var other = KeyHolder.holding(clock).proof("GET", TARGET, token).sign();
            assertThat(outcome(gate, proven(token, other))).isEqualTo("orders.authentication 401 invalid-dpop-proof");
            assertThat(outcome(gate, wire().with("Authorization", "Bearer " + token)))
                    .isEqualTo("orders.authentication 401 authentication-required");
        }
    }

    @Test
    void believesTheProxyAboutTargetAndCertificate() throws Exception {
        var root = Authority.root("CN=root", clock.instant());
        var own = root.issue(Authority.Draft.client("dns:a.example"));
        var hash = MessageDigest.getInstance("SHA-256").digest(Authority.encoded(own.certificate()));
        var thumbprint = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        var trust = Files.writeString(directory.resolve("ca.pem"), Authority.pem(List.of(root.certificate())));
        var bound = Map.of("jkt", holder.thumbprint(), "x5t#S256", thumbprint);
        var token = provider.token().claim("cnf", bound).sign();
        var proxied = """
                forwarded: { trusted: [10.0.0.0/8], scheme: x-forwarded-proto, host: x-forwarded-host }
                certificates: { trust: "%s", header: client-cert, match: ["dns:b.example"] }
                """.formatted("file:" + trust);
        try (var gate = gate("proof: { dpop: required, certificate: required }", proxied)) {
            var request = RecordedWire.of("GET", "/orders")
                    .with("Host", "inner:8080")
                    .with("X-Forwarded-Proto", "https")
                    .with("X-Forwarded-Host", "api.example.com")
                    .with(
                            "Client-Cert",
                            ":" + Base64.getEncoder().encodeToString(Authority.encoded(own.certificate())) + ":")
                    .with("Authorization", "DPoP " + token)
                    .with("DPoP", holder.proof("GET", TARGET, token).sign());
            assertThat(outcome(gate, request)).isEqualTo("orders.authentication 401 invalid-token");
            assertThat(outcome(gate, request.from("10.1.2.3"))).isEqualTo("proceed");
        }
    }

    @Test
    void stopsTheStartForEveryMistake() {
        assertThat(problems("proof: { dpop: on }", "")).contains("issuers.main.proof.dpop", "optional");
        assertThat(problems("proof: { certificate: required }", "dpop: { lifetime: 1m }"))
                .contains("dpop", "no issuer's tokens are bound to keys");
        assertThat(problems("proof: { dpop: optional }", "dpop: { lifetime: 11m }"))
                .contains("up to 10 minutes");
        assertThat(problems("proof: { dpop: optional }", "dpop: { lifetime: 0s }"))
                .contains("up to 10 minutes");
        assertThat(problems("proof: { dpop: optional }", "dpop: { nonce-secret: s3cr3t }"))
                .contains("has no effect without `nonces: true`")
                .doesNotContain("s3cr3t");
        assertThat(problems("proof: { dpop: optional }", "dpop: { nonces: true, nonce-secret: s3cr3t }"))
                .contains("at least 32")
                .doesNotContain("s3cr3t");
        var file = file(yaml("proof: { certificate: optional }", ""));
        var e = catchThrowableOfType(
                ConfigurationException.class,
                () -> Gate.builder(file).withoutClientCertificates().build());
        assertThat(e.getMessage()).contains("the connector asks no client for one");
    }

    private String problems(String proof, String more) {
        var e = catchThrowableOfType(ConfigurationException.class, () -> gate(proof, more));
        return e.getMessage();
    }

    private Gate gate(String proof, String more) {
        return Gate.builder(file(yaml(proof, more))).clock(clock).build();
    }

    private String yaml(String proof, String more) {
        return more + """

                issuers:
                  main:
                    issuer: %s
                    audiences: [orders-api]
                    introspection: { client-id: orders, client-secret: a-secret-of-orders, timeout: 30s }
                    %s
                policies:
                  orders:
                    paths: [/orders]
                    authenticate: [jwt, introspection]
                    rate-limits: { few: { permits: 3, per: 10s, by: client } }
                """.formatted(provider.issuer(), proof);
    }

    private static RecordedWire wire() {
        return RecordedWire.of("GET", "/orders").over("https").with("Host", "api.example.com");
    }

    private static RecordedWire proven(String token, String proof) {
        return wire().with("Authorization", "DPoP " + token).with("DPoP", proof);
    }
}
