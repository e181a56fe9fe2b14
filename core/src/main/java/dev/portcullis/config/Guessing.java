package dev.portcullis.config;

import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.Verdict;
import dev.portcullis.abuse.BruteForce;
import dev.portcullis.abuse.Credentials;
import dev.portcullis.abuse.Failures;
import dev.portcullis.abuse.Logins;
import dev.portcullis.auth.Authentication;
import dev.portcullis.auth.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What is done about those who guess credentials. Immutable.
 *
 * @param failures who failed so far
 * @param terms what is borne
 * @param observed whether it is written that nobody is locked out
 */
record Guessing(Failures failures, Logins.Terms terms, boolean observed) {

    static Guessing compile(At at, @Nullable BruteForceSettings written, Failures failures, Mode outer) {
        var terms = BruteForceSettings.compile(at, written, outer);
        var observed = written != null && written.mode() != null && terms.mode() == Mode.OBSERVE;
        return new Guessing(failures, terms, observed);
    }

    /** What a denial says of a credential. */
    static Credentials.Kind kindOf(Verdict.Deny deny) {
        return switch (Failure.of(deny)) {
            case NONE -> Credentials.Kind.OTHER;
            case WRONG -> Credentials.Kind.WRONG;
            case FORGED -> Credentials.Kind.FORGED;
            case UNTIMELY -> Credentials.Kind.UNTIMELY;
        };
    }

    /** Tells an authentication's credentials from each other. */
    private record Told(Authentication authentication) implements Credentials {

        @Override
        public @Nullable Claim claim(Request request) {
            var claim = authentication.claim(request);
            return claim == null ? null : new Claim(claim.account(), claim.same(), claim.proven());
        }

        @Override
        public Kind kind(Verdict.Deny deny) {
            return kindOf(deny);
        }
    }

    /** What stands before an authentication; null when nothing does. What is observed on either side is observed. */
    @Nullable
    BruteForce before(Authentication authentication, Mode mode) {
        return terms.counted() ? failures.bruteForce(terms.limits(), new Told(authentication), with(mode)) : null;
    }

    /** The rule before an authentication; null when there is none. */
    @Nullable
    Rule rule(String policy, Authentication authentication, Mode mode) {
        var check = before(authentication, mode);
        return check == null
                ? null
                : Rule.enforce(policy + ".brute-force", check).in(with(mode)).alsoOn(Request.Dispatch.FORWARD);
    }

    private Mode with(Mode authentication) {
        return observed ? Mode.OBSERVE : authentication;
    }
}
