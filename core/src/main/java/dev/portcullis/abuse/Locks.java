package dev.portcullis.abuse;

import dev.portcullis.Address;
import java.util.concurrent.atomic.LongAdder;

/** Who is locked out, and what leads to it, in one mode. Thread-safe. */
final class Locks {

    /** By how much limits shrink while too many fail over all. */
    private static final int STRICTER = 4;

    /** How many times as much a site of IPv6 may fail as one of its networks. */
    private static final int SITE = 10;

    /** What counts that honest clients send now and then, or that nobody guesses. */
    private static final long FAINT = 1;

    /** What the same wrong credential counts for its address when it comes again. */
    private static final long AGAIN = Counts.FAILURE / 10;

    private final Counts counts;
    private final Events events;
    private final LongAdder locked = new LongAdder();
    private final LongAdder denied = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile SharedLocks shared = SharedLocks.NOBODYS;

    Locks(Counts counts, Events events) {
        this.counts = counts;
        this.events = events;
    }

    Counts counts() {
        return counts;
    }

    void share(SharedLocks others) {
        shared = others;
    }

    SharedLocks shared() {
        return shared;
    }

    /** For how many milliseconds the address is locked out; 0 when it is not, negative when nothing is kept of it. */
    long lockedFor(Address address) {
        shared.refresh();
        return counts.lockedFor(address);
    }

    /** For how many milliseconds what a claim names is locked out at an address. */
    long lockedFor(Address address, Credentials.Claim claim) {
        return claim.account().isEmpty() ? 0 : counts.lockedFor(Subject.of(address, claim.account(), claim.same()));
    }

    /** Begins an attempt whose end is told later, unless too many are under way; whether it did. */
    boolean begin(Address address, Credentials.Claim claim, FailureLimits limits) {
        var whole = Subject.of(address);
        if (!counts.begin(whole, limits.address() * Counts.FAILURE)) {
            return false;
        }
        if (counts.begin(Subject.of(address, claim.account(), claim.same()), limits.pair() * Counts.FAILURE)) {
            return true;
        }
        counts.end(whole);
        return false;
    }

    /** Ends an attempt that was begun. */
    void end(Address address, Credentials.Claim claim) {
        counts.end(Subject.of(address));
        counts.end(Subject.of(address, claim.account(), claim.same()));
    }

    void denied() {
        denied.increment();
    }

    /** Counts a failure. */
    void failed(Address address, Credentials.Claim claim, boolean faint, FailureLimits limits) {
        failed.increment();
        if (claim.proven()) {
            return;
        }
        var weight = faint ? FAINT : Counts.FAILURE;
        var share = overall(weight, limits);
        var most = Math.max(1, limits.address() / share) * Counts.FAILURE;
        var before = claim.account().isEmpty() ? 0 : failedPair(address, claim, new Turn(weight, share, most, limits));
        if (before < Math.max(Counts.FAILURE, most / 2)) {
            var again = claim.same() && before > 0;
            var whole = Subject.of(address);
            var turn = new Counts.Turn(again ? Math.min(weight, AGAIN) : weight, most, limits.times());
            lock(address, whole, counts.failed(whole, turn).lasts());
            failedSite(address, turn);
        }
    }

    /** Whoever has a site of IPv6 has 65536 networks to fail from. */
    private void failedSite(Address address, Counts.Turn turn) {
        var site = Subject.siteOf(address);
        if (site != null) {
            var more = new Counts.Turn(turn.weight(), turn.limit() * SITE, turn.times());
            lock(address, site, counts.failed(site, more).lasts());
        }
    }

    /** How a failure is counted: its weight, by how much limits are divided, the limit of an address, and all limits. */
    private record Turn(long weight, int share, long most, FailureLimits limits) {}

    /** Counts a failure for an account at an address; how much was counted before. */
    private long failedPair(Address address, Credentials.Claim claim, Turn turn) {
        var pair = Subject.of(address, claim.account(), claim.same());
        var own = claim.same() ? turn.most : Math.max(1, turn.limits.pair() / turn.share) * Counts.FAILURE;
        var counted = counts.failed(pair, new Counts.Turn(turn.weight, own, turn.limits.times()));
        lock(address, pair, counted.lasts());
        var pause = claim.same() ? 0 : counts.failedAccount(pair, turn.weight, turn.limits);
        if (pause > 0) {
            counts.lock(pair, pause);
        }
        return counted.before();
    }

    /** Counts over all, and says so once when they are too many; by how much limits are divided. */
    private int overall(long weight, FailureLimits limits) {
        var before = counts.failedOverall(weight, limits.times());
        var most = limits.overall() * Counts.FAILURE;
        if (before < most && before + weight >= most) {
            events.manyFailures(limits);
        }
        return before >= most ? STRICTER : 1;
    }

    private void lock(Address address, Subject subject, long lasts) {
        if (lasts <= 0) {
            return;
        }
        counts.lock(subject, lasts);
        locked.increment();
        shared.publish(subject, lasts);
        events.lockedOut(address, subject, lasts);
    }

    /** How often somebody was locked out, was denied for it, and failed. */
    long[] totals() {
        return new long[] {locked.sum(), denied.sum(), failed.sum()};
    }
}
