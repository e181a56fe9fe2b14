package dev.portcullis.config;

import static dev.portcullis.config.Gates.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an overlay may change, and what not. */
class BaselineTest {

    private static final String BASE = """
            issuers: { main: { issuer: https://idp.example.com, audiences: [a, b], max-lifetime: 1h } }
            policies:
              api:
                paths: [/api/**]
                authenticate: [jwt, certificate]
                authorize: { scopes: [read] }
                ip: { allow: [10.0.0.0/8], deny: [10.1.0.0/16] }
                rate-limits: { calls: { permits: 100, per: 1m, by: client } }
                body: { max-size: 64KB, schema: '{"type":"object"}' }
                attacks: { level: balanced }
              admin: { paths: [/api/admin/**], authenticate: [certificate], authorize: { roles: [admin] } }
            """;

    private static List<String> findings(String overlay) {
        return Baseline.compare(file(BASE), file(overlay)).stream()
                .map(finding -> finding.concern().id() + " " + finding.problem().key())
                .toList();
    }

    private static String api(String part) {
        return "policies: { api: { " + part + " } }";
    }

    static Stream<String> tighter() {
        var rows = Stream.of(
                "{}",
                BASE,
                "limits: { max-keys: 10 }",
                "audit: { one-in: 1 }",
                "issuers: { main: { audiences: [a], max-lifetime: 30m, required-claims: [ { claim: jti } ] } }",
                api("authenticate: [jwt]"),
                api("authorize: { scopes: [read, write], roles: [user] }"),
                api("ip: { allow: [10.2.0.0/16], deny: [10.0.0.0/12] }"),
                api("rate-limits: { calls: { permits: 10 }, more: { permits: 1, per: 1s } }"),
                api("rate-limits: { calls: { per: 60s } }"),
                api("body: { max-size: 1KB }"),
                api("attacks: { level: strict }"),
                api("methods: [GET]"),
                api("concurrency: { all: { permits: 10, by: route } }"),
                api("circuit-breaker: { window: 10s }"),
                api("authorize: { step-up: { max-age: 5m } }"),
                "policies: { special: { paths: [/api/special], authenticate: [certificate],"
                        + " authorize: { scopes: [read] }, ip: { allow: [10.2.3.4], deny: [10.1.0.0/16] },"
                        + " rate-limits: { calls: { permits: 1, per: 1m, by: client } },"
                        + " body: { max-size: 1KB, schema: '{\"type\":\"object\"}' }, attacks: { level: strict } } }");
        return rows;
    }

    @ParameterizedTest
    @MethodSource("tighter")
    void letsPassWhatDemandsMore(String overlay) {
        assertThat(findings(overlay)).isEmpty();
    }

    static Stream<List<String>> looser() {
        return Stream.of(
                List.of("mode: observe", "looser-than-baseline mode"),
                List.of("otherwise: proceed", "looser-than-baseline otherwise"),
                List.of("audit: { one-in: 10 }", "looser-than-baseline audit.one-in"),
                List.of("forwarded: { trusted: [10.0.0.0/8] }", "looser-than-baseline forwarded.trusted"),
                List.of("issuers: { main: { audiences: [a, c] } }", "looser-than-baseline issuers.main.audiences"),
                List.of("issuers: { main: { max-lifetime: 2h } }", "looser-than-baseline issuers.main.max-lifetime"),
                List.of("issuers: { main: { issuer: https://x.example.com } }", "not-comparable issuers.main.issuer"),
                List.of("issuers: { other: { issuer: https://x.example.com } }", "looser-than-baseline issuers.other"),
                List.of(api("mode: observe"), "looser-than-baseline policies.api.mode"),
                List.of(api("public: true"), "looser-than-baseline policies.api.public"),
                List.of(api("authenticate: [jwt, api-key]"), "looser-than-baseline policies.api.authenticate"),
                List.of(api("authenticate: []"), "looser-than-baseline policies.api.authenticate"),
                List.of(api("authorize: { scopes: [write] }"), "looser-than-baseline policies.api.authorize.scopes"),
                List.of(api("authorize: { mode: observe }"), "looser-than-baseline policies.api.authorize.mode"),
                List.of(api("ip: { allow: [10.0.0.0/7] }"), "not-comparable policies.api.ip.allow"),
                List.of(api("ip: { deny: [] }"), "not-comparable policies.api.ip.deny"),
                List.of(api("cors: { origins: ['*'] }"), "looser-than-baseline policies.api.cors.origins"),
                List.of(
                        api("rate-limits: { calls: { permits: 101 } }"),
                        "looser-than-baseline policies.api.rate-limits.calls.permits"),
                List.of(
                        api("rate-limits: { calls: { per: 30s } }"),
                        "not-comparable policies.api.rate-limits.calls.per"),
                List.of(
                        api("rate-limits: { calls: { by: address } }"),
                        "not-comparable policies.api.rate-limits.calls.by"),
                List.of(
                        api("rate-limits: { calls: { mode: observe } }"),
                        "looser-than-baseline policies.api.rate-limits.calls.mode"),
                List.of(
                        api("rate-limits: { calls: { on-failure: proceed } }"),
                        "looser-than-baseline policies.api.rate-limits.calls.on-failure"),
                List.of(api("body: { max-size: 1MB }"), "looser-than-baseline policies.api.body.max-size"),
                List.of(api("body: { schema: '{}' }"), "not-comparable policies.api.body.schema"),
                List.of(api("attacks: { mode: observe }"), "looser-than-baseline policies.api.attacks.mode"),
                List.of(
                        api("attacks: { exclude: [ { detector: sql-injection } ] }"),
                        "looser-than-baseline policies.api.attacks.exclude"),
                List.of(
                        "policies: { free: { paths: [/api/free], public: true } }",
                        "looser-than-baseline policies.free.authenticate"),
                List.of(
                        "policies: { more: { paths: [/api/admin/more], authenticate: [certificate] } }",
                        "looser-than-baseline policies.more.authorize"),
                List.of(
                        "policies: { admin: { paths: [/api/elsewhere/**] } }",
                        "looser-than-baseline policies.admin.attacks"),
                List.of(
                        "policies: { open: { paths: [/open], public: true } }",
                        "looser-than-baseline policies.open.paths"),
                List.of("policies: { mine: { paths: [/mine], authenticate: [jwt] } }", "opened policies.mine.paths"),
                List.of(
                        api("rate-limits: { calls: { tiers: { gold: { permits: 1000 } } } }"),
                        "not-comparable policies.api.rate-limits.calls.tiers.gold.permits"),
                List.of("moed: observe", "configuration moed"));
    }

    @ParameterizedTest
    @MethodSource("looser")
    void findsWhatDemandsLessOrCannotBeCompared(List<String> row) {
        assertThat(findings(row.get(0))).as(row.get(0)).contains(row.get(1));
    }

    @Test
    void hasEnoughCases() {
        assertThat(tighter()).hasSizeGreaterThan(10);
        assertThat(looser()).hasSizeGreaterThan(25);
    }

    @Test
    void findsThatWhatTheBaselineCoversIsLetThrough() {
        var base = "otherwise: proceed\npolicies: { a: { paths: [/a/**], authenticate: [jwt] } }";
        var found = Baseline.compare(file(base), file("policies: { a: { paths: [/a/b/**] } }"));
        assertThat(found)
                .anySatisfy(
                        finding -> assertThat(finding.problem().message()).contains("covered by no policy any more"));
    }
}
