package dev.portcullis.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * How the database is asked, whatever the application's pool is set to: one transaction for a question, in which every statement sees
 * what is committed when it begins. Immutable.
 *
 * @param source where connections come from
 * @param timeout how long an answer may take
 */
record Database(DataSource source, Duration timeout) {

    /** Does the work in a transaction of its own, which is committed unless the work fails. */
    <T> T transact(Work<T> work) throws SQLException {
        try (var connection = source.getConnection()) {
            var wasAuto = connection.getAutoCommit();
            var was = connection.getTransactionIsolation();
            if (was != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            connection.setAutoCommit(false);
            try {
                return ended(connection, work);
            } finally {
                restore(connection, wasAuto, was);
            }
        }
    }

    private static <T> T ended(Connection connection, Work<T> work) throws SQLException {
        var done = false;
        try {
            var result = work.with(connection);
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done && !connection.isClosed()) {
                connection.rollback();
            }
        }
    }

    private static void restore(Connection connection, boolean wasAuto, int was) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        connection.setAutoCommit(wasAuto);
        if (was != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(was);
        }
    }

    /** A statement that the database gives up some time after nobody waits for it any more. */
    PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        var statement = connection.prepareStatement(sql);
        statement.setQueryTimeout((int) timeout.plusMillis(999).toSeconds());
        return statement;
    }
}
