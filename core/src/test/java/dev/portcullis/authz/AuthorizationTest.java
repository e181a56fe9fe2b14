package dev.portcullis.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.Engine;
import dev.portcullis.Header;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Principal;
import dev.portcullis.Reply;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {

    @Test
    void demandsEveryScopeOfAll() {
        var check = Authorization.builder().scopes(List.of("a", "b")).build();
        assertThat(code(check, caller("a b c", ""))).isEqualTo("proceed");
        assertThat(code(check, caller("a", ""))).isEqualTo("insufficient-scope");
        assertThat(code(check, caller("", ""))).isEqualTo("insufficient-scope");
    }

    @Test
    void demandsOneScopeOfAny() {
        var check = Authorization.builder().anyScope(List.of("a", "b")).build();
        assertThat(code(check, caller("b", ""))).isEqualTo("proceed");
        assertThat(code(check, caller("c", ""))).isEqualTo("insufficient-scope");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"orders", "orders:write:all", "Orders:Write", "orders:writ", "orders:*", "*", "xorders:write"})
    void comparesScopesWholeAndByCase(String held) {
        var check = Authorization.builder().scopes(List.of("orders:write")).build();
        assertThat(code(check, caller(held, ""))).isEqualTo("insufficient-scope");
    }

    @Test
    void demandsOneRole() {
        var check = Authorization.builder().roles(List.of("admin", "owner")).build();
        assertThat(code(check, caller("", "owner"))).isEqualTo("proceed");
        assertThat(code(check, caller("", "viewer"))).isEqualTo("insufficient-role");
        assertThat(code(check, caller("", "Admin"))).isEqualTo("insufficient-role");
    }

    @Test
    void deniesADeniedRoleWhateverElseTheCallerHas() {
        var check = Authorization.builder()
                .scopes(List.of("a"))
                .roles(List.of("admin"))
                .deniedRoles(List.of("suspended"))
                .build();
        assertThat(code(check, caller("a", "admin"))).isEqualTo("proceed");
        assertThat(code(check, caller("a", "admin suspended"))).isEqualTo("insufficient-role");
    }

    @Test
    void holdsAllDemandsTogether() {
        var check = Authorization.builder()
                .scopes(List.of("a"))
                .anyScope(List.of("b", "c"))
                .roles(List.of("r"))
                .build();
        assertThat(code(check, caller("a c", "r"))).isEqualTo("proceed");
        assertThat(code(check, caller("a", "r"))).isEqualTo("insufficient-scope");
        assertThat(code(check, caller("b c", "r"))).isEqualTo("insufficient-scope");
        assertThat(code(check, caller("a c", ""))).isEqualTo("insufficient-role");
    }

    @Test
    void asksForAuthenticationWhenNobodyIsKnown() {
        var check = Authorization.builder().deniedRoles(List.of("x")).build();
        var deny = (Verdict.Deny) check.check(RecordedWire.of("GET", "/").view());
        assertThat(deny.reply().status()).isEqualTo(401);
        assertThat(deny.reply().code()).isEqualTo("authentication-required");
        assertThat(deny.reply().headers()).anyMatch(header -> header.named("WWW-Authenticate"));
    }

    @Test
    void challengesBearersOnly() {
        var check = Authorization.builder().scopes(List.of("b", "a")).build();
        assertThat(stop(check, caller("", "")).headers())
                .containsExactly(new Header(
                        "WWW-Authenticate", "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"a b\""));
        var byKey = new Principal(
                "acme", Principal.Kind.CLIENT, "clients", "acme", null, null, Set.of(), Set.of(), Map.of(), "api-key");
        assertThat(stop(check, byKey).headers()).isEmpty();
        var bound = Map.<String, Object>of("cnf", Map.of("jkt", "x"));
        var holder = new Principal(
                "a", Principal.Kind.USER, "main", "web", null, null, Set.of(), Set.of(), bound, "introspection");
        assertThat(stop(check, holder).headers())
                .containsExactly(new Header(
                        "WWW-Authenticate", "DPoP realm=\"api\", error=\"insufficient_scope\", scope=\"a b\""));
    }

    @Test
    void refusesToBuildWhatDemandsNothingOrContradictsItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Authorization.builder().build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Authorization.builder()
                        .roles(List.of("a"))
                        .deniedRoles(List.of("a"))
                        .build());
        for (var scope : List.of("", "a b", "a\"", "ä", "a\\")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Authorization.builder().scopes(List.of(scope)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Authorization.builder().anyScope(List.of(scope)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Authorization.builder().roles(List.of(" ")));
    }

    private static Principal caller(String scopes, String roles) {
        return new Principal(
                "alice", Principal.Kind.USER, "main", "shop", null, null, words(scopes), words(roles), Map.of(), "jwt");
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
    }

    private static String code(Authorization check, Principal caller) {
        var outcome = outcome(check, caller);
        return outcome instanceof Outcome.Stop stop ? stop.reply().code() : "proceed";
    }

    private static Reply stop(Authorization check, Principal caller) {
        return ((Outcome.Stop) outcome(check, caller)).reply();
    }

    private static Outcome outcome(Authorization check, Principal caller) {
        var set = PolicySet.builder()
                .first(
                        Rule.enforce("known", request -> Verdict.Pass.identifying(caller)),
                        Rule.enforce("authorize", check))
                .otherwiseProceed();
        return Engine.of(set, Listener.NONE)
                .evaluate(RecordedWire.of("GET", "/").view());
    }
}
