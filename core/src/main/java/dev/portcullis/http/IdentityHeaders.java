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

    /** What the names begin with that do not begin with an {@code x} and a hyphen. */
    private static final List<String> WORDS = List.of("client", "remote", "ssl");

    private static final List<String> PREFIXES = List.of(
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
        if (!startsLikeOne(name)) {
            return false;
        }
        var plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return NAMES.contains(plain) || startsWithPrefix(plain);
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
                    case 'c', 'C', 'r', 'R', 's', 'S' -> startsWithWord(name);
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
