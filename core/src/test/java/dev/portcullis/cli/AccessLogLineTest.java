package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.http.Wire;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access logs as recorded traffic. */
class AccessLogLineTest {

    private static final String COMMON =
            "192.0.2.7 - alice [28/Nov/2026:23:59:59 +0200] \"GET /orders/7?page=2 HTTP/1.1\" 401 512";

    @TempDir
    private Path folder;

    private static List<String> headers(Wire wire, String name) {
        return wire.headers().stream()
                .filter(header -> header.named(name))
                .map(header -> header.value())
                .toList();
    }

    @Test
    void saysWhoAskedForWhatAndWhen() throws Exception {
        var read = TrafficLine.parse(COMMON);
        assertThat(read.at()).isEqualTo(Instant.parse("2026-11-28T21:59:59Z"));
        assertThat(read.wire().method()).isEqualTo("GET");
        assertThat(read.wire().target()).isEqualTo("/orders/7?page=2");
        assertThat(read.response().status()).isEqualTo(401);
        assertThat(headers(read.wire(), "User-Agent")).containsExactly("unknown");
    }

    @Test
    void readsAgentsOfTheCombinedFormatWithWhatWasEscaped() throws Exception {
        var read = TrafficLine.parse(COMMON.replace("192.0.2.7", "2001:db8::1")
                + " \"https://example.com/\" \"a \\\"b\\\" \\x5b\\\\c\" 0.003");
        assertThat(headers(read.wire(), "Referer")).containsExactly("https://example.com/");
        assertThat(headers(read.wire(), "User-Agent")).containsExactly("a \"b\" [\\c");
        assertThat(headers(TrafficLine.parse(COMMON + " \"-\" \"-\"").wire(), "User-Agent"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.7 - -",
                "192.0.2.7 - - [28/Nov/2026:23:59:59 +0200] \"GET / HTTP/1.1",
                "192.0.2.7 - - [28/Nov/2026:23:59:59 +0200] \"-\" 400 0",
                "192.0.2.7 - - [28/Nov/2026:23:59:59 +0200] \"\\x16\\x03\" 400 0",
                "192.0.2.7 - - [28/Nov/2026:23:59:59 +0200] \"GET / HTTP/1.1\" - 0",
                "192.0.2.7 - - [31/Feb/2026:23:59:59 +0200] \"GET / HTTP/1.1\" x 0",
                "192.0.2.7 - - [28/Nov/2026] \"GET / HTTP/1.1\" 200 0",
                "192.0.2.7 - - [28/Nov/2026:23:59:59 +0200] \"GET / HTTP/1.1\" 200 0 \"a\" \"\\xz",
                "192.0.2.7 - - [28/Nov/2026:23:59:59 +0200] \"GET / HTTP/1.1\" 200 0 \"\\"
            })
    void findsNoRequestIn(String line) {
        assertThatThrownBy(() -> TrafficLine.parse(line)).isInstanceOf(TrafficLine.Malformed.class);
    }

    @Test
    void rehearsesLimitsWithTheLogOfYesterday() throws Exception {
        var policy = Files.writeString(folder.resolve("p.yml"), """
                https: {}
                policies:
                  a: { paths: [/orders/**], public: true, rate-limits: { m: { permits: 2, per: 1m, by: address } } }
                """);
        var log = Files.write(
                folder.resolve("access.log"),
                List.of(COMMON, COMMON, COMMON, COMMON.replace("192.0.2.7", "192.0.2.8")));
        var out = new StringWriter();
        var err = new StringWriter();
        var code = Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "replay",
                "--policy",
                policy.toString(),
                "--traffic",
                log.toString(),
                "--out",
                folder.resolve("o").toString());
        assertThat(code).isEqualTo(Main.OK);
        assertThat(out + err.toString())
                .contains("4 requests: 1 stopped, 3 proceed")
                .contains("limited: address 192.0.2.7, 1 times");
        assertThat(Main.run(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        "lint",
                        policy.toString(),
                        "--traffic",
                        log.toString()))
                .isEqualTo(Main.OK);
        assertThat(out + err.toString()).contains("limit-below-traffic").doesNotContain("no JSON");
    }
}
