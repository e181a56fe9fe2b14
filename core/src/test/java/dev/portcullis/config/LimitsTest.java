package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Ending;
import dev.portcullis.Header;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.Watch.Sent;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.limit.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits and quotas as a configuration says them, through the door of the gate. */
class LimitsTest {

    private static final String OTHER = "a-key-of-globex-0123456789abcdef";
    private static final String TIERED = "clients:\n" + "  acme: { api-keys: [\"" + ApiKeyHash.of(Gates.KEY)
            + "\"], tier: gold, tenant: t1 }\n" + "  globex: { api-keys: [\"" + ApiKeyHash.of(OTHER) + "\"] }\n";

    private final HandClock clock = HandClock.at("2026-01-30T12:00:00Z");
    private final List<String> notices = new ArrayList<>();
    private @Nullable Gate gate;

    private Gate gate(String yaml) {
        gate = Gate.builder(Gates.file("portcullis:\n" + yaml.indent(2)))
                .clock(clock)
                .listener(new Listener() {
                    @Override
                    public void noticed(Request request, String rule, Evidence evidence) {
                        notices.add(rule + " " + evidence.reason() + " " + evidence.detail());
                    }
                })
                .build();
        return gate;
    }

    @AfterEach
    void close() {
        if (gate != null) {
            gate.close();
        }
    }

    private static String policy(String lines) {
        return "policies:\n  p:\n    paths: [/**]\n" + lines.indent(4);
    }

    /** How many of the requests pass, and are answered with a status. */
    private static int passes(Gate gate, RecordedWire wire, int requests, int status) {
        return passes(gate, wire, requests, Sent.of(status));
    }

    private static int passes(Gate gate, RecordedWire wire, int requests, Sent sent) {
        var passes = 0;
        for (var i = 0; i < requests; i++) {
            var view = gate.view(wire);
            var outcome = gate.engine().evaluate(view);
            var proceeds = outcome instanceof Outcome.Proceed;
            passes += proceeds ? 1 : 0;
            var own =
                    outcome instanceof Outcome.Stop stop ? Sent.of(stop.reply().status()) : sent;
            outcome.watch().ended(view, Ending.ANSWERED, own);
        }
        return passes;
    }

    private static int passes(Gate gate, RecordedWire wire, int requests) {
        return passes(gate, wire, requests, 200);
    }

    private static Sent sent(String header, String value, long bytes) {
        return new Sent() {
            @Override
            public int status() {
                return 200;
            }

            @Override
            public @Nullable String header(String name) {
                return name.equalsIgnoreCase(header) ? value : null;
            }

            @Override
            public long bytes() {
                return bytes;
            }
        };
    }

    private static RecordedWire globex(String target) {
        return get(target).with("X-API-Key", OTHER);
    }

    @Test
    void aClientThatALateLimitDeniesUsesNothingOfTheEarlyOne() {
        var gate = gate(CLIENTS
                + policy("authenticate: [api-key]\nrate-limits:\n  flood: { permits: 10, per: 1m, by: address }\n"
                        + "  burst: { permits: 3, per: 1m }"));

        assertThat(passes(gate, keyed(get("/a")), 50)).isEqualTo(3);
        assertThat(passes(gate, get("/a").with("X-API-Key", "wrong"), 50)).isZero();
        assertThat(Gates.outcome(gate, get("/a"))).isEqualTo("p.rate-limit.flood 429 rate-limited");
        clock.advance(Duration.ofMinutes(1));
        passes(gate, keyed(get("/a")), 50);
        assertThat(Gates.outcome(gate, get("/a"))).isEqualTo("p.authentication 401 authentication-required");
    }

    @Test
    void grantsPlansAndSingleClientsTheirOwnNumbers() {
        var gate = gate(TIERED
                + policy("authenticate: [api-key]\nrate-limits:\n"
                        + "  burst: { permits: 2, per: 1m, tiers: { gold: { permits: 5 } } }\n"
                        + "  hourly: { permits: 20, per: 1h, tiers: { gold: { permits: 30 } },"
                        + " clients: { globex: { permits: 3 } } }"));

        assertThat(Gates.header(gate, keyed(get("/a")), "RateLimit-Policy"))
                .isEqualTo("\"burst\";q=5;w=60, \"hourly\";q=30;w=3600");
        assertThat(passes(gate, keyed(get("/a")), 10)).isEqualTo(4);
        assertThat(passes(gate, globex("/a"), 10)).isEqualTo(2);
        clock.advance(Duration.ofMinutes(1));
        assertThat(passes(gate, globex("/a"), 10)).isEqualTo(1);
    }

    @Test
    void aReloadThatAddsRenamesOrRemovesALimitGivesNobodyANewCountOfTheOthers() {
        var burst = "  burst: { permits: 5, per: 1m, by: address }\n";
        var gate = gate(policy("public: true\nrate-limits:\n" + burst));
        assertThat(passes(gate, get("/a"), 4)).isEqualTo(4);

        gate.reload(Gates.file(
                policy("public: true\nrate-limits:\n" + burst + "  all: { permits: 100, per: 1h, by: address }")));
        assertThat(passes(gate, get("/a"), 9)).as("one is added").isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(passes(gate, get("/a"), 3)).isEqualTo(3);

        gate.reload(Gates.file(policy("public: true\nrate-limits:\n  b: { permits: 5, per: 1m, by: address }\n"
                + "  all: { permits: 100, per: 1h, by: address }")));
        assertThat(passes(gate, get("/a"), 9)).as("one is renamed").isLessThanOrEqualTo(2);

        gate.reload(Gates.file(policy("public: true\nrate-limits:\n  b: { permits: 5, per: 1m, by: address }\n")));
        assertThat(passes(gate, get("/a"), 9)).as("one is removed").isZero();
    }

    @Test
    void aReloadThatChangesTheCostOfOneLimitGivesNobodyANewCountOfTheOthers() {
        var burst = "  burst: { permits: 5, per: 1m, by: address }\n";
        var gate =
                gate(policy("public: true\nrate-limits:\n" + burst + "  all: { permits: 100, per: 1h, by: address }"));
        assertThat(passes(gate, get("/a"), 4)).isEqualTo(4);
        gate.reload(Gates.file(policy("public: true\nrate-limits:\n" + burst
                + "  all: { permits: 100, per: 1h, by: address, cost: { permits: 2 } }")));
        assertThat(passes(gate, get("/a"), 9)).isEqualTo(1);
    }

    @Test
    void leavesTheExemptUncountedAndTellsOfThem() {
        var gate = gate(TIERED
                + policy("authenticate: [api-key]\nrate-limits:\n"
                        + "  flood: { permits: 4, per: 1m, by: address, exempt: { addresses: [10.0.0.0/8] } }\n"
                        + "  burst: { permits: 1, per: 1m, exempt: { clients: [globex] } }"));

        assertThat(passes(gate, globex("/a").from("10.1.2.3"), 20)).isEqualTo(20);
        assertThat(notices)
                .hasSize(40)
                .contains("p.rate-limit.flood limit-exempt ", "p.rate-limit.burst limit-exempt ");
        assertThat(passes(gate, globex("/a").from("192.0.2.1"), 20)).isEqualTo(4);
        assertThat(passes(gate, keyed(get("/a")).from("10.1.2.3"), 20)).isEqualTo(1);
    }

    @Test
    void countsWhoLacksTheKeyByAddressOrDeniesThem() {
        var gate =
                gate(policy("public: true\nrate-limits:\n  burst: { permits: 2, per: 1m, by: header:x-key+address }"));
        assertThat(passes(gate, get("/a"), 5)).isEqualTo(2);

        var strict = gate(policy("rate-limits:\n  burst: { permits: 2, per: 1m, by: client, missing: deny }"));
        assertThat(Gates.outcome(strict, get("/a"))).isEqualTo("p.rate-limit.burst 403 no-limit-key");
    }

    @Test
    void chargesWhatConditionsAndTrustedHeadersSay() {
        var gate = gate("forwarded: { trusted: [10.0.0.0/8], address: x-forwarded-for }\n"
                + policy(
                        "public: true\nrate-limits:\n  burst:\n    permits: 20\n    per: 1m\n    by: global\n    cost:\n"
                                + "      header: X-Cost\n      most: 7\n      cases:\n"
                                + "        - { when: \"request.method == 'POST'\", permits: 5 }\n"
                                + "        - { when: \"request.headers['x-free'] == 'yes'\", permits: 0 }"));

        assertThat(Gates.header(gate, get("/a"), "RateLimit")).startsWith("\"burst\";r=19;");
        assertThat(Gates.header(gate, with("POST", "/a"), "RateLimit")).startsWith("\"burst\";r=14;");
        assertThat(Gates.header(gate, get("/a").with("X-Free", "yes"), "RateLimit"))
                .startsWith("\"burst\";r=14;");
        assertThat(Gates.header(gate, get("/a").with("X-Cost", "0"), "RateLimit"))
                .startsWith("\"burst\";r=13;");
        assertThat(Gates.header(gate, get("/a").with("X-Cost", "3").from("10.0.0.1"), "RateLimit"))
                .startsWith("\"burst\";r=10;");
        assertThat(Gates.header(gate, get("/a").with("X-Cost", "100").from("10.0.0.1"), "RateLimit"))
                .startsWith("\"burst\";r=3;");
        assertThat(Gates.outcome(gate, with("POST", "/a"))).isEqualTo("p.rate-limit.burst 429 rate-limited");
        assertThat(Gates.outcome(gate, get("/a"))).isEqualTo("proceed");
    }

    @Test
    void aConditionThatCannotBeToldMakesNoRequestCheaper() {
        var gate = gate(policy("public: true\nrate-limits:\n  burst:\n    permits: 20\n    per: 1m\n    by: global\n"
                + "    cost: { cases: [ { when: \"request.headers['x-bulk'] == 'yes'\", permits: 5 } ] }"));

        assertThat(Gates.header(gate, get("/a"), "RateLimit")).startsWith("\"burst\";r=15;");
        assertThat(Gates.header(gate, get("/a").with("X-Bulk", "no"), "RateLimit"))
                .startsWith("\"burst\";r=14;");
        assertThat(Gates.header(gate, get("/a").with("X-Bulk", "no").with("X-Bulk", "no"), "RateLimit"))
                .startsWith("\"burst\";r=9;");
    }

    @Test
    void whatCostsNothingIsNeverDenied() {
        var gate = gate(policy("public: true\nrate-limits:\n  burst:\n    permits: 2\n    per: 1m\n    by: global\n"
                + "    cost: { cases: [ { when: \"request.method == 'HEAD'\", permits: 7 },"
                + " { when: \"request.path == '/free'\", permits: 0 } ], response-header: X-Cost }"));

        passes(gate, get("/a"), 1, sent("X-Cost", "50", 0));
        assertThat(passes(gate, get("/a"), 5)).isZero();
        assertThat(passes(gate, get("/free"), 5)).isEqualTo(5);
    }

    @Test
    void settlesWhatTheApplicationSaysInTheEnd() {
        var gate = gate(policy("public: true\nrate-limits:\n  burst:\n    permits: 100\n    per: 1m\n    by: global\n"
                + "    cost: { permits: 10, response-header: X-Cost, most: 60 }"));

        passes(gate, get("/a"), 1, sent("X-Cost", "2", 0));
        assertThat(left(gate)).isEqualTo(98);
        passes(gate, get("/a"), 1, sent("X-Cost", "50", 0));
        assertThat(left(gate)).isEqualTo(48);
        passes(gate, get("/a"), 1, sent("X-Cost", "-1", 0));
        assertThat(left(gate)).isEqualTo(38);
        passes(gate, get("/a"), 1, sent("X-Cost", "999999", 0));
        assertThat(left(gate)).isEqualTo(-22);
        assertThat(passes(gate, get("/a"), 1)).isZero();
    }

    private static long left(Gate gate) {
        var usage = gate.usage(client("acme")).get(0);
        return usage.permits() - usage.used();
    }

    private static Principal client(String name) {
        return new Principal(
                name, Principal.Kind.CLIENT, "clients", name, "t1", "gold", Set.of(), Set.of(), Map.of(), "api-key");
    }

    @Test
    void chargesOnlySomeStatuses() {
        var gate = gate(CLIENTS
                + policy("authenticate: [api-key]\nrate-limits:\n"
                        + "  guesses: { permits: 3, per: 1m, by: address, charge-on: [401, 5xx] }"));

        assertThat(passes(gate, keyed(get("/a")), 50)).isEqualTo(50);
        passes(gate, get("/a"), 2);
        assertThat(passes(gate, keyed(get("/a")), 50, 503)).isEqualTo(1);
        assertThat(Gates.outcome(gate, keyed(get("/a")))).isEqualTo("p.rate-limit.guesses 429 rate-limited");
    }

    @Test
    void aClientThatGoesAwayIsCharged() {
        var gate = gate(
                policy("public: true\nrate-limits: { bad: { permits: 2, per: 1m, by: address, charge-on: [401] } }"));
        for (var i = 0; i < 2; i++) {
            var view = gate.view(get("/a"));
            gate.engine().evaluate(view).watch().ended(view, Ending.ABORTED, 0);
        }

        assertThat(passes(gate, get("/a"), 10)).isZero();
    }

    @Test
    void aMonthEndsWhereTheClientIs() {
        var gate = gate(TIERED
                + policy("authenticate: [api-key]\nquotas:\n"
                        + "  monthly: { permits: 3, per: P1M, zone: Europe/Berlin, anchor: 31 }"));

        assertThat(passes(gate, keyed(get("/a")), 10)).isEqualTo(3);
        assertThat(Gates.outcome(gate, keyed(get("/a")))).isEqualTo("p.quota.monthly 429 quota-exceeded");
        assertThat(Gates.header(gate, keyed(get("/a")), "Retry-After")).isEqualTo("39600");
        assertThat(Gates.header(gate, keyed(get("/a")), "RateLimit-Policy")).isEqualTo("\"monthly\";q=3");
        clock.advance(Duration.ofSeconds(39_599));
        assertThat(passes(gate, keyed(get("/a")), 10)).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(passes(gate, keyed(get("/a")), 10)).isEqualTo(3);
        assertThat(Gates.header(gate, keyed(get("/a")), "Retry-After"))
                .isEqualTo(String.valueOf(Duration.ofDays(28).toSeconds()));
    }

    @Test
    void tellsWhoHasUsedMostOfAQuota() {
        var gate = gate(TIERED
                + policy("authenticate: [api-key]\nquotas:\n  daily: { permits: 100, per: P1D }\n"
                        + "rate-limits:\n  burst: { permits: 100, per: 1h }"));
        passes(gate, keyed(get("/a")), 3);
        passes(gate, globex("/a"), 7);
        passes(gate, get("/a"), 9);
        assertThat(gate.topUsers(5))
                .extracting(share -> share.client() + " " + share.usage().window() + " "
                        + share.usage().used())
                .containsExactly("globex daily 7", "acme daily 3");
        assertThat(gate.topUsers(1)).hasSize(1);
        assertThat(gate.management().topUsers()).hasSize(2);
    }

    @Test
    void tellsOfEachMilestoneOnceInAPeriod() {
        var gate = gate(TIERED + policy("authenticate: [api-key]\nquotas:\n  daily: { permits: 10, per: P1D }"));

        passes(gate, keyed(get("/a")), 1000);
        gate.reload(Gates.file("portcullis:\n"
                + (TIERED + policy("authenticate: [api-key]\nquotas:\n  daily: { permits: 10, per: P1D }")).indent(2)));
        passes(gate, keyed(get("/a")), 10);

        assertThat(notices)
                .containsExactly(
                        "p.quota.daily quota-80 client acme of tenant t1: 8 of 10 permits",
                        "p.quota.daily quota-100 client acme of tenant t1: 10 of 10 permits",
                        "p.quota.daily quota-overage client acme of tenant t1: 10 of 10 permits");
        notices.clear();
        clock.advance(Duration.ofDays(1));
        passes(gate, keyed(get("/a")), 9);
        assertThat(notices).containsExactly("p.quota.daily quota-80 client acme of tenant t1: 8 of 10 permits");
    }

    @Test
    void aSoftQuotaDeniesNothingAndCountsOn() {
        var gate = gate(
                TIERED + policy("authenticate: [api-key]\nquotas:\n  daily: { permits: 10, per: P1D, soft: true }"));

        assertThat(passes(gate, keyed(get("/a")), 25)).isEqualTo(25);
        assertThat(notices)
                .hasSize(3)
                .last()
                .isEqualTo("p.quota.daily quota-overage client acme of tenant t1: 11 of 10 permits");
        assertThat(gate.usage(client("acme")))
                .containsExactly(new Usage(
                        "p.quota.daily", "daily", 10, 25, Duration.ofHours(12).toNanos()));
        assertThat(Gates.header(gate, keyed(get("/a")), "RateLimit")).isEqualTo("\"daily\";r=0;t=43200");
    }

    @Test
    void aQuotaOfBytesIsChargedWithWhatWasSent() {
        var gate = gate(TIERED
                + policy("authenticate: [api-key]\nquotas:\n  volume: { permits: 100MB, per: P1D, unit: bytes }"));

        assertThat(passes(gate, keyed(get("/a")), 1, sent("", "", 100L << 20))).isEqualTo(1);
        assertThat(notices).hasSize(2);
        assertThat(Gates.outcome(gate, keyed(get("/a")))).isEqualTo("p.quota.volume 429 quota-exceeded");
        assertThat(Gates.header(gate, keyed(get("/a")), "RateLimit-Policy"))
                .isEqualTo("\"volume\";q=104857600;w=86400;qu=\"content-bytes\"");
        assertThat(passes(gate, globex("/a"), 3, sent("", "", 1000))).isEqualTo(3);
        assertThat(gate.usage(client("globex")).get(0).used()).isEqualTo(3000);
    }

    @Test
    void aRateLimitOfTheCalendarEndsWithTheMinute() {
        clock.advance(Duration.ofSeconds(50));
        var gate = gate(
                policy("public: true\nrate-limits: { m: { permits: 2, per: 1m, by: address, refill: calendar } }"));

        assertThat(passes(gate, get("/a"), 10)).isEqualTo(2);
        assertThat(Gates.header(gate, get("/a"), "RateLimit")).isEqualTo("\"m\";r=0;t=10");
        clock.advance(Duration.ofSeconds(10));
        assertThat(passes(gate, get("/a"), 10)).isEqualTo(2);
    }

    @Test
    void tellsInOldFieldsWhereAskedToAndOnlyOfTheLastLimit() {
        var gate = gate("limits: { headers: both }\n" + CLIENTS
                + policy("authenticate: [api-key]\nrate-limits:\n  flood: { permits: 10, per: 1m, by: address }\n"
                        + "  burst: { permits: 3, per: 1m }"));
        var outcome = gate.engine().evaluate(gate.view(keyed(get("/a"))));

        assertThat(names(outcome.headers()).filter(name -> name.startsWith("X-")))
                .containsExactly("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");
        assertThat(Gates.header(gate, keyed(get("/a")), "X-RateLimit-Remaining"))
                .isEqualTo("1");
        passes(gate, keyed(get("/a")), 10);
        assertThat(Gates.header(gate, keyed(get("/a")), "X-RateLimit-Reset")).isEqualTo("60");

        var none = gate("limits: { headers: none }\n"
                + policy("public: true\nrate-limits: { m: { permits: 1, per: 1m, by: address } }"));
        assertThat(none.engine().evaluate(none.view(get("/a"))).headers()).isEmpty();
        assertThat(((Outcome.Stop) none.engine().evaluate(none.view(get("/a"))))
                        .reply()
                        .headers())
                .containsExactly(new Header("Retry-After", "60"));
    }

    private static Stream<String> names(List<Header> headers) {
        return headers.stream().map(Header::name);
    }

    @Test
    void asksToComeAgainALittleLaterAndNeverEarlier() {
        var gate = gate("limits: { retry-jitter: 10s }\n"
                + policy("public: true\nrate-limits: { m: { permits: 1, per: 1m, by: address } }"));
        passes(gate, get("/a"), 1);
        var seen = Stream.generate(() -> Gates.header(gate, get("/a"), "Retry-After"))
                .limit(200)
                .map(Integer::valueOf)
                .toList();

        assertThat(seen).allMatch(seconds -> seconds >= 60 && seconds <= 70);
        assertThat(seen.stream().distinct().count()).isGreaterThan(3);
    }

    @Test
    void pagesOfOtherOriginsMayReadTheFields() {
        var gate = gate(policy("public: true\ncors: { origins: [https://app.example.com], expose: [X-Total] }\n"
                + "rate-limits: { m: { permits: 1, per: 1m, by: address } }"));

        assertThat(Gates.header(
                        gate, get("/a").with("Origin", "https://app.example.com"), "Access-Control-Expose-Headers"))
                .isEqualTo("ratelimit,ratelimit-policy,retry-after,x-total");
    }

    @Test
    void anObservedLimitDeniesNothing() {
        var gate = gate(policy("public: true\nrate-limits:\n"
                + "  new: { permits: 1, per: 1m, by: address, mode: observe }\n"
                + "  old: { permits: 5, per: 1m, by: address }"));

        assertThat(passes(gate, get("/a"), 10)).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "quotas: { q: { permits: 1 } }|quotas.q.per: missing",
                "quotas: { q: { per: P1D } }|quotas.q.permits: missing",
                "quotas: { q: { permits: 1, per: P1M, zone: Mars } }|quotas.q.zone: `Mars` (expected: a time zone)",
                "quotas: { q: { permits: 1, per: P1M, anchor: 32 } }|quotas.q.anchor: anchor: `32`",
                "quotas: { q: { permits: 1, per: 30d } }|quotas.q.per: period: `30D`",
                "quotas: { q: { permits: 1, per: P1D, unit: bytes, cost: { permits: 2 } } }|quotas.q.cost: a cost, and",
                "rate-limits: { r: { permits: 1, per: 7m, refill: calendar } }|rate-limits.r.per: period: PT7M",
                "rate-limits: { r: { permits: 1, per: 1m, by: address, tiers: { gold: { permits: 2 } } } }|r.tiers: nobody knows",
                "rate-limits: { r: { permits: 1, per: 1m, by: tenant, clients: { a: { permits: 2 } } } }|r.clients: clients of one",
                "rate-limits: { r: { permits: 1, per: 1m, tiers: { gold: { permits: 0 } } } }|r.tiers.gold.permits: `0`",
                "rate-limits: { r: { permits: 1, per: 1m, tiers: { gold: {} } } }|r.tiers.gold.permits: missing",
                "rate-limits: { r: { permits: 1, per: 1m, exempt: {} } }|r.exempt: exempts nobody",
                "rate-limits: { r: { permits: 1, per: 1m, by: address, exempt: { clients: [a] } } }|r.exempt.clients: nobody knows",
                "rate-limits: { r: { permits: 1, per: 1m, exempt: { addresses: [a] } } }|r.exempt.addresses[0]",
                "rate-limits: { r: { permits: 1, per: 1m, missing: skip } }|r.missing: `skip`",
                "rate-limits: { r: { permits: 1, per: 1m, charge-on: [] } }|r.charge-on: an empty list",
                "rate-limits: { r: { permits: 1, per: 1m, charge-on: [6xx] } }|r.charge-on[0]: `6xx`",
                "rate-limits: { r: { permits: 1, per: 1m, cost: { header: 'a b' } } }|r.cost.header: `a b`",
                "rate-limits: { r: { permits: 1, per: 1m, cost: { cases: [ { permits: 2 } ] } } }|r.cost.cases[0].when: missing",
                "rate-limits: { r: { permits: 1, per: 1m, cost: { cases: [ { when: x, permits: 2 } ] } } }|r.cost.cases[0].when",
                "rate-limits: { r: { permits: 1, per: 1m, by: address, cost: { cases: [ { when: \"principal.id == 'a'\", permits: 2 } ] } } }|r.cost.cases[0].when: asks about the caller",
            })
    void refusesWhatIsNoLimit(String lines, String problem) {
        var parts = problem.split(": ", 2);
        assertThatThrownBy(() -> gate(policy("public: true\n" + lines)))
                .hasMessageContaining(parts[0])
                .hasMessageContaining(parts[parts.length - 1]);
    }
}
