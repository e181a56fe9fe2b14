package dev.portcullis.store;

import static java.util.Objects.requireNonNull;

import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger and buckets in tables of PostgreSQL. Thread-safe.
 *
 * <p>Needs {@code com.bucket4j:bucket4j_jdk17-postgresql} on the class path, and {@code org.postgresql:postgresql}, which
 * applications with such a database have. It blocks threads of its own, and a request no longer than the time-out.
 */
public final class PostgresqlStore implements SharedStore {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis.store");

    private static final String NOW = "select (extract(epoch from clock_timestamp()) * 1000)::bigint";

    static final String KIND = "postgresql";

    /** How long a bucket stays after it is full again, for nodes whose clocks are behind. */
    private static final Duration STAY = Duration.ofMinutes(1);

    private static final int EXPIRED = 1000;

    private final Patience patience;
    private final Skew skew;
    private final Workers workers;
    private final Connections connections;
    private final Database database;
    private final PostgresqlTables tables;
    private final PostgresqlLedger ledger;
    private final BlockingBuckets buckets;
    private final Warming warming;
    private final PostgreSQLSelectForUpdateBasedProxyManager<String> patientProxies;
    private final PostgreSQLSelectForUpdateBasedProxyManager<String> proxies;
    private final AtomicBoolean tidying = new AtomicBoolean();

    /**
     * How the database is used. Immutable.
     *
     * @param connections how many of its connections are used at a time
     * @param createTables whether tables that are not there are made
     */
    public record Use(int connections, boolean createTables) {

        /** Checks the bounds. */
        public Use {
            if (connections < 1 || connections > 100) {
                throw new IllegalArgumentException("connections: " + connections + " (expected: 1 to 100)");
            }
        }
    }

    private PostgresqlStore(
            Function<Supplier<Duration>, Connections.Source> source, Clock clock, Terms terms, Use use) {
        patience = new Patience(KIND, terms.timeout(), clock);
        connections = new Connections(source.apply(patience::timeout), patience::timeout);
        skew = new Skew(KIND, clock);
        workers = new Workers(use.connections());
        tables = new PostgresqlTables(terms.prefix(), use.createTables());
        database = new Database(connections, patience::timeout);
        ledger = new PostgresqlLedger(database, tables, workers, patience, new Room(clock, terms.maxEntries()));
        patientProxies = proxies(clock, Patience.longest(terms.timeout()));
        proxies = proxies(clock, terms.timeout());
        buckets = new BlockingBuckets(patience, skew, "", workers, () -> prepared());
        warming = new Warming(buckets);
    }

    private PostgreSQLSelectForUpdateBasedProxyManager<String> proxies(Clock clock, Duration timeout) {
        return Bucket4jPostgreSQL.selectForUpdateBasedBuilder(connections)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table(tables.buckets())
                .idColumn("id")
                .stateColumn("state")
                .expiresAtColumn("expires_at")
                .clientClock(new ClockTime(clock))
                .requestTimeout(timeout)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(STAY))
                .build();
    }

    /** Those that wait as long as an answer may take now. */
    private ProxyManager<String> prepared() throws SQLException {
        tables.demand(database);
        return patience.isFirst() ? patientProxies : proxies;
    }

    /** The store in the database of the application's own. Nothing is connected yet. */
    public static PostgresqlStore in(DataSource source, Clock clock, Terms terms, Use use) {
        requireNonNull(clock, "clock");
        var pooled = new PooledSource(requireNonNull(source, "source"));
        return new PostgresqlStore(timeout -> pooled, clock, terms, use);
    }

    /** Where a database is, for whom the application has no pool: a JDBC URL, and who connects. */
    public record Place(
            String url, @Nullable String username, @Nullable String password) {

        /** Checks that it is a database of this kind; the message shows nothing of it. */
        public Place {
            if (!url.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException(
                        "not the address of a PostgreSQL (expected: such as `jdbc:postgresql://host/database`)");
            }
        }

        /** Shows no secret. */
        @Override
        public String toString() {
            return "Place[a PostgreSQL]";
        }
    }

    /** The store in a database to which it makes connections of its own. Nothing is connected yet. */
    public static PostgresqlStore at(Place place, Clock clock, Terms terms, Use use) {
        return new PostgresqlStore(
                timeout -> new OwnSource(place.url(), place.username(), place.password(), timeout),
                requireNonNull(clock, "clock"),
                terms,
                use);
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public Buckets buckets() {
        return buckets;
    }

    @Override
    public void tend() {
        warming.begin();
        var unused = patience.ask(() -> workers.run(this::answers)).thenAccept(there -> {
            skew.compare(there);
            tidy();
        });
    }

    /** What is removed takes its time, which counts against nobody. */
    private void tidy() {
        if (tidying.compareAndSet(false, true)) {
            var unused = workers.run(this::tidied).whenComplete((done, cause) -> {
                tidying.set(false);
                if (cause != null && !workers.isClosed()) {
                    LOG.warn("store {}: what has expired cannot be removed: {}", KIND, String.valueOf(cause));
                }
            });
        }
    }

    /** What time it is there. */
    private long answers() throws SQLException {
        tables.demand(database);
        return database.transact(connection -> {
            try (var statement = database.prepare(connection, NOW);
                    var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private boolean tidied() throws SQLException {
        ledger.tidy();
        proxies.removeExpired(EXPIRED);
        return true;
    }

    @Override
    public StoreReport report() {
        return patience.report();
    }

    @Override
    public void close() {
        patience.close();
        ledger.close();
        workers.close();
        connections.close();
    }
}
