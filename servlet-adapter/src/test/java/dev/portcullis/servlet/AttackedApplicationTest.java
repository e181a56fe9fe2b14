package dev.portcullis.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.Main;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command {@code attack} against real containers: with the gate nothing gets through, without it or with one that only looks much does. */
class AttackedApplicationTest {

    private static final String POLICIES = """
            brute-force: { enabled: false }
            clients: { acme: { api-keys: ["sha256:16ea307c0684b0666abd31f338f39840b057e80f5317ba5b084b92330a42ad85"] } }
            policies:
              search: { paths: [/search], methods: [GET], public: true, attacks: { mode: enforce } }
              orders:
                paths: [/orders]
                authenticate: [api-key]
                attacks: { mode: enforce }
                body: { max-size: 64KB, schema: 'file:order.json' }
              photos:
                paths: [/photos]
                methods: [POST]
                authenticate: [api-key]
                attacks: { mode: enforce }
                form: { fields: [title] }
                uploads: { fields: [photo], extensions: [png], media-types: [image/png] }
            """;
    private static final String PHOTO = """
            --x
            Content-Disposition: form-data; name="title"

            chain
            --x
            Content-Disposition: form-data; name="photo"; filename="a.png"
            Content-Type: image/png

            \u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\6\0\0\0
            --x--
            """;
    private static final String SCHEMA = """
            { "type": "object", "additionalProperties": false, "required": ["item"],
              "properties": { "item": { "type": "string", "maxLength": 200 } } }
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();

    /** Echoes what it is given, whoever asks, and demands a key of nobody. */
    private static final class Application extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain; charset=utf-8");
            response.getWriter().print("found: " + request.getParameter("q"));
        }
    }

    private Gate gate(String policies) throws IOException {
        var file = Files.writeString(directory.resolve("portcullis.yml"), policies);
        Files.writeString(directory.resolve("order.json"), SCHEMA);
        return Gate.builder(PolicyFile.read(file))
                .resources(
                        dev.portcullis.config.Resources.in(directory, getClass().getClassLoader()))
                .build();
    }

    private int attack(Container.Kind kind, @Nullable Filter filter) throws Exception {
        out.getBuffer().setLength(0);
        var order = Files.writeString(directory.resolve("good.json"), "{\"item\":\"chain\"}");
        try (var container = kind.start(filter, Map.of("/", new Application()))) {
            var arguments = new ArrayList<>(List.of("attack", "http://127.0.0.1:" + container.port()));
            arguments.addAll(List.of("--public", "/search?q=chain", "--path", "/orders"));
            arguments.addAll(List.of("--path", "POST /orders @" + order, "--header", "X-API-Key: " + key()));
            var photo = Files.write(directory.resolve("photo.txt"), PHOTO.getBytes(ISO_8859_1));
            arguments.addAll(List.of("--path", "POST /photos @" + photo));
            arguments.addAll(List.of("--rate", "10000", "--time-out", "5"));
            return Main.run(
                    new PrintWriter(out, true),
                    new PrintWriter(new StringWriter(), true),
                    arguments.toArray(String[]::new));
        }
    }

    private static String key() {
        return "acme-key-of-thirty-two-characters";
    }

    @ParameterizedTest
    @EnumSource
    void nothingGetsThroughTheGate(Container.Kind kind) throws Exception {
        try (var gate = gate(POLICIES)) {
            var code = attack(kind, new PortcullisFilter(gate, Routes.UNKNOWN));
            assertThat(out.toString()).doesNotContain("PASSED");
            assertThat(code).isZero();
            assertThat(denied("sql")).isGreaterThan(30);
            assertThat(denied("body")).isGreaterThan(15);
            assertThat(denied("jwt")).isGreaterThan(20);
            assertThat(denied("smuggling")).isGreaterThan(40);
            assertThat(denied("open")).isEqualTo(12);
            assertThat(denied("uploads")).isEqualTo(27);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGateThatOnlyLooksLetsThemThrough(Container.Kind kind) throws Exception {
        try (var gate = gate("mode: observe\n" + POLICIES.replace("{ mode: enforce }", "{ mode: observe }"))) {
            assertThat(attack(kind, new PortcullisFilter(gate, Routes.UNKNOWN))).isOne();
            assertThat(out.toString())
                    .contains(
                            "PASSED sql/tautology",
                            "PASSED jndi/user-agent",
                            "PASSED open/no-credential",
                            "PASSED body/deep");
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAGateTheyGetThrough(Container.Kind kind) throws Exception {
        assertThat(attack(kind, null)).isOne();
        assertThat(out.toString()).contains("PASSED sql/tautology", "PASSED xss/script", "PASSED open/no-credential");
    }

    /** How many attacks of a class were denied. */
    private int denied(String kind) {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(kind + " "))
                .mapToInt(line -> Integer.parseInt(line.strip().split(" +")[1]))
                .findFirst()
                .orElse(0);
    }
}
