package dev.portcullis.abuse;

import dev.portcullis.Address;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who failed how often, of one mode. Thread-safe. */
final class Counts {

    /** What one failure counts. */
    static final long FAILURE = 50;

    /** Of whom nothing is kept. */
    static final long UNKNOWN = -1;

    private static final long FIRST_PAUSE = 1000;
    private static final int MOST_DOUBLINGS = 20;

    private final Salt salt = Salt.random();
    private final SteadyTime time;
    private final Table<Tally> addresses;
    private final Table<Tally> pairs;

    /** Of credentials that name no account, at their addresses. They never share: their addresses are counted as well. */
    private final Table<Tally> credentials;

    private final Table<Tally> accounts;
    private final Tally overall = new Tally();
    private final ReentrantLock lock = new ReentrantLock();

    /** How something is counted: how much, from how much on it locks out, and for how long. */
    record Turn(long weight, long limit, FailureLimits.Times times) {}

    /** How much was counted before, and how long a lock lasts that follows. */
    record Counted(long before, long lasts) {

        private static final Counted NOTHING = new Counted(0, 0);
    }

    Counts(Clock clock, int maxKeys) {
        this.time = new SteadyTime(clock);
        this.addresses = new Table<>(maxKeys, Tally::new);
        this.pairs = new Table<>(maxKeys, Tally::new);
        this.credentials = new Table<>(maxKeys, Tally::new);
        this.accounts = new Table<>(maxKeys, Tally::new);
    }

    /** For how many milliseconds the address is locked out still; 0 when it is not, {@link #UNKNOWN} when it never failed. */
    long lockedFor(Address address) {
        var own = lockedFor(addresses, addressHigh(Salt.family(address)), salt.scrambled(Salt.network(address)));
        if (address.isIpv4()) {
            return own;
        }
        var site = lockedFor(addresses, addressHigh(Subject.SITE), salt.scrambled(address.high() >>> 16));
        return site > 0 ? Math.max(own, site) : own;
    }

    /** For how many milliseconds the pair is locked out still; 0 or less when it is not. */
    long lockedFor(Subject pair) {
        return lockedFor(pair.credential() ? credentials : pairs, high(pair), low(pair));
    }

    private long lockedFor(Table<Tally> table, long high, long low) {
        var row = table.row(high, low);
        if (row == null) {
            return UNKNOWN;
        }
        var now = time.now();
        row.lock();
        try {
            var tally = tally(table, row, high, low);
            return tally == null || tally.isIdle(now) ? UNKNOWN : Math.max(0, tally.lockedUntil() - now);
        } finally {
            row.unlock();
        }
    }

    private @Nullable Tally tally(Table<Tally> table, Table.Row<Tally> row, long high, long low) {
        return table == credentials ? row.own(high, low) : row.find(high, low, time.now());
    }

    /** Counts a failure of an address or a pair. */
    Counted failed(Subject subject, Turn turn) {
        var now = time.now();
        var row = tableOf(subject).makeRow(high(subject), low(subject));
        row.lock();
        try {
            var tally = make(subject, row, now);
            if (tally == null) {
                return Counted.NOTHING;
            }
            var before = tally.add(turn.weight, turn.times.per().toMillis(), now);
            var times = row.isShared(tally) ? turn.times.withoutDoubling() : turn.times;
            return new Counted(before, tally.lockAt(turn.limit, times, now));
        } finally {
            row.unlock();
        }
    }

    private Table<Tally> tableOf(Subject subject) {
        if (subject.credential()) {
            return credentials;
        }
        return subject.isPair() ? pairs : addresses;
    }

    private @Nullable Tally make(Subject subject, Table.Row<Tally> row, long now) {
        return subject.credential()
                ? row.makeOwn(high(subject), low(subject), now)
                : row.make(high(subject), low(subject), now);
    }

    /** Counts a failure for an account, from wherever; for how long whoever failed has to pause. */
    long failedAccount(Subject pair, long weight, FailureLimits limits) {
        var now = time.now();
        var high = salt.scrambled(pair.first());
        var low = salt.scrambled(pair.second());
        var row = accounts.makeRow(high, low);
        row.lock();
        try {
            var tally = row.make(high, low, now);
            tally.add(weight, limits.times().per().toMillis(), now);
            return pause(tally.count(now) / FAILURE - limits.account(), limits);
        } finally {
            row.unlock();
        }
    }

    private static long pause(long tooMany, FailureLimits limits) {
        if (tooMany < 0) {
            return 0;
        }
        var doublings = Math.min(tooMany / Math.max(1, limits.account() / 5), MOST_DOUBLINGS);
        return Math.min(limits.times().maxPause().toMillis(), FIRST_PAUSE << doublings);
    }

    /** Counts a failure of anybody; how much was counted before. */
    long failedOverall(long weight, FailureLimits.Times times) {
        lock.lock();
        try {
            return overall.add(weight, times.per().toMillis(), time.now());
        } finally {
            lock.unlock();
        }
    }

    /** Locks out an address or a pair at least for so long. */
    void lock(Subject subject, long millis) {
        var until = time.now() + millis;
        keep(subject, until, until);
        if (subject.isPair()) {
            keep(subject.whole(), until, 0);
        }
    }

    /**
     * Keeps somebody until then, and locks out until then.
     *
     * <p>Pairs are asked for only at addresses of which something is kept, so that others cost next to nothing.
     */
    private void keep(Subject subject, long until, long locked) {
        var row = tableOf(subject).makeRow(high(subject), low(subject));
        row.lock();
        try {
            var tally = make(subject, row, time.now());
            if (tally != null) {
                tally.keep(until);
                tally.lockUntil(locked);
            }
        } finally {
            row.unlock();
        }
    }

    /** Begins an attempt, unless so many are under way that they could be too many failures; whether it did. */
    boolean begin(Subject subject, long limit) {
        var now = time.now();
        var row = tableOf(subject).makeRow(high(subject), low(subject));
        row.lock();
        try {
            var tally = row.makeOwn(high(subject), low(subject), now);
            return tally == null || tally.begin(limit, now);
        } finally {
            row.unlock();
        }
    }

    /** Ends an attempt that was begun. */
    void end(Subject subject) {
        change(subject, Tally::end);
    }

    /** Forgives a pair that has succeeded. */
    void succeeded(Subject pair) {
        change(pair, Tally::forgive);
    }

    private void change(Subject subject, Consumer<Tally> change) {
        var row = tableOf(subject).row(high(subject), low(subject));
        if (row == null) {
            return;
        }
        row.lock();
        try {
            var tally = row.own(high(subject), low(subject));
            if (tally != null) {
                change.accept(tally);
            }
        } finally {
            row.unlock();
        }
    }

    private long addressHigh(long family) {
        return salt.scrambled(family);
    }

    private long high(Subject subject) {
        return subject.isPair()
                ? salt.joined(subject.first() + subject.family(), subject.network())
                : addressHigh(subject.family());
    }

    private long low(Subject subject) {
        return subject.isPair()
                ? salt.joined(subject.second() ^ salt.high(), Long.reverse(subject.network()))
                : salt.scrambled(subject.network());
    }

    /** How many addresses, pairs and accounts have, or had, a count of their own. */
    long size() {
        return addresses.size() + pairs.size() + credentials.size() + accounts.size();
    }

    /** How often a count was shared because there was no room, or was not kept. */
    long crowded() {
        return addresses.crowded() + pairs.crowded() + credentials.crowded() + accounts.crowded();
    }
}
