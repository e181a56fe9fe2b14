package dev.portcullis.ip;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.List;

/**
 * Says from which addresses a request may come: 403 {@code address-denied}. Immutable.
 *
 * <p>It cannot tell where a feed that would have to allow an address was not loaded. It judges {@link Request#address}, the caller's address through trusted proxies.
 */
@TrustedBase
public final class IpRules implements Check {

    private static final Reply REPLY = Reply.problem(403, "address-denied");
    private static final Verdict.Deny DENIED = Verdict.deny(REPLY, Evidence.of("address-denied", "in a denied range"));
    private static final Verdict.Deny NOT_ALLOWED =
            Verdict.deny(REPLY, Evidence.of("address-denied", "in no allowed range"));

    private final IpRanges allow;
    private final IpRanges deny;
    private final List<Feed> feeds;

    private IpRules(IpRanges allow, IpRanges deny, List<Feed> feeds) {
        this.allow = requireNonNull(allow, "allow");
        this.deny = requireNonNull(deny, "deny");
        this.feeds = List.copyOf(feeds);
    }

    /** Allows the addresses in {@code allow}, or all when it is empty, but for those in {@code deny}, which win. */
    public static IpRules of(IpRanges allow, IpRanges deny) {
        return new IpRules(allow, deny, List.of());
    }

    /** Allows what any of these feeds lists too; with a feed, an empty {@code allow} allows nobody else. */
    public IpRules allowing(List<Feed> more) {
        return new IpRules(allow, deny, more);
    }

    @Override
    public Verdict check(Request request) {
        var address = request.address();
        if (deny.contains(address)) {
            return DENIED;
        }
        if (allow.isEmpty() && feeds.isEmpty() || allow.contains(address)) {
            return Verdict.pass();
        }
        return isListed(address) ? Verdict.pass() : NOT_ALLOWED;
    }

    /** Tells whether a feed lists the address. One that cannot tell matters only where no other does list it. */
    private boolean isListed(Address address) {
        RuntimeException unknown = null;
        for (var i = 0; i < feeds.size(); i++) {
            try {
                if (feeds.get(i).contains(address)) {
                    return true;
                }
            } catch (FeedUnavailable e) {
                unknown = e;
            }
        }
        if (unknown != null) {
            throw unknown;
        }
        return false;
    }
}
