package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.json;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Routes by risk: a policy is the bundle of checks of its class. */
class RiskTiersTest {

    private static final String TIERS = """
            policies:
              low: { paths: [/catalogue/**], public: true, body: { max-size: 1MB } }
              high: { paths: [/payments/**], public: true, body: { max-size: 16KB }, attacks: { level: strict } }
            """;

    @Test
    void bodiesAreLookedAtWhereTheRiskIsHigh() {
        var attack = "{\"note\": \"<script>alert(1)</script>\"}";
        try (var gate = gate(TIERS)) {
            assertThat(outcome(gate, json("/payments/1", attack))).startsWith("high.attacks 403");
            assertThat(outcome(gate, json("/catalogue/1", attack))).isEqualTo("proceed");
            assertThat(gate.management().routes())
                    .anySatisfy(route -> assertThat(route.rules()).contains("high.attacks"))
                    .anySatisfy(route ->
                            assertThat(route.rules()).contains("low.body").noneMatch(rule -> rule.contains("attacks")));
        }
    }
}
