package dev.portcullis.store;

import dev.portcullis.store.Ledger.Changes;
import dev.portcullis.store.Ledger.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The entries of one space. Thread-safe.
 *
 * <p>One lock, held for a few steps in trees, keeps the three orders in step: by key, by time of expiry, by turn. Whoever reads a
 * cursor under it can have missed nothing.
 */
final class MemorySpace {

    private static final Comparator<Kept> BY_EXPIRY =
            Comparator.comparing((Kept kept) -> kept.entry().until()).thenComparingLong(Kept::turn);

    private final int maxEntries;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Kept> byKey = new HashMap<>();
    private final NavigableSet<Kept> byExpiry = new TreeSet<>(BY_EXPIRY);
    private final TreeMap<Long, Kept> byTurn = new TreeMap<>();
    private long turn;

    /** An entry and its turn. */
    private record Kept(Entry entry, long turn) {

        boolean isLive(Instant now) {
            return entry.until().isAfter(now);
        }
    }

    MemorySpace(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    boolean putIfAbsent(Entry entry, Instant now) {
        lock.lock();
        try {
            expire(now);
            if (byKey.containsKey(entry.key())) {
                return false;
            }
            if (entry.until().isAfter(now)) {
                add(entry);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void add(Entry entry) {
        if (byKey.size() >= maxEntries) {
            throw new LedgerUnavailable("full: " + maxEntries + " entries have not expired", null);
        }
        var kept = new Kept(entry, ++turn);
        byKey.put(entry.key(), kept);
        byExpiry.add(kept);
        byTurn.put(kept.turn(), kept);
    }

    /** Removes what has expired: as much work as was put in. */
    private void expire(Instant now) {
        while (!byExpiry.isEmpty() && !byExpiry.first().isLive(now)) {
            var gone = byExpiry.first();
            byExpiry.remove(gone);
            byTurn.remove(gone.turn());
            byKey.remove(gone.entry().key());
        }
    }

    Changes changes(long since, Instant now) {
        lock.lock();
        try {
            var entries = new ArrayList<Entry>();
            var cursor = since;
            var later = byTurn.tailMap(since, false).values().iterator();
            while (later.hasNext() && entries.size() < Ledger.MAX_CHANGES) {
                var kept = later.next();
                cursor = kept.turn();
                if (kept.isLive(now)) {
                    entries.add(kept.entry());
                }
            }
            return new Changes(entries, later.hasNext() ? cursor : Math.max(cursor, turn));
        } finally {
            lock.unlock();
        }
    }
}
