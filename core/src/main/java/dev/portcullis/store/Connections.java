package dev.portcullis.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections as a store needs them, whatever the pool they come from is set to: statements see what is committed when they begin, and
 * nothing waits for the network for ever. They go back as they came. Thread-safe.
 */
final class Connections implements DataSource {

    private final Source source;
    private final Supplier<Duration> timeout;

    /** Where connections come from, and go back to. */
    interface Source extends AutoCloseable {

        Connection take() throws SQLException;

        void takeBack(Connection connection) throws SQLException;

        @Override
        void close();
    }

    /** How a connection was before it was lent. */
    private record Before(boolean auto, int isolation, int patience) {

        static Before of(Connection connection) throws SQLException {
            return new Before(
                    connection.getAutoCommit(), connection.getTransactionIsolation(), connection.getNetworkTimeout());
        }

        /** What was begun and not ended is undone first. */
        void restore(Connection connection) throws SQLException {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.setAutoCommit(auto);
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(isolation);
            }
            connection.setNetworkTimeout(Runnable::run, patience);
        }
    }

    /**
     * Connections of a source.
     *
     * @param timeout how long an answer may take now
     */
    Connections(Source source, Supplier<Duration> timeout) {
        this.source = source;
        this.timeout = timeout;
    }

    /** A pause of the network of twice the time-out and a second breaks the connection; whoever asked has long given up. */
    private int patience() {
        return (int) timeout.get().multipliedBy(2).plusSeconds(1).toMillis();
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = taken();
        try {
            return lent(connection, prepared(connection));
        } catch (SQLException | RuntimeException e) {
            // Else a pool would miss it for good, and be empty after as many broken ones as it has.
            connection.close();
            throw unasked(e);
        }
    }

    private Connection taken() throws SQLException {
        try {
            return source.take();
        } catch (SQLException e) {
            throw unasked(e);
        }
    }

    /** Without a connection nothing was asked, which matters to whoever must not ask twice. */
    private static SQLException unasked(Exception cause) {
        return new SQLException(cause.getMessage(), StoreUnavailable.unasked("no connection", cause));
    }

    private Before prepared(Connection connection) throws SQLException {
        var before = Before.of(connection);
        connection.setAutoCommit(true);
        connection.setNetworkTimeout(Runnable::run, patience());
        if (before.isolation() != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        return before;
    }

    private Connection lent(Connection connection, Before before) {
        var returned = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                Connections.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("close")) {
                        return called(connection, method, arguments);
                    }
                    if (returned.compareAndSet(false, true)) {
                        takeBack(connection, before);
                    }
                    return null;
                });
    }

    private static @Nullable Object called(Connection connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private void takeBack(Connection connection, Before before) throws SQLException {
        if (connection.isClosed()) {
            connection.close();
            return;
        }
        try {
            before.restore(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        source.takeBack(connection);
    }

    void close() {
        source.close();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // Nothing is written.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The source knows.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("dev.portcullis.store");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
