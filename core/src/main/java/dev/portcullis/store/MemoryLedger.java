package dev.portcullis.store;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A ledger of this process alone. Every space has its own bound, so that none can fill the room of another. */
final class MemoryLedger implements Ledger {

    /** How many spaces there may be. */
    static final int MAX_SPACES = 1000;

    private final Clock clock;
    private final int maxEntries;
    private final ConcurrentMap<String, MemorySpace> spaces = new ConcurrentHashMap<>();
    private volatile boolean closed;

    MemoryLedger(Clock clock, int maxEntries) {
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries: " + maxEntries + " (expected: >= 1)");
        }
        this.clock = clock;
        this.maxEntries = maxEntries;
    }

    @Override
    public boolean putIfAbsent(String space, String key, String value, Instant until) {
        Entered.demand(space, key, value, until);
        return in(space).putIfAbsent(new Entry(key, value, until), clock.instant());
    }

    @Override
    public Changes changes(String space, long since) {
        Entered.demandSpace(space);
        Entered.demandCursor(since);
        return in(space).changes(since, clock.instant());
    }

    private MemorySpace in(String name) {
        if (closed) {
            throw new LedgerUnavailable("closed", null);
        }
        var space = spaces.get(name);
        if (space != null) {
            return space;
        }
        if (spaces.size() >= MAX_SPACES) {
            throw new LedgerUnavailable("more than " + MAX_SPACES + " spaces", null);
        }
        return requireNonNull(spaces.computeIfAbsent(name, unused -> new MemorySpace(maxEntries)));
    }

    @Override
    public void close() {
        closed = true;
        spaces.clear();
    }
}
