package dev.portcullis.config;

import static dev.portcullis.config.CountedGate.TIERED;
import static dev.portcullis.config.CountedGate.client;
import static dev.portcullis.config.CountedGate.globex;
import static dev.portcullis.config.CountedGate.passes;
import static dev.portcullis.config.CountedGate.policy;
import static dev.portcullis.config.CountedGate.sent;
import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Ending;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rate limits as a configuration says them, through the door of the gate. */
class LimitsTest {

    private final CountedGate counted = new CountedGate();

    private Gate gate(String yaml) {
        return counted.gate(yaml);
    }

    @AfterEach
    void close() {
        counted.close();
    }

    @Test
    void aClientThatALateLimitDeniesUsesNothingOfTheEarlyOne() {
        var gate = gate(CLIENTS
                + policy("authenticate: [api-key]\nrate-limits:\n  flood: { permits: 10, per: 1m, by: address }\n"
                        + "  burst: { permits: 3, per: 1m }"));

        assertThat(passes(gate, keyed(get("/a")), 50)).isEqualTo(3);
        assertThat(passes(gate, get("/a").with("X-API-Key", "wrong"), 50)).isZero();
        assertThat(Gates.outcome(gate, get("/a"))).isEqualTo("p.rate-limit.flood 429 rate-limited");
        counted.clock().advance(Duration.ofMinutes(1));
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
        counted.clock().advance(Duration.ofMinutes(1));
        assertThat(passes(gate, globex("/a"), 10)).isEqualTo(1);
    }

    @Test
    void leavesTheExemptUncountedAndTellsOfThem() {
        var gate = gate(TIERED
                + policy("authenticate: [api-key]\nrate-limits:\n"
                        + "  flood: { permits: 4, per: 1m, by: address, exempt: { addresses: [10.0.0.0/8] } }\n"
                        + "  burst: { permits: 1, per: 1m, exempt: { clients: [globex] } }"));

        assertThat(passes(gate, globex("/a").from("10.1.2.3"), 20)).isEqualTo(20);
        assertThat(counted.notices())
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
    void aRateLimitOfTheCalendarEndsWithTheMinute() {
        counted.clock().advance(Duration.ofSeconds(50));
        var gate = gate(
                policy("public: true\nrate-limits: { m: { permits: 2, per: 1m, by: address, refill: calendar } }"));

        assertThat(passes(gate, get("/a"), 10)).isEqualTo(2);
        assertThat(Gates.header(gate, get("/a"), "RateLimit")).isEqualTo("\"m\";r=0;t=10");
        counted.clock().advance(Duration.ofSeconds(10));
        assertThat(passes(gate, get("/a"), 10)).isEqualTo(2);
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
