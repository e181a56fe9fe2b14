package dev.portcullis.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The application's own pool.
 *
 * @param pool the pool
 */
record PooledSource(DataSource pool) implements Connections.Source {

    @Override
    public Connection take() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void takeBack(Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public void close() {
        // The application closes it.
    }
}
