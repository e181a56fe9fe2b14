package dev.portcullis.config;

import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.header;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.NameServer;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.store.Until;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Crawlers that prove who they are, through the whole gate and a DNS server. */
class CrawlersTest {

    private static final String GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    private static final String FORGED = "a.crawlers 403 agent-denied";
    private static final String LATER = "a.crawlers 503 could-not-tell";
    private static final String REVERSE = ".2.0.192.in-addr.arpa";

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final NameServer server = NameServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private Gate gate(String agents, String more) {
        var gate = unprepared(agents, more);
        gate.prepare().join();
        return gate;
    }

    private Gate unprepared(String agents, String more) {
        return Gate.builder(file("crawlers: { dns: [\"" + server.place() + "\"], timeout: 30s" + more + " }\n"
                        + "policies: { a: { paths: [/**], public: true, agents: { " + agents + " } } }\n"))
                .clock(clock)
                .build();
    }

    private Gate gate() {
        return gate("crawlers: [known]", "");
    }

    private static RecordedWire googlebot(int last) {
        return agent(GOOGLEBOT, last);
    }

    private static RecordedWire agent(String name, int last) {
        return get("/").with("User-Agent", name).from("192.0.2." + last);
    }

    private void isGoogles(int last) {
        server.pointer(last + REVERSE, "crawl-" + last + ".googlebot.com")
                .host("crawl-" + last + ".googlebot.com", "192.0.2." + last);
    }

    private static void becomes(Gate gate, RecordedWire wire, String expected) {
        Until.holds(() -> assertThat(outcome(gate, wire)).isEqualTo(expected));
    }

    private static void counts(Gate gate, String fate, double expected) {
        Until.holds(() -> assertThat(number(gate, fate)).isEqualTo(expected));
    }

    private static double number(Gate gate, String fate) {
        return gate.management().numbers().stream()
                .filter(one -> one.name().equals("portcullis_crawler_lookups_total"))
                .filter(one -> fate.equals(one.labels().get("fate")))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void aCrawlerPassesWhoseAddressProvesIt() {
        isGoogles(1);
        try (var gate = gate()) {
            assertThat(outcome(gate, googlebot(1))).isEqualTo(LATER);
            becomes(gate, googlebot(1), "proceed");
            assertThat(outcome(gate, agent("curl/8", 99))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/").from("192.0.2.98"))).isEqualTo("proceed");
            assertThat(server.asked())
                    .as("nothing else, though a question may be asked again whose answer comes late")
                    .containsOnly("PTR 1" + REVERSE, "A crawl-1.googlebot.com");
        }
    }

    @Test
    void whoOnlySaysSoIsDenied() {
        server.pointer("1" + REVERSE, "crawl-9.googlebot.com").host("crawl-9.googlebot.com", "192.0.2.9");
        server.pointer("2" + REVERSE, "googlebot.com.evil.example").host("googlebot.com.evil.example", "192.0.2.2");
        server.pointer("3" + REVERSE, "evilgooglebot.com").host("evilgooglebot.com", "192.0.2.3");
        server.pointer("4" + REVERSE, "evil\\.googlebot.com").host("evil.googlebot.com", "192.0.2.4");
        server.pointer("5" + REVERSE, "msnbot.search.msn.com").host("msnbot.search.msn.com", "192.0.2.5");
        try (var gate = gate()) {
            for (var last = 1; last <= 6; last++) {
                becomes(gate, googlebot(last), FORGED);
            }
            assertThat(server.asked()).doesNotContain("A googlebot.com.evil.example", "A evilgooglebot.com");
            becomes(gate, agent("bingbot/2.0", 5), "proceed");
            assertThat(outcome(gate, agent("bingbot/2.0 Googlebot/2.1", 5))).isEqualTo(FORGED);
        }
    }

    @Test
    void theNameOfEveryOtherFamilyProvesNothing() {
        server.pointer("1" + REVERSE, "crawl-1.googlebot.com")
                .host("crawl-1.googlebot.com", "::ffff:192.0.2.1", "2001:db8::1");
        try (var gate = gate()) {
            becomes(gate, googlebot(1).from("192.0.2.1"), "proceed");
        }
    }

    @Test
    void anAddressIsLookedUpOnceAndAgainWhenHalfOfTheTimeIsOver() {
        isGoogles(1);
        try (var gate = gate("crawlers: [googlebot]", ", keep: 10h, keep-forged: 2h")) {
            becomes(gate, googlebot(1), "proceed");
            becomes(gate, googlebot(2), FORGED);
            IntStream.range(0, 50)
                    .forEach(i -> assertThat(outcome(gate, googlebot(1))).isEqualTo("proceed"));
            counts(gate, "asked", 2);
            clock.advance(Duration.ofHours(1));
            assertThat(outcome(gate, googlebot(2))).isEqualTo(FORGED);
            counts(gate, "asked", 3);
            server.forgets("1" + REVERSE);
            clock.advance(Duration.ofHours(4));
            assertThat(outcome(gate, googlebot(1))).isEqualTo("proceed");
            becomes(gate, googlebot(1), FORGED);
        }
    }

    @Test
    void whatWasProvenHoldsWhileTheServersAreAwayAndNoLongerThanThat() {
        isGoogles(1);
        try (var gate = gate("crawlers: [googlebot], unknown-crawlers: proceed", ", keep: 10h")) {
            becomes(gate, googlebot(1), "proceed");
            counts(gate, "named", 1);
            server.breaks("1" + REVERSE).breaks("2" + REVERSE);
            clock.advance(Duration.ofHours(9));
            assertThat(outcome(gate, googlebot(1))).isEqualTo("proceed");
            counts(gate, "failed", 1);
            assertThat(outcome(gate, googlebot(1))).isEqualTo("proceed");
            clock.advance(Duration.ofHours(1));
            becomes(gate, googlebot(1), LATER);
            becomes(gate, googlebot(2), LATER);
            IntStream.range(0, 20)
                    .forEach(i -> assertThat(outcome(gate, googlebot(2))).isEqualTo(LATER));
            counts(gate, "failed", 3);
            server.forgets("2" + REVERSE);
            isGoogles(2);
            clock.advance(Duration.ofMinutes(1));
            becomes(gate, googlebot(2), "proceed");
        }
    }

    @Test
    void aFloodOfForgedNamesIsNoFloodOfQuestions() {
        try (var gate = gate("crawlers: [known]", ", lookups-per-second: 2")) {
            for (var i = 0; i < 5_000; i++) {
                var address = "198." + (i >> 8) + "." + (i & 255) + ".7";
                assertThat(outcome(gate, googlebot(1).from(address))).isEqualTo(LATER);
            }
            counts(gate, "asked", 10);
            assertThat(number(gate, "put-off")).isBetween(4_700.0, 4_990.0);
            clock.advance(Duration.ofSeconds(1));
            IntStream.range(0, 100).forEach(i -> outcome(gate, googlebot(1).from("203." + i + ".0.1")));
            counts(gate, "asked", 12);
            clock.advance(Duration.ofDays(-1));
            IntStream.range(0, 100).forEach(i -> outcome(gate, googlebot(1).from("204." + i + ".0.1")));
            counts(gate, "asked", 22);
        }
    }

    @Test
    void oneNetworkWithASilentServerHoldsOneThread() {
        IntStream.rangeClosed(1, 50).forEach(last -> server.ignores(last + REVERSE));
        server.pointer("1.100.51.198.in-addr.arpa", "crawl.googlebot.com").host("crawl.googlebot.com", "198.51.100.1");
        try (var gate = gate("crawlers: [known]", ", lookups-per-second: 1000")) {
            IntStream.rangeClosed(1, 50)
                    .forEach(last -> assertThat(outcome(gate, googlebot(last))).isEqualTo(LATER));
            becomes(gate, googlebot(1).from("198.51.100.1"), "proceed");
            assertThat(number(gate, "asked")).isEqualTo(2);
        }
    }

    @Test
    void noQuestionIsAskedBeforeTheGateStands() {
        isGoogles(1);
        try (var gate = unprepared("crawlers: [known]", "")) {
            IntStream.range(0, 5)
                    .forEach(i -> assertThat(outcome(gate, googlebot(1))).isEqualTo(LATER));
            assertThat(number(gate, "asked")).isZero();
            gate.prepare().join();
            becomes(gate, googlebot(1), "proceed");
        }
    }

    @Test
    void oneThatProvesItIsNotDeniedForItsName() {
        isGoogles(1);
        try (var gate = gate("deny: [bot], crawlers: [googlebot], unknown-crawlers: proceed", "")) {
            assertThat(outcome(gate, googlebot(1))).isEqualTo("a.agents 403 agent-denied");
            becomes(gate, googlebot(1), "proceed");
            assertThat(outcome(gate, agent("bingbot/2.0", 1))).isEqualTo("a.agents 403 agent-denied");
            becomes(gate, googlebot(2), "a.agents 403 agent-denied");
        }
    }

    @Test
    void aPolicyMaySayThatUnknownOnesPass() {
        try (var gate = gate("crawlers: [known], unknown-crawlers: proceed", "")) {
            assertThat(outcome(gate, googlebot(2))).isEqualTo("proceed");
            becomes(gate, googlebot(2), FORGED);
        }
    }

    @Test
    void theyAreObservedWhereThePolicySaysSo() {
        try (var gate = gate("crawlers: [known], mode: observe", "")) {
            assertThat(outcome(gate, googlebot(2))).isEqualTo("proceed");
            Until.holds(() -> assertThat(gate.engine()
                            .explain(gate.view(googlebot(2)))
                            .steps()
                            .toString())
                    .contains("crawler-forged"));
        }
    }

    @Test
    void conditionsAndCrawlersOfOnesOwn() {
        server.pointer("1" + REVERSE, "x.crawl.example.com").host("x.crawl.example.com", "192.0.2.1");
        isGoogles(2);
        var yaml = "crawlers: { dns: [\"" + server.place() + "\"],"
                + " named: { ours: { agents: [OurBot], domains: [crawl.example.com] } } }\n"
                + "policies: { a: { paths: [/**], public: true, authorize: { when: \"request.crawler in ['ours', 'none']\" } } }\n";
        try (var gate = Gate.builder(file(yaml)).clock(clock).build()) {
            gate.prepare().join();
            assertThat(outcome(gate, agent("OurBot/1", 1))).isEqualTo("a.condition 403 not-permitted");
            becomes(gate, agent("OurBot/1", 1), "proceed");
            assertThat(outcome(gate, agent("curl", 1))).isEqualTo("proceed");
            assertThat(outcome(gate, googlebot(2))).isEqualTo("a.condition 403 not-permitted");
        }
    }

    @Test
    void aReloadThatLeavesThemAloneForgetsNothing() {
        isGoogles(1);
        try (var gate = gate()) {
            becomes(gate, googlebot(1), "proceed");
            gate.reload(file("crawlers: { dns: [\"" + server.place() + "\"], timeout: 30s }\n"
                    + "policies: { a: { paths: [/**], public: true, agents: { crawlers: [googlebot] } } }\n"));
            assertThat(outcome(gate, googlebot(1))).isEqualTo("proceed");
            gate.reload(file("crawlers: { dns: [\"" + server.place() + "\"], timeout: 29s }\n"
                    + "policies: { a: { paths: [/**], public: true, agents: { crawlers: [googlebot] } } }\n"));
            assertThat(outcome(gate, googlebot(1))).isEqualTo(LATER);
            becomes(gate, googlebot(1), "proceed");
        }
    }

    @Test
    void theReplyAsksToComeAgain() {
        try (var gate = gate()) {
            assertThat(header(gate, googlebot(1), "Retry-After")).isEqualTo("5");
        }
    }

    @Test
    void mistakesAreListed() {
        assertThatThrownBy(() -> Gate.builder(file("""
                        crawlers:
                          named: { none: { agents: [x], domains: [com] }, mine: { agents: [MyBot], domains: ["*.example.com"] } }
                          dns: [ns.example.com]
                          timeout: 1h
                          lookups-per-second: 100000
                        policies:
                          a: { paths: [/a/**], public: true, agents: { crawlers: [gogglebot] } }
                          b: { paths: [/b/**], public: true, agents: { crawlers: [] } }
                          c: { paths: [/c/**], public: true, agents: { unknown-crawlers: proceed } }
                        """)).build())
                .hasMessageContaining("crawlers.named.none")
                .hasMessageContaining("crawlers.named.mine")
                .hasMessageContaining("crawlers.dns")
                .hasMessageContaining("crawlers.timeout")
                .hasMessageContaining("lookups-per-second: 100000 (expected")
                .hasMessageContaining("did you mean `googlebot`?")
                .hasMessageContaining("policies.b.agents.crawlers (p.yml:8:48): an empty list")
                .hasMessageContaining("says nothing without `crawlers`");
    }
}
