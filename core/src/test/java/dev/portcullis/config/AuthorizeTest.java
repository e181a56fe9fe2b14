package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.config.Gates.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.Route;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorizeTest {

    private static final String ADMIN = "the-key-of-the-admin-0123456789ab";
    private static final String VIEWER = "the-key-of-the-viewer-0123456789a";
    private static final String NOBODYS = "the-key-of-nobody-0123456789abcde";
    private static final String CLIENTS =
            """
            clients:
              ada: { api-keys: ["%s"], roles: [admin], tenant: north }
              vic: { api-keys: ["%s"], roles: [viewer], tenant: south }
              nob: { api-keys: ["%s"], roles: [guest] }
            roles: { admin: [editor], editor: [viewer] }
            """.formatted(ApiKeyHash.of(ADMIN), ApiKeyHash.of(VIEWER), ApiKeyHash.of(NOBODYS));

    private static String asked(String authorize, RecordedWire wire) {
        return asked("/{tenant}/orders", authorize, wire);
    }

    private static String asked(String path, String authorize, RecordedWire wire) {
        var policy = "policies: { a: { paths: [\"" + path + "\"], authenticate: [api-key], authorize: { " + authorize
                + " } } }\n";
        try (var gate = gate(CLIENTS + policy)) {
            return outcome(gate, wire);
        }
    }

    private static RecordedWire as(String key, String target) {
        return get(target).with("X-API-Key", key);
    }

    private static List<String> problems(String yaml, Endpoint... handlers) {
        var exception = catchThrowableOfType(
                ConfigurationException.class, () -> gate(yaml, handlers).close());
        return exception == null
                ? List.of()
                : exception.problems().stream().map(Problem::message).toList();
    }

    @Test
    void takesTheRoleAboveForTheRoleBelowAndNotTheOtherWayRound() {
        assertThat(asked("roles: [viewer]", as(ADMIN, "/x/orders"))).isEqualTo("proceed");
        assertThat(asked("roles: [editor]", as(ADMIN, "/x/orders"))).isEqualTo("proceed");
        assertThat(asked("roles: [editor]", as(VIEWER, "/x/orders")))
                .isEqualTo("a.authorization 403 insufficient-role");
        assertThat(asked("roles: [Viewer]", as(VIEWER, "/x/orders")))
                .isEqualTo("a.authorization 403 insufficient-role");
    }

    @Test
    void deniesWhoeverHasADeniedRoleItselfOrByWhatItImplies() {
        assertThat(asked("deny-roles: [guest]", as(NOBODYS, "/x/orders")))
                .isEqualTo("a.authorization 403 insufficient-role");
        assertThat(asked("deny-roles: [viewer]", as(ADMIN, "/x/orders")))
                .isEqualTo("a.authorization 403 insufficient-role");
        assertThat(asked("deny-roles: [admin]", as(VIEWER, "/x/orders"))).isEqualTo("proceed");
    }

    @Test
    void deniesOtherKindsOfCallers() {
        var people = "policies: { a: { paths: [/x/orders], authenticate: [jwt, api-key],"
                + " authorize: { kinds: [user, service] } } }\n";
        try (var gate = gate(Gates.ISSUERS + CLIENTS + people)) {
            assertThat(outcome(gate, as(ADMIN, "/x/orders"))).isEqualTo("a.authorization 403 not-permitted");
        }
        assertThat(asked("kinds: [client]", as(ADMIN, "/x/orders"))).isEqualTo("proceed");
    }

    @Test
    void demandsATenant() {
        assertThat(asked("tenant: required", as(ADMIN, "/x/orders"))).isEqualTo("proceed");
        assertThat(asked("tenant: required", as(NOBODYS, "/x/orders"))).isEqualTo("a.authorization 403 no-tenant");
        assertThat(asked("tenant: \"header:X-Tenant\"", as(NOBODYS, "/x/orders").with("X-Tenant", "")))
                .isEqualTo("a.authorization 403 no-tenant");
    }

    @Test
    void holdsTheTenantAgainstThePath() {
        assertThat(asked("tenant: \"path:tenant\"", as(ADMIN, "/north/orders"))).isEqualTo("proceed");
        for (var other : List.of("/south/orders", "/North/orders", "/north%20/orders")) {
            assertThat(asked("tenant: \"path:tenant\"", as(ADMIN, other)))
                    .isEqualTo("a.authorization 403 tenant-mismatch");
        }
    }

    @Test
    void holdsTheTenantAgainstAHeaderThatIsSentOnce() {
        var demand = "tenant: \"header:X-Tenant\"";
        var denied = "a.authorization 403 tenant-mismatch";
        assertThat(asked(demand, as(ADMIN, "/x/orders").with("X-Tenant", "north")))
                .isEqualTo("proceed");
        assertThat(asked(demand, as(ADMIN, "/x/orders").with("X-Tenant", "south")))
                .isEqualTo(denied);
        assertThat(asked(demand, as(ADMIN, "/x/orders"))).isEqualTo(denied);
        assertThat(asked(
                        demand, as(ADMIN, "/x/orders").with("X-Tenant", "north").with("X-Tenant", "south")))
                .isEqualTo(denied);
    }

    @Test
    void holdsTheTenantAgainstAParameterThatIsSentOnce() {
        var demand = "tenant: \"parameter:t\"";
        var denied = "a.authorization 403 tenant-mismatch";
        assertThat(asked(demand, as(ADMIN, "/x/orders?t=north"))).isEqualTo("proceed");
        for (var query :
                List.of("", "?t=south", "?t=north&t=south", "?T=north", "?t=north&%74=south", "?t=north&q=%E9")) {
            assertThat(asked(demand, as(ADMIN, "/x/orders" + query))).as(query).isEqualTo(denied);
        }
    }

    @Test
    void holdsTheTenantAgainstTheHost() {
        var demand = "tenant: \"host:{tenant}.example.com\"";
        for (var host : List.of("north.example.com", "NORTH.example.com:8443")) {
            assertThat(asked(demand, on(host))).as(host).isEqualTo("proceed");
        }
        for (var host :
                List.of("south.example.com", "example.com", "a.north.example.com", "north.example.com.evil.com")) {
            assertThat(asked(demand, on(host))).as(host).isEqualTo("a.authorization 403 tenant-mismatch");
        }
    }

    private static RecordedWire on(String host) {
        return RecordedWire.of("GET", "/x/orders").with("Host", host).with("X-API-Key", ADMIN);
    }

    @Test
    void takesTheTenantFromTheHandlersPathWhereThePolicyHasNone() {
        var yaml = CLIENTS + "policies: { a: { authenticate: [api-key], authorize: { tenant: \"path:tenant\" } } }\n";
        var guard = new Word.Guard(Word.Level.TYPE, "Orders", "a");
        var handler = new Endpoint("o", List.of("/{tenant:[a-z]+}/o"), Set.of("GET"), List.of(guard));
        try (var gate = gate(yaml, handler)) {
            assertThat(outcome(gate, routed("north"))).isEqualTo("proceed");
            assertThat(outcome(gate, routed("south"))).isEqualTo("a.authorization 403 tenant-mismatch");
            assertThat(outcome(gate, to(as(ADMIN, "/north/o"), "o"))).isEqualTo("a.authorization 403 tenant-mismatch");
        }
        var other = new Endpoint("p", List.of("/{tenants}/o"), Set.of("GET"), List.of(guard));
        assertThat(problems(yaml, other)).containsExactly("`a` asks for `{tenant}`, which is not in `/{tenants}/o`");
    }

    private static RecordedWire routed(String tenant) {
        var path = "/" + tenant + "/o";
        return as(ADMIN, path).to(new Route("o", "/{tenant:[a-z]+}/o", Map.of("tenant", tenant)));
    }

    @Test
    void stopsTheStartOverRolesThatImplyThemselves() {
        assertThat(problems("roles: { a: [b], b: [c], c: [a] }\n"))
                .containsExactly("roles: `a` > `b` > `c` > `a` (expected: no role that implies itself)");
        assertThat(problems("roles: { a: [a] }\n"))
                .containsExactly("roles: `a` > `a` (expected: no role that implies itself)");
    }
}
