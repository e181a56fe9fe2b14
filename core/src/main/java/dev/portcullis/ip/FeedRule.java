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
 * Denies the addresses that a feed lists: 403 {@code address-denied}. Thread-safe.
 *
 * <p>It cannot tell before the feed was loaded.
 */
@TrustedBase
public final class FeedRule implements Check {

    private final Feed feed;
    private final List<IpRanges> except;
    private final Verdict.Deny denied;

    private FeedRule(Feed feed, List<IpRanges> except) {
        this.feed = requireNonNull(feed, "feed");
        this.except = List.copyOf(except);
        this.denied = Verdict.deny(
                Reply.problem(403, "address-denied"), Evidence.of("address-denied", "in feed " + feed.name()));
    }

    /** Denies what the feed lists, but for these addresses, of which the operator knows better. */
    public static FeedRule denying(Feed feed, List<IpRanges> except) {
        return new FeedRule(feed, except);
    }

    @Override
    public Verdict check(Request request) {
        var address = request.address();
        return isExcept(address) || !feed.contains(address) ? Verdict.pass() : denied;
    }

    private boolean isExcept(Address address) {
        for (var i = 0; i < except.size(); i++) {
            if (except.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }
}
