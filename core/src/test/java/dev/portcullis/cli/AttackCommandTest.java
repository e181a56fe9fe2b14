package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code attack}: where it aims, what it says, and with what it exits. */
class AttackCommandTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private int status = 200;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath());
            exchange.getRequestBody().readAllBytes();
            var body = exchange.getRequestURI().toString().getBytes();
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int attack(String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var arguments = new ArrayList<>(
                List.of("attack", "http://127.0.0.1:" + server.getAddress().getPort()));
        arguments.addAll(List.of("--rate", "10000", "--time-out", "20"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    void saysWhatGotThrough() {
        assertThat(attack("--path", "/search?q=chain", "--only", "sql,xss", "--skip", "xss"))
                .isOne();
        assertThat(out.toString())
                .contains("PASSED sql/tautology  GET /search?q=1%27+OR+%271%27%3D%271  (parameter q)  200")
                .contains("17 requests to http://127.0.0.1:")
                .doesNotContain("xss");
        assertThat(err.toString()).contains("attacks GET /search: sql");
    }

    @Test
    void writesJson() throws Exception {
        assertThat(attack("--path", "/search?q=chain", "--only", "nosql", "--json"))
                .isOne();
        var report = JsonMapper.builder().build().readTree(out.toString());
        assertThat(report.path("passed").asInt()).isEqualTo(4);
        assertThat(report.at("/classes/nosql/denied").asInt(-1)).isZero();
        assertThat(report.at("/findings/0/class").asText()).isEqualTo("nosql");
        assertThat(report.at("/findings/0/status").asText()).isEqualTo("200");
    }

    @Test
    void aNamedPathOfWhichNothingIsProvenFails() {
        status = 404;
        assertThat(attack("--path", "/search?q=chain", "--only", "sql")).isOne();
        assertThat(err.toString()).contains("nothing is proven of GET /search");
        assertThat(out.toString()).doesNotContain("PASSED");
    }

    @Test
    void aDoubtFailsWhereProofIsDemanded() {
        status = 403;
        assertThat(attack("--only", "sql,identity"))
                .as("identities are kept away")
                .isZero();
        assertThat(attack("--only", "sql,identity", "--demand-proof")).isOne();
    }

    @Test
    void neverShowsACredential() throws Exception {
        var token = "aGVhZGVy.Y2xhaW1z.c2lnbmF0dXJl";
        attack(
                "--only",
                "jwt,credentials,open,path",
                "--path",
                "/orders",
                "--token-file",
                file("token", token + "\n"),
                "--header",
                "X-API-Key: mine-alone");
        assertThat(out.toString()).contains("PASSED credentials/junk-behind", "PASSED open/no-credential");
        assertThat(out.toString() + err).doesNotContain("c2lnbmF0dXJl", "mine-alone");
    }

    @Test
    void aimsAtTheRoutesOfAPolicyFile() throws Exception {
        var policy = file("p.yml", """
                policies:
                  shop: { paths: ["/shop/{id}/**"], methods: [GET, POST], public: true }
                  sell: { paths: [/sell], methods: [POST], public: true }
                """);
        attack("--policy", policy, "--only", "scanner", "--variable", "id=7");
        assertThat(asked).containsExactly("GET /shop/7");
    }

    @Test
    void aimsAtTheRoutesOfAnInventory() throws Exception {
        var policy = file("p.yml", "policies: { shop: { paths: [/shop], public: true } }");
        assertThat(run("routes", policy, "--json")).isZero();
        var routes = file("routes.json", out.toString());
        attack("--routes", routes, "--only", "scanner");
        assertThat(asked).containsExactly("GET /shop");
        assertThat(attack("--routes", file("other.json", "{}"))).isEqualTo(2);
    }

    @Test
    void writesIntoStringsOfAGoodBody() throws Exception {
        var body = file("order.json", "{\"item\":\"chain\",\"quantity\":2,\"tags\":[\"a\"]}");
        assertThat(attack("--path", "POST /orders @" + body, "--only", "nosql")).isOne();
        assertThat(out.toString()).contains("(JSON /item)", "(JSON /tags/0)");
        assertThat(asked).containsExactly("POST /orders");
    }

    @Test
    void isUsedWronglyWithoutATarget() throws Exception {
        assertThat(run("attack")).isEqualTo(2);
        assertThat(run("attack", "http://203.0.113.7")).isEqualTo(2);
        assertThat(err.toString()).contains("--i-own 203.0.113.7");
        assertThat(attack("--only", "sequel")).isEqualTo(2);
        assertThat(attack("--path", "DELETE /orders")).isEqualTo(2);
        assertThat(attack("--rate", "0")).isEqualTo(2);
        assertThat(attack("--header", "no header")).isEqualTo(2);
        assertThat(attack("--header", "X: a\r\nY: b")).isEqualTo(2);
        assertThat(attack("--token-file", file("empty", " \n"))).isEqualTo(2);
        assertThat(asked).isEmpty();
    }

    @Test
    void listsWhatItWouldSend() {
        assertThat(run("attack", "--list", "--only", "jwt")).isZero();
        assertThat(out.toString()).contains("alg-none", "embedded-jwk").doesNotContain("tautology");
    }
}
