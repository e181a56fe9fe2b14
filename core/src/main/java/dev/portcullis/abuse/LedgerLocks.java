package dev.portcullis.abuse;

import dev.portcullis.store.Ledger;
import dev.portcullis.store.Ledger.Entry;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Locks that are shared through a ledger. Thread-safe.
 *
 * <p>The ledger is asked and told on an executor, never on a request's thread. While it is away, every node goes on with its own locks.
 */
final class LedgerLocks implements SharedLocks {

    /** How long locks of other nodes stay unknown, in milliseconds, while requests come. */
    static final long PAUSE = 1000;

    /** How many pages of changes are read at once. */
    private static final int MAX_PAGES = 100;

    /** No lock lasts longer, whatever another node says: seven days. */
    private static final long MAX_LEFT = 7L * 24 * 60 * 60 * 1000;

    private final Ledger ledger;
    private final Site site;
    private final SteadyTime time;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);
    private final LongAdder failed = new LongAdder();

    /** Where the next changes begin; handed on from one thread to the next by {@link #asking}. */
    private long cursor;

    /**
     * Where a node stands.
     *
     * @param space the space of the ledger
     * @param counts where locks are taken in
     * @param clock the time of day
     * @param executor who asks
     */
    record Site(String space, Counts counts, Clock clock, Executor executor) {}

    LedgerLocks(Ledger ledger, Site site) {
        this.ledger = ledger;
        this.site = site;
        this.time = new SteadyTime(site.clock());
    }

    @Override
    public void refresh() {
        var now = time.now();
        if (now >= next.get() && asking.compareAndSet(false, true)) {
            next.set(now + PAUSE);
            run(this::take, () -> asking.set(false));
        }
    }

    private void run(Runnable task, Runnable otherwise) {
        try {
            site.executor().execute(task);
        } catch (RejectedExecutionException e) {
            failed.increment();
            otherwise.run();
        }
    }

    private void take() {
        try {
            var more = true;
            for (var page = 0; more && page < MAX_PAGES; page++) {
                var changes = ledger.changes(site.space(), cursor);
                changes.entries().forEach(this::take);
                cursor = changes.cursor();
                more = changes.entries().size() == Ledger.MAX_CHANGES;
            }
        } catch (RuntimeException e) {
            failed.increment();
        } finally {
            asking.set(false);
        }
    }

    private void take(Entry entry) {
        var subject = Subject.parse(entry.key());
        var left = entry.until().toEpochMilli() - site.clock().millis();
        if (subject != null && left > 0) {
            site.counts().lock(subject, Math.min(left, MAX_LEFT));
        }
    }

    @Override
    public void publish(Subject subject, long lasts) {
        var until = site.clock().instant().plusMillis(lasts);
        run(() -> enter(subject, until), () -> {});
    }

    private void enter(Subject subject, Instant until) {
        try {
            ledger.putIfAbsent(site.space(), subject.text(), "", until);
        } catch (RuntimeException e) {
            failed.increment();
        }
    }

    @Override
    public long failures() {
        return failed.sum();
    }
}
