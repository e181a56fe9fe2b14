package dev.portcullis.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The tables in PostgreSQL, made when they are not there. Thread-safe.
 *
 * <p>Whoever may not make tables makes them beforehand; what is there is not touched.
 */
final class PostgresqlTables {

    /** Says what holds the tables apart from those of others, in locks that have numbers and no names. */
    private static final int LOCK = 0x706f7274;

    private static final String DEFINITION = read();

    private final String prefix;
    private final boolean create;
    private volatile boolean there;

    PostgresqlTables(String prefix, boolean create) {
        this.prefix = prefix;
        this.create = create;
    }

    private static String read() {
        try (var stream = PostgresqlTables.class.getResourceAsStream("postgresql.sql")) {
            return new String(requireNonNull(stream, "postgresql.sql").readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The statements that make them. */
    static String definition(String prefix) {
        return DEFINITION.replace("portcullis_", prefix + "_");
    }

    String ledger() {
        return prefix + "_ledger";
    }

    String turns() {
        return prefix + "_turns";
    }

    String buckets() {
        return prefix + "_buckets";
    }

    /** Makes them unless they are there, one node at a time. */
    void demand(Database database) throws SQLException {
        if (there) {
            return;
        }
        database.transact(connection -> {
            if (create && !exist(connection)) {
                lock(connection);
                try (var statement = connection.createStatement()) {
                    statement.execute(definition(prefix));
                }
            }
            return true;
        });
        there = true;
    }

    private boolean exist(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select count(to_regclass(name)) from unnest(array[?, ?, ?]) as names(name)")) {
            statement.setString(1, ledger());
            statement.setString(2, turns());
            statement.setString(3, buckets());
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getInt(1) == 3;
            }
        }
    }

    private void lock(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_xact_lock(?, ?)")) {
            statement.setInt(1, LOCK);
            statement.setInt(2, prefix.hashCode());
            statement.execute();
        }
    }

    /** The number of the lock that readers of a space take alone, and writers together. */
    int lockOf(String space) {
        return (prefix + ":" + space).hashCode();
    }
}
