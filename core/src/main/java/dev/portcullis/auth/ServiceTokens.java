package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * Tells tokens that a program got for itself (client credentials) from those of people.
 *
 * <p>RFC 9068 has such a token name the client as its subject. Others say it in words of their own: Keycloak makes a user of the
 * client, named for it, who has no session; Auth0 says how the token was granted; Entra ID says that an application is its subject.
 * Stateless.
 */
final class ServiceTokens {

    private static final String KEYCLOAK_USER = "service-account-";

    private ServiceTokens() {}

    /** Tells whether a token with these claims is a program's own. */
    static boolean isOne(JsonNode claims, String subject, String client) {
        return subject.equals(client)
                || is(claims, "gty", "client-credentials")
                || is(claims, "idtyp", "app")
                || isKeycloakAccount(claims, client);
    }

    /** Somebody may have taken the name of such an account, and has then logged in. */
    private static boolean isKeycloakAccount(JsonNode claims, String client) {
        return !client.isEmpty()
                && !claims.has("sid")
                && is(claims, "preferred_username", KEYCLOAK_USER + client.toLowerCase(Locale.ROOT));
    }

    private static boolean is(JsonNode claims, String name, String value) {
        var claim = claims.path(name);
        return claim.isTextual() && claim.textValue().equals(value);
    }
}
