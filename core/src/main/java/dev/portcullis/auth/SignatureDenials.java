package dev.portcullis.auth;

import dev.portcullis.Reply;
import dev.portcullis.Verdict;

/** The denials of signed requests, made once. What the client sees is always the same; the reason is for the operator. */
final class SignatureDenials {

    static final String CHALLENGE = "Signature " + Scheme.REALM;

    static final Reply INVALID = Reply.problem(401, "invalid-signature").with("WWW-Authenticate", CHALLENGE);

    static final Verdict.Deny MALFORMED = because("malformed-signature");
    static final Verdict.Deny SEVERAL = because("several-signatures");
    static final Verdict.Deny NONE_FITS = because("no-fitting-signature");
    static final Verdict.Deny UNKNOWN_KEY = because("unknown-key");
    static final Verdict.Deny ALGORITHM = because("other-algorithm-than-the-key");
    static final Verdict.Deny UNCOVERED = because("component-not-covered");
    static final Verdict.Deny BODY_UNCOVERED = because("body-not-covered");
    static final Verdict.Deny NO_TIME = because("missing-created");
    static final Verdict.Deny FUTURE = because("created-in-the-future");
    static final Verdict.Deny EXPIRED = because("signature-expired");
    static final Verdict.Deny NO_NONCE = because("missing-nonce");
    static final Verdict.Deny NONCE_TOO_LONG = because("nonce-too-long");
    static final Verdict.Deny NO_BASE = because("component-not-readable");
    static final Verdict.Deny SIGNATURE = because("bad-signature");
    static final Verdict.Deny NO_DIGEST = because("malformed-digest");
    static final Verdict.Deny DIGEST = because("digest-mismatch");
    static final Verdict.Deny REPLAY = because("replay");

    private SignatureDenials() {}

    private static Verdict.Deny because(String reason) {
        return Verdict.deny(INVALID, Verdict.Evidence.of(reason));
    }
}
