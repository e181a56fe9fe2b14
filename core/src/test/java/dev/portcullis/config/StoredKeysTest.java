package dev.portcullis.config;

import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.auth.ApiKey;
import dev.portcullis.auth.ClientStore;
import dev.portcullis.auth.KeyHash;
import dev.portcullis.auth.KnownClient;
import dev.portcullis.fixture.HandClock;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that no configuration names. */
class StoredKeysTest {

    private static final String KEY = "pcl_k7x2.secret-of-acme-0123456789";
    private static final String OLD = "pcl_k7x2.former-secret-of-acme-0123";
    private static final String DENIED = "a.authentication 401 invalid-api-key";
    private static final String UNKNOWN = "a.authentication 503 could-not-tell";
    private static final String POLICY =
            "policies: { a: { paths: [/a, /b], authenticate: [api-key], authorize: { scopes: [read] } } }\n";
    private static final String PATIENT = "api-key: { timeout: 30s }\n";
    private static final String JDBC = "api-key: { timeout: 30s, jdbc: {} }\n";
    private static final String TABLE = """
            CREATE TABLE portcullis_api_keys (
              id VARCHAR(64) PRIMARY KEY,
              client VARCHAR(64) NOT NULL,
              hash VARCHAR(80) NOT NULL,
              not_before TIMESTAMP WITH TIME ZONE,
              expires TIMESTAMP WITH TIME ZONE,
              previous_hash VARCHAR(80),
              previous_expires TIMESTAMP WITH TIME ZONE,
              scopes VARCHAR(1000),
              routes VARCHAR(1000),
              addresses VARCHAR(1000),
              roles VARCHAR(1000),
              tenant VARCHAR(64),
              tier VARCHAR(64))
            """;

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final JdbcDataSource database = new JdbcDataSource();

    StoredKeysTest() {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    @AfterEach
    void stop() throws SQLException {
        executor.shutdownNow();
        execute("SHUTDOWN");
    }

    @Test
    void areReadFromADatabase() throws SQLException {
        execute(TABLE);
        execute(
                "INSERT INTO portcullis_api_keys (id, client, hash, previous_hash, previous_expires, scopes, routes, addresses)"
                        + " VALUES ('k7x2', 'acme', '" + ApiKeyHash.of(KEY) + "', '" + ApiKeyHash.of(OLD)
                        + "', '2026-01-02 00:00:00+00', 'read write', '/a', '127.0.0.0/8 192.0.2.0/24')");
        try (var gate = gate(JDBC)) {
            assertThat(send(gate, "/a", KEY)).isEqualTo("proceed");
            assertThat(send(gate, "/a", OLD)).isEqualTo("proceed");
            assertThat(send(gate, "/b", KEY)).isEqualTo(DENIED);
            assertThat(send(gate, "/a", KEY + "x")).isEqualTo(DENIED);
            assertThat(send(gate, "/a", "pcl_k7x3.secret")).isEqualTo(DENIED);
            assertThat(send(gate, "/a", "pcl_' OR 1=1.secret")).isEqualTo(DENIED);
            assertThat(outcome(gate, get("/a").from("198.51.100.1").with("X-API-Key", KEY)))
                    .isEqualTo(DENIED);
            clock.advance(Duration.ofDays(1));
            assertThat(send(gate, "/a", OLD)).isEqualTo(DENIED);
        }
    }

    @Test
    void workNoLongerOnceTheyAreGoneAndTheirTimeIsOver() throws SQLException {
        execute(TABLE);
        insert("acme", ApiKeyHash.of(KEY));
        try (var gate = gate(JDBC)) {
            assertThat(send(gate, "/a", KEY)).isEqualTo("proceed");
            execute("DELETE FROM portcullis_api_keys");
            clock.advance(Duration.ofSeconds(30).minusMillis(1));
            assertThat(send(gate, "/a", KEY)).isEqualTo("proceed");
            clock.advance(Duration.ofMillis(1));
            assertThat(send(gate, "/a", KEY)).isEqualTo(DENIED);
            insert("acme", ApiKeyHash.of(KEY));
            assertThat(send(gate, "/a", KEY)).isEqualTo(DENIED);
            clock.advance(Duration.ofSeconds(5));
            assertThat(send(gate, "/a", KEY)).isEqualTo("proceed");
        }
    }

    @Test
    void areNeitherKnownNorUnknownWhileTheDatabaseCannotTell() throws SQLException {
        try (var gate = gate(JDBC)) {
            assertThat(send(gate, "/a", KEY)).isEqualTo(UNKNOWN);
            execute(TABLE);
            insert("acme", "no hash");
            assertThat(send(gate, "/a", KEY)).isEqualTo(UNKNOWN);
            execute("DELETE FROM portcullis_api_keys");
            insert("not a name", ApiKeyHash.of(KEY));
            assertThat(send(gate, "/a", KEY)).isEqualTo(UNKNOWN);
            execute("DELETE FROM portcullis_api_keys");
            insert("acme", ApiKeyHash.of(KEY));
            assertThat(send(gate, "/a", KEY)).isEqualTo("proceed");
        }
    }

    @Test
    void comeFromABeanWhichIsAskedOnce() {
        var store = new Clients();
        store.keys.put(
                "k7x2",
                ApiKey.of(KnownClient.named("acme"))
                        .id("k7x2")
                        .secret(KeyHash.of(KEY, null))
                        .scopes(Set.of("read"))
                        .build());
        try (var gate = Gate.builder(Gates.file("brute-force: { enabled: false }\n" + POLICY + PATIENT))
                .clock(clock)
                .executor(executor)
                .clients(store)
                .build()) {
            for (var i = 0; i < 100; i++) {
                assertThat(send(gate, "/a", KEY)).isEqualTo("proceed");
                assertThat(send(gate, "/a", "pcl_nobody.x")).isEqualTo(DENIED);
            }
            assertThat(store.asked).hasValue(2);
            assertThat(send(gate, "/a", "no-id")).isEqualTo(DENIED);
            assertThat(store.asked).hasValue(2);

            store.fault = new IOException("away");
            clock.advance(Duration.ofSeconds(30));
            for (var i = 0; i < 10; i++) {
                assertThat(send(gate, "/a", KEY)).isEqualTo(UNKNOWN);
            }
            assertThat(store.asked).as("a store that fails is left alone").hasValue(2 + 5);
            store.fault = null;
            clock.advance(Duration.ofSeconds(5));
            assertThat(send(gate, "/a", KEY)).isEqualTo("proceed");
        }
    }

    @Test
    void makeNobodyWaitForAStoreThatHangs() {
        var hold = new CountDownLatch(1);
        try (var gate = Gate.builder(Gates.file(POLICY + "api-key: { timeout: 1ms }\n"))
                .executor(executor)
                .clients(id -> {
                    hold.await();
                    return null;
                })
                .build()) {
            for (var i = 0; i < 20; i++) {
                assertThat(send(gate, "/a", "pcl_k" + i + ".secret")).isEqualTo(UNKNOWN);
            }
        } finally {
            hold.countDown();
        }
    }

    @Test
    void stopTheStartWithoutADatabaseOrWithTwoStores() {
        assertThat(problems(Gate.builder(Gates.file(JDBC)))).contains("api-key.jdbc", "there is no database");
        assertThat(problems(Gate.builder(Gates.file(JDBC)).unknownHandlers())).isEqualTo("null");
        assertThat(problems(Gate.builder(Gates.file(JDBC)).database(database).clients(id -> null)))
                .contains("beside a `ClientStore`");
        assertThat(problems(Gate.builder(Gates.file("api-key: { jdbc: { query: SELECT 1 } }\n"))
                        .database(database)))
                .contains("api-key.jdbc.query", "not one `?`");
        assertThat(problems(Gate.builder(Gates.file("api-key: { timeout: 0s, jdbc: {} }\n"))
                        .database(database)))
                .contains("api-key.timeout");
    }

    /** A store that counts. */
    private static final class Clients implements ClientStore {

        private final ConcurrentMap<String, ApiKey> keys = new ConcurrentHashMap<>();
        private final AtomicInteger asked = new AtomicInteger();
        private volatile IOException fault;

        @Override
        public ApiKey find(String id) throws IOException {
            asked.incrementAndGet();
            if (fault != null) {
                throw fault;
            }
            return keys.get(id);
        }
    }

    private static String problems(GateBuilder builder) {
        return String.valueOf(catchThrowableOfType(
                ConfigurationException.class, () -> builder.build().close()));
    }

    private Gate gate(String yaml) {
        return Gate.builder(Gates.file(POLICY + yaml))
                .clock(clock)
                .executor(executor)
                .database(database)
                .build();
    }

    private void insert(String client, String hash) throws SQLException {
        execute("INSERT INTO portcullis_api_keys (id, client, hash, scopes) VALUES ('k7x2', '" + client + "', '" + hash
                + "', 'read')");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String send(Gate gate, String path, String key) {
        return outcome(gate, get(path).with("X-API-Key", key));
    }
}
