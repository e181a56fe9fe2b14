package dev.portcullis.denial;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Principal;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.function.Function;

/**
 * Denies callers whose credentials were revoked, like any that do not hold, and those whom an operator has denied, with 403 {@code
 * denied-by-operator}. Thread-safe.
 *
 * <p>It is asked at every request, whatever was remembered of the credential, and never sees the credential itself. When nobody
 * could tell for too long what is revoked it cannot tell, and throws.
 */
@TrustedBase
public final class Revocation implements Check {

    private final DenyList list;
    private final Function<Principal, Reply> invalid;

    private Revocation(DenyList list, Function<Principal, Reply> invalid) {
        this.list = requireNonNull(list, "list");
        this.invalid = requireNonNull(invalid, "invalid");
    }

    /**
     * A check that is asked after authentication.
     *
     * @param invalid the reply to a credential that does not hold
     */
    public static Revocation of(DenyList list, Function<Principal, Reply> invalid) {
        return new Revocation(list, invalid);
    }

    @Override
    public Verdict check(Request request) {
        var caller = request.principal();
        if (caller == null) {
            return Verdict.pass();
        }
        var known = list.fresh();
        if (known.isEmpty()) {
            return Verdict.pass();
        }
        var now = list.now();
        var revoked = known.revocation(caller, now);
        if (revoked != null) {
            return Verdict.deny(invalid.apply(caller), Suspension.evidence("revoked", revoked));
        }
        var denied = known.ofCaller(caller, now);
        return denied == null ? Verdict.pass() : Suspension.because(denied);
    }
}
