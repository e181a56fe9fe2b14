package dev.portcullis.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How the database is asked: one transaction for a question. Immutable.
 *
 * @param connections its connections
 * @param timeout how long an answer may take now
 */
record Database(Connections connections, Supplier<Duration> timeout) {

    /** Does the work in a transaction of its own, which is committed unless the work fails. */
    <T> T transact(Work<T> work) throws SQLException {
        try (var connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            var result = work.with(connection);
            connection.commit();
            return result;
        }
    }

    /** A statement that the database gives up some time after nobody waits for it any more. */
    PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        var statement = connection.prepareStatement(sql);
        statement.setQueryTimeout((int) timeout.get().plusMillis(999).toSeconds());
        return statement;
    }
}
