package dev.portcullis.ip;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;

/**
 * Says from which addresses a request may come: 403 {@code address-denied}. Immutable.
 *
 * <p>It judges {@link Request#address}, the caller's address through trusted proxies.
 */
@TrustedBase
public final class IpRules implements Check {

    private static final Reply REPLY = Reply.problem(403, "address-denied");
    private static final Verdict.Deny DENIED = Verdict.deny(REPLY, Evidence.of("address-denied", "in a denied range"));
    private static final Verdict.Deny NOT_ALLOWED =
            Verdict.deny(REPLY, Evidence.of("address-denied", "in no allowed range"));

    private final IpRanges allow;
    private final IpRanges deny;

    private IpRules(IpRanges allow, IpRanges deny) {
        this.allow = requireNonNull(allow, "allow");
        this.deny = requireNonNull(deny, "deny");
    }

    /** Allows the addresses in {@code allow}, or all when it is empty, but for those in {@code deny}, which win. */
    public static IpRules of(IpRanges allow, IpRanges deny) {
        return new IpRules(allow, deny);
    }

    @Override
    public Verdict check(Request request) {
        var address = request.address();
        if (deny.contains(address)) {
            return DENIED;
        }
        return allow.isEmpty() || allow.contains(address) ? Verdict.pass() : NOT_ALLOWED;
    }
}
