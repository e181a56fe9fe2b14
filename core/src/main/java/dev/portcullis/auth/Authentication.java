package dev.portcullis.auth;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says who calls, or denies. Thread-safe.
 *
 * <p>A request proves its caller by exactly one credential of one of the schemes. A credential that does not hold is denied even
 * where none is needed: nobody falls back to being anonymous.
 *
 * <p>Codes: 401 {@code authentication-required}, {@code invalid-token} and {@code invalid-api-key}; 400
 * {@code several-credentials}. When an issuer's keys cannot be had the check cannot tell, and throws.
 */
@TrustedBase
public final class Authentication implements Check {

    private final List<Scheme> schemes;
    private final Verdict absent;
    private final Verdict.Deny several;

    private Authentication(List<Scheme> schemes, boolean required) {
        this.schemes = List.copyOf(schemes);
        if (schemes.isEmpty()) {
            throw new IllegalArgumentException("schemes: none (expected: at least one way to prove who calls)");
        }
        if (schemes.stream().map(Scheme::getClass).distinct().count() < schemes.size()) {
            throw new IllegalArgumentException(
                    "schemes: one of them twice (expected: each once, with all its issuers or clients)");
        }
        this.absent = required ? Verdict.deny(challenging(), Verdict.Evidence.of("no-credential")) : Verdict.pass();
        this.several = Verdict.deny(invalidRequest(), Verdict.Evidence.of("several-credentials"));
    }

    /**
     * A check that denies callers who prove nothing.
     *
     * @throws IllegalArgumentException when there is no scheme, or one twice
     */
    public static Authentication required(List<Scheme> schemes) {
        return new Authentication(schemes, true);
    }

    /**
     * A check that lets callers pass who present no credential at all.
     *
     * @throws IllegalArgumentException when there is no scheme, or one twice
     */
    public static Authentication optional(List<Scheme> schemes) {
        return new Authentication(schemes, false);
    }

    private Reply challenging() {
        var reply = Reply.problem(401, "authentication-required");
        for (var scheme : schemes) {
            reply = reply.with("WWW-Authenticate", scheme.challenge());
        }
        return reply;
    }

    /** RFC 6750, section 3.1, where bearer tokens are taken. */
    private Reply invalidRequest() {
        var reply = Reply.problem(400, "several-credentials");
        return schemes.stream().anyMatch(Jwt.class::isInstance)
                ? reply.with("WWW-Authenticate", "Bearer " + Scheme.REALM + ", error=\"invalid_request\"")
                : reply;
    }

    @Override
    public Verdict check(Request request) {
        @Nullable Scheme used = null;
        var count = 0;
        for (var i = 0; i < schemes.size(); i++) {
            var scheme = schemes.get(i);
            var presented = scheme.presented(request);
            used = presented > 0 ? scheme : used;
            count += presented;
        }
        if (count > 1) {
            return several;
        }
        return used == null ? absent : used.judge(request);
    }
}
