package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inventory as a guard of a build: what became public is found. */
class RoutesCommandTest {

    private static final String BEFORE = """
            clients: { acme: { api-keys: ["sha256:abababababababababababababababababababababababababababababababab"] } }
            policies:
              open: { paths: [/status], methods: [GET], public: true }
              shop: { paths: [/shop/**], ip: { allow: [10.0.0.0/8] }, authenticate: [api-key] }
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private String inventory(String yaml) throws Exception {
        assertThat(run("routes", file("before.yml", yaml), "--json")).isZero();
        return file("before.json", out.toString());
    }

    private String against(String yaml, String name) throws Exception {
        var inventory = inventory(BEFORE);
        var code = run("routes", file(name, yaml), "--against", inventory);
        return code + " " + out.toString().strip().replace(System.lineSeparator(), ", ");
    }

    @Test
    void findsWhatBecamePublic() throws Exception {
        assertThat(against(BEFORE, "now.yml")).isEqualTo("0 ");
        assertThat(against(BEFORE + "  new: { paths: [/new], public: true }\n", "now.yml"))
                .isEqualTo("1 * /new");
        assertThat(against(BEFORE.replace("authenticate: [api-key]", "public: true"), "now.yml"))
                .isEqualTo("1 * /shop/**");
        assertThat(against(BEFORE.replace("[GET]", "[GET, POST]"), "now.yml")).isEqualTo("1 POST /status");
        assertThat(against(BEFORE.replace(", methods: [GET]", ""), "now.yml")).isEqualTo("1 * /status");
    }

    @Test
    void findsNothingInWhatBecameStricter() throws Exception {
        assertThat(against("policies: { open: { paths: [/status], methods: [GET], public: true } }", "now.yml"))
                .isEqualTo("0 ");
    }

    @Test
    void comparesInventoriesOfManagementEndpointsToo() throws Exception {
        var route = "{\"paths\":[\"/a\"],\"methods\":[],\"access\":\"%s\"}";
        assertThat(against("[" + route.formatted("PUBLIC") + "]", "now.json")).isEqualTo("1 * /a");
        assertThat(against("[" + route.formatted("AUTHENTICATED") + "]", "now.json"))
                .isEqualTo("0 ");
    }

    @Test
    void takesNothingElseForAnInventory() throws Exception {
        for (var text : new String[] {"{}", "[{}]", "[{\"paths\":[],\"access\":\"WHATEVER\"}]", "17"}) {
            var inventory = file("x.json", text);
            assertThat(run("routes", file("now.yml", BEFORE), "--against", inventory))
                    .isEqualTo(1);
        }
        assertThat(err.toString()).contains("expected");
    }
}
