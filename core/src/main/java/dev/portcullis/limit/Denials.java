package dev.portcullis.limit;

import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.ArrayList;
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

    /** A denial for a later time, or one after which another limit would deny. */
    private record Late(long seconds, long again, Verdict.Deny deny) {}

    /**
     * Denials with evidence.
     *
     * @param headers what is told besides of a window that has permits after so many seconds
     */
    Denials(Evidence evidence, LongFunction<List<Header>> headers) {
        this.evidence = evidence;
        this.headers = headers;
    }

    /** Tells whether a denial is a limit's, so that the request costs nothing of other limits. */
    static boolean ofLimit(Verdict.Deny deny) {
        return REASONS.contains(deny.evidence().reason());
    }

    /**
     * A denial.
     *
     * @param seconds after how many the window has permits
     * @param again after how many to come again, no sooner than that
     */
    Verdict.Deny after(long seconds, long again) {
        if (seconds >= PREPARED || again != seconds) {
            return late(seconds, again);
        }
        var deny = prepared[(int) seconds];
        if (deny == null) {
            deny = made(seconds, again);
            prepared[(int) seconds] = deny;
        }
        return deny;
    }

    private Verdict.Deny late(long seconds, long again) {
        var last = late;
        if (last == null || last.seconds() != seconds || last.again() != again) {
            last = new Late(seconds, again, made(seconds, again));
            late = last;
        }
        return last.deny();
    }

    private Verdict.Deny made(long seconds, long again) {
        var reply = evidence.reason().equals(RateFields.QUOTA) ? QUOTA : RATE;
        var fields = new ArrayList<Header>();
        fields.add(new Header("Retry-After", Long.toString(again)));
        fields.addAll(headers.apply(seconds));
        return Verdict.deny(new Reply(reply.status(), reply.code(), fields, List.of()), evidence);
    }
}
