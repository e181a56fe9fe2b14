package dev.portcullis.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a database that has no pool: as many as are used at a time, which are as many as there are workers. Thread-safe.
 *
 * <p>A connection that was used goes to the next who needs one, unless it is broken.
 */
final class OwnSource implements Connections.Source {

    private static final int CHECK_SECONDS = 1;

    /** A connection that nobody used for longer is tried before it is lent. */
    private static final long TRUSTED_NANOS = Duration.ofSeconds(5).toNanos();

    private final String url;
    private final Supplier<Duration> timeout;
    private final Properties properties = new Properties();
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** A connection that nobody uses, since when. */
    private record Idle(Connection connection, long since) {

        boolean isGood() throws SQLException {
            return System.nanoTime() - since < TRUSTED_NANOS || connection.isValid(CHECK_SECONDS);
        }
    }

    OwnSource(String url, @Nullable String username, @Nullable String password, Supplier<Duration> timeout) {
        this.url = url;
        this.timeout = timeout;
        register();
        if (username != null) {
            properties.setProperty("user", username);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "portcullis");
    }

    /** Drivers in an application's own folder are not found by themselves. */
    private static void register() {
        try {
            Class.forName("org.postgresql.Driver");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("`org.postgresql:postgresql` is not on the class path", e);
        }
    }

    @Override
    public Connection take() throws SQLException {
        if (closed) {
            throw new SQLException("closed");
        }
        var known = idle.pollFirst();
        while (known != null && !known.isGood()) {
            known.connection().close();
            known = idle.pollFirst();
        }
        return known != null ? known.connection() : DriverManager.getConnection(url, now());
    }

    /** What a connection is made with now: the driver counts whole seconds. */
    private Properties now() {
        var seconds = Long.toString(Math.max(1, timeout.get().toSeconds()));
        var all = new Properties();
        all.putAll(properties);
        all.setProperty("connectTimeout", seconds);
        all.setProperty("loginTimeout", seconds);
        return all;
    }

    @Override
    public void takeBack(Connection connection) throws SQLException {
        if (closed) {
            connection.close();
        } else {
            idle.addFirst(new Idle(connection, System.nanoTime()));
        }
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
}
