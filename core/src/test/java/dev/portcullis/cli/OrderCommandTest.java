package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line sends to a management endpoint. */
class OrderCommandTest {

    private static final String TOKEN = "eyJ0b2tlbiI.secret.part";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String said = "{\"id\":\"caaf\"}";
    private HttpServer server;
    private String token;

    @BeforeEach
    void open() throws IOException {
        token = Files.writeString(directory.resolve("t"), TOKEN + "\n").toString();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            var answer = said.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private int run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/actuator/portcullis",
                "--token-file",
                token));
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    @Test
    void rollsBack() {
        assertThat(run("rollback", "--reason", "limits too low")).isEqualTo(Main.OK);
        assertThat(received)
                .containsExactly(
                        "POST /actuator/portcullis/rollback Bearer " + TOKEN + " {\"reason\":\"limits too low\"}");
        assertThat(run("rollback")).isNotEqualTo(Main.OK);
    }

    @Test
    void revokesDeniesAndLifts() {
        assertThat(run("revoke", "subject:alice", "--before", "now", "--reason", "stolen"))
                .isEqualTo(Main.OK);
        assertThat(run("block", "198.51.100.7", "--ttl", "10m", "--reason", "scans"))
                .isEqualTo(Main.OK);
        assertThat(run("deny", "2001:db8::/32", "--ttl", "10m", "--reason", "scans"))
                .isEqualTo(Main.OK);
        assertThat(run("deny", "client:acme", "--ttl", "1h", "--reason", "abuse"))
                .isEqualTo(Main.OK);
        assertThat(run("lift", "caaf")).isEqualTo(Main.OK);
        assertThat(received).hasSize(5).allSatisfy(one -> assertThat(one).contains("Bearer " + TOKEN));
        assertThat(received.get(0))
                .startsWith("POST /actuator/portcullis/revoke")
                .contains("\"what\":\"subject\",\"value\":\"alice\"")
                .contains("\"before\":\"now\"");
        assertThat(received.get(1))
                .startsWith("POST /actuator/portcullis/deny")
                .contains("\"what\":\"address\",\"value\":\"198.51.100.7\"");
        assertThat(received.get(2)).contains("\"value\":\"2001:db8::/32\"");
        assertThat(received.get(3)).contains("\"what\":\"client\",\"value\":\"acme\"");
        assertThat(received.get(4)).startsWith("DELETE /actuator/portcullis/denials/caaf");
        assertThat(out.toString() + err).contains("caaf").doesNotContain(TOKEN);
    }

    @Test
    void saysWhenItWasRefused() {
        status = 403;
        assertThat(run("revoke", "subject:alice", "--reason", "stolen")).isEqualTo(Main.FOUND);
        assertThat(err.toString()).contains("403");
    }

    @Test
    void saysWhenSomethingElseAnswers() {
        status = 404;
        said = "{\"status\":404,\"code\":\"no-such-denial\"}";
        assertThat(run("lift", "caaf")).isEqualTo(Main.FOUND);
        assertThat(err.toString()).contains("no-such-denial").doesNotContain("help: is --url");
        said = "not here";
        assertThat(run("lift", "caaf")).isEqualTo(Main.FOUND);
        assertThat(err.toString()).contains("help: is --url the management endpoint");
        err.getBuffer().setLength(0);
        status = 403;
        said = "{\"code\":\"no-policy\"}";
        assertThat(run("rollback", "--reason", "why")).isEqualTo(Main.FOUND);
        assertThat(err.toString()).contains("help: is --url the management endpoint");
    }

    @Test
    void saysWhenNobodyAnswers() {
        server.stop(0);
        assertThat(run("lift", "caaf")).isEqualTo(Main.FOUND);
        assertThat(err.toString()).contains("--url: nobody answers there").doesNotContain("null");
    }

    @Test
    void takesNoWordThatIsMistypedForAnAddress() {
        assertThat(run("block", "clinet:acme", "--ttl", "10m", "--reason", "abuse"))
                .isEqualTo(Main.USAGE);
        assertThat(err.toString()).contains("client, tenant, route or rule");
        assertThat(run("block", "dead:beef::1", "--ttl", "10m", "--reason", "scans"))
                .isEqualTo(Main.OK);
        assertThat(run("block", "::ffff:192.0.2.1", "--ttl", "10m", "--reason", "scans"))
                .isEqualTo(Main.OK);
        assertThat(received).hasSize(2);
    }

    @Test
    void sendsSecretsByHttpsOrToThisHostOnly() {
        var code = Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "lift",
                "caaf",
                "--url",
                "http://orders.example.com/actuator/portcullis",
                "--token-file",
                token);
        assertThat(code).isEqualTo(Main.FOUND);
        assertThat(err.toString()).contains("expected `https`");
        assertThat(run("lift", "../env")).isEqualTo(Main.USAGE);
        assertThat(run("deny", "client:acme", "--reason", "abuse")).isEqualTo(Main.USAGE);
        assertThat(received).isEmpty();
    }
}
