package dev.portcullis.http;

import dev.portcullis.TrustedBase;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Headers by which proxies and gateways tell an application who calls.
 *
 * <p>A client can send them as well. The gate knows the caller by its own means, so an application behind it is not shown them.
 * Stateless.
 */
@TrustedBase
final class IdentityHeaders {

    private static final Set<String> NAMES = Set.of(
            "cf-access-authenticated-user-email",
            "cf-access-jwt-assertion",
            "client-cert",
            "client-cert-chain",
            "remote-email",
            "remote-groups",
            "remote-name",
            "remote-user",
            "x-anonymous-consumer",
            "x-apigateway-api-userinfo",
            "x-arr-clientcert",
            "x-auth-email",
            "x-auth-groups",
            "x-auth-principal",
            "x-auth-roles",
            "x-auth-subject",
            "x-auth-user",
            "x-auth-user-id",
            "x-auth-userid",
            "x-auth-username",
            "x-client-cert",
            "x-client-cn",
            "x-client-dn",
            "x-client-s-dn",
            "x-client-subject",
            "x-client-verify",
            "x-email",
            "x-endpoint-api-userinfo",
            "x-groups",
            "x-principal",
            "x-remote-group",
            "x-remote-user",
            "x-rh-identity",
            "x-role",
            "x-roles",
            "x-scope",
            "x-scopes",
            "x-spiffe-id",
            "x-user",
            "x-user-claims",
            "x-user-email",
            "x-user-groups",
            "x-user-id",
            "x-user-info",
            "x-user-name",
            "x-user-role",
            "x-user-roles",
            "x-user-scopes",
            "x-userid",
            "x-userinfo",
            "x-username",
            "x-webauth-user");

    /** What the names begin with that do not begin with an {@code x} and a hyphen. */
    private static final List<String> WORDS = List.of("cf", "client", "oidc", "remote", "ssl");

    private static final List<String> PREFIXES = List.of(
            "oidc-claim-",
            "ssl-client-",
            "x-amzn-mtls-",
            "x-amzn-oidc-",
            "x-auth-request-",
            "x-authenticated-",
            "x-authentik-",
            "x-consumer-",
            "x-credential-",
            "x-forwarded-access-token",
            "x-forwarded-client-cert",
            "x-forwarded-email",
            "x-forwarded-groups",
            "x-forwarded-preferred-username",
            "x-forwarded-tls-client-cert",
            "x-forwarded-user",
            "x-goog-authenticated-user-",
            "x-goog-iap-",
            "x-jwt-",
            "x-ms-client-principal",
            "x-ms-token-aad-",
            "x-oidc-",
            "x-pomerium-",
            "x-remote-extra-",
            "x-ssl-client-",
            "x-vouch-");

    private IdentityHeaders() {}

    /** Tells whether the field names a caller. Case is ignored, and an underscore counts as the hyphen that it may become. */
    static boolean contains(String name) {
        if (!startsLikeOne(name)) {
            return false;
        }
        var plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return NAMES.contains(plain) || startsWithPrefix(plain);
    }

    /**
     * Tells whether a product writes the name with underscores, as Apache's modules do, so that one is no sign of somebody who would
     * slip another name past a proxy.
     */
    static boolean isSpelledWithUnderscores(String name) {
        return name.regionMatches(true, 0, "OIDC_CLAIM_", 0, 11) || name.regionMatches(true, 0, "SSL_CLIENT_", 0, 11);
    }

    private static boolean startsWithPrefix(String plain) {
        for (var prefix : PREFIXES) {
            if (plain.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** A first look that spares most headers the second one. */
    private static boolean startsLikeOne(String name) {
        return name.length() > 1
                && switch (name.charAt(0)) {
                    case 'x', 'X' -> name.charAt(1) == '-' || name.charAt(1) == '_';
                    case 'c', 'C', 'o', 'O', 'r', 'R', 's', 'S' -> startsWithWord(name);
                    default -> false;
                };
    }

    private static boolean startsWithWord(String name) {
        for (var i = 0; i < WORDS.size(); i++) {
            if (name.regionMatches(true, 0, WORDS.get(i), 0, WORDS.get(i).length())) {
                return true;
            }
        }
        return false;
    }
}
