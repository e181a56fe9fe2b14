package dev.portcullis.auth;

import dev.portcullis.Reply;
import dev.portcullis.Verdict;

/** The denials of bearer tokens, made once. What the client sees is always the same; the reason is for the operator. */
final class Denials {

    static final Reply INVALID = Reply.problem(401, "invalid-token")
            .with("WWW-Authenticate", "Bearer " + Scheme.REALM + ", error=\"invalid_token\"");

    static final Verdict.Deny MALFORMED = because("malformed-token");
    static final Verdict.Deny TOO_LONG = because("token-too-long");
    static final Verdict.Deny ENCRYPTED = because("encrypted-token");
    static final Verdict.Deny UNDECIPHERABLE = because("undecipherable-token");
    static final Verdict.Deny UNSIGNED_INSIDE = because("unsigned-inside");
    static final Verdict.Deny OTHER_ISSUER_INSIDE = because("wrong-issuer-inside");
    static final Verdict.Deny TYPE = because("wrong-token-type");
    static final Verdict.Deny ID_TOKEN = because("id-token");
    static final Verdict.Deny ENVIRONMENT = because("environment");
    static final Verdict.Deny LIFETIME = because("lifetime");
    static final Verdict.Deny NO_ISSUE_TIME = because("missing-issue-time");
    static final Verdict.Deny SUBJECT = because("wrong-subject");
    static final Verdict.Deny CRITICAL = because("critical-header");
    static final Verdict.Deny ALGORITHM = because("algorithm-not-allowed");
    static final Verdict.Deny UNKNOWN_ISSUER = because("unknown-issuer");
    static final Verdict.Deny UNKNOWN_KEY = because("unknown-key");
    static final Verdict.Deny SIGNATURE = because("bad-signature");
    static final Verdict.Deny EXPIRED = because("token-expired");
    static final Verdict.Deny NOT_YET_VALID = because("token-not-yet-valid");
    static final Verdict.Deny FROM_THE_FUTURE = because("issued-in-the-future");
    static final Verdict.Deny AUDIENCE = because("wrong-audience");
    static final Verdict.Deny NO_ISSUER = because("missing-issuer");
    static final Verdict.Deny NO_EXPIRY = because("missing-expiry");
    static final Verdict.Deny NO_AUDIENCE = because("missing-audience");
    static final Verdict.Deny NO_SUBJECT = because("missing-subject");
    static final Verdict.Deny INVALID_TIME = because("invalid-time");
    static final Verdict.Deny INVALID_CLAIM = because("invalid-claim");
    static final Verdict.Deny UNKNOWN_BINDING = because("unknown-binding");
    static final Verdict.Deny UNBOUND = because("unbound-token");
    static final Verdict.Deny BOUND = because("bound-token");
    static final Verdict.Deny BOUND_AS_BEARER = because("bound-token-as-bearer");
    static final Verdict.Deny NO_CERTIFICATE = because("missing-certificate");
    static final Verdict.Deny OTHER_CERTIFICATE = because("wrong-certificate");

    private Denials() {}

    /** A denial for a reason, with what the operator has written about it. */
    static Verdict.Deny because(String reason, String detail) {
        return Verdict.deny(INVALID, Verdict.Evidence.of(reason, detail));
    }

    /** Tells whether it says no more than that no known issuer has signed the token, which may then be one that is not signed at all. */
    @SuppressWarnings("ReferenceEquality") // these denials are made once
    static boolean isOfNobody(Verdict verdict) {
        return verdict == MALFORMED || verdict == ENCRYPTED || verdict == NO_ISSUER || verdict == UNKNOWN_ISSUER;
    }

    /** Tells whether it is the token that is denied. */
    static boolean isOfToken(Verdict.Deny deny) {
        return deny.reply().code().equals(INVALID.code());
    }

    static Verdict.Deny because(String reason) {
        return Verdict.deny(INVALID, Verdict.Evidence.of(reason));
    }
}
