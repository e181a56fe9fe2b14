package dev.portcullis.http;

import dev.portcullis.TrustedBase;
import java.util.Locale;
import java.util.Set;

/**
 * Headers by which proxies and gateways tell an application who calls.
 *
 * <p>A client can send them as well. The gate knows the caller by its own means, so an application behind it is not shown them.
 * Stateless.
 */
@TrustedBase
public final class IdentityHeaders {

    private static final Set<String> NAMES = Set.of(
            "client-cert",
            "client-cert-chain",
            "remote-user",
            "ssl-client-cert",
            "x-anonymous-consumer",
            "x-arr-clientcert",
            "x-client-cert",
            "x-email",
            "x-remote-group",
            "x-remote-user",
            "x-ssl-client-cert",
            "x-user",
            "x-user-email",
            "x-user-id",
            "x-user-name",
            "x-user-roles",
            "x-username",
            "x-webauth-user");

    private static final Set<String> PREFIXES = Set.of(
            "x-amzn-oidc-",
            "x-auth-request-",
            "x-authenticated-",
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
            "x-ms-client-principal");

    private IdentityHeaders() {}

    /** Tells whether the field names a caller. Case is ignored, and an underscore counts as the hyphen that it may become. */
    public static boolean contains(String name) {
        if (name.isEmpty() || !startsLikeOne(name.charAt(0))) {
            return false;
        }
        var plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return NAMES.contains(plain) || PREFIXES.stream().anyMatch(plain::startsWith);
    }

    /** A first look that spares most headers the second one. */
    private static boolean startsLikeOne(char first) {
        return switch (first) {
            case 'x', 'X', 'c', 'C', 'r', 'R', 's', 'S' -> true;
            default -> false;
        };
    }
}
