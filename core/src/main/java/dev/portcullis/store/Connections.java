package dev.portcullis.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a database that has no pool: as many as are used at a time, which are as many as there are workers. Thread-safe.
 *
 * <p>A connection that was used goes to the next who needs one, unless it is broken.
 */
final class Connections implements DataSource, AutoCloseable {

    private static final int CHECK_SECONDS = 1;

    /** A connection that nobody used for longer is tried before it is lent. */
    private static final long TRUSTED_NANOS = Duration.ofSeconds(5).toNanos();

    /** A connection that nobody uses, since when. */
    private record Idle(Connection connection, long since) {

        boolean isGood() throws SQLException {
            return System.nanoTime() - since < TRUSTED_NANOS || connection.isValid(CHECK_SECONDS);
        }
    }

    private final String url;
    private final Properties properties;
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Connections(String url, @Nullable String username, @Nullable String password, Duration timeout) {
        this.url = url;
        this.properties = new Properties();
        if (username != null) {
            properties.setProperty("user", username);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        var seconds = Long.toString(Math.max(1, timeout.toSeconds()));
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "portcullis");
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (closed) {
            throw new SQLException("closed");
        }
        var known = idle.pollFirst();
        while (known != null && !known.isGood()) {
            known.connection().close();
            known = idle.pollFirst();
        }
        return lent(known != null ? known.connection() : DriverManager.getConnection(url, properties));
    }

    private Connection lent(Connection connection) {
        var returned = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                Connections.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("close")) {
                        return called(connection, method, arguments);
                    }
                    if (returned.compareAndSet(false, true)) {
                        takeBack(connection);
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

    /** What was begun and not ended is undone first. */
    private void takeBack(Connection connection) throws SQLException {
        if (connection.isClosed() || closed) {
            connection.close();
            return;
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        idle.addFirst(new Idle(connection, System.nanoTime()));
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public void close() {
        closed = true;
        for (var known = idle.pollFirst(); known != null; known = idle.pollFirst()) {
            try {
                known.connection().close();
            } catch (SQLException e) {
                // It is of no use any more, which was the intention.
            }
        }
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
        properties.setProperty("loginTimeout", Integer.toString(seconds));
    }

    @Override
    public int getLoginTimeout() {
        return Integer.parseInt(properties.getProperty("loginTimeout"));
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
