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
 * where none is needed: nobody falls back to being anonymous. A client certificate comes with every request of a connection, and
 * is a credential only where no other is sent.
 *
 * <p>Codes: 401 {@code authentication-required}, {@code invalid-token}, {@code invalid-api-key}, {@code invalid-signature} and {@code
 * invalid-certificate}; 400
 * {@code several-credentials}. When an issuer's keys cannot be had the check cannot tell, and throws.
 */
@TrustedBase
public final class Authentication implements Check {

    private final List<Scheme> schemes;
    private final boolean required;
    private final Verdict absent;
    private final Verdict.Deny several;

    private Authentication(List<Scheme> schemes, boolean required) {
        this.schemes = List.copyOf(schemes);
        this.required = required;
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

    /**
     * The same check for requests whose bodies may be this long, in bytes, where a credential is over the body.
     */
    public Authentication within(long bound) {
        return new Authentication(
                schemes.stream().map(scheme -> scheme.within(bound)).toList(), required);
    }

    /** Tells whether there are credentials that are good only once, so that {@link #once} is to be asked as well. */
    public boolean spends() {
        return schemes.stream().anyMatch(Scheme::spends);
    }

    /**
     * A check that denies credentials that are good only once when they come again; to be asked after all that is cheaper, so that
     * a request that a limit stops uses nothing up.
     *
     * @param observed whether its denials change nothing, so that enforced checks are not to know of what it saw
     */
    public Check once(boolean observed) {
        return request -> {
            var used = request.principal() == null ? null : presented(request);
            return used == null ? Verdict.pass() : used.spend(request, observed);
        };
    }

    /** What the request's credential says of itself, without proving it; null when it carries none that could be guessed. */
    public @Nullable Claim claim(Request request) {
        var used = presented(request);
        return used == null ? null : used.claim(request);
    }

    /** The scheme of the one credential of the request, or that of the first of several; null when there is none. */
    private @Nullable Scheme presented(Request request) {
        var sent = presented(request, false);
        return sent == null ? presented(request, true) : sent;
    }

    private @Nullable Scheme presented(Request request, boolean ambient) {
        for (var i = 0; i < schemes.size(); i++) {
            var scheme = schemes.get(i);
            if (scheme.ambient() == ambient && scheme.presented(request) > 0) {
                return scheme;
            }
        }
        return null;
    }

    private Reply challenging() {
        var reply = Reply.problem(401, "authentication-required");
        for (var scheme : schemes) {
            for (var challenge : scheme.challenges()) {
                reply = reply.with("WWW-Authenticate", challenge);
            }
        }
        return reply;
    }

    /** RFC 6750, section 3.1, where bearer tokens are taken. */
    private Reply invalidRequest() {
        var reply = Reply.problem(400, "several-credentials");
        var challenges = schemes.stream().flatMap(scheme -> scheme.challenges().stream());
        return challenges.anyMatch(challenge -> challenge.startsWith("Bearer "))
                ? reply.with("WWW-Authenticate", "Bearer " + Scheme.REALM + ", error=\"invalid_request\"")
                : reply;
    }

    @Override
    public Verdict check(Request request) {
        var count = 0;
        Scheme sent = null;
        for (var i = 0; i < schemes.size() && count < 2; i++) {
            var scheme = schemes.get(i);
            var presented = scheme.ambient() ? 0 : scheme.presented(request);
            sent = presented > 0 ? scheme : sent;
            count += presented;
        }
        if (count > 1) {
            return several;
        }
        var used = sent == null ? presented(request, true) : sent;
        return used == null ? absent : used.judge(request);
    }
}
