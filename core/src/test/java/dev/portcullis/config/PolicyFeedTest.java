package dev.portcullis.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.portcullis.Change;
import dev.portcullis.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFeedTest {

    private static final String CLOSED = "policies: { a: { paths: [/a], ip: { allow: [10.0.0.0/8] } } }\n";
    private static final String OPEN = "policies: { a: { paths: [/a], public: true } }\n";

    @TempDir
    Path directory;

    private final List<String> told = new ArrayList<>();
    private final KeyPair keys = pair();
    private Path file;

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void place() {
        file = directory.resolve("policies.yml");
    }

    private void put(String yaml, long serial, KeyPair by) throws IOException {
        Files.writeString(file, yaml);
        sign(yaml, serial, by);
    }

    private void sign(String yaml, long serial, KeyPair by) throws IOException {
        Files.writeString(
                directory.resolve("policies.yml.sig"),
                PolicyBundle.sign(yaml.getBytes(UTF_8), serial, by.getPrivate()));
    }

    private PolicyFeed feed() {
        return PolicyFeed.of(BundleSource.file(file), keys.getPublic());
    }

    private Gate gate(PolicyFile policies) {
        return Gate.builder(policies)
                .listener(new Listener() {
                    @Override
                    public void changed(Change change) {
                        told.add(change.what() + " " + change.details().getOrDefault("refused", ""));
                    }
                })
                .build();
    }

    private static String ask(Gate gate) {
        return Gates.outcome(gate, Gates.get("/a"));
    }

    @Test
    void startsWithWhatTheTrustedKeyHasSignedAlone() throws Exception {
        put(CLOSED, 1, keys);
        try (var gate = gate(feed().first())) {
            assertThat(ask(gate)).isEqualTo("a.ip 403 address-denied");
        }
        put(CLOSED, 1, pair());
        assertRefused("not that of the trusted key");
        put(CLOSED, 1, keys);
        Files.writeString(file, OPEN);
        assertRefused("not that of the trusted key");
        Files.writeString(directory.resolve("policies.yml.sig"), "");
        assertRefused("no signature");
        Files.delete(directory.resolve("policies.yml.sig"));
        assertThatThrownBy(() -> feed().first()).isInstanceOf(IOException.class);
    }

    private void assertRefused(String why) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> feed().first())
                .withMessageContaining(why)
                .withMessageContaining("policies.yml.sig");
    }

    @Test
    void coversTheSerialByTheSignature() throws Exception {
        put(CLOSED, 1, keys);
        var signature = directory.resolve("policies.yml.sig");
        Files.writeString(signature, Files.readString(signature).replace("-1 1 ", "-1 2 "));
        assertRefused("not that of the trusted key");
    }

    @Test
    void takesOverWhatIsNewer() throws Exception {
        put(CLOSED, 1, keys);
        var feed = feed();
        try (var gate = gate(feed.first())) {
            assertThat(feed.refresh(gate)).isFalse();
            put(OPEN, 2, keys);
            assertThat(feed.refresh(gate)).isTrue();
            assertThat(ask(gate)).isEqualTo("proceed");
            assertThat(told).containsExactly("policy-reloaded ");
        }
    }

    @Test
    void keepsWhatItHasAndSaysSoOnce() throws Exception {
        put(CLOSED, 5, keys);
        var feed = feed();
        try (var gate = gate(feed.first())) {
            put(OPEN, 6, pair());
            assertThat(feed.refresh(gate)).isFalse();
            assertThat(feed.refresh(gate)).isFalse();
            put(OPEN, 4, keys);
            assertThat(feed.refresh(gate)).isFalse();
            put(OPEN, 5, keys);
            assertThat(feed.refresh(gate)).isFalse();
            put("policies: { a: { paths: [nonsense] } }", 7, keys);
            assertThat(feed.refresh(gate)).isFalse();
            Files.delete(file);
            assertThat(feed.refresh(gate)).isFalse();
            assertThat(ask(gate)).isEqualTo("a.ip 403 address-denied");
            assertThat(told).hasSize(4).allMatch(one -> one.startsWith("policy-refused "));
            assertThat(told.get(0)).contains("trusted key");
            assertThat(told.get(1)).contains("serial 4");
            assertThat(told.get(2)).contains("serial 5");
        }
    }

    private PolicyFeed keeping() {
        return feed().keeping(directory.resolve("state/kept.bundle"));
    }

    /** Starts, looks once, and stops. */
    private String started() throws IOException {
        var feed = keeping();
        try (var gate = gate(feed.first())) {
            feed.refresh(gate);
            var report = gate.management().reports().status().bundle();
            assertThat(report).isEqualTo(feed.report());
            assertThat(report.kept()).isTrue();
            return ask(gate) + " " + report.serial();
        }
    }

    @Test
    void anOlderOneIsNotTakenAfterARestartEither() throws Exception {
        put(CLOSED, 5, keys);
        assertThat(started()).isEqualTo("a.ip 403 address-denied 5");
        put(OPEN, 4, keys);
        assertThat(started()).isEqualTo("a.ip 403 address-denied 5");
        put(OPEN, 5, keys);
        assertThat(started()).isEqualTo("a.ip 403 address-denied 5");
        assertThat(told).hasSize(2).allMatch(one -> one.contains("expected: more than 5"));
        put(OPEN, 6, keys);
        assertThat(started()).isEqualTo("proceed 6");
        put(CLOSED, 5, keys);
        assertThat(started()).isEqualTo("proceed 6");
    }

    @Test
    void aStartNeedsNoSourceWhereTheLastOneIsKept() throws Exception {
        put(CLOSED, 5, keys);
        started();
        Files.delete(file);
        var feed = keeping();
        try (var gate = gate(feed.first())) {
            feed.refresh(gate);
            assertThat(ask(gate)).isEqualTo("a.ip 403 address-denied");
            assertThat(feed.report().problem()).contains("cannot be reached");
            put(OPEN, 6, keys);
            assertThat(feed.refresh(gate)).isTrue();
            assertThat(feed.report().problem()).isNull();
        }
        put(CLOSED, 7, pair());
        assertThat(started()).isEqualTo("proceed 6");
    }

    @Test
    void whatNoGateCanBeBuiltOfIsReplacedByTheOneThatWasKept() throws Exception {
        put(CLOSED, 5, keys);
        assertThat(keeping().insteadOf(new ConfigurationException(List.of(new Problem("", "", "x", "")))))
                .isNull();
        started();
        put("policies: { a: { paths: [nonsense] } }", 7, keys);
        var feed = keeping();
        var broken = feed.first();
        var problem = catchThrowableOfType(ConfigurationException.class, () -> gate(broken));
        try (var gate = gate(feed.insteadOf(problem))) {
            feed.refresh(gate);
            assertThat(ask(gate)).isEqualTo("a.ip 403 address-denied");
            assertThat(told).hasSize(1).allMatch(one -> one.startsWith("policy-refused policies.yml:1:26: pattern"));
        }
        put(OPEN, 6, keys);
        assertThat(started()).isEqualTo("proceed 6");
    }

    @Test
    void whatIsKeptIsHeldAgainstTheKey() throws Exception {
        put(CLOSED, 5, keys);
        started();
        var kept = directory.resolve("state/kept.bundle");
        var good = Files.readString(kept);
        Files.writeString(kept, good.replace("10.0.0.0/8", "0.0.0.0/0"));
        Files.delete(file);
        assertThatThrownBy(() -> keeping().first()).isInstanceOf(IOException.class);
        Files.writeString(kept, good.replace("-1 5 ", "-1 9 "));
        put(OPEN, 6, keys);
        assertThat(started()).isEqualTo("proceed 6");
        Files.delete(kept);
        Files.createDirectory(kept);
        assertThatThrownBy(() -> keeping().first()).isInstanceOf(IOException.class);
    }

    @Test
    void fetchesFromTheWeb() throws Exception {
        put(CLOSED, 1, keys);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var wanted = directory.resolve(exchange.getRequestURI().getPath().substring(1));
            var there = Files.exists(wanted);
            exchange.sendResponseHeaders(there ? 200 : 404, there ? Files.size(wanted) : -1);
            if (there) {
                exchange.getResponseBody().write(Files.readAllBytes(wanted));
            }
            exchange.close();
        });
        server.start();
        try {
            var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/policies.yml");
            var source = BundleSource.at(address, Duration.ofSeconds(10), Runnable::run);
            var feed = PolicyFeed.of(source, keys.getPublic());
            try (var gate = gate(feed.first())) {
                put(OPEN, 2, keys);
                assertThat(feed.refresh(gate)).isTrue();
                assertThat(ask(gate)).isEqualTo("proceed");
                Files.delete(file);
                assertThat(feed.refresh(gate)).isFalse();
                assertThat(ask(gate)).isEqualTo("proceed");
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void fetchesFromOthersOverHttpsAlone() {
        for (var address : List.of("http://example.com/p.yml", "ftp://example.com/p.yml", "https://example.com/p?x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BundleSource.at(URI.create(address), Duration.ofSeconds(1), Runnable::run));
        }
    }

    @Test
    void readsKeysAsOpensslWritesThem() throws Exception {
        var encoder = Base64.getMimeEncoder();
        var secret = "-----BEGIN PRIVATE KEY-----\n"
                + encoder.encodeToString(keys.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
        var open = "-----BEGIN PUBLIC KEY-----\n"
                + encoder.encodeToString(keys.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
        assertThat(BundleKeys.privateKey(secret)).isEqualTo(keys.getPrivate());
        assertThat(BundleKeys.publicKey(open)).isEqualTo(keys.getPublic());
        for (var wrong : List.of("", "-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----", secret)) {
            assertThatIllegalArgumentException().isThrownBy(() -> BundleKeys.publicKey(wrong));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> BundleKeys.privateKey(open));
    }

    @Test
    void tellsWithOneDigestThatNodesAskTheSame() throws Exception {
        put(CLOSED, 1, keys);
        try (var one = gate(feed().first());
                var other = gate(feed().first())) {
            assertThat(one.engine().policies().digest())
                    .isEqualTo(other.engine().policies().digest());
        }
    }
}
