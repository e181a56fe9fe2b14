package dev.portcullis.limit;

import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The denials of one window, which differ only in when to come again. Thread-safe.
 *
 * <p>Those for the next minutes are made once, so that a flood makes no garbage. Two threads may make the same one at a time; it is
 * immutable, and either will do.
 */
final class Denials {

    private static final int PREPARED = 300;

    /** What limits of all kinds say in evidence. */
    private static final Set<String> REASONS = Set.of(RateFields.REASON);

    private final Header policy;
    private final String name;
    private final Evidence evidence;
    private final Verdict.@Nullable Deny[] prepared = new Verdict.Deny[PREPARED];

    Denials(Header policy, String name, Evidence evidence) {
        this.policy = policy;
        this.name = name;
        this.evidence = evidence;
    }

    /** Tells whether a denial is a limit's, so that the request costs nothing of other limits. */
    static boolean ofLimit(Verdict.Deny deny) {
        return REASONS.contains(deny.evidence().reason());
    }

    /** The denial that asks to come again after so many seconds. */
    Verdict.Deny after(long seconds) {
        if (seconds >= PREPARED) {
            return made(seconds);
        }
        var deny = prepared[(int) seconds];
        if (deny == null) {
            deny = made(seconds);
            prepared[(int) seconds] = deny;
        }
        return deny;
    }

    private Verdict.Deny made(long seconds) {
        var retry = new Header("Retry-After", Long.toString(seconds));
        var left = new Header("RateLimit", name + ";r=0;t=" + seconds);
        var reply = new Reply(429, RateFields.REASON, List.of(retry, policy, left), List.of());
        return Verdict.deny(reply, evidence);
    }
}
