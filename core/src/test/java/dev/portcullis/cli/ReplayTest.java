package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.Header;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Resources;
import dev.portcullis.fixture.Suites;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {

    private static final String GOLDEN = "golden";
    private static final String ANYTHING = """
      otherwise: proceed
      policies:
        all:
          paths: [/**]
          public: true
          rate-limits: { flood: { permits: 1000000000, per: 1s, by: address } }
          body: { max-size: 10MB }
          attacks: { mode: observe }
      """;

    private final StringWriter progress = new StringWriter();

    private static Session session(String yaml) {
        return Session.of(
                PolicyFile.parse("p.yml", yaml, name -> null),
                Resources.in(Path.of(""), ReplayTest.class.getClassLoader()));
    }

    private String replay(String yaml, Lines lines) throws IOException {
        var out = new StringWriter();
        try (var session = session(yaml)) {
            var replay = new Replay(session, new PrintWriter(progress, true));
            replay.run(lines, out);
            progress.append(replay.summary());
        }
        return out.toString();
    }

    private String replay(String yaml, String traffic) throws IOException {
        return replay(yaml, Lines.of(new ByteArrayInputStream(traffic.getBytes(StandardCharsets.UTF_8))));
    }

    private static String resource(String name) throws IOException {
        try (var stream = ReplayTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void saysWhatTheGoldenFileSays() throws Exception {
        var results = replay(resource(GOLDEN + ".yml"), resource(GOLDEN + ".jsonl"));
        assertThat(results.replaceAll("\"nanos\":\\d+", "\"nanos\":0")).isEqualTo(resource(GOLDEN + ".results.jsonl"));
    }

    @Test
    void readsZippedTraffic(@TempDir Path directory) throws Exception {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write("{\"id\":\"1\",\"method\":\"GET\",\"target\":\"/\",\"headers\":[[\"Host\",\"h\"]]}"
                    .getBytes(StandardCharsets.UTF_8));
        }
        try (var lines = Lines.of(Files.write(directory.resolve("traffic.jsonl.gz"), zipped.toByteArray()))) {
            assertThat(replay(ANYTHING, lines)).startsWith("{\"id\":\"1\",\"decision\":\"proceed\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "http://",
                "http://host",
                "https://host?x=1",
                "HTTP://HOST/a?b",
                "//",
                "a",
                "?",
                "#",
                "/%",
                "/%zz",
                "/%00",
                "/a?%",
                "/\\u0000",
                "/\\ud800",
                "/a;b=c",
                "http://[::1",
                "/../../etc/passwd",
                "host:443"
            })
    void judgesHostileTargets(String target) throws Exception {
        var line = "{\"id\":\"1\",\"method\":\"GET\",\"target\":\"" + target + "\",\"headers\":[[\"Host\",\"h\"]]}";
        assertThat(replay(ANYTHING, line)).matches("\\{\"id\":\"1\",\"decision\":\"(stop|proceed)\".*\n");
    }

    @ParameterizedTest
    @CsvSource({
        "http://host/a, proceed",
        "https://host:8443?a=/@, proceed",
        "http://user@host/a, stop",
        "http://host@evil.example, stop",
        "http:///a, stop",
        "ftp://host/a, stop"
    })
    void judgesTargetsForProxiesAsServersDo(String target, String decision) throws Exception {
        var line = "{\"id\":\"1\",\"method\":\"GET\",\"target\":\"" + target + "\",\"headers\":[[\"Host\",\"host\"]]}";
        assertThat(replay(ANYTHING, line)).startsWith("{\"id\":\"1\",\"decision\":\"" + decision + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "1",
                "{",
                "{}",
                "{\"id\":1}",
                "{\"method\":\"GET\"}",
                "{\"method\":1,\"target\":\"/\"}",
                "{\"method\":\"GET\",\"target\":\"/\",\"remote\":\"localhost\"}",
                "{\"method\":\"GET\",\"target\":\"/\",\"headers\":[[\"a\"]]}",
                "{\"method\":\"GET\",\"target\":\"/\",\"headers\":[[\"a\",1]]}",
                "{\"method\":\"GET\",\"target\":\"/\",\"bodyBase64\":\"%\"}",
                "{\"method\":\"GET\",\"target\":\"/\",\"at\":\"yesterday\"}",
                "{\"method\":\"GET\",\"target\":\"/\"} {}",
            })
    void saysWhichLinesAreMalformedAndGoesOn(String line) throws Exception {
        var results = replay(ANYTHING, line + "\n{\"id\":\"good\",\"method\":\"GET\",\"target\":\"/\"}\n")
                .lines()
                .toList();
        assertThat(results).hasSize(2);
        assertThat(results.get(0)).contains("\"error\":\"line 1: ");
        assertThat(results.get(1)).contains("\"id\":\"good\"", "\"decision\"");
        assertThat(progress.toString()).contains("1 lines malformed");
    }

    @Test
    void survivesDeepAndLongLines() throws Exception {
        assertThat(replay(ANYTHING, "[".repeat(1_000_000))).contains("line 1: no JSON");
        var cut = replay(ANYTHING, Lines.of(new Endless('x', Lines.MAX_LENGTH + 5L)));
        assertThat(cut).contains("line 1: more than 16777216 bytes");
    }

    @Test
    void judgesAsIfTheApplicationReadTheBody() throws Exception {
        var line =
                "{\"method\":\"POST\",\"target\":\"/\",\"headers\":[[\"Host\",\"h\"],[\"Transfer-Encoding\",\"chunked\"]],\"body\":\""
                        + "x".repeat(2000) + "\"}";
        assertThat(replay("policies: { a: { paths: [/**], public: true, body: { max-size: 1KB } } }", line))
                .contains("\"decision\":\"stop\",\"status\":413,\"code\":\"body-too-large\",\"rule\":\"a.body\"");
    }

    @Test
    void tellsOfItsProgressOnLongFiles() throws Exception {
        var line = "{\"method\":\"GET\",\"target\":\"/\"}\n";
        var session = session("otherwise: proceed");
        try (session;
                var lines = Lines.of(new Repeated(line, 100_001))) {
            new Replay(session, new PrintWriter(progress, true)).run(lines, Writer.nullWriter());
        }
        assertThat(progress.toString()).contains("100000 lines");
    }

    @ParameterizedTest
    @Tag("suite")
    @ValueSource(
            strings = {
                "traffic/libinjection.jsonl.gz", "traffic/payloadbox.jsonl.gz", "traffic/fuzzdb.jsonl.gz",
                        "traffic/csic2010.jsonl.gz",
                "traffic/benign-accesslog.jsonl.gz", "traffic/benign-faker.jsonl.gz",
                        "traffic/benign-markdown.jsonl.gz", "crs/tests.jsonl.gz"
            })
    void judgesRecordedTraffic(String suite) throws Exception {
        var json = JsonMapper.builder().build();
        try (var lines = Lines.of(Suites.require(suite))) {
            var results = replay(ANYTHING, lines).lines().toList();
            assertThat(results).hasSizeGreaterThan(500);
            for (var result : results) {
                var node = json.readTree(result);
                assertThat(node.path("error").asText())
                        .satisfiesAnyOf(
                                error -> assertThat(error).isEmpty(),
                                error -> assertThat(error).endsWith("method: missing (expected: a text)"));
            }
        }
    }

    /** A stream of one byte again and again. */
    private static final class Endless extends InputStream {

        private final int octet;
        private long left;

        Endless(int octet, long length) {
            this.octet = octet;
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? octet : -1;
        }

        @Override
        public int read(byte[] into, int from, int count) {
            var filled = (int) Math.min(count, left);
            Arrays.fill(into, from, from + filled, (byte) octet);
            left -= filled;
            return filled == 0 ? -1 : filled;
        }
    }

    /** A stream of one text again and again. */
    private static final class Repeated extends InputStream {

        private final byte[] text;
        private final long times;
        private long at;

        Repeated(String text, long times) {
            this.text = text.getBytes(StandardCharsets.UTF_8);
            this.times = times;
        }

        @Override
        public int read() {
            return at / text.length >= times ? -1 : text[(int) (at++ % text.length)];
        }
    }

    @Test
    void readsFieldsWithoutTheBlanksAroundThemAsServersDo() throws Exception {
        var line = TrafficLine.parse(
                "{\"method\": \"GET\", \"target\": \"/\", \"headers\": [[\"X-A\", \" \\t a  b \\t\"]]}");
        assertThat(line.wire().headers()).extracting(Header::value).containsExactly("a  b");
    }
}
