package dev.portcullis.auth;

import dev.portcullis.Verdict;
import java.util.Set;

/** What a denial by an authentication says of whoever sent the credential. */
public enum Failure {
    /** Nothing: there was none, or it was right, and is not good here. */
    NONE,
    /** It was wrong. */
    WRONG,
    /** It was wrong, and is of a kind that nobody finds by guessing: a token, a signature, a certificate. */
    FORGED,
    /** It came too late or too early, as those of honest clients do. */
    UNTIMELY;

    private static final int UNAUTHORIZED = 401;
    private static final String GUESSED = "invalid-api-key";
    private static final Set<String> NO_FAILURE =
            Set.of("key-address-not-allowed", "key-route-not-allowed", "proof-without-nonce");
    private static final Set<String> TIMES = Set.of(
            "token-expired",
            "token-not-yet-valid",
            "issued-in-the-future",
            "key-expired",
            "key-not-yet-valid",
            "certificate-expired",
            "certificate-not-yet-valid",
            "signature-expired",
            "proof-out-of-time",
            "created-in-the-future");

    /** What the denial says. */
    public static Failure of(Verdict.Deny deny) {
        var reason = deny.evidence().reason();
        var wrong =
                deny.reply().status() == UNAUTHORIZED && !deny.reply().code().equals("authentication-required");
        if (!wrong || NO_FAILURE.contains(reason)) {
            return NONE;
        }
        if (TIMES.contains(reason)) {
            return UNTIMELY;
        }
        return deny.reply().code().equals(GUESSED) ? WRONG : FORGED;
    }
}
