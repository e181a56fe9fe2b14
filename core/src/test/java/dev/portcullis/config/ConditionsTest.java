package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.json;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.met;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.authz.Authorizer;
import dev.portcullis.authz.Authorizer.Decision;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final String OWN = CLIENTS + """
            policies:
              users:
                paths: ["/users/{userId}"]
                authenticate: [api-key]
                authorize: { when: "path.userId == principal.id || hasRole('support')" }
            """;

    @Test
    void bindsTheArgumentToTheCaller() {
        try (var gate = gate(OWN)) {
            assertThat(outcome(gate, keyed(get("/users/acme")))).isEqualTo("proceed");
            assertThat(outcome(gate, keyed(get("/users/bob")))).isEqualTo("users.condition 403 not-permitted");
            assertThat(outcome(gate, get("/users/acme"))).isEqualTo("users.authentication 401 authentication-required");
        }
    }

    @Test
    void asksConditionsOnBodiesLast() {
        var yaml = CLIENTS + """
                policies:
                  pay:
                    paths: [/pay]
                    authenticate: [api-key]
                    authorize: { when: "body.amount <= 100", roles: [partner] }
                    body: { max-size: 1KB, schema: '{"type": "object"}' }
                    attacks: { level: balanced }
                """;
        try (var gate = gate(yaml)) {
            assertThat(met(gate, keyed(json("/pay", "{\"amount\": 99.5}"))))
                    .containsExactly(
                            "protocol",
                            "pay.brute-force",
                            "pay.authentication",
                            "pay.authorization",
                            "pay.body",
                            "pay.schema",
                            "pay.attacks",
                            "pay.condition");
            assertThat(outcome(gate, pay("{\"amount\": 99.5}"))).isEqualTo("proceed");
            assertThat(outcome(gate, pay("{\"amount\": 100.01}"))).isEqualTo("pay.condition 403 not-permitted");
            assertThat(outcome(gate, pay("{\"amount\": \"5\"}"))).isEqualTo("pay.condition 403 not-permitted");
            assertThat(outcome(gate, pay("{}"))).isEqualTo("pay.condition 403 not-permitted");
            assertThat(outcome(gate, pay("[]"))).isEqualTo("pay.schema 400 schema-violation");
        }
    }

    private static RecordedWire pay(String body) {
        return keyed(json("/pay", body));
    }

    @Test
    void asksNobodyWhoCallsWhereTheConditionDoesNot() {
        var yaml = """
                policies:
                  a:
                    paths: [/a]
                    public: true
                    authorize: { when: "request.address.inRange('192.0.2.0/24') && request.method == 'GET'" }
                """;
        try (var gate = gate(yaml)) {
            assertThat(outcome(gate, get("/a").from("192.0.2.7"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/a").from("198.51.100.1"))).isEqualTo("a.condition 403 not-permitted");
        }
    }

    @Test
    void cannotTellWhatTwoReadersReadInTwoWays() {
        var yaml = """
                policies:
                  a:
                    paths: [/a]
                    public: true
                    authorize: { when: "request.parameters.team != 'x'" }
                """;
        try (var gate = gate(yaml)) {
            assertThat(outcome(gate, get("/a?team=b"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/a?team=b%C3%A9"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/a?team=b%E9"))).isEqualTo("a.condition 403 not-permitted");
        }
    }

    @Test
    void observesConditionsThatAreObserved() {
        try (var gate = gate(OWN.replace("when:", "mode: observe, when:"))) {
            assertThat(outcome(gate, keyed(get("/users/bob")))).isEqualTo("proceed");
        }
    }

    private static final String OWNED = CLIENTS + """
            policies:
              orders:
                paths: ["/orders/{orderId}"]
                authenticate: [api-key]
                authorize: { authorizer: ownerOf }
            """;

    private static String decided(Authorizer authorizer, RecordedWire wire) {
        try (var gate = Gate.builder(Gates.file(OWNED))
                .authorizer("ownerOf", authorizer)
                .build()) {
            return outcome(gate, wire);
        }
    }

    @Test
    void asksTheApplicationsOwnAuthorizer() {
        var owned = Set.of("acme 7");
        Authorizer ownerOf =
                Authorizer.of(asked -> owned.contains(asked.principal().id() + " " + asked.variable("orderId")));
        assertThat(decided(ownerOf, keyed(get("/orders/7")))).isEqualTo("proceed");
        assertThat(decided(ownerOf, keyed(get("/orders/8")))).isEqualTo("orders.authorizer 403 not-permitted");
        assertThat(decided(asked -> Decision.deny("closed"), keyed(get("/orders/7"))))
                .isEqualTo("orders.authorizer 403 not-permitted");
    }

    @Test
    void deniesWhenTheAuthorizerCannotTell() {
        assertThat(decided(asked -> Decision.permit(), keyed(get("/orders/7")))).isEqualTo("proceed");
        assertThat(decided(
                        asked -> {
                            throw new IllegalStateException("the database is away");
                        },
                        keyed(get("/orders/7"))))
                .isEqualTo("orders.authorizer 503 could-not-tell");
        assertThat(decided(Authorizer.of(asked -> asked.variable("order").isEmpty()), keyed(get("/orders/7"))))
                .isEqualTo("orders.authorizer 503 could-not-tell");
    }

    @Test
    void takesEachAuthorizerOnceAndLeavesUnknownOnesToWhoeverKnowsThem() {
        var builder = Gate.builder(Gates.file(OWNED)).authorizer("a", asked -> Decision.permit());
        assertThatIllegalArgumentException().isThrownBy(() -> builder.authorizer("a", asked -> Decision.permit()));
        try (var gate = Gate.builder(Gates.file(OWNED)).unknownHandlers().build()) {
            assertThat(outcome(gate, keyed(get("/orders/7")))).isEqualTo("orders.authorizer 503 could-not-tell");
        }
        assertThat(Lint.of(Gates.file(OWNED), location -> null))
                .extracting(finding -> finding.concern().id())
                .doesNotContain(Lint.CONFIGURATION)
                .isNotEqualTo(List.of());
    }
}
