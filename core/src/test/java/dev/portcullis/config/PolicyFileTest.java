package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {

    private static PolicyFile parse(String yaml) {
        return PolicyFile.parse("p.yml", yaml, Map.of("MODE", "observe", "PERMITS", "7", "TRICK", "a: b\nc: [d")::get);
    }

    @Test
    void readsTheTreeUnderItsRootOrAlone() {
        assertThat(parse("portcullis:\n  mode: observe\n").configuration())
                .isEqualTo(parse("mode: observe\n").configuration());
    }

    @Test
    void readsWhatIsOursOfTheFileOfASpringBootApplication() {
        var yaml = """
            idp: { port: "${IDP_PORT:9090}", host: { name: idp.example.com } }
            spring: { application: { name: "${not.there}" } }
            loop: { a: "${loop.a}" }
            portcullis:
              issuers:
                main: { issuer: "https://${idp.host.name}:${idp.port}${no-such.key:/x}", audiences: [a] }
            """;
        var file = PolicyFile.parse("application.yml", yaml, Map.of("IDP_PORT", "7")::get);
        assertThat(file.problems()).isEmpty();
        assertThat(file.configuration().issuers().get("main").issuer()).isEqualTo("https://idp.example.com:7/x");
        assertThat(PolicyFile.parse("application-test.yaml", yaml, Map.of("IDP_HOST_NAME", "h")::get)
                        .configuration()
                        .issuers()
                        .get("main")
                        .issuer())
                .isEqualTo("https://h:9090/x");
        assertThat(PolicyFile.parse("p.yml", yaml, name -> null).problems()).isNotEmpty();
        assertThat(PolicyFile.parse("application.yml", yaml + "policies: {}\n", name -> null)
                        .problems())
                .as("a policy that stands beside is not overlooked")
                .isNotEmpty();
        assertThat(PolicyFile.parse("application.yml", yaml.replace("idp.port", "loop.a"), name -> null)
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("issuers.main.issuer"));
    }

    @Test
    void readsNothingFromAnEmptyFile() {
        assertThat(parse("").configuration()).isEqualTo(Configuration.empty());
        assertThat(parse("# nothing yet\n").configuration()).isEqualTo(Configuration.empty());
    }

    @Test
    void readsEveryScalarAsTheTextThatIsWritten() {
        var body = parse(
                        "policies: { a: { body: { max-size: 010 }, public: yes, mode: 1.50, methods: [0x1F, 'null'] } }")
                .configuration()
                .policies()
                .get("a");
        assertThat(body.body().maxSize()).isEqualTo("010");
        assertThat(body.public_()).isEqualTo("yes");
        assertThat(body.mode()).isEqualTo("1.50");
        assertThat(body.methods()).containsExactly("0x1F", "null");
    }

    @Test
    void knowsWhereKeysAreWritten() {
        var places = parse("portcullis:\n  policies:\n    a:\n      paths:\n        - /a\n        - /b\n")
                .places();
        assertThat(places.of("policies.a.paths[1]")).isEqualTo("p.yml:6:11");
        assertThat(places.of("policies.a.paths")).isEqualTo("p.yml:4:7");
        assertThat(places.of("policies.a.body.max-size")).isEqualTo("p.yml:3:5");
        assertThat(places.of("issuers.main.issuer")).isEqualTo("p.yml:2:3");
        assertThat(places.of("Orders.create.authorize")).isEmpty();
    }

    @Test
    void putsEnvironmentVariablesInTheirPlace() {
        assertThat(parse("mode: ${MODE}").configuration().mode()).isEqualTo("observe");
        assertThat(parse("mode: ${NONE:enforce}").configuration().mode()).isEqualTo("enforce");
        assertThat(parse("mode: ${NONE:}").configuration().mode()).isEmpty();
        assertThat(parse("mode: a${MODE}b${PERMITS}c").configuration().mode()).isEqualTo("aobserveb7c");
        assertThat(parse("otherwise: ${NONE:https://a:1/}").configuration().otherwise())
                .isEqualTo("https://a:1/");
    }

    @Test
    void takesNoYamlFromEnvironmentVariables() {
        var file = parse("mode: ${TRICK}");
        assertThat(file.configuration().mode()).isEqualTo("a: b\nc: [d");
        assertThat(file.problems()).isEmpty();
    }

    @Test
    void sharesAnchoredValues() {
        var policies = parse("""
            policies:
              a: { paths: [/a], ip: &office { allow: [192.0.2.0/24] } }
              b: { paths: [/b], ip: *office }
            """).configuration().policies();
        assertThat(policies.get("b").ip()).isEqualTo(policies.get("a").ip());
    }

    @Test
    void readsNoAliasThatMultiplies() {
        var yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 12; i++) {
            yaml.append("a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        assertThatThrownBy(() -> parse(yaml.toString()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("more than 100000 values, aliases included");
    }

    @Test
    void readsNoAliasOfWhatItIsIn() {
        assertThatThrownBy(() -> parse("a: &a [*a]\n")).hasMessageContaining("alias `*a` stands for nothing");
    }

    @Test
    void readsNothingDeeperThanItsBound() {
        assertThatThrownBy(() -> parse("a: " + "[".repeat(100_000))).hasMessageContaining("more than 32 levels");
        assertThatThrownBy(() -> parse("{a: ".repeat(1000) + "}".repeat(1000)))
                .hasMessageContaining("more than 32 levels");
    }

    @Test
    void readsNothingLongerThanItsBound() {
        assertThatThrownBy(() -> parse("# " + "x".repeat(1 << 20))).hasMessageContaining("at most 1048576");
    }

    @Test
    void readsFilesInUtf8Only(@TempDir Path directory) throws Exception {
        var good = Files.writeString(directory.resolve("good.yml"), "policies: { a: { paths: [/ä] } }");
        assertThat(PolicyFile.read(good).configuration().policies().get("a").paths())
                .isEqualTo(List.of("/ä"));
        var bad = Files.write(directory.resolve("bad.yml"), "mode: ä".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PolicyFile.read(bad)).hasMessageContaining("not UTF-8");
    }

    @Test
    void keepsProblemsForTheGate() {
        var file = parse("mode: ${NONE}\nmoed: x\n");
        assertThat(file.problems()).extracting(Problem::key).containsExactly("mode", "moed");
        assertThatThrownBy(() -> Gate.builder(file).build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems()).hasSize(2));
    }

    @Test
    void saysThatPropertiesAreNotRead(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("application.properties"), "portcullis.mode=observe\n");
        assertThatThrownBy(() -> PolicyFile.read(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("application.yml");
    }
}
