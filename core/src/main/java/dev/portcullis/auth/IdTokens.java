package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.TrustedBase;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells tokens that say who has logged in from those that say what may be done.
 *
 * <p>An ID token (OpenID Connect Core 1.0) is signed by the same key, and for many providers has the same header as an access token.
 * What gives it away: a hash of the access token, of the code or of the state, which are defined for ID tokens alone (sections
 * 3.1.3.6 and 3.3.2.11; FAPI 1.0, part 2, section 5.1.1); the {@code nonce} of the login; and the {@code typ} claim of Keycloak. Tokens
 * that tell of events, such as a logout, are for no API either (RFC 8417). An
 * access token that says what it is, by its header (RFC 9068) or by Keycloak's claim, may carry a nonce.
 *
 * <p>An ID token without any of these cannot be told from an access token: where an issuer makes such, only its audience, a
 * demanded type or a demanded claim keeps it away.
 */
@TrustedBase
final class IdTokens {

    private static final List<String> HASHES = List.of("at_hash", "c_hash", "s_hash");

    /** Keycloak's and its relatives' words for tokens that are for the client or the provider, and not for an API. */
    private static final Set<String> NOT_FOR_APIS = Set.of("id", "refresh", "offline", "logout");

    private static final Set<String> FOR_APIS = Set.of("bearer", "dpop");

    private IdTokens() {}

    /** Tells whether the token is plainly not for an API. */
    static boolean marked(String type, JsonNode claims) {
        var said = claims.path("typ").asText("").toLowerCase(Locale.ROOT);
        if (NOT_FOR_APIS.contains(said) || tellsOfEvents(claims.path("events"))) {
            return true;
        }
        if (type.equals("at+jwt")) {
            return false;
        }
        for (var hash : HASHES) {
            if (claims.has(hash)) {
                return true;
            }
        }
        return claims.has("nonce") && !FOR_APIS.contains(said);
    }

    /** Tells whether there are events by their URIs, as in logout tokens and other security event tokens (RFC 8417, section 2.2). */
    private static boolean tellsOfEvents(JsonNode events) {
        for (var names = events.fieldNames(); names.hasNext(); ) {
            if (names.next().indexOf(':') > 0) {
                return true;
            }
        }
        return false;
    }
}
