package dev.portcullis.auth;

import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;

/**
 * Bearer tokens of either kind: signed ones of a known issuer are verified here, and the issuer is asked about all others. Thread-safe.
 *
 * <p>A token that names a known issuer and is not signed by it is denied; nobody asks about it.
 */
@TrustedBase
public final class Bearer extends Scheme {

    private final Jwt jwt;
    private final Introspection introspection;

    private Bearer(Jwt jwt, Introspection introspection) {
        this.jwt = jwt;
        this.introspection = introspection;
    }

    /** Tokens of either kind. */
    public static Bearer of(Jwt jwt, Introspection introspection) {
        return new Bearer(jwt, introspection);
    }

    @Override
    int presented(Request request) {
        return jwt.presented(request);
    }

    @Override
    String challenge() {
        return jwt.challenge();
    }

    @Override
    Verdict judge(Request request) {
        var verdict = jwt.judge(request);
        return Denials.isOfNobody(verdict) ? introspection.judge(request) : verdict;
    }
}
