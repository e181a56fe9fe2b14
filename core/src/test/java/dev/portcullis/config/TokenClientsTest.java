package dev.portcullis.config;

import static dev.portcullis.config.Gates.KEY;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.http.RecordedWire;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of issuers that are clients of the configuration. */
class TokenClientsTest {

    private static final String LIMITED = "a.rate-limit.b 429 rate-limited";

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final IdentityProvider provider = IdentityProvider.start(clock);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void countsTheCredentialsOfOneClientTogether() {
        try (var gate = gate(", tokens: [main/shop]", "permits: 3")) {
            assertThat(outcome(gate, keyed(get("/a")))).isEqualTo("proceed");
            assertThat(outcome(gate, token("shop", "alice"))).isEqualTo("proceed");
            assertThat(outcome(gate, token("shop", "bob"))).isEqualTo("proceed");
            assertThat(outcome(gate, keyed(get("/a")))).isEqualTo(LIMITED);
            assertThat(outcome(gate, token("shop", "carol"))).isEqualTo(LIMITED);
            assertThat(outcome(gate, token("other", "carol"))).isEqualTo("proceed");
        }
    }

    @Test
    void countsWhatIsInFlightOfOneClientTogether() {
        for (var limit : List.of("permits: 2, by: client", "permits: 9, share-by: client")) {
            var crowded = yaml(", tokens: [main/shop]", "permits: 99")
                    .replace("rate-limits", "concurrency: { c: { " + limit + " } }, rate-limits");
            try (var gate = Gate.builder(file(crowded)).clock(clock).build()) {
                assertThat(outcome(gate, keyed(get("/a")))).isEqualTo("proceed");
                assertThat(outcome(gate, token("shop", "alice"))).isEqualTo("proceed");
                assertThat(gate.concurrency().limits().get(0).keys()).isEqualTo(1);
                assertThat(outcome(gate, token("other", "carol"))).isEqualTo("proceed");
                assertThat(gate.concurrency().limits().get(0).keys()).isEqualTo(2);
            }
        }
    }

    @Test
    void countsWhatIsInFlightByTheNamesOfTheConfigurationThatHolds() {
        var limited = yaml("", "permits: 99")
                .replace("rate-limits", "concurrency: { c: { permits: 1, by: client } }, rate-limits");
        try (var gate = Gate.builder(file(limited)).clock(clock).build()) {
            assertThat(outcome(gate, keyed(get("/a")))).isEqualTo("proceed");
            gate.reload(file(limited.replace("clients: { acme: {", "clients: { acme: { tokens: [main/shop],")));
            assertThat(outcome(gate, token("shop", "alice"))).startsWith("a.concurrency.c ");
            gate.reload(file(limited));
            assertThat(outcome(gate, token("shop", "alice"))).isEqualTo("proceed");
        }
    }

    @Test
    void countsANameThatNobodyDeclaredToBeTheClientsByItself() {
        try (var gate = gate("", "permits: 1")) {
            assertThat(outcome(gate, keyed(get("/a")))).isEqualTo("proceed");
            assertThat(outcome(gate, token("acme", "alice"))).isEqualTo("proceed");
        }
    }

    @Test
    void grantsTheTokensWhatTheClientGets() {
        try (var gate = gate(", tokens: [main/shop]", "permits: 1, clients: { acme: { permits: 2 } }")) {
            assertThat(outcome(gate, token("shop", "alice"))).isEqualTo("proceed");
            assertThat(outcome(gate, token("shop", "alice"))).isEqualTo("proceed");
            assertThat(outcome(gate, token("shop", "alice"))).isEqualTo(LIMITED);
        }
        try (var gate = gate(", tokens: [main/shop]", "permits: 1, exempt: { clients: [acme] }")) {
            assertThat(outcome(gate, token("shop", "alice"))).isEqualTo("proceed");
            assertThat(outcome(gate, token("shop", "alice"))).isEqualTo("proceed");
        }
    }

    @Test
    void stopsTheStartForWhatIsNoClientOfAnIssuerOrTwoClients() {
        assertThat(problems(", tokens: [shop]")).contains("clients.acme.tokens[0]", "no issuer `clients`");
        assertThat(problems(", tokens: [mian/shop]")).contains("no issuer `mian`");
        assertThat(problems(", tokens: [/shop]")).contains("clients.acme.tokens[0]");
        assertThat(problems(", tokens: [main/shop] }, b: { tokens: [main/shop]"))
                .contains("clients.b.tokens[0]", "it is `acme` already");
    }

    @Test
    void lintSaysThatALimitSpeaksOfAClientByAnotherName() {
        var yaml = yaml(", tokens: [main/shop]", "permits: 1, clients: { main/shop: { permits: 2 } }");
        assertThat(Lint.of(file(yaml), Resources.in(Path.of(""), getClass().getClassLoader())))
                .extracting(finding -> finding.concern().id())
                .contains("unknown-client");
    }

    private String problems(String tokens) {
        return catchThrowableOfType(ConfigurationException.class, () -> gate(tokens, "permits: 1"))
                .getMessage();
    }

    private RecordedWire token(String client, String subject) {
        var token = provider.token().subject(subject).claim("azp", client).sign();
        return get("/a").with("Authorization", "Bearer " + token);
    }

    private Gate gate(String tokens, String limit) {
        return Gate.builder(file(yaml(tokens, limit))).clock(clock).build();
    }

    private String yaml(String tokens, String limit) {
        return """
                        issuers: { main: { issuer: "%s", audiences: [orders-api], key-timeout: 30s } }
                        clients: { acme: { api-keys: ["%s"]%s } }
                        policies: { a: { paths: [/a], authenticate: [jwt, api-key], rate-limits: { b: { per: 1h, by: client, %s } } } }
                        """.formatted(provider.issuer(), ApiKeyHash.of(KEY), tokens, limit);
    }
}
