package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.caller;
import static dev.portcullis.auth.Bench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Principal;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.TokenDraft;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of the claims of a token whose signature holds. */
class CallersTest {

    private static Bench bench;

    @BeforeAll
    static void start() {
        bench = new Bench();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    private static Verdict verdict(UnaryOperator<Issuer.Builder> trusted, UnaryOperator<TokenDraft> said) {
        var jwt = Jwt.of(List.of(trusted.apply(bench.issuer()).build()), bench.rings);
        var token = said.apply(bench.provider.token()).sign();
        return ask(Authentication.required(List.of(jwt)), token);
    }

    private static Principal said(UnaryOperator<TokenDraft> said) {
        return caller(verdict(issuer -> issuer, said));
    }

    private static String denied(UnaryOperator<TokenDraft> said) {
        return reason(verdict(issuer -> issuer, said));
    }

    @Test
    void readsScopesFromEitherClaimAsTextOrAsArray() {
        assertThat(said(token -> token.claim("scope", "a  b ")).scopes()).containsExactlyInAnyOrder("a", "b");
        assertThat(said(token -> token.claim("scp", "a b")).scopes()).containsExactlyInAnyOrder("a", "b");
        assertThat(said(token -> token.claim("scp", List.of("a", "b c"))).scopes())
                .containsExactlyInAnyOrder("a", "b c");
        assertThat(said(token -> token.claim("scope", "a").claim("scp", "b")).scopes())
                .containsExactly("a");
        assertThat(said(token -> token).scopes()).isEmpty();
        assertThat(said(token -> token.claim("scope", "")).scopes()).isEmpty();
    }

    @Test
    void readsRolesFromWhereItIsTold() {
        var nested = verdict(
                issuer -> issuer.rolesFrom("realm_access.roles"),
                token -> token.claim("realm_access", Map.of("roles", List.of("buyer"))));
        assertThat(caller(nested).roles()).containsExactly("buyer");
        var named = verdict(
                issuer -> issuer.rolesFrom("https://shop.example/roles"),
                token -> token.claim("https://shop.example/roles", List.of("buyer")));
        assertThat(caller(named).roles()).containsExactly("buyer");
        var elsewhere = verdict(
                issuer -> issuer.rolesFrom("realm_access.roles"), token -> token.claim("roles", List.of("admin")));
        assertThat(caller(elsewhere).roles()).isEmpty();
    }

    @Test
    void readsTenantAndTierFromWhereItIsToldAndFromNowhereElse() {
        UnaryOperator<TokenDraft> both = token -> token.claim("org", "shop-1").claim("plan", "gold");
        var told = caller(verdict(issuer -> issuer.tenantFrom("org").tierFrom("plan"), both));
        assertThat(told.tenant()).isEqualTo("shop-1");
        assertThat(told.tier()).isEqualTo("gold");
        assertThat(said(both).tenant()).isNull();
        assertThat(said(both).tier()).isNull();
        assertThat(reason(verdict(issuer -> issuer.tenantFrom("org"), token -> token.claim("org", List.of("a", "b")))))
                .isEqualTo("invalid-claim");
        assertThat(reason(verdict(issuer -> issuer.tierFrom("plan"), token -> token.claim("plan", 1))))
                .isEqualTo("invalid-claim");
    }

    @Test
    void knowsTheClientByAzpOrElseByClientId() {
        assertThat(said(token -> token.claim("azp", "shop").claim("client_id", "other"))
                        .client())
                .isEqualTo("shop");
        assertThat(said(token -> token.claim("client_id", "shop")).client()).isEqualTo("shop");
        assertThat(said(token -> token).client()).isEqualTo("alice");
        assertThat(caller(verdict(issuer -> issuer.clientFrom("cid"), token -> token.claim("cid", "shop")))
                        .client())
                .isEqualTo("shop");
    }

    @Test
    void takesAProgramThatCallsForItselfForAService() {
        var itself = said(token -> token.subject("batch").claim("client_id", "batch"));
        assertThat(itself.kind()).isEqualTo(Principal.Kind.SERVICE);
        var nobody = said(token -> token.without("sub").claim("azp", "batch"));
        assertThat(nobody.kind()).isEqualTo(Principal.Kind.SERVICE);
        assertThat(nobody.id()).isEqualTo("batch");
        assertThat(said(token -> token.claim("azp", "batch")).kind()).isEqualTo(Principal.Kind.USER);
    }

    @Test
    void takesProgramsForServicesWhateverTheirIssuerCallsThem() {
        assertThat(kind(token -> token.claim("azp", "Batch").claim("preferred_username", "service-account-batch")))
                .as("Keycloak")
                .isEqualTo(Principal.Kind.SERVICE);
        assertThat(kind(token -> token.claim("azp", "batch").claim("gty", "client-credentials")))
                .as("Auth0")
                .isEqualTo(Principal.Kind.SERVICE);
        assertThat(kind(token -> token.claim("azp", "batch").claim("idtyp", "app")))
                .as("Entra ID")
                .isEqualTo(Principal.Kind.SERVICE);
    }

    @Test
    void takesNobodyForAServiceWhoHasOnlyItsName() {
        assertThat(kind(token -> token.claim("azp", "web").claim("preferred_username", "service-account-batch")))
                .isEqualTo(Principal.Kind.USER);
        assertThat(kind(token -> token.claim("azp", "batch")
                        .claim("preferred_username", "service-account-batch")
                        .claim("sid", "1")))
                .as("somebody who has logged in")
                .isEqualTo(Principal.Kind.USER);
        assertThat(kind(token -> token.claim("preferred_username", "service-account-")))
                .isEqualTo(Principal.Kind.USER);
        assertThat(kind(token -> token.claim("gty", List.of("client-credentials"))))
                .isEqualTo(Principal.Kind.USER);
    }

    private Principal.Kind kind(UnaryOperator<TokenDraft> change) {
        return said(change).kind();
    }

    @Test
    void deniesTokensThatSpeakOfNobody() {
        assertThat(denied(token -> token.without("sub"))).isEqualTo("missing-subject");
        assertThat(denied(token -> token.subject(""))).isEqualTo("invalid-claim");
        assertThat(denied(token -> token.subject(" "))).isEqualTo("invalid-claim");
    }

    @Test
    void deniesClaimsOfTheWrongType() {
        for (var name : List.of("sub", "azp")) {
            for (var value : Arrays.asList(1, true, List.of("x"), Map.of("x", "y"))) {
                assertThat(denied(token -> token.claim(name, value)))
                        .as(name + " " + value)
                        .isEqualTo("invalid-claim");
            }
        }
        for (var name : List.of("scope", "scp", "roles")) {
            for (var value : Arrays.asList(1, true, List.of(1), List.of("a", List.of("b")), Map.of("x", "y"))) {
                assertThat(denied(token -> token.claim(name, value)))
                        .as(name + " " + value)
                        .isEqualTo("invalid-claim");
            }
        }
    }

    @Test
    void handsOutClaimsThatNobodyCanChange() {
        var claims = said(token -> token.claim("deep", Map.of("list", List.of(1, "a", true, 2.5))))
                .claims();
        assertThat(claims).containsKeys("iss", "aud", "exp", "deep");
        assertThat(claims.get("deep")).isInstanceOf(Map.class);
        assertThatThrownBy(() -> claims.put("sub", "root")).isInstanceOf(UnsupportedOperationException.class);
        var deep = (Map<?, ?>) claims.get("deep");
        assertThatThrownBy(deep::clear).isInstanceOf(UnsupportedOperationException.class);
        var list = (List<?>) deep.get("list");
        assertThat(list).hasSize(4);
        assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void leavesOutClaimsThatAreNull() {
        var nothing = new HashMap<String, Object>();
        nothing.put("inner", null);
        assertThat(said(token -> token.claim("deep", nothing)).claims()).containsEntry("deep", Map.of());
    }
}
