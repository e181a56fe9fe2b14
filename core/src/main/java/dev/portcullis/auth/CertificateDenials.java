package dev.portcullis.auth;

import dev.portcullis.Reply;
import dev.portcullis.Verdict;

/** The denials of client certificates, made once. What the client sees is always the same; the reason is for the operator. */
final class CertificateDenials {

    static final String CHALLENGE = "Certificate " + Scheme.REALM;

    static final Reply INVALID = Reply.problem(401, "invalid-certificate").with("WWW-Authenticate", CHALLENGE);

    static final Verdict.Deny MALFORMED = because("malformed-certificate");
    static final Verdict.Deny EXPIRED = because("certificate-expired");
    static final Verdict.Deny NOT_YET_VALID = because("certificate-not-yet-valid");
    static final Verdict.Deny WEAK = because("weak-certificate");
    static final Verdict.Deny PURPOSE = because("certificate-for-other-purposes");
    static final Verdict.Deny UNTRUSTED = because("untrusted-certificate");
    static final Verdict.Deny REVOKED = because("revoked-certificate");
    static final Verdict.Deny UNKNOWN = because("unknown-certificate");
    static final Verdict.Deny SEVERAL_CLIENTS = because("certificate-of-several-clients");

    private CertificateDenials() {}

    private static Verdict.Deny because(String reason) {
        return Verdict.deny(INVALID, Verdict.Evidence.of(reason));
    }
}
