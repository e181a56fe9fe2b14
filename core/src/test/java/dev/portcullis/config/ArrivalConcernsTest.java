package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is demanded and can be met by nobody, or by nobody who comes by one of the ways. */
class ArrivalConcernsTest {

    private static final String GROUND = """
            clients:
              acme:
                keys: { k1: { hash: "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", scopes: [read] } }
                scopes: [read, write]
                roles: [editor]
            """;
    private static final String ISSUER = "issuers: { main: { issuer: https://idp.example.com, audiences: [a] } }\n";

    private static List<String> findings(String yaml) {
        return Lint.of(Gates.file(yaml), Resources.in(Path.of(""), ArrivalConcernsTest.class.getClassLoader())).stream()
                .filter(finding -> ArrivalConcerns.ALL.contains(finding.concern())
                        || finding.concern().severity() == Lint.Severity.ERROR)
                .map(finding -> finding.concern().id() + " " + finding.problem().key())
                .toList();
    }

    private static String policy(String ways, String demands) {
        return "policies: { p: { paths: [/p], methods: [GET], authenticate: [" + ways + "], authorize: { " + demands
                + " } } }\n";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                kinds: [user]                          | closed-way policies.p.authenticate[1]
                kinds: [client]                        | closed-way policies.p.authenticate[0]
                kinds: [service, client]               |
                step-up: { acr: [gold] }               | closed-way policies.p.authenticate[1]
                step-up: { acr: [gold], kinds: [user] }|
                scopes: [nobody-has-it]                |
            """)
    void findsWaysByWhichNobodyGetsIn(String demands, String found) {
        assertThat(findings(GROUND + ISSUER + policy("jwt, api-key", demands)))
                .isEqualTo(found == null ? List.of() : List.of(found));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                scopes: [read, write]        |
                scopes: [read, wirte]        | nobody-may policies.p.authorize.scopes
                any-scope: [wirte, read]     |
                any-scope: [wirte]           | nobody-may policies.p.authorize.any-scope
                roles: [editor, admin]       |
                roles: [admin]               | nobody-may policies.p.authorize.roles
                tenant: required             | nobody-may policies.p.authorize.tenant
            """)
    void findsRightsThatNoClientHas(String demands, String found) {
        assertThat(findings(GROUND + policy("api-key", demands))).isEqualTo(found == null ? List.of() : List.of(found));
    }

    @Test
    void findsNothingWhereKeysAreKeptElsewhere() {
        var elsewhere = "api-key: { file: file:clients.yml }\n";
        assertThat(findings(GROUND + elsewhere + policy("api-key", "scopes: [other]")))
                .noneMatch(finding -> finding.startsWith("nobody-may"));
    }

    @Test
    void findsClientsWhoAreRevokedAndWhomNobodyKnows() {
        var denials =
                "denials: { entries: [{ deny: client, value: acme, reason: y }, { revoke: client, value: acne, reason: y }] }\n";
        var policy = policy("api-key", "scopes: [read]");
        assertThat(findings(GROUND + denials + policy)).containsExactly("nobody-revoked denials.entries[1].value");
        assertThat(findings(GROUND + ISSUER + denials + policy)).isEmpty();
    }
}
