package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Lints, explains and replays, as from a shell. */
@Isolated("sets the standard input")
class MainTest extends CommandStage {

    private static final String KEY = "c4n4ry-api-key-0123456789";

    private String guarded() throws Exception {
        runWith(KEY, "keys", "hash");
        var hash = out.toString().strip();
        out.getBuffer().setLength(0);
        return policy("""
        clients: { acme: { api-keys: ["%s"], scopes: [read] } }
        policies:
          a:
            paths: [/a]
            authenticate: [api-key]
            authorize: { scopes: [read], mode: observe }
            rate-limits: { burst: { permits: 1, per: 1m } }
            body: { max-size: 1KB }
        """.formatted(hash));
    }

    @Test
    void isUsedWronglyWithoutACommand() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("lint")).isEqualTo(2);
        assertThat(run("dance")).isEqualTo(2);
        assertThat(run("replay", "--policy", "p.yml")).isEqualTo(2);
        assertThat(run("keys")).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: portcullis");
    }

    @Test
    void saysWhatItCanDo() {
        assertThat(run("--help")).isEqualTo(0);
        assertThat(out.toString()).contains("lint", "explain", "replay", "init", "hash", "keys");
    }

    @Test
    void failsPlainlyOnAFileThatIsNotThere() {
        assertThat(run("hash", directory.resolve("none.yml").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("no such file").doesNotContain("\tat ");
    }

    @Test
    void lintsAllProblemsAtOnce() throws Exception {
        assertThat(run("lint", policy("mode: off\npolicies: { a: { paths: [a], colour: red } }")))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "error[configuration] mode (p.yml:1:7): `off`",
                        "policies.a.paths[0]",
                        "policies.a.colour",
                        "help: ",
                        "4 errors");
    }

    @Test
    void lintsWithoutErrors() throws Exception {
        assertThat(run("lint", guarded())).isEqualTo(0);
        assertThat(out.toString())
                .contains("note[observed] policies.a.authorize.mode", "0 errors, 0 warnings, 1 notes");
    }

    @Test
    void lintsWhatIsNoYaml() throws Exception {
        assertThat(run("lint", policy("a: ["))).isEqualTo(1);
        assertThat(out.toString()).contains("error[configuration] p.yml:1:5: no YAML");
    }

    @Test
    void writesSarif() throws Exception {
        assertThat(run("lint", "--sarif", policy("mode: off\n"))).isEqualTo(1);
        var sarif = JsonMapper.builder().build().readTree(out.toString());
        assertThat(sarif.path("version").asText()).isEqualTo("2.1.0");
        var result = sarif.at("/runs/0/results/0");
        assertThat(result.path("ruleId").asText()).isEqualTo("configuration");
        assertThat(result.path("level").asText()).isEqualTo("error");
        assertThat(result.at("/message/text").asText()).startsWith("`mode`: `off` (expected: a mode); write one of");
        assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt())
                .isEqualTo(1);
        assertThat(result.at("/locations/0/physicalLocation/region/startColumn").asInt())
                .isEqualTo(7);
        assertThat(sarif.at("/runs/0/tool/driver/rules").findValuesAsText("id")).contains("configuration", "unguarded");
    }

    @Test
    void writesAStarterThatLintsAndOverwritesNothing() throws Exception {
        var file = directory.resolve("new.yml").toString();
        assertThat(run("init", file)).isEqualTo(0);
        var text = Files.readString(Path.of(file));
        assertThat(run("lint", file)).isEqualTo(0);
        assertThat(out.toString()).contains("nothing found");
        assertThat(run("init", file)).isEqualTo(1);
        assertThat(Files.readString(Path.of(file))).isEqualTo(text);
    }

    @Test
    void hashesWhatIsWrittenAndNotHow() throws Exception {
        assertThat(run("hash", policy("policies: { a: { paths: [/a], public: true } }")))
                .isEqualTo(0);
        assertThat(run("hash", policy("# c\npolicies: { a: { public: true, paths: [/a] } }")))
                .isEqualTo(0);
        var digests = out.toString().lines().toList();
        assertThat(digests).hasSize(2).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
        assertThat(digests.get(0)).isEqualTo(digests.get(1));
    }

    @Test
    void explainsARequestRuleByRule() throws Exception {
        var policy = guarded();
        assertThat(run(
                        "explain",
                        "--policy",
                        policy,
                        "--target",
                        "/a?x=" + KEY,
                        "--header",
                        "Host: h",
                        "--header",
                        "X-API-Key: " + KEY))
                .isEqualTo(0);
        assertThat(out.toString())
                .contains(
                        "GET /a from 127.0.0.1",
                        "route: a /a",
                        "protocol            enforce  pass",
                        "a.authentication    enforce  pass    identifies client `acme`",
                        "a.authorization     observe  pass",
                        "outcome: proceed",
                        "policy: ")
                .doesNotContain(KEY);
    }

    @Test
    void explainsWhyARequestIsStopped() throws Exception {
        assertThat(run("explain", "--policy", guarded(), "--target", "/a", "--method", "POST", "--header", "Host: h"))
                .isEqualTo(0);
        assertThat(out.toString())
                .contains(
                        "deny    401 authentication-required: no-credential",
                        "outcome: stop 401 authentication-required, by a.authentication");
    }

    @Test
    void explainsALineOfTraffic() throws Exception {
        var line =
                "{\"id\":\"1\",\"remote\":\"192.0.2.1\",\"method\":\"GET\",\"target\":\"/nowhere\",\"headers\":[[\"Host\",\"h\"]]}";
        assertThat(runWith(line, "explain", "--policy", guarded())).isEqualTo(0);
        assertThat(out.toString()).contains("from 192.0.2.1", "route: otherwise", "outcome: stop 403 no-policy");
        assertThat(runWith("{}", "explain", "--policy", guarded())).isEqualTo(2);
    }

    @Test
    void explainsAtAGivenTime() throws Exception {
        assertThat(run("explain", "--policy", guarded(), "--target", "/a", "--at", "2026-01-01T00:00:00Z"))
                .isEqualTo(0);
        assertThat(run("explain", "--policy", guarded(), "--target", "/a", "--at", "soon"))
                .isEqualTo(2);
        assertThat(run("explain", "--policy", guarded(), "--target", "/a", "--header", "nothing"))
                .isEqualTo(2);
        assertThat(run("explain", "--policy", guarded(), "--target", "/a", "--remote", "localhost"))
                .isEqualTo(2);
    }

    @Test
    void replaysTraffic() throws Exception {
        var traffic = directory.resolve("in.jsonl");
        Files.writeString(traffic, """
        {"id":"1","method":"GET","target":"/a","headers":[["Host","h"],["X-API-Key","%1$s"]],"at":"2026-01-01T00:00:00Z","kind":"benign","response":{"status":200}}
        {"id":"2","method":"GET","target":"/a","headers":[["Host","h"],["X-API-Key","%1$s"]],"response":{"status":200}}
        {"id":"3","method":"GET","target":"/a","headers":[["Host","h"],["X-API-Key","%1$s"]],"at":"2026-01-01T00:01:00Z"}
        """.formatted(KEY));
        var results = directory.resolve("out.jsonl");
        assertThat(run("replay", "--policy", guarded(), "--traffic", traffic.toString(), "--out", results.toString()))
                .isEqualTo(0);
        var lines = Files.readAllLines(results);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith(
                        "{\"id\":\"1\",\"decision\":\"proceed\",\"status\":200,\"code\":null,\"rule\":null,\"headers\":[[\"RateLimit");
        assertThat(lines.get(1))
                .startsWith(
                        "{\"id\":\"2\",\"decision\":\"stop\",\"status\":429,\"code\":\"rate-limited\",\"rule\":\"a.rate-limit.burst\"")
                .contains("\"matched\":[\"a.rate-limit.burst\",\"burst\"]");
        assertThat(json(lines.get(2)).path("decision").asText()).isEqualTo("proceed");
        assertThat(json(lines.get(2)).path("status").isNull()).isTrue();
        assertThat(err.toString()).contains("3 requests: 1 stopped, 2 proceed; 0 lines malformed");
        assertThat(String.join("", lines)).doesNotContain(KEY);
    }

    @Test
    void tellsWhomLimitsWouldHit(@TempDir Path folder) throws Exception {
        var policy = Files.writeString(
                folder.resolve("limits.yml"),
                "portcullis: { policies: { p: { paths: [/**], public: true, rate-limits: { burst: { permits: 2, per: 1m,"
                        + " by: address, mode: observe } } } } }");
        var lines = new StringBuilder();
        for (var i = 0; i < 20; i++) {
            var remote = i < 6 ? "192.0.2.1" : i < 10 ? "192.0.2.2" : "198.51.100." + i;
            lines.append("{\"id\":\"" + i + "\",\"remote\":\"" + remote
                    + "\",\"method\":\"GET\",\"target\":\"/\",\"headers\":[[\"Host\",\"a\"]]}\n");
        }
        var traffic = Files.writeString(folder.resolve("limits.jsonl"), lines);

        var code = run(
                "replay",
                "--policy",
                policy.toString(),
                "--traffic",
                traffic.toString(),
                "--out",
                folder.resolve("out.jsonl").toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(err.toString())
                .endsWith("limited: address 192.0.2.1, 4 times\nlimited: address 192.0.2.2, 2 times\n");
    }

    @Test
    void replaysOnWhenALineIsMalformed() throws Exception {
        var traffic = directory.resolve("in.jsonl");
        Files.writeString(traffic, "\nnonsense\n{\"id\":\"2\"}\n{\"id\":\"3\",\"method\":\"GET\",\"target\":\"/a\"}\n");
        var results = directory.resolve("out.jsonl");
        assertThat(run("replay", "--policy", guarded(), "--traffic", traffic.toString(), "--out", results.toString()))
                .isEqualTo(1);
        var lines = Files.readAllLines(results);
        assertThat(lines.get(0)).isEqualTo("{\"id\":\"\",\"error\":\"line 2: no JSON\"}");
        assertThat(lines.get(1)).isEqualTo("{\"id\":\"2\",\"error\":\"line 3: method: missing (expected: a text)\"}");
        assertThat(json(lines.get(2)).path("decision").asText()).isEqualTo("stop");
    }

    private static JsonNode json(String line) throws Exception {
        return JsonMapper.builder().build().readTree(line);
    }
}
