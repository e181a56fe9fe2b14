package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.portcullis.Outcome;
import dev.portcullis.auth.CertificateReport;
import dev.portcullis.fixture.Authority;
import dev.portcullis.fixture.Authority.Draft;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCertificatesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant FROM = NOW.minus(Duration.ofDays(1));
    private static final Authority ROOT = Authority.root("CN=root", FROM);
    private static final Authority MIDDLE = ROOT.below("CN=middle");
    private static final Authority OTHER = Authority.root("CN=root", FROM);
    private static final List<X509Certificate> ACME =
            MIDDLE.issue(Draft.client("uri:spiffe://prod/acme")).chain();
    private static final String POLICY = "clients: { acme: { certificates: ['spiffe://prod/acme'], scopes: [read] } }\n"
            + "policies: { a: { paths: [/a], authenticate: [certificate], authorize: { scopes: [read] } } }\n";

    @TempDir
    private Path folder;

    private final HandClock clock = HandClock.at(NOW);
    private final List<String> reasons = new ArrayList<>();

    private Gate gate(String certificates) throws IOException {
        return gate(certificates, POLICY);
    }

    private Gate gate(String certificates, String rest) throws IOException {
        if (!Files.exists(folder.resolve("ca.pem"))) {
            Files.writeString(folder.resolve("ca.pem"), Authority.pem(List.of(ROOT.certificate())));
        }
        return Gate.builder(Gates.file("certificates: { " + certificates + " }\n" + rest))
                .clock(clock)
                .executor(Runnable::run)
                .resources(Resources.in(folder, ClientCertificatesTest.class.getClassLoader()))
                .listener(Gates.reasons(reasons))
                .build();
    }

    private static RecordedWire showing(List<X509Certificate> chain) {
        return Gates.get("/a").over("https").showing(chain);
    }

    private String said(Gate gate, RecordedWire wire) {
        reasons.clear();
        var outcome = gate.engine().evaluate(gate.view(wire));
        return outcome instanceof Outcome.Stop stop
                ? stop.reply().status() + " " + stop.reply().code() + " " + String.join(",", reasons)
                : "proceed";
    }

    @Test
    void provesAClientByAnAlternativeName() throws IOException {
        try (var gate = gate("trust: ca.pem")) {
            var outcome = (Outcome.Proceed) gate.engine().evaluate(gate.view(showing(ACME)));
            assertThat(outcome.principal().client()).isEqualTo("acme");
            assertThat(outcome.principal().proof()).isEqualTo("certificate");
            assertThat(outcome.principal().claims()).containsKey("x5t#S256").containsEntry("dns", List.of());
            assertThat(said(gate, Gates.get("/a"))).isEqualTo("401 authentication-required no-credential");
        }
    }

    @Test
    void deniesWhatIsNotToBeTrusted() throws IOException {
        try (var gate = gate("trust: ca.pem")) {
            assertThat(said(
                            gate,
                            showing(OTHER.issue(Draft.client("uri:spiffe://prod/acme"))
                                    .chain())))
                    .isEqualTo("401 invalid-certificate untrusted-certificate");
            assertThat(said(gate, showing(ACME.subList(0, 1))))
                    .isEqualTo("401 invalid-certificate untrusted-certificate");
            assertThat(said(
                            gate,
                            showing(ROOT.issue(Draft.client("uri:spiffe://prod/acme")
                                            .purpose("server"))
                                    .chain())))
                    .isEqualTo("401 invalid-certificate certificate-for-other-purposes");
            assertThat(said(gate, showing(List.of(ROOT.certificate()))))
                    .isEqualTo("401 invalid-certificate certificate-for-other-purposes");
            assertThat(said(
                            gate,
                            showing(ROOT.issue(Draft.client("uri:spiffe://prod/acme")
                                            .key("RSA1024"))
                                    .chain())))
                    .isEqualTo("401 invalid-certificate weak-certificate");
            assertThat(said(
                            gate,
                            showing(ROOT.issue(Draft.client("uri:spiffe://prod/other"))
                                    .chain())))
                    .isEqualTo("401 invalid-certificate unknown-certificate");
            assertThat(said(gate, showing(ROOT.issue(Draft.client()).chain())))
                    .isEqualTo("401 invalid-certificate unknown-certificate");
            var none = ROOT.issue(Draft.client("uri:spiffe://prod/acme").purpose("none"));
            assertThat(said(gate, showing(none.chain()))).isEqualTo("proceed");
        }
    }

    @Test
    void judgesTheTimeOfARememberedChainOnEveryRequest() throws IOException {
        try (var gate = gate("trust: ca.pem")) {
            assertThat(said(gate, showing(ACME))).isEqualTo("proceed");
            clock.advance(Duration.ofDays(30));
            assertThat(said(gate, showing(ACME))).isEqualTo("401 invalid-certificate certificate-expired");
            clock.set(FROM.minusSeconds(1));
            assertThat(said(gate, showing(ACME))).isEqualTo("401 invalid-certificate certificate-not-yet-valid");
        }
    }

    @Test
    void matchesHostsAddressesAndKeys() throws IOException {
        var issued = ROOT.issue(Draft.client("dns:API.partner.example", "email:Bot@Partner.example"));
        var key = issued.certificate().getPublicKey().getEncoded();
        for (var matcher : List.of(
                "dns:api.partner.example",
                "dns:*.partner.example",
                "email:Bot@partner.example",
                "spki-sha256:" + Base64.getEncoder().encodeToString(sha256(key)))) {
            try (var gate = gate(
                    "trust: ca.pem, match: [\"" + matcher + "\"]",
                    "policies: " + "{ a: { paths: [/a], authenticate: [certificate] } }")) {
                assertThat(said(gate, showing(issued.chain()))).as(matcher).isEqualTo("proceed");
            }
        }
        for (var matcher : List.of(
                "dns:partner.example", "dns:*.example", "email:bot@partner.example", "dns:admin", "uri:x://admin")) {
            try (var gate = gate(
                    "trust: ca.pem, match: [\"" + matcher + "\"]",
                    "policies: " + "{ a: { paths: [/a], authenticate: [certificate] } }")) {
                assertThat(said(gate, showing(issued.chain()))).as(matcher).contains("unknown-certificate");
            }
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void namesAStrangerByTheNameThatMatched() throws IOException {
        var issued = ROOT.issue(Draft.client("uri:spiffe://prod/x", "uri:spiffe://test/x"));
        try (var gate = gate(
                "trust: ca.pem, match: [\"spiffe://test/*\"]",
                "policies: { a: { paths: [/a], authenticate: [certificate] } }")) {
            var outcome = (Outcome.Proceed) gate.engine().evaluate(gate.view(showing(issued.chain())));
            assertThat(outcome.principal().id()).isEqualTo("spiffe://test/x");
        }
    }

    @Test
    void loadsAuthoritiesAnewAndKeepsTheLastGoodOnes() throws IOException {
        try (var gate = gate("trust: ca.pem, refresh: 10s")) {
            var other = OTHER.issue(Draft.client("uri:spiffe://prod/acme")).chain();
            assertThat(said(gate, showing(other))).contains("untrusted");
            Files.writeString(folder.resolve("ca.pem"), Authority.pem(List.of(OTHER.certificate())));
            assertThat(said(gate, showing(other))).contains("untrusted");
            clock.advance(Duration.ofSeconds(10));
            assertThat(said(gate, showing(other))).isEqualTo("proceed");
            assertThat(said(gate, showing(ACME))).contains("untrusted");
            Files.writeString(folder.resolve("ca.pem"), "nothing");
            clock.advance(Duration.ofSeconds(10));
            assertThat(said(gate, showing(other))).isEqualTo("proceed");
            assertThat(gate.certificates()).singleElement().satisfies(report -> {
                assertThat(report.subject()).isEqualTo("CN=root");
                assertThat(report.problem()).isNotNull();
                assertThat(report.left()).isEqualTo(Duration.between(clock.instant(), report.end()));
            });
        }
    }

    @Test
    void readsAStoreWithAPassword() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", ROOT.certificate());
        var bytes = new ByteArrayOutputStream();
        store.store(bytes, "changeit".toCharArray());
        Files.write(folder.resolve("ca.p12"), bytes.toByteArray());
        try (var gate = gate("trust: ca.p12, password: changeit")) {
            assertThat(said(gate, showing(ACME))).isEqualTo("proceed");
            assertThat(gate.certificates())
                    .extracting(CertificateReport::problem)
                    .containsOnlyNulls();
        }
        assertThat(catchThrowable(() -> gate("trust: ca.p12, password: wrong")))
                .hasMessageContaining("trust: cannot be loaded")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void saysThatAuthoritiesCannotBeLoadedAnewThoughThePlatformHasNoWordsForIt() throws IOException {
        try (var gate = gate("trust: ca.pem")) {
            Files.writeString(folder.resolve("ca.pem"), "junk");
            clock.advance(Duration.ofMinutes(2));
            assertThat(said(gate, showing(ACME))).isEqualTo("proceed");
            assertThat(gate.certificates())
                    .extracting(CertificateReport::problem)
                    .allMatch(problem -> problem.startsWith("neither certificates as PEM nor a PKCS12 store"));
        }
    }

    @Test
    void deniesWhatAListSaysIsRevokedAndCannotTellWithoutAFreshList() throws IOException {
        var good = ROOT.issue(Draft.client("uri:spiffe://prod/acme"));
        var bad = ROOT.issue(Draft.client("uri:spiffe://prod/acme"));
        Files.write(folder.resolve("ca.crl"), ROOT.revoked(NOW.plusSeconds(3600), bad.certificate()));
        try (var gate = gate("trust: ca.pem, crl: [ca.crl]")) {
            assertThat(said(gate, showing(bad.chain()))).isEqualTo("401 invalid-certificate revoked-certificate");
            assertThat(said(gate, showing(good.chain()))).isEqualTo("proceed");
            clock.advance(Duration.ofHours(2));
            assertThat(said(gate, showing(good.chain()))).startsWith("503 could-not-tell");
        }
    }

    @Test
    void takesAHeaderOfTrustedPeersAlone() throws IOException {
        var trusting = POLICY + "forwarded: { trusted: [10.0.0.0/8], address: x-forwarded-for }\n";
        var leaf = Base64.getEncoder().encodeToString(Authority.encoded(ACME.get(0)));
        var middle = Base64.getEncoder().encodeToString(Authority.encoded(ACME.get(1)));
        var pem = URLEncoder.encode(Authority.pem(ACME), StandardCharsets.US_ASCII)
                .replace("+", "%20");
        try (var gate = gate("trust: ca.pem, header: Client-Cert", trusting)) {
            var wire =
                    Gates.get("/a").with("Client-Cert", ":" + leaf + ":").with("Client-Cert-Chain", ":" + middle + ":");
            assertThat(said(gate, wire.from("10.0.0.1"))).isEqualTo("proceed");
            assertThat(said(gate, wire.from("192.0.2.1"))).isEqualTo("401 authentication-required no-credential");
            assertThat(said(gate, wire.with("Client-Cert", ":" + leaf + ":").from("10.0.0.1")))
                    .isEqualTo("401 invalid-certificate malformed-certificate");
            assertThat(said(gate, Gates.get("/a").with("Client-Cert", leaf).from("10.0.0.1")))
                    .isEqualTo("401 invalid-certificate malformed-certificate");
        }
        try (var gate = gate("trust: ca.pem, header: X-Forwarded-Client-Cert", trusting)) {
            var value = "By=spiffe://prod/us;Hash=0123;Chain=\"" + pem + "\";Subject=\"CN=a,b\";URI=spiffe://x";
            var wire = Gates.get("/a").with("X-Forwarded-Client-Cert", value);
            assertThat(said(gate, wire.from("10.0.0.1"))).isEqualTo("proceed");
            var two = Gates.get("/a").with("X-Forwarded-Client-Cert", value + ",By=x;" + value);
            assertThat(said(gate, two.from("10.0.0.1"))).isEqualTo("401 invalid-certificate malformed-certificate");
            var hash = Gates.get("/a").with("X-Forwarded-Client-Cert", "Hash=0123;URI=spiffe://prod/acme");
            assertThat(said(gate, hash.from("10.0.0.1"))).isEqualTo("401 invalid-certificate malformed-certificate");
        }
        try (var gate = gate("trust: ca.pem, header: ssl-client-cert", trusting)) {
            assertThat(said(gate, Gates.get("/a").with("ssl-client-cert", pem).from("10.0.0.1")))
                    .isEqualTo("proceed");
        }
        try (var gate = gate("trust: ca.pem, header: x-forwarded-tls-client-cert, format: base64", trusting)) {
            var wire = Gates.get("/a").with("x-forwarded-tls-client-cert", leaf + "," + middle);
            assertThat(said(gate, wire.from("10.0.0.1"))).isEqualTo("proceed");
        }
        try (var gate = gate("trust: ca.pem", trusting)) {
            var wire = Gates.get("/a").with("Client-Cert", ":" + leaf + ":");
            assertThat(said(gate, wire.from("10.0.0.1"))).isEqualTo("401 authentication-required no-credential");
        }
    }

    @Test
    void letsAnotherCredentialGoFirst() throws IOException {
        var both = Gates.CLIENTS.replace("scopes", "certificates: [\"spiffe://prod/acme\"], scopes")
                + "policies: { a: { paths: [/a], authenticate: [certificate, api-key] } }\n";
        try (var gate = gate("trust: ca.pem", both)) {
            var other =
                    showing(OTHER.issue(Draft.client("uri:spiffe://prod/acme")).chain());
            assertThat(said(gate, Gates.keyed(other))).isEqualTo("proceed");
            assertThat(said(gate, other)).startsWith("401 invalid-certificate");
            assertThat(said(gate, showing(ACME).with("X-API-Key", "wrong"))).startsWith("401 invalid-api-key");
            assertThat(said(gate, showing(ACME))).isEqualTo("proceed");
        }
    }

    @Test
    void areAProblemWhereNoConnectionBringsOne() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), Authority.pem(List.of(ROOT.certificate())));
        assertThat(catchThrowable(() -> unconnected("trust: ca.pem")))
                .hasMessageContainingAll("policies.a.authenticate[0]", "the connector asks no client for one");
        unconnected("trust: ca.pem, connector: true").close();
    }

    private Gate unconnected(String certificates) {
        var builder = Gate.builder(Gates.file("certificates: { " + certificates + " }\n" + POLICY));
        return builder.resources(Resources.in(folder, ClientCertificatesTest.class.getClassLoader()))
                .withoutClientCertificates()
                .build();
    }
}
