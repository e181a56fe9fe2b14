package dev.portcullis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.Postgresql;
import dev.portcullis.fixture.Redis;
import dev.portcullis.store.Ledger.Entry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every ledger promises, of those in a real Redis and a real PostgreSQL, each with two nodes. */
class StoredLedgerTest {

    private static final Terms TERMS = new Terms("portcullis", Duration.ofSeconds(10), 2000);
    private static final AtomicInteger SPACES = new AtomicInteger();

    private static Redis redis;
    private static Postgresql postgresql;

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");

    @BeforeAll
    static void start() {
        redis = Redis.start();
        postgresql = Postgresql.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
        postgresql.close();
    }

    private SharedStore inRedis(Terms terms) {
        return RedisStore.at(RedisStore.Address.of(redis.uri()), clock, terms);
    }

    private SharedStore inPostgresql(Terms terms) {
        var place = new PostgresqlStore.Place(postgresql.url(), "postgres", "postgres");
        return PostgresqlStore.at(place, clock, terms, new PostgresqlStore.Use(8, true));
    }

    private SharedStore inTheApplicationsPool(Terms terms) {
        return PostgresqlStore.in(postgresql.source(), clock, terms, new PostgresqlStore.Use(4, true));
    }

    @TestFactory
    Stream<DynamicTest> keepTheLawInRedis() {
        return laws(() -> inRedis(TERMS));
    }

    @TestFactory
    Stream<DynamicTest> keepTheLawInPostgresql() {
        return laws(() -> inPostgresql(TERMS));
    }

    @TestFactory
    Stream<DynamicTest> keepTheLawInADatabaseOfTheApplication() {
        return laws(() -> inTheApplicationsPool(TERMS));
    }

    private Stream<DynamicTest> laws(Supplier<SharedStore> stores) {
        return Stream.of(LedgerLaw.values())
                .map(law -> DynamicTest.dynamicTest(law.name(), () -> {
                    try (var one = stores.get();
                            var other = stores.get()) {
                        law.demand(new Site(one.ledger(), other.ledger(), clock, space()));
                    }
                }));
    }

    private static String space() {
        return "test" + SPACES.incrementAndGet();
    }

    @Test
    void inPostgresqlTellsWhatIsEnteredAfterABackupWasRestored() throws SQLException {
        try (var store = inPostgresql(TERMS)) {
            var ledger = store.ledger();
            var space = space();
            var later = clock.instant().plusSeconds(60);
            ledger.putIfAbsent(space, "kept", "", later);
            var backup = ledger.changes(space, 0).cursor();
            ledger.putIfAbsent(space, "lost", "", later);
            ledger.putIfAbsent(space, "lost too", "", later);
            var cursor = ledger.changes(space, 0).cursor();
            restore(space, backup);
            ledger.putIfAbsent(space, "new", "", later);

            assertThat(ledger.changes(space, cursor).entries())
                    .extracting(Entry::key)
                    .containsExactly("kept", "new");
            assertThat(ledger.changes(space, ledger.changes(space, cursor).cursor())
                            .entries())
                    .isEmpty();
        }
    }

    private static void restore(String space, long turn) throws SQLException {
        try (var connection = postgresql.source().getConnection();
                var gone = connection.prepareStatement("delete from portcullis_ledger where space = ? and turn > ?");
                var back = connection.prepareStatement("select setval('portcullis_turns', ?)")) {
            gone.setString(1, space);
            gone.setLong(2, turn);
            gone.executeUpdate();
            back.setLong(1, turn);
            back.execute();
        }
    }

    @Test
    void inRedisAreFullOfLiveEntries() {
        try (var store = inRedis(new Terms("portcullis", Duration.ofSeconds(10), 2))) {
            isFull(store, space());
        }
    }

    @Test
    void inPostgresqlAreFullOfLiveEntries() {
        try (var store = inPostgresql(new Terms("portcullis", Duration.ofSeconds(10), 2))) {
            isFull(store, space());
        }
    }

    /** Entries stay for a while after they expired, and what is full is noticed by and by. */
    private void isFull(SharedStore store, String space) {
        var ledger = store.ledger();
        var later = clock.instant().plusSeconds(60);
        ledger.putIfAbsent(space, "a", "", later);
        ledger.putIfAbsent(space, "b", "", later);
        Until.holds(() -> {
            store.tend();
            assertThatThrownBy(() -> ledger.putIfAbsent(
                            space,
                            "c" + SPACES.incrementAndGet(),
                            "",
                            clock.instant().plusMillis(1)))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessage("ledger: full: 2 entries have not expired");
        });
        assertThat(ledger.putIfAbsent(space, "a", "", later)).isFalse();
        clock.advance(Duration.ofMinutes(60));
        Until.holds(() -> {
            store.tend();
            assertThat(ledger.putIfAbsent(space, "d", "", clock.instant().plusSeconds(60)))
                    .isTrue();
        });
        assertThat(ledger.changes(space, 0).entries()).extracting(Entry::key).contains("d");
    }
}
