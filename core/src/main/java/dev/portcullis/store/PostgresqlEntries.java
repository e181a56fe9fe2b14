package dev.portcullis.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.store.Ledger.Changes;
import dev.portcullis.store.Ledger.Entry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;

/** The statements of the ledger's table. Immutable. */
final class PostgresqlEntries {

    private static final int LOCK = 0x706f6c65;

    /** How many expired entries are removed at once. */
    private static final int BATCH = 10_000;

    private final Database database;
    private final PostgresqlTables tables;
    private final Room room;
    private final String put;
    private final String look;
    private final String tell;
    private final String remove;
    private final String count;

    PostgresqlEntries(Database database, PostgresqlTables tables, Room room) {
        this.database = database;
        this.tables = tables;
        this.room = room;
        var table = tables.ledger();
        put = "insert into " + table + " as known (space, id, key, value, ends, turn)"
                + " select ?, ?, ?, ?, ?, nextval('" + tables.turns() + "')"
                + " from pg_advisory_xact_lock_shared(?, ?)"
                + " on conflict (space, id) do update"
                + " set value = excluded.value, ends = excluded.ends, turn = excluded.turn where known.ends <= ?";
        look = "select 1 from " + table + " where space = ? and id = ? and ends > ?";
        tell = "select key, value, ends, turn from " + table
                + " where space = ? and turn > (select case when pg_sequence_last_value('" + tables.turns()
                + "'::regclass) < ? then 0 else ? end) and ends > ? order by turn limit ?";
        remove = "delete from " + table + " where (space, id) in (select space, id from " + table
                + " where ends < least(?, (extract(epoch from clock_timestamp()) * 1000)::bigint) - ?"
                + " limit " + BATCH + " for update skip locked)";
        count = "select count(*) from (select 1 from " + table + " where space = ? limit ?) as found";
    }

    long most() {
        return room.most();
    }

    /** Makes an entry unless one of its key is live: 1 made, 0 there already. */
    int put(Connection connection, String space, Entry entry, Instant now) throws SQLException {
        try (var statement = database.prepare(connection, put)) {
            identify(statement, space, entry.key());
            statement.setString(3, PlainText.of(entry.key()));
            statement.setString(4, PlainText.of(entry.value()));
            statement.setLong(5, entry.until().toEpochMilli());
            statement.setInt(6, LOCK);
            statement.setInt(7, tables.lockOf(space));
            statement.setLong(8, now.toEpochMilli());
            return statement.executeUpdate();
        }
    }

    /** Tells whether an entry of the key has not expired. */
    boolean isLive(Connection connection, String space, String key, Instant now) throws SQLException {
        try (var statement = database.prepare(connection, look)) {
            identify(statement, space, key);
            statement.setLong(3, now.toEpochMilli());
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Keys may be too long for an index, which finds them by their SHA-256. */
    private static void identify(PreparedStatement statement, String space, String key) throws SQLException {
        statement.setString(1, space);
        statement.setBytes(2, sha256(PlainText.of(key)));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * What was entered since a turn. A turn that was not drawn yet is one of a database whose backup was restored since: then all is
     * told again, because turns below it are drawn anew.
     */
    Changes changes(Connection connection, String space, long since, Instant now) throws SQLException {
        barrier(connection, space);
        try (var statement = database.prepare(connection, tell)) {
            statement.setString(1, space);
            statement.setLong(2, since);
            statement.setLong(3, since);
            statement.setLong(4, now.toEpochMilli());
            statement.setInt(5, Ledger.MAX_CHANGES);
            return read(statement, since);
        }
    }

    /** Waits until nobody holds a turn that is not committed. The next statement sees all that is. */
    private void barrier(Connection connection, String space) throws SQLException {
        try (var statement = database.prepare(connection, "select pg_advisory_xact_lock(?, ?)")) {
            statement.setInt(1, LOCK);
            statement.setInt(2, tables.lockOf(space));
            statement.execute();
        }
    }

    private static Changes read(PreparedStatement statement, long since) throws SQLException {
        var entries = new ArrayList<Entry>();
        var cursor = since;
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                var until = Instant.ofEpochMilli(rows.getLong("ends"));
                entries.add(new Entry(
                        PlainText.back(rows.getString("key")), PlainText.back(rows.getString("value")), until));
                cursor = rows.getLong("turn");
            }
        }
        return new Changes(entries, cursor);
    }

    /** Removes some of what is over by both clocks, and has been for a while; how many. */
    int removeExpired(Connection connection) throws SQLException {
        try (var statement = database.prepare(connection, remove)) {
            statement.setLong(1, room.clock().millis());
            statement.setLong(2, Terms.GRACE.toMillis());
            return statement.executeUpdate();
        }
    }

    boolean isFull(Connection connection, String space) throws SQLException {
        try (var statement = database.prepare(connection, count)) {
            statement.setString(1, space);
            statement.setLong(2, room.most());
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getLong(1) >= room.most();
            }
        }
    }
}
