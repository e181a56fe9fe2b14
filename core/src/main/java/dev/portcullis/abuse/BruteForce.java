package dev.portcullis.abuse;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;

/**
 * Denies credentials of those who guess, before anything is spent on them: 429 {@code too-many-failures} with {@code Retry-After}.
 * Thread-safe.
 *
 * <p>A credential that was verified here before is no guess, and passes whatever others do at its address. Requests without a credential
 * pass too: there is nothing to guess with.
 */
public final class BruteForce implements Check {

    static final Reply REPLY = Reply.problem(429, "too-many-failures");

    private final Locks locks;
    private final FailureLimits limits;
    private final Credentials credentials;
    private final Denials ofAddress = new Denials(REPLY, Evidence.of("address-locked-out"));
    private final Denials ofPair = new Denials(REPLY, Evidence.of("account-locked-out-at-address"));

    BruteForce(Locks locks, FailureLimits limits, Credentials credentials) {
        this.locks = locks;
        this.limits = limits;
        this.credentials = credentials;
    }

    @Override
    public Verdict check(Request request) {
        var address = request.address();
        var left = locks.lockedFor(address);
        if (left < 0) {
            return Verdict.pass();
        }
        var claim = credentials.claim(request);
        if (claim == null || claim.proven()) {
            return Verdict.pass();
        }
        var leftForPair = locks.lockedFor(address, claim);
        if (left <= 0 && leftForPair <= 0) {
            return Verdict.pass();
        }
        locks.denied();
        return leftForPair > left ? ofPair.after(leftForPair) : ofAddress.after(left);
    }

    /** The same authentication, whose failures are counted. */
    public Check counting(Check authentication) {
        return request -> {
            var verdict = authentication.check(request);
            if (verdict instanceof Verdict.Deny deny) {
                count(request, deny);
            }
            return verdict;
        };
    }

    private void count(Request request, Verdict.Deny deny) {
        var kind = credentials.kind(deny);
        if (kind == Credentials.Kind.OTHER) {
            return;
        }
        var claim = credentials.claim(request);
        var known = claim == null ? new Credentials.Claim("", false, false) : claim;
        locks.failed(request.address(), known, kind != Credentials.Kind.WRONG, limits);
    }
}
