package dev.portcullis.limit;

import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The denials of one window, which differ only in when to come again. Thread-safe.
 *
 * <p>Those for the next minutes are made once, and the last one of any other time is kept, so that a flood makes no garbage. Two
 * threads may make the same one at a time; it is immutable, and either will do.
 */
final class Denials {

    private static final int PREPARED = 300;

    /** What limits of all kinds say in evidence. */
    private static final Set<String> REASONS =
            Set.of(RateFields.REASON, RateFields.QUOTA, "concurrency-limited", "overloaded");

    private static final Reply RATE = Reply.problem(429, RateFields.REASON);
    private static final Reply QUOTA = Reply.problem(429, RateFields.QUOTA);

    private final Evidence evidence;
    private final LongFunction<List<Header>> headers;
    private final Verdict.@Nullable Deny[] prepared = new Verdict.Deny[PREPARED];
    private volatile @Nullable Late late;

    /** A denial for a later time. */
    private record Late(long seconds, Verdict.Deny deny) {}

    /**
     * Denials with evidence.
     *
     * @param headers the headers of one that asks to come again after so many seconds
     */
    Denials(Evidence evidence, LongFunction<List<Header>> headers) {
        this.evidence = evidence;
        this.headers = headers;
    }

    /** Tells whether a denial is a limit's, so that the request costs nothing of other limits. */
    static boolean ofLimit(Verdict.Deny deny) {
        return REASONS.contains(deny.evidence().reason());
    }

    /** The denial that asks to come again after so many seconds. */
    Verdict.Deny after(long seconds) {
        if (seconds >= PREPARED) {
            return late(seconds);
        }
        var deny = prepared[(int) seconds];
        if (deny == null) {
            deny = made(seconds);
            prepared[(int) seconds] = deny;
        }
        return deny;
    }

    private Verdict.Deny late(long seconds) {
        var last = late;
        if (last == null || last.seconds() != seconds) {
            last = new Late(seconds, made(seconds));
            late = last;
        }
        return last.deny();
    }

    private Verdict.Deny made(long seconds) {
        var reply = evidence.reason().equals(RateFields.QUOTA) ? QUOTA : RATE;
        return Verdict.deny(new Reply(reply.status(), reply.code(), headers.apply(seconds), List.of()), evidence);
    }
}
