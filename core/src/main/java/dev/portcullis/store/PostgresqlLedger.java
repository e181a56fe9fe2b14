package dev.portcullis.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A ledger in a table of PostgreSQL. Thread-safe.
 *
 * <p>Turns come from a sequence, and transactions commit in another order than they drew their turns in. So whoever makes an entry
 * holds a lock of its space together with all who do, from before the turn is drawn until it is committed; and whoever asks for
 * changes takes that lock alone, for a moment. Then no turn below one that was told can still turn up.
 */
final class PostgresqlLedger implements Ledger {

    private static final int FULL = -1;

    private final Database database;
    private final PostgresqlTables tables;
    private final Workers workers;
    private final Patience patience;
    private final Clock clock;
    private final PostgresqlEntries entries;

    /** The spaces that entries were made in, and whether they were full when somebody last looked. */
    private final ConcurrentMap<String, Boolean> spaces = new ConcurrentHashMap<>();

    private volatile boolean closed;

    PostgresqlLedger(Database database, PostgresqlTables tables, Workers workers, Patience patience, Room room) {
        this.database = database;
        this.tables = tables;
        this.workers = workers;
        this.patience = patience;
        this.clock = room.clock();
        this.entries = new PostgresqlEntries(database, tables, room);
    }

    @Override
    public boolean putIfAbsent(String space, String key, String value, Instant until) {
        Entered.demand(space, key, value, until);
        var now = clock.instant();
        var full = isFull(space);
        var entry = new Entry(key, value, until);
        var made = ask(connection -> {
            if (full || !until.isAfter(now)) {
                return entries.isLive(connection, space, key, now) ? 0 : full ? FULL : 1;
            }
            return entries.put(connection, space, entry, now);
        });
        if (made == FULL) {
            throw new LedgerUnavailable("full: " + entries.most() + " entries have not expired", null);
        }
        return made == 1;
    }

    private boolean isFull(String space) {
        var known = spaces.get(space);
        if (known != null) {
            return known;
        }
        if (spaces.size() >= MemoryLedger.MAX_SPACES) {
            throw new LedgerUnavailable("more than " + MemoryLedger.MAX_SPACES + " spaces", null);
        }
        spaces.putIfAbsent(space, false);
        return false;
    }

    @Override
    public Changes changes(String space, long since) {
        Entered.demandSpace(space);
        Entered.demandCursor(since);
        var now = clock.instant();
        return ask(connection -> entries.changes(connection, space, since, now));
    }

    private <T> T ask(Work<T> work) {
        if (closed) {
            throw new LedgerUnavailable("closed", null);
        }
        Callable<T> transaction = () -> {
            tables.demand(database);
            return database.transact(work);
        };
        try {
            return patience.await(patience.ask(() -> workers.run(transaction)));
        } catch (StoreUnavailable e) {
            throw new LedgerUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    /** Removes what has expired, and looks which spaces are full. Blocks. */
    void tidy() throws SQLException {
        tables.demand(database);
        database.transact(entries::removeExpired);
        for (var space : spaces.keySet()) {
            spaces.put(space, database.transact(connection -> entries.isFull(connection, space)));
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
