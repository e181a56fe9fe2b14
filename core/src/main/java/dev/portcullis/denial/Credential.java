package dev.portcullis.denial;

import dev.portcullis.Principal;
import dev.portcullis.TrustedBase;
import dev.portcullis.denial.Target.What;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a caller's credential is known by, never the credential itself. */
@TrustedBase
final class Credential {

    static final What[] REVOCABLE = {What.TOKEN, What.SUBJECT, What.CLIENT, What.KEY, What.ISSUER};

    private static final String API_KEY = "api-key";
    private static final String CERTIFICATE = "certificate";
    private static final String SIGNATURE = "signature";
    private static final String SESSION = "session";

    /** Ways to say who calls that have no claims of an issuer. */
    private static final Set<String> NO_TOKENS = Set.of(API_KEY, CERTIFICATE, SIGNATURE, SESSION);

    private Credential() {}

    /** The name under which it may be revoked; null when it has none. */
    static @Nullable String name(Principal caller, What what) {
        return switch (what) {
            case TOKEN -> isToken(caller) ? claim(caller, "jti") : null;
            case SUBJECT -> caller.id();
            case CLIENT -> caller.client();
            case KEY -> key(caller);
            case ISSUER -> caller.issuer();
            case ADDRESS, TENANT, ROUTE, RULE -> null;
        };
    }

    private static @Nullable String key(Principal caller) {
        return switch (caller.proof()) {
            case API_KEY -> claim(caller, "key");
            case CERTIFICATE -> claim(caller, "x5t#S256");
            case SIGNATURE -> claim(caller, "keyid");
            default -> null;
        };
    }

    private static boolean isToken(Principal caller) {
        return !NO_TOKENS.contains(caller.proof());
    }

    /** Tells whether a revocation of its name means it: by its issuer, and by when it was issued. */
    static boolean isMeant(Principal caller, Target target) {
        var issuer = target.issuer();
        if (issuer != null && !issuer.equals(caller.issuer()) && !issuer.equals(issuerClaim(caller))) {
            return false;
        }
        var before = target.before();
        return before == null || issued(caller) < before.toEpochMilli();
    }

    private static @Nullable String issuerClaim(Principal caller) {
        return isToken(caller) ? claim(caller, "iss") : null;
    }

    /** When it was issued, in milliseconds of the epoch; what does not say so may have been issued at any time. */
    private static long issued(Principal caller) {
        return isToken(caller) && caller.claims().get("iat") instanceof Number seconds
                ? (long) (seconds.doubleValue() * 1000)
                : Long.MIN_VALUE;
    }

    private static @Nullable String claim(Principal caller, String name) {
        return caller.claims().get(name) instanceof String text ? text : null;
    }
}
