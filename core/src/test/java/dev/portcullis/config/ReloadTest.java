package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.ISSUERS;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReloadTest {

    private static final String LIMITED =
            "policies: { a: { paths: [/a], rate-limits: { one: { permits: 1, per: 1h } } } }\n";
    private static final String DENYING = "policies: { a: { paths: [/a], ip: { deny: [127.0.0.1] } } }\n";

    @Test
    void asksTheNewPolicies() {
        try (var gate = gate("policies: { a: { paths: [/a], public: true } }")) {
            var before = gate.engine().policies().digest();
            assertThat(outcome(gate, get("/a"))).isEqualTo("proceed");
            gate.reload(file(DENYING));
            assertThat(outcome(gate, get("/a"))).isEqualTo("a.ip 403 address-denied");
            assertThat(gate.engine().policies().digest()).isNotEqualTo(before);
        }
    }

    @Test
    void refillsNoLimitThatItLeavesAsItIs() {
        try (var gate = gate(LIMITED)) {
            assertThat(outcome(gate, get("/a"))).isEqualTo("proceed");
            gate.reload(file(LIMITED + "# a comment\n"));
            gate.reload(file(CLIENTS + LIMITED));
            assertThat(outcome(gate, get("/a"))).isEqualTo("a.rate-limit.one 429 rate-limited");
        }
    }

    @Test
    void countsApartWhatWasObservedBefore() {
        var observed = LIMITED.replace("per: 1h", "per: 1h, mode: observe");
        try (var gate = gate(observed)) {
            assertThat(outcome(gate, get("/a"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/a"))).isEqualTo("proceed");
            gate.reload(file(LIMITED));
            assertThat(outcome(gate, get("/a"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/a"))).isEqualTo("a.rate-limit.one 429 rate-limited");
        }
    }

    @Test
    void leavesEverythingAsItWasWhenItFails() {
        try (var gate = gate(DENYING)) {
            var digest = gate.engine().policies().digest();
            assertThatThrownBy(() -> gate.reload(file("policies: { a: { paths: [a] } }")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("policies.a.paths[0]");
            assertThat(outcome(gate, get("/a"))).isEqualTo("a.ip 403 address-denied");
            assertThat(gate.engine().policies().digest()).isEqualTo(digest);
        }
    }

    @Test
    void believesTheNewProxies() {
        var policy = "policies: { a: { paths: [/a], ip: { allow: [203.0.113.7] } } }\n";
        var wire = get("/a").with("X-Forwarded-For", "203.0.113.7");
        try (var gate = gate(policy)) {
            assertThat(outcome(gate, wire)).isEqualTo("a.ip 403 address-denied");
            gate.reload(file("forwarded: { trusted: [127.0.0.1], address: x-forwarded-for }\n" + policy));
            assertThat(outcome(gate, wire)).isEqualTo("proceed");
        }
    }

    @Test
    void cannotChangeHowManyMetersAreKept() {
        try (var gate = gate("limits: { max-keys: 10 }\n" + LIMITED)) {
            assertThatThrownBy(() -> gate.reload(file("limits: { max-keys: 20 }\n" + LIMITED)))
                    .hasMessageContaining("limits.max-keys (p.yml:1:21): `20`, but the gate was started with `10`");
        }
    }

    @Test
    void keepsTheTokensItKnowsWhileTheIssuersStay() {
        var yaml = ISSUERS + "policies: { a: { paths: [/a], authenticate: [jwt] } }\n";
        try (var gate = gate(yaml)) {
            gate.reload(file(yaml));
            gate.reload(file(yaml.replace("audiences: [a]", "audiences: [b]")));
            gate.reload(file(LIMITED));
            assertThat(outcome(gate, get("/a"))).isEqualTo("proceed");
        }
    }

    @Test
    void namesWhatIsWrittenAndNotHow() {
        var one = digest(
                "mode: enforce\npolicies: { a: { paths: [/a], public: true }, b: { paths: [/b], public: true } }\n");
        var other = digest("""
        # the same
        portcullis:
          policies:
            b:
              public: "true"
              paths:
                - /b
            a: { public: true, paths: [/a] }
          mode: enforce
        """);
        assertThat(other).isEqualTo(one).matches("[0-9a-f]{64}");
        assertThat(digest("policies: { a: { paths: [/a], public: true }, b: { paths: [/b], public: true } }\n"))
                .isNotEqualTo(one);
    }

    @Test
    void namesTheContentOfSchemasToo() {
        assertThat(digestWith("{\"type\":\"object\"}")).isNotEqualTo(digestWith("{\"type\":\"array\"}"));
    }

    private static String digest(String yaml) {
        try (var gate = gate(yaml)) {
            return gate.engine().policies().digest();
        }
    }

    private static String digestWith(String schema) {
        var file = file("policies: { a: { paths: [/a], public: true, body: { schema: 'classpath:s.json' } } }");
        try (var gate = Gate.builder(file)
                .resources(Schemas.of(Map.of("classpath:s.json", schema)))
                .build()) {
            return gate.engine().policies().digest();
        }
    }
}
