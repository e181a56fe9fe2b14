package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.ApiKeyHash;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recorded traffic shows of a policy file. */
class TrafficLintTest {

    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
    private static final String KEY = "a-key-of-acme-0123456789abcdef";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final List<String> lines = new ArrayList<>();

    private void line(String remote, String target, Duration after, String... headers) {
        var pairs = new StringBuilder("[[\"Host\", \"a\"]");
        for (var i = 0; i < headers.length; i += 2) {
            pairs.append(", [\"")
                    .append(headers[i])
                    .append("\", \"")
                    .append(headers[i + 1])
                    .append("\"]");
        }
        lines.add("{\"id\": \"n" + lines.size() + "\", \"remote\": \"" + remote
                + "\", \"method\": \"GET\", \"target\": \"" + target + "\", \"headers\": " + pairs + "], \"at\": \""
                + START.plus(after) + "\"}");
    }

    private void lines(int times, String remote, String target, Duration after) {
        IntStream.range(0, times).forEach(i -> line(remote, target, after.plusMillis(i)));
    }

    private int lint(String yaml, String... more) throws IOException {
        var policy = Files.writeString(folder.resolve("p.yml"), yaml);
        var traffic = folder.resolve("t.jsonl");
        Files.write(traffic, lines);
        var arguments = new ArrayList<>(List.of("lint", policy.toString(), "--traffic", traffic.toString()));
        arguments.addAll(Arrays.asList(more));
        return Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), arguments.toArray(String[]::new));
    }

    private static String limited(String more) {
        return "policies: { a: { paths: [/a/**], public: true, rate-limits: { burst: { permits: 3, per: 1m, by: address"
                + more + " } } } }\n";
    }

    @Test
    void aLimitBelowWhatIsNormalIsAWarningAndNoError() throws IOException {
        for (var caller = 0; caller < 10; caller++) {
            lines(caller < 9 ? 2 : 7, "192.0.2." + caller, "/a/b", Duration.ZERO);
        }
        assertThat(lint(limited(""))).isZero();
        assertThat(out.toString())
                .contains("warning[limit-below-traffic] policies.a.rate-limits.burst.permits")
                .contains(
                        "`3` per PT1M, but one of a hundred of 10 periods of callers uses 7 or more; the most is 7, and 1 exceed it")
                .contains("write `7` or more");
    }

    @Test
    void oneCallerOfTwoHundredIsNotNormal() throws IOException {
        IntStream.range(0, 200).forEach(i -> lines(i == 7 ? 50 : 3, "198.51.100." + i, "/a/b", Duration.ofSeconds(i)));
        lint(limited(""));
        assertThat(out.toString()).doesNotContain("limit-below-traffic");
    }

    @Test
    void usesAreOfPeriodsThatBeginWithTheFirstRequest() throws IOException {
        line("192.0.2.1", "/a/b", Duration.ofSeconds(50));
        IntStream.range(0, 3).forEach(i -> line("192.0.2.1", "/a/b", Duration.ofSeconds(70 + i)));
        IntStream.range(0, 3).forEach(i -> line("192.0.2.1", "/a/b", Duration.ofSeconds(111 + i)));
        lint(limited(""));
        assertThat(out.toString()).contains("one of a hundred of 2 periods of callers uses 4 or more");
        lines.clear();
        out.getBuffer().setLength(0);
        IntStream.range(0, 9).forEach(i -> line("192.0.2.1", "/a/b", Duration.ofSeconds(21 * i)));
        lint(limited(""));
        assertThat(out.toString()).doesNotContain("limit-below-traffic");
    }

    @Test
    void whoExceedsALimitIsSeenByTheOnesBehindItAndByItsKey() throws IOException {
        var yaml = "clients: { acme: { api-keys: [\"" + ApiKeyHash.of(KEY) + "\"] } }\n"
                + "policies: { a: { paths: [/a/**], authenticate: [api-key], rate-limits: {"
                + " early: { permits: 1, per: 1h, by: address }, late: { permits: 5, per: 1h } },"
                + " quotas: { day: { permits: 4, per: P1D, by: client } } } }\n";
        IntStream.range(0, 8).forEach(i -> line("192.0.2." + i, "/a/b", Duration.ofSeconds(i), "X-API-Key", KEY));
        lint(yaml);
        assertThat(out.toString())
                .contains("policies.a.rate-limits.late.permits")
                .contains("policies.a.quotas.day.permits")
                .doesNotContain("rate-limits.early")
                .doesNotContain("traffic-unclear");
        lines.clear();
        out.getBuffer().setLength(0);
        IntStream.range(0, 8).forEach(i -> line("192.0.2.1", "/a/b", Duration.ofSeconds(i), "X-API-Key", "wrong"));
        lint(yaml);
        assertThat(out.toString())
                .contains("rate-limits.early.permits")
                .doesNotContain("rate-limits.late")
                .contains("8 of 8 requests are denied before all of their limits are asked");
    }

    @Test
    void wrongCredentialsLockNobodyOut() throws IOException {
        var yaml = "clients: { acme: { api-keys: [\"" + ApiKeyHash.of(KEY) + "\"] } }\n"
                + "brute-force: { address: 1, pair: 1 }\n"
                + "policies: { a: { paths: [/a/**], authenticate: [api-key], penalty: { deny-at: 1 },"
                + " rate-limits: { late: { permits: 5, per: 1h } } } }\n";
        IntStream.range(0, 20).forEach(i -> line("192.0.2.1", "/a/b", Duration.ofSeconds(i), "X-API-Key", "wrong" + i));
        IntStream.range(0, 9).forEach(i -> line("192.0.2.1", "/a/b", Duration.ofSeconds(30 + i), "X-API-Key", KEY));
        lint(yaml);
        assertThat(out.toString()).contains("uses 9 or more");
    }

    @Test
    void policiesThatNobodyMeetsAndRequestsThatNoneCovers() throws IOException {
        lines(3, "192.0.2.1", "/a/b", Duration.ZERO);
        IntStream.range(0, 4).forEach(i -> line("192.0.2.1", "/old/users/" + (100 + i), Duration.ZERO));
        line("192.0.2.1", "/x", Duration.ZERO);
        lint("policies: { a: { paths: [/a/**, /aa], public: true }, b: { paths: [/b/**], public: true } }\n");
        assertThat(out.toString())
                .contains("warning[policy-unmatched] policies.b")
                .contains("note[path-unmatched] policies.a.paths[1]")
                .contains("no request goes to `/aa`")
                .doesNotContain("policy-unmatched] policies.a ")
                .contains("`GET /old/users/*` is for no policy: 4 requests, the first `n3`")
                .contains("`GET /x` is for no policy: 1 requests");
    }

    @Test
    void exemptionsThatAreUsedAndThatAreNot() throws IOException {
        lines(9, "192.0.2.1", "/a/b", Duration.ZERO);
        lint(limited(", exempt: { addresses: [192.0.2.1] }"));
        assertThat(out.toString())
                .contains("note[exemption-used] policies.a.rate-limits.burst.exempt")
                .contains("9 of 9 requests are exempt")
                .doesNotContain("limit-below-traffic");
        out.getBuffer().setLength(0);
        lint(limited(", exempt: { addresses: [192.0.2.2] }"));
        assertThat(out.toString()).contains("note[exemption-unused]").contains("limit-below-traffic");
    }

    @Test
    void linesWithoutATimeSayNothingOfLimits() throws IOException {
        lines(9, "192.0.2.1", "/a/b", Duration.ZERO);
        lines.replaceAll(line -> line.replaceAll(", \"at\": [^}]*", ""));
        lint(limited(""));
        assertThat(out.toString())
                .contains("9 of 9 lines do not say when they came")
                .doesNotContain("limit-below-traffic");
    }

    @Test
    void aFileThatDoesNotStartIsNotHeldAgainstTraffic() throws IOException {
        lines(9, "192.0.2.1", "/a/b", Duration.ZERO);
        assertThat(lint("policies: { a: { paths: [a] } }\n")).isEqualTo(Main.FOUND);
        assertThat(out.toString()).doesNotContain("unmatched");
        assertThat(lint(limited(""), "--baseline", folder.resolve("p.yml").toString()))
                .isEqualTo(2);
    }

    @Test
    void amountsAreExactWhereTheyAreSmallAndNearWhereTheyAreLarge() {
        var amounts = new Amounts();
        assertThat(amounts.percentile(99)).isZero();
        for (var i = 1; i <= 1000; i++) {
            amounts.add(i);
        }
        assertThat(amounts.percentile(99)).isEqualTo(990);
        assertThat(amounts.percentile(50)).isEqualTo(500);
        assertThat(amounts.above(990)).isEqualTo(10);
        for (var large : new long[] {1024, 5_000, 1_000_000, 123_456_789_012L, Long.MAX_VALUE}) {
            var one = new Amounts();
            one.add(large);
            assertThat(one.percentile(99)).isBetween(large - large / 128, large);
            assertThat(one.most()).isEqualTo(large);
        }
    }
}
