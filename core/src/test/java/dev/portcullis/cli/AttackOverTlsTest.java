package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.portcullis.fixture.Authority;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code attack} over https, against a server whose certificate nobody knows. */
class AttackOverTlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Authority authority = Authority.root("CN=Test", Instant.now().minus(1, ChronoUnit.DAYS));
    private HttpsServer server;

    private void start(String name) throws IOException, GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        var issued = authority.issue(Authority.Draft.client("dns:" + name).purpose("server"));
        keys.init(issued.store(PASSWORD), PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().toString().contains("chain") ? 204 : 403, -1);
            exchange.close();
        });
        server.start();
    }

    @BeforeEach
    void start() throws Exception {
        start("localhost");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int attack(String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var arguments = new ArrayList<>(
                List.of("attack", "https://localhost:" + server.getAddress().getPort()));
        arguments.addAll(List.of("--public", "/search?q=chain", "--only", "nosql", "--rate", "10000"));
        arguments.addAll(List.of(more));
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }

    private String trusted(Authority who) throws IOException {
        return Files.writeString(directory.resolve("trusted.pem"), Authority.pem(List.of(who.certificate())))
                .toString();
    }

    @Test
    void believesNobodyWhomNobodyKnows() throws Exception {
        assertThat(attack()).isNotZero();
        assertThat(err.toString()).contains("no TLS at https://localhost:", "--trust FILE");
        assertThat(attack(
                        "--trust",
                        trusted(Authority.root("CN=Other", Instant.now().minus(1, ChronoUnit.DAYS)))))
                .isNotZero();
    }

    @Test
    void believesWhomItIsTold() throws Exception {
        assertThat(attack("--trust", trusted(authority))).as(err.toString()).isZero();
        assertThat(out.toString()).contains("nosql").doesNotContain("PASSED");
        assertThat(err.toString()).doesNotContain("warning");
    }

    @Test
    void aCertificateIsForAName() throws Exception {
        server.stop(0);
        start("elsewhere.example");
        assertThat(attack("--trust", trusted(authority))).isNotZero();
        assertThat(attack("--insecure")).isZero();
    }

    @Test
    void believesAnybodyOnlyWithAWarning() {
        assertThat(attack("--insecure")).isZero();
        assertThat(err.toString()).contains("warning: --insecure");
    }

    @Test
    void isUsedWronglyWithoutCertificates() throws Exception {
        assertThat(attack(
                        "--trust",
                        Files.writeString(directory.resolve("empty"), "").toString()))
                .isEqualTo(2);
        assertThat(attack(
                        "--trust",
                        Files.writeString(directory.resolve("text"), "no certificate")
                                .toString()))
                .isEqualTo(2);
        assertThat(attack("--trust", directory.resolve("absent").toString())).isEqualTo(2);
        assertThat(attack("--insecure", "--trust", trusted(authority))).isEqualTo(2);
    }
}
