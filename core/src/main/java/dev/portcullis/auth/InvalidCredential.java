package dev.portcullis.auth;

import dev.portcullis.Principal;
import dev.portcullis.Reply;

/** What a client sees whose credential does not hold, whatever is wrong with it. */
public final class InvalidCredential {

    private InvalidCredential() {}

    /** The reply to the credential that has proven the caller. */
    public static Reply of(Principal caller) {
        return switch (caller.proof()) {
            case "api-key" -> ApiKeys.INVALID;
            case Certificates.PROOF -> CertificateDenials.INVALID;
            case SignatureKey.PROOF -> SignatureDenials.INVALID;
            case Sessions.PROOF -> Sessions.OVER;
            default -> Denials.INVALID;
        };
    }
}
