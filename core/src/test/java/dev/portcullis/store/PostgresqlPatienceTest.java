package dev.portcullis.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.Postgresql;
import io.github.bucket4j.BucketConfiguration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long the network and statements of a real PostgreSQL are waited for: long at first, and as told afterwards. */
class PostgresqlPatienceTest {

    /** Shorter than at first, and long enough for a machine that is busy. */
    private static final Duration TOLD = Duration.ofMillis(1900);

    private static final int FIRST_NETWORK = 7000;
    private static final int TOLD_NETWORK = 4800;
    private static final int FIRST_STATEMENT = 3;
    private static final int TOLD_STATEMENT = 2;

    private static final Buckets.Bucket BUCKET = new Buckets.Bucket(
            "bucket",
            BucketConfiguration.builder()
                    .addLimit(limit -> limit.capacity(1).refillIntervally(1, Duration.ofSeconds(1)))
                    .build(),
            false);

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final AtomicInteger network = new AtomicInteger();
    private final AtomicInteger statement = new AtomicInteger();
    private final AtomicInteger firstNetwork = new AtomicInteger();
    private final AtomicInteger firstStatement = new AtomicInteger();

    /** Connections that note what is asked of them. */
    private DataSource noting(DataSource source) {
        return noting(DataSource.class, source, (method, arguments) -> {});
    }

    private interface Note {

        void of(Method method, Object[] arguments);
    }

    private <T> T noting(Class<T> type, T target, Note note) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    note.of(method, arguments == null ? new Object[0] : arguments);
                    return wrapped(result(target, method, arguments));
                }));
    }

    private static @Nullable Object result(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private @Nullable Object wrapped(@Nullable Object result) {
        if (result instanceof Connection connection) {
            // What the pool had before is given back, which is nothing.
            return noting(Connection.class, connection, (method, arguments) -> {
                if (method.getName().equals("setNetworkTimeout") && !arguments[1].equals(0)) {
                    network.set((Integer) arguments[1]);
                    firstNetwork.compareAndSet(0, (Integer) arguments[1]);
                }
            });
        }
        if (result instanceof PreparedStatement prepared) {
            return noting(PreparedStatement.class, prepared, (method, arguments) -> {
                if (method.getName().equals("setQueryTimeout")) {
                    statement.set((Integer) arguments[0]);
                    firstStatement.compareAndSet(0, (Integer) arguments[0]);
                }
            });
        }
        return result;
    }

    @Test
    void isLongAtFirstAndAsToldAfterwards() {
        try (var postgresql = Postgresql.start();
                var store = PostgresqlStore.in(
                        noting(postgresql.source()),
                        clock,
                        new Terms("portcullis", TOLD, 2000),
                        new PostgresqlStore.Use(2, true))) {
            // a machine that is too busy to answer is asked again
            Until.holds(() -> {
                clock.advance(Breaker.PAUSE);
                store.ledger().changes("space", 0);
            });
            assertThat(firstNetwork).hasValue(FIRST_NETWORK);
            assertThat(firstStatement).hasValue(FIRST_STATEMENT);

            Until.holds(() -> {
                clock.advance(Breaker.PAUSE);
                for (var i = 0; i < Patience.FIRST_ANSWERS; i++) {
                    store.ledger().changes("space", 0);
                }
                assertThat(network).hasValue(TOLD_NETWORK);
                assertThat(statement).hasValue(TOLD_STATEMENT);
            });
            Until.holds(() -> {
                clock.advance(Breaker.PAUSE);
                assertThat(store.buckets().takeAll(BUCKET, 1)).succeedsWithin(Terms.LONGEST);
            });
            assertThat(network).hasValue(TOLD_NETWORK);
        }
    }
}
