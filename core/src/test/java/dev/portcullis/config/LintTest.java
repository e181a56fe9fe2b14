package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.ISSUERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Lint.Severity;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LintTest {

    private static final String GOOD = """
      policies:
        a:
          paths: [/a]
          authenticate: [api-key]
          rate-limits: { burst: { permits: 10, per: 1m } }
          body: { max-size: 1KB }
      """;

    private static List<String> findings(String yaml) {
        return Lint.of(Gates.file(yaml), Resources.in(Path.of(""), LintTest.class.getClassLoader())).stream()
                .map(finding -> finding.concern().severity() + " "
                        + finding.concern().id() + " " + finding.problem().key())
                .toList();
    }

    private static String policy(String parts) {
        var said = Stream.of("public: ", "authenticate: ", "allow: ", "allow-feeds: ")
                .anyMatch(parts::contains);
        return unsaid((said ? "" : "public: true, ") + parts);
    }

    private static String unsaid(String parts) {
        return "policies: { a: { paths: [/a], methods: [GET], " + parts + " } }\n";
    }

    @Test
    void findsNothingInAGoodPolicy() {
        assertThat(findings(CLIENTS + GOOD)).isEmpty();
    }

    @Test
    void findsThatNobodySaysThatAnybodyMayCall() {
        var limited =
                "policies: { a: { paths: [/a], methods: [GET], rate-limits: { b: { permits: 1, per: 1s, by: address } } } }";
        assertThat(findings(limited)).containsExactly("WARNING unsaid policies.a");
        assertThat(findings(limited.replace("paths: [/a], methods: [GET], ", "")))
                .containsExactly("NOTE no-body-limit policies.a", "NOTE no-paths policies.a");
    }

    @Test
    void findsSecretsWhereverTheyAre() {
        var signed = "signatures: { p: { keys: { k: { algorithm: hmac-sha256, client: c,"
                + " secret: 0123456789abcdef0123456789abcdef } } } }\n" + GOOD.replace("api-key", "signature");
        assertThat(findings(signed)).containsExactly("ERROR literal-secret signatures.p.keys.k.secret");
        assertThat(findings(signed.replace("secret: 0", "secret: \"${S:0").replace("abcdef }", "abcdef}\" }")))
                .containsExactly("ERROR literal-secret signatures.p.keys.k.secret");
        var shared = "issuers: { main: { issuer: https://idp.example.com, audiences: [a], algorithms: [HS256], jwks:"
                + " '{\"keys\":[{\"kty\": \"oct\",\"k\":\"" + "A".repeat(43) + "\"}]}' } }\n";
        assertThat(findings(shared + GOOD.replace("api-key", "jwt")))
                .contains("ERROR literal-secret issuers.main.jwks");
    }

    @Test
    void findsKeysThatAreOver() {
        var keys =
                "clients: { acme: { keys: { k7: { hash: \"" + ApiKeyHash.of("a") + "\", expires: 2020-01-01 } } } }\n";
        assertThat(findings(keys + GOOD)).containsExactly("NOTE over-key clients.acme.keys.k7.expires");
    }

    @Test
    void findsWhatStopsTheStart() {
        assertThat(findings("mode: off\npolicies: { a: { paths: [/a] } }"))
                .containsExactly(
                        "ERROR configuration mode", "ERROR unguarded policies.a", "NOTE no-body-limit policies.a");
    }

    @Test
    void findsKeysWithoutAnEndAndTokensForAnybody() {
        var keys = "clients: { acme: { keys: { k7: { hash: \"" + ApiKeyHash.of("a") + "\" } } } }\n";
        assertThat(findings(keys + GOOD)).containsExactly("NOTE endless-key clients.acme.keys.k7");
        assertThat(findings(keys.replace("\" }", "\", expires: 2099-01-01 }") + GOOD))
                .isEmpty();
        var asked = "issuers: { main: { issuer: https://idp.example.com, audiences: [a], introspection:"
                + " { client-id: a, client-secret: \"${SECRET:-}\", unsafe-any-audience: true } } }\n";
        assertThat(findings(asked + GOOD.replace("api-key", "introspection")))
                .containsExactlyInAnyOrder(
                        "ERROR literal-secret issuers.main.introspection.client-secret",
                        "WARNING any-audience issuers.main.introspection.unsafe-any-audience");
    }

    @Test
    void findsPlansAndClientsOfLimitsThatNobodyHas() {
        var limit = GOOD.replace(
                "per: 1m }",
                "per: 1m, tiers: { gold: { permits: 20 }, silver: { permits: 15 } },"
                        + " clients: { acme: { permits: 9 }, amce: { permits: 9 }, main/amce: { permits: 9 } },"
                        + " exempt: { clients: [probe] } }");
        var clients = CLIENTS.replace("roles:", "tier: gold, roles:");
        assertThat(findings(clients + limit))
                .containsExactlyInAnyOrder(
                        "WARNING unknown-tier policies.a.rate-limits.burst.tiers.silver",
                        "WARNING unknown-client policies.a.rate-limits.burst.clients.amce",
                        "WARNING unknown-client policies.a.rate-limits.burst.exempt.clients");
        var claimed =
                "issuers: { main: { issuer: https://idp.example.com, audiences: [a], claims: { tier: plan } } }\n";
        assertThat(findings(clients + claimed + limit)).noneMatch(finding -> finding.contains("tier"));
    }

    @Test
    void findsPoliciesThatGuardNothing() {
        assertThat(findings(unsaid("cors: { origins: [https://a.example.com] }")))
                .containsExactly("ERROR unguarded policies.a");
        assertThat(findings(unsaid("ip: { deny: [192.0.2.1] }"))).containsExactly("ERROR unguarded policies.a");
        assertThat(findings(policy("ip: { allow: [192.0.2.1] }"))).containsExactly("WARNING no-limit policies.a");
        assertThat(findings(policy("public: true"))).containsExactly("WARNING no-limit policies.a");
        assertThat(findings(CLIENTS + policy("authenticate: [api-key]")))
                .containsExactly("WARNING no-limit policies.a");
    }

    @Test
    void findsAddressesThatAreHardlyMeant() {
        var proxies = "forwarded: { trusted: [10.0.0.0/8], preset: nginx }\n";
        var feeds = "feeds: { drop: { source: https://lists.example.com/drop.txt } }\n";
        var limit = "rate-limits: { b: { permits: 1, per: 1s, by: address } }";

        assertThat(findings(proxies + policy(limit + ", ip: { allow: [192.0.2.1, 10.1.0.0/16] }")))
                .containsExactly("WARNING allowed-proxy policies.a.ip.allow[1]");
        assertThat(findings(feeds + policy(limit))).containsExactly("WARNING unused-feed feeds.drop");
        assertThat(findings(feeds + policy(limit + ", ip: { deny-feeds: [drop] }")))
                .containsExactly("NOTE observed-feed feeds.drop");
        assertThat(findings(feeds + policy("ip: { allow-feeds: [drop] }")))
                .containsExactly("WARNING no-limit policies.a");
    }

    @Test
    void findsLimitsThatAreNone() {
        assertThat(findings(policy("rate-limits: { b: { permits: 1, per: 1s, by: 'header:x-user' } }")))
                .containsExactly("ERROR forgeable-limit policies.a.rate-limits.b.by");
        assertThat(findings(policy("rate-limits: { b: { permits: 1, per: 1s, by: 'header:x-user+address' } }")))
                .isEmpty();
        assertThat(findings(policy("rate-limits: { b: { permits: 1, per: 1s } }")))
                .containsExactly("NOTE counted-by-address policies.a.rate-limits.b");
    }

    @Test
    void findsThatThereIsNoPolicy() {
        assertThat(findings("")).containsExactly("WARNING no-policies policies");
        assertThat(findings("policies: {}")).containsExactly("WARNING no-policies policies");
        assertThat(findings("otherwise: proceed")).containsExactly("WARNING otherwise-proceed otherwise");
    }

    @Test
    void findsCostsThatNoLimitPermits() {
        var limit = "rate-limits: { b: { permits: 5, per: 1s, by: address, cost: { permits: 6 } } }";
        assertThat(findings(policy(limit))).containsExactly("ERROR unaffordable policies.a.rate-limits.b.cost.permits");
        assertThat(findings(policy(limit.replace("6", "5")))).isEmpty();
    }

    @Test
    void findsWhatIsOpen() {
        var limit = "rate-limits: { b: { permits: 1, per: 1s, by: address } }";
        assertThat(findings("otherwise: proceed\n" + policy(limit)))
                .containsExactly("WARNING otherwise-proceed otherwise");
        assertThat(findings(policy(limit + ", public: true").replace("/a", "/**")))
                .containsExactly("WARNING public-everything policies.a.public", "NOTE internal-paths policies.a.paths");
        assertThat(findings(policy(limit + ", cors: { origins: ['*'] }")))
                .containsExactly("WARNING any-origin policies.a.cors.origins");
        assertThat(findings(policy(limit.replace("by", "on-failure: proceed, by"))))
                .containsExactly("WARNING fails-open policies.a.rate-limits.b.on-failure");
        assertThat(findings(policy(limit + ", attacks: { on-failure: proceed }")))
                .containsExactly("WARNING fails-open policies.a.attacks.on-failure");
    }

    @Test
    void findsWhatNobodyAsksFor() {
        assertThat(findings(ISSUERS + CLIENTS + GOOD)).containsExactly("WARNING unused issuers");
        assertThat(findings(CLIENTS)).containsExactly("WARNING no-policies policies", "WARNING unused clients");
    }

    @Test
    void findsSharedSecrets() {
        var issuer =
                "issuers: { m: { issuer: m, audiences: [a], algorithms: [HS256], jwks: '{\"keys\":[{\"kty\":\"oct\",\"k\":\""
                        + "A".repeat(43) + "\"}]}' } }\n";
        assertThat(findings(issuer + GOOD.replace("api-key", "jwt")))
                .containsExactly("ERROR literal-secret issuers.m.jwks", "WARNING shared-secret issuers.m.algorithms");
    }

    @Test
    void findsWhatIsOnlyObserved() {
        assertThat(findings("mode: observe\n" + CLIENTS + GOOD)).containsExactly("NOTE observed mode");
        assertThat(findings(CLIENTS + GOOD + "    attacks: { mode: observe }\n"))
                .containsExactly("NOTE observed policies.a.attacks.mode");
    }

    @Test
    void findsPoliciesThatOnlyHandlersName() {
        assertThat(findings(CLIENTS + GOOD.replace("    paths: [/a]\n", "")))
                .containsExactly("NOTE no-paths policies.a");
    }

    @Test
    void saysWhereItFoundSomething() {
        var file = Gates.file("otherwise: proceed\n");
        var finding = Lint.of(file, Resources.in(Path.of(""), LintTest.class.getClassLoader()))
                .get(0);
        assertThat(finding.problem().toString())
                .isEqualTo(
                        "otherwise (p.yml:1:12): what no policy covers is let through\n  help: write `otherwise: deny`");
    }

    @Test
    void describesEveryConcernOnce() {
        assertThat(new HashSet<>(Lint.concerns())).hasSameSizeAs(Lint.concerns());
        assertThat(Lint.concerns()).extracting(Lint.Concern::id).allMatch(id -> id.matches("[a-z-]+"));
        assertThat(Lint.concerns()).extracting(Lint.Concern::severity).contains(Severity.values());
    }
}
