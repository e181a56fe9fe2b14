package dev.portcullis.config;

import dev.portcullis.auth.ApiKey;
import dev.portcullis.auth.ClientStore;
import dev.portcullis.auth.KnownClient;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Clients in a database, found by the ids of their keys. Thread-safe.
 *
 * <p>A row says what {@code clients.NAME.keys.ID} says, in columns of the same names with underscores; lists are words that spaces part.
 * What cannot be read as such is no key and no stranger either: nobody can tell.
 */
final class JdbcClients implements ClientStore {

    static final String QUERY = "SELECT * FROM portcullis_api_keys WHERE id = ?";

    private final DataSource source;
    private final String query;
    private final boolean peppered;
    private final int seconds;

    JdbcClients(DataSource source, String query, boolean peppered, int seconds) {
        this.source = source;
        this.query = query;
        this.peppered = peppered;
        this.seconds = seconds;
    }

    @Override
    public @Nullable ApiKey find(String id) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.prepareStatement(query)) {
            statement.setQueryTimeout(seconds);
            statement.setString(1, id);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? key(id, rows) : null;
            }
        }
    }

    private ApiKey key(String id, ResultSet rows) throws SQLException {
        var row = new Row(rows, columns(rows));
        var name = row.text("client");
        var problems = new Problems(Places.UNKNOWN);
        var at = new At(problems, "the row of key `" + id + "`");
        if (name == null || !Names.demand(at.child("client"), name)) {
            throw new SQLException("the row of key `" + id + "` names no client");
        }
        var roles = row.words("roles");
        var client = new KnownClient(
                name, Set.of(), roles == null ? Set.of() : Set.copyOf(roles), row.text("tenant"), row.text("tier"));
        var compiler = new KeyCompiler(at, client, peppered);
        var key = compiler.compile(id, row.key());
        if (key == null || rows.next()) {
            throw new SQLException(
                    key == null ? said(problems) : "more than one row of key `" + id + "` (expected: at most one)");
        }
        return key;
    }

    private static String said(Problems problems) {
        return problems.found().stream()
                .map(problem -> problem.key() + ": " + problem.message())
                .collect(Collectors.joining("; "));
    }

    private static Set<String> columns(ResultSet rows) throws SQLException {
        var columns = new HashSet<String>();
        var meta = rows.getMetaData();
        for (var i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(meta.getColumnLabel(i).toLowerCase(Locale.ROOT));
        }
        return columns;
    }

    /** One row, of which not every column need be there. */
    private record Row(ResultSet rows, Set<String> columns) {

        @Nullable
        String text(String column) throws SQLException {
            return columns.contains(column) ? rows.getString(column) : null;
        }

        @Nullable
        List<String> words(String column) throws SQLException {
            var text = text(column);
            if (text == null) {
                return null;
            }
            return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
        }

        @Nullable
        String time(String column) throws SQLException {
            var time = columns.contains(column) ? rows.getObject(column, OffsetDateTime.class) : null;
            return time == null ? null : time.toInstant().toString();
        }

        ClientKey key() throws SQLException {
            var old = text("previous_hash");
            return new ClientKey(
                    text("hash"),
                    time("not_before"),
                    time("expires"),
                    old == null ? null : new ClientKey.Previous(old, time("previous_expires")),
                    words("scopes"),
                    words("routes"),
                    words("addresses"),
                    null,
                    null);
        }
    }
}
