package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written and does nothing. */
class IdleConcernsTest {

    private static final String CLIENT = CLIENTS.replace("roles:", "tenant: t1, roles:");

    private static List<String> findings(String yaml) {
        return Lint.of(Gates.file(yaml), Resources.in(Path.of(""), IdleConcernsTest.class.getClassLoader())).stream()
                .map(finding -> finding.concern().id() + " " + finding.problem().key())
                .toList();
    }

    private static String policy(String parts) {
        return "policies: { a: { paths: [/a], methods: [GET], authenticate: [api-key], " + parts + " } }\n";
    }

    private static String limit(String more) {
        return policy("rate-limits: { m: { permits: 100, per: 1m, " + more + " } }");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                permits: 5, per: 1m   | permits: 10, per: 60s                  | b
                permits: 5, per: 1m   | permits: 5, per: PT1M                  | b
                permits: 5, per: 1m   | permits: 1000, per: 5m                 | b
                permits: 100, per: 1m | permits: 50, per: 1h                   | a
                permits: 99, per: 1m  | permits: 50, per: 1h                   |
                permits: 5, per: 1m   | permits: 29, per: 5m                   |
                permits: 5, per: 1m   | permits: 10, per: 1m, by: route        |
                permits: 5, per: 1m   | permits: 10, per: 1m, mode: observe    |
                permits: 5, per: 1m   | permits: 10, per: 1m, charge-on: [401] |
                permits: 5, per: 1m   | permits: 9, per: 1m, refill: smooth    |
                permits: 5, per: 1m   | permits: 9, per: 1m, tiers: {}         |
                """)
    void findsLimitsThatAnotherOneLeavesNothing(String one, String other, String idle) {
        var found = findings(CLIENT + policy("rate-limits: { a: { " + one + " }, b: { " + other + " } }")).stream()
                .filter(finding -> finding.startsWith("idle-limit"))
                .toList();
        assertThat(found)
                .isEqualTo(
                        idle == null ? List.of() : List.of("idle-limit policies.a.rate-limits." + idle + ".permits"));
    }

    @Test
    void findsWhatNeedsAStoreAndHasNone() {
        assertThat(findings(CLIENT + limit("count: leased")))
                .containsExactly("no-store policies.a.rate-limits.m.count");
        assertThat(findings(CLIENT + limit("on-failure: deny")))
                .containsExactly("no-store policies.a.rate-limits.m.on-failure");
        assertThat(findings(CLIENT + limit("count: local, on-failure: local"))).isEmpty();
    }

    @Test
    void findsNoSecretInTheAddressOfAStoreWithoutPassword() {
        var store = "store: { redis: { uri: 'redis://%s127.0.0.1:1' } }\n";
        assertThat(findings(CLIENT + store.formatted("") + limit("count: exact")))
                .isEmpty();
        assertThat(findings(CLIENT + store.formatted(":geheim@") + limit("count: exact")))
                .containsExactly("literal-secret store.redis.uri");
    }

    @Test
    void findsTenantsThatNobodyHas() {
        var shares = policy("rate-limits: { m: { permits: 1, per: 1m, by: route+tenant } },"
                + " concurrency: { c: { permits: 5, share-by: tenant } }");
        assertThat(findings(CLIENTS + shares))
                .containsExactly(
                        "unknown-tenant policies.a.rate-limits.m.by",
                        "unknown-tenant policies.a.concurrency.c.share-by");
        assertThat(findings(CLIENT + shares)).isEmpty();
        var claimed = "issuers: { i: { issuer: https://i.example.com, audiences: [a], claims: { tenant: org } } }\n";
        assertThat(findings(CLIENTS + claimed + shares)).noneMatch(finding -> finding.contains("tenant"));
    }

    @Test
    void findsLimitsForNobody() {
        assertThat(findings(CLIENT + limit("exempt: { addresses: [10.0.0.0/8, 0.0.0.0/0] }")))
                .containsExactly("exempts-everybody policies.a.rate-limits.m.exempt.addresses");
        assertThat(findings(CLIENT + limit("exempt: { addresses: [10.0.0.0/8] }")
                        + "concurrency: { s: { permits: 5, exempt: [/**] } }"))
                .containsExactly("exempts-everybody concurrency.s.exempt");
    }

    @Test
    void findsCostsThatNobodyMaySay() {
        assertThat(findings(CLIENT + limit("cost: { header: X-Cost }")))
                .containsExactly("unread-cost policies.a.rate-limits.m.cost.header");
        assertThat(findings(CLIENT + limit("cost: { header: X-Cost }")
                        + "forwarded: { trusted: [10.0.0.0/8], preset: nginx }"))
                .isEmpty();
    }

    @Test
    void findsScoresAndAgentsThatDenyNobody() {
        var limited = "rate-limits: { m: { permits: 1, per: 1m } }, ";
        assertThat(findings(CLIENT + policy(limited + "penalty: { deny-at: 100000 }")))
                .containsExactly("unreachable-score policies.a.penalty.deny-at");
        assertThat(findings(CLIENT + policy(limited + "penalty: { deny-at: 500 }")
                        + "risk: { signals: { attack: { points: 0 } } }"))
                .isEmpty();
        assertThat(findings(CLIENT + policy(limited + "agents: { deny: [] }")))
                .containsExactly("denies-no-agent policies.a.agents.deny");
        assertThat(findings(CLIENT + policy(limited + "agents: { deny: [], deny-nameless: true }")))
                .isEmpty();
    }

    @Test
    void findsDenialsOfRulesThatAreNotThere() {
        var denials = "denials: { entries: [ { deny: rule, value: %s, reason: why } ] }\n";
        assertThat(findings(CLIENT + limit("by: client") + denials.formatted("b")))
                .containsExactly("unmet-denial denials.entries[0].value");
        assertThat(findings(CLIENT + limit("by: client") + denials.formatted("a.rate-limit.m")))
                .isEmpty();
    }
}
