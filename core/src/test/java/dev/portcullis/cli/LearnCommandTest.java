package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Resources;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exclusions that are learned from traffic. */
class LearnCommandTest {

    private static final String SQL = "1%27+or+%271%27=%271";
    private static final String MARKUP = "%3Cscript%20src=a.js%3E";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> lines = new ArrayList<>();

    private void line(String id, String remote, String target) {
        lines.add("{\"id\": \"" + id + "\", \"remote\": \"" + remote + "\", \"method\": \"GET\", \"target\": \""
                + target + "\", \"headers\": [[\"Host\", \"a\"]]}");
    }

    private void json(String id, String remote, String target, String body) {
        lines.add(
                "{\"id\": \"" + id + "\", \"remote\": \"" + remote + "\", \"method\": \"POST\", \"target\": \"" + target
                        + "\", \"headers\": [[\"Host\", \"a\"], [\"Content-Type\", \"application/json\"], [\"Content-Length\", \""
                        + body.length() + "\"]], \"body\": \"" + body.replace("\"", "\\\"") + "\"}");
    }

    private Path file(String name) throws IOException {
        var file = folder.resolve(name);
        Files.write(file, lines);
        lines.clear();
        return file;
    }

    private int learn(String... more) {
        var arguments = new ArrayList<>(List.of("attacks", "learn"));
        arguments.addAll(List.of(more));
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    }

    private int learn(Path traffic, String... more) {
        var arguments = new ArrayList<>(List.of("--traffic", traffic.toString()));
        arguments.addAll(List.of(more));
        return learn(arguments.toArray(String[]::new));
    }

    private void fromThree(String target) {
        IntStream.range(0, 3).forEach(i -> line("r" + i, "192.0.2." + i, target));
    }

    @Test
    void proposesWhatEnoughClientsAskForWithTheirRequests() throws IOException {
        fromThree("/search?q=" + SQL + "&page=1");
        line("fine", "192.0.2.9", "/search?q=shoes");

        assertThat(learn(file("t.jsonl"))).isEqualTo(Main.OK);
        assertThat(out.toString())
                .contains("# 4 requests: 3 are denied; with these 1 exclusions 3 of them pass")
                .contains("# 3 requests of 3 clients: r0, r1, r2")
                .contains("- { detector: sql-injection, in: query, parameter: \"q\", paths: [\"/search\"] }");
    }

    @Test
    void prefersThatADetectorIsNearlyCertain() throws IOException {
        fromThree("/posts/17?text=" + MARKUP);

        assertThat(learn(file("t.jsonl"))).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("parameter: \"text\", paths: [\"/posts/*\"], level: low }");
    }

    @Test
    void refusesWhatOneClientAloneAsksFor() throws IOException {
        IntStream.range(0, 50).forEach(i -> line("r" + i, "192.0.2.1", "/search?q=" + SQL));
        var traffic = file("t.jsonl");

        assertThat(learn(traffic)).isEqualTo(Main.FOUND);
        assertThat(out.toString())
                .contains("0 of them pass")
                .doesNotContain("exclude:")
                .contains("sql-injection at query `q` on /search: 50 requests of 1 client: r0");
        assertThat(learn(traffic, "--min-clients", "1")).isEqualTo(Main.OK);
    }

    @Test
    void addressesOfOneNetworkAreOneClient() throws IOException {
        IntStream.range(0, 5).forEach(i -> line("r" + i, "2001:db8::" + i, "/search?q=" + SQL));

        assertThat(learn(file("t.jsonl"))).isEqualTo(Main.FOUND);
    }

    @Test
    void proposesNothingThatWouldLetNothingPass() throws IOException {
        fromThree("/search?q=" + SQL + "&%3Cscript%3E=1");

        assertThat(learn(file("t.jsonl"))).isEqualTo(Main.FOUND);
        assertThat(out.toString()).doesNotContain("exclude:").contains("at a name on /search");
    }

    @Test
    void namesThePlaceInJson() throws IOException {
        IntStream.range(0, 3)
                .forEach(i -> json("j" + i, "192.0.2." + i, "/c", "{\"items\":[{\"note\":\"1' or '1'='1\"}]}"));

        assertThat(learn(file("t.jsonl"))).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("in: json, parameter: \"/items/*/note\", paths: [\"/c\"]");
    }

    @Test
    void saysWhatItWouldCost() throws IOException {
        fromThree("/search?q=" + SQL);
        var traffic = file("t.jsonl");
        line("a", "192.0.2.1", "/other?x=" + SQL);
        line("b", "192.0.2.1", "/search?q=" + SQL);
        line("c", "192.0.2.1", "/search?q=" + MARKUP);
        line("d", "192.0.2.1", "/search?q=plain");

        assertThat(learn(traffic, "--attacks", file("a.jsonl").toString())).isEqualTo(Main.OK);
        assertThat(out.toString())
                .contains("of 4 attacks 3 are denied now; 1 of these would pass")
                .contains("2 of 3 attacks would pass there");
    }

    @Test
    void leavesOutWhatIsLabelledAsAttack() throws IOException {
        fromThree("/search?q=" + SQL);
        lines.replaceAll(line -> line.replace("{\"id\"", "{\"kind\": \"attack\", \"id\""));

        assertThat(learn(file("t.jsonl"))).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("# 0 requests: none is denied");
        assertThat(err.toString()).contains("3 lines of the other kind were left out");
    }

    @Test
    void whatItProposesCanBePastedAndDoesWhatItSays() throws IOException {
        var yaml = "policies: { shop: { paths: [/**], public: true, attacks: { level: strict } } }";
        var policy = folder.resolve("p.yml");
        Files.writeString(policy, yaml);
        fromThree("/posts/17?te%22xt%5C=" + MARKUP);
        IntStream.range(0, 3).forEach(i -> json("j" + i, "192.0.2." + i, "/c", "{\"a/b\":[{\"~\":\"1' or '1'='1\"}]}"));
        var traffic = file("t.jsonl");

        assertThat(learn(traffic, "--policy", policy.toString())).isEqualTo(Main.OK);
        var pasted = out.toString()
                .replace("  shop:\n", "  shop:\n    paths: [/**]\n    public: true\n")
                .replace("attacks:\n", "attacks:\n      level: strict\n");
        var file = PolicyFile.parse("p.yml", pasted, name -> null);
        try (var session = Session.of(file, Resources.in(folder, getClass().getClassLoader()));
                var read = Lines.of(traffic)) {
            for (var line = read.next(); line != null; line = read.next()) {
                var parsed = parse(line);
                assertThat(session.judge(parsed).stopped()).as(line).isFalse();
            }
        }
    }

    private static TrafficLine parse(String line) {
        try {
            return TrafficLine.parse(line);
        } catch (TrafficLine.Malformed e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void showsNoValuesAndNoSecretsOfPaths() throws IOException {
        fromThree("/reset/eyJhbGciOiJIUzI1NiJ9abcdefghijkl/4711?q=" + SQL + "&token=sesame");

        learn(file("t.jsonl"));
        assertThat(out.toString())
                .contains("/reset/*/*")
                .doesNotContain("eyJ")
                .doesNotContain("4711")
                .doesNotContain("or '1'")
                .doesNotContain("sesame");
    }

    @Test
    void remembersBoundedlyMany() throws IOException {
        IntStream.range(0, 6_000).forEach(i -> line("r" + i, "192.0.2.1", "/a?p" + i + "=" + SQL));

        assertThat(learn(file("t.jsonl"))).isEqualTo(Main.FOUND);
        assertThat(out.toString()).contains("# 1000 requests ask for more than can be remembered");
    }

    @Test
    void aLineThatIsNoRequestIsToldAndStopsNothing() throws IOException {
        fromThree("/search?q=" + SQL);
        lines.add("nonsense");

        assertThat(learn(file("t.jsonl"))).isEqualTo(Main.FOUND);
        assertThat(out.toString()).contains("3 of them pass");
        assertThat(err.toString()).contains("t.jsonl:4: no JSON", "1 lines malformed");
    }

    @Test
    void learnsNothingFromNothing() throws IOException {
        assertThat(learn(file("t.jsonl"))).isEqualTo(Main.FOUND);
        assertThat(err.toString()).contains("no request was read");
    }

    @Test
    void namesTheFileThatCannotBeRead() throws IOException {
        assertThat(learn(folder)).isEqualTo(Main.FOUND);
        assertThat(err.toString()).contains("`" + folder + "` is a folder");
        var cut = Files.write(folder.resolve("cut.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1});
        assertThat(learn(cut)).isEqualTo(Main.FOUND);
        assertThat(err.toString()).contains("`" + cut + "`: ");
    }

    @Test
    void deniesWrongUse() {
        assertThat(learn("--traffic", "t", "--min-clients", "0")).isEqualTo(Main.USAGE);
        assertThat(learn("--traffic", "t", "--level", "high")).isEqualTo(Main.USAGE);
        assertThat(learn()).isEqualTo(Main.USAGE);
    }

    @Test
    void listsDetectorsWithTheirVersion() {
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), "attacks", "list"))
                .isEqualTo(Main.OK);
        assertThat(out.toString())
                .containsPattern("[0-9]+ detectors, version [0-9-]+")
                .contains("sql-injection  (low)")
                .contains("  caught:    1' or '1'='1");
        assertThat(Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), "attacks"))
                .isEqualTo(Main.USAGE);
    }
}
