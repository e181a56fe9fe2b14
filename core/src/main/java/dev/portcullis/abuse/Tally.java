package dev.portcullis.abuse;

/** The failures of one key, and until when it is locked out for them. Not thread-safe. */
final class Tally implements Table.Cell<Tally> {

    private static final int MOST_DOUBLINGS = 20;

    /** After how many milliseconds an attempt of which nobody has said how it ended is taken for ended. */
    private static final long LONGEST_ATTEMPT = 30_000;

    private long endOfCount;
    private long count;
    private long sinceLock;
    private long lockedUntil;
    private long locks;
    private long locksUntil;
    private long forgottenAt;
    private int underWay;
    private long underWayUntil;

    /** Counts so much in a period that began with the first failure; how much was counted in it before. */
    long add(long weight, long per, long now) {
        if (now >= endOfCount) {
            endOfCount = now + per;
            count = 0;
            sinceLock = 0;
        }
        var before = count;
        count += weight;
        sinceLock += weight;
        forgottenAt = Math.max(forgottenAt, endOfCount);
        return before;
    }

    /** How much was counted in this period. */
    long count(long now) {
        return now < endOfCount ? count : 0;
    }

    /** Locks out when so much was counted since the last lock; for how long, or 0. */
    long lockAt(long limit, FailureLimits.Times times, long now) {
        if (sinceLock < limit) {
            return 0;
        }
        sinceLock = 0;
        locks = now < locksUntil ? locks : 0;
        var most = times.maxLock().toMillis();
        var lasts = Math.min(most, times.lock().toMillis() << Math.min(locks, MOST_DOUBLINGS));
        locks++;
        lockUntil(now + lasts);
        locksUntil = now + lasts + most;
        keep(locksUntil);
        return lasts;
    }

    /** Begins an attempt, unless as many are under way as could be failures without a lock; whether it did. */
    boolean begin(long limit, long now) {
        underWay = now < underWayUntil ? underWay : 0;
        var failed = now < endOfCount ? sinceLock : 0;
        if (failed + underWay * Counts.FAILURE >= limit) {
            return false;
        }
        underWay++;
        underWayUntil = now + LONGEST_ATTEMPT;
        keep(underWayUntil);
        return true;
    }

    /** Ends an attempt, whatever came of it. */
    void end() {
        underWay = Math.max(0, underWay - 1);
    }

    /** Locks out at least until then. */
    void lockUntil(long until) {
        lockedUntil = Math.max(lockedUntil, until);
        keep(until);
    }

    /** Stays in the table at least until then. */
    void keep(long until) {
        forgottenAt = Math.max(forgottenAt, until);
    }

    /** Until when it is locked out; the past when it is not. */
    long lockedUntil() {
        return lockedUntil;
    }

    /** Forgives what was counted, and not that it was locked. */
    void forgive() {
        count = 0;
        sinceLock = 0;
    }

    @Override
    public boolean isIdle(long now) {
        return now >= forgottenAt;
    }

    @Override
    public void clear() {
        endOfCount = 0;
        count = 0;
        sinceLock = 0;
        lockedUntil = 0;
        locks = 0;
        locksUntil = 0;
        forgottenAt = 0;
        underWay = 0;
        underWayUntil = 0;
    }

    @Override
    public void copy(Tally other) {
        endOfCount = other.endOfCount;
        count = other.count;
        sinceLock = other.sinceLock;
        lockedUntil = other.lockedUntil;
        locks = other.locks;
        locksUntil = other.locksUntil;
        forgottenAt = other.forgottenAt;
    }
}
