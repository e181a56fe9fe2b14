package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.config.Gates.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.Outcome;
import dev.portcullis.config.RouteReport.Access;
import dev.portcullis.config.Word.Level;
import dev.portcullis.config.Word.Written;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ways to say who calls that nobody has to go. */
class AnonymousCallersTest {

    private static final String SHOP =
            CLIENTS + "policies: { shop: { paths: [/shop], authenticate: [api-key, anonymous] } }";

    @Test
    void letsInWhoeverSendsNothingAndNobodyWhoseCredentialIsBad() {
        try (var gate = gate(SHOP)) {
            assertThat(outcome(gate, get("/shop"))).isEqualTo("proceed");
            assertThat(caller(gate, get("/shop"))).isNull();
            assertThat(caller(gate, keyed(get("/shop")))).isEqualTo("acme");
            assertThat(outcome(gate, get("/shop").with("X-API-Key", "a-key-of-nobody-0123456789abcdef")))
                    .isEqualTo("shop.authentication 401 invalid-api-key");
            assertThat(outcome(gate, keyed(keyed(get("/shop")))))
                    .isEqualTo("shop.authentication 400 several-credentials");
        }
    }

    @Test
    void demandsCredentialsWhereAnyWordDoes() {
        var open = ways("Shop.open", "api-key", "anonymous");
        try (var gate =
                gate(SHOP, handler("open", "/other", open), handler("closed", "/shop", ways("Shop", "api-key")))) {
            assertThat(outcome(gate, to(get("/other"), "open"))).isEqualTo("proceed");
            assertThat(outcome(gate, to(get("/shop"), "closed")))
                    .isEqualTo("Shop.authentication 401 authentication-required");
            assertThat(gate.anonymous()).containsExactly("open");
        }
    }

    @Test
    void reportsThemAsOpenToAnybody() {
        try (var gate = gate(SHOP)) {
            var route = gate.management().routes().get(0);
            assertThat(route.access()).isEqualTo(Access.PUBLIC);
            assertThat(route.authentication()).containsExactly("api-key", "anonymous");
        }
    }

    @Test
    void asksOnlyKnownCallersHowTheyHaveLoggedIn() {
        try (var gate = gate("step-up: { amr: [otp] }\n" + SHOP)) {
            assertThat(outcome(gate, get("/shop"))).isEqualTo("proceed");
            assertThat(outcome(gate, keyed(get("/shop"))))
                    .isEqualTo("shop.step-up-everywhere 401 insufficient-user-authentication");
        }
    }

    @Test
    void stopsTheStartWhereItCannotBeMeant() {
        assertThat(problems(SHOP.replace("api-key, anonymous", "anonymous")))
                .contains("policies.shop.authenticate: no way to say who calls");
        assertThat(problems(SHOP.replace("anonymous]", "anonymous], authorize: { scopes: [read] }")))
                .contains("policies.shop.authenticate: callers may be anonymous, and `authorize` denies them");
        assertThat(problems(SHOP.replace("anonymous]", "anonymous], public: true")))
                .contains("policies.shop.public: public, and asks who calls");
        assertThat(problems(
                        "session: { attributes: [a] }\n" + SHOP,
                        handler("h", "/shop", ways("Shop", "session", "anonymous"))))
                .contains("Shop.authenticate: `shop`, `Shop` have no way to authenticate in common");
    }

    @Test
    void isLooserThanTheBaselineThatDemandsCredentials() {
        var baseline = Gates.file(SHOP.replace(", anonymous", ""));
        var overlay = Gates.file("policies: { shop: { authenticate: [api-key, anonymous] } }");
        assertThat(Baseline.compare(baseline, overlay))
                .extracting(finding -> finding.problem().key())
                .containsExactly("policies.shop.authenticate");
        assertThat(Baseline.compare(Gates.file(SHOP), Gates.file("policies: { shop: { authenticate: [api-key] } }")))
                .isEmpty();
    }

    private static String caller(Gate gate, RecordedWire wire) {
        var principal = ((Outcome.Proceed) gate.engine().evaluate(gate.view(wire))).principal();
        return principal == null ? null : principal.id();
    }

    private static Endpoint handler(String id, String pattern, Word... words) {
        return new Endpoint(id, List.of(pattern), Set.of("GET"), List.of(words));
    }

    private static Word ways(String name, String... ways) {
        return new Written(
                Level.METHOD, name, Policy.builder().authenticate(List.of(ways)).build());
    }

    private static List<String> problems(String yaml, Endpoint... handlers) {
        var exception = catchThrowableOfType(
                ConfigurationException.class, () -> gate(yaml, handlers).close());
        return exception == null
                ? List.of()
                : exception.problems().stream()
                        .map(p -> p.key() + ": " + p.message())
                        .toList();
    }
}
