package dev.portcullis.limit;

import dev.portcullis.fixture.Postgresql;
import dev.portcullis.fixture.Redis;
import dev.portcullis.store.PostgresqlStore;
import dev.portcullis.store.RedisStore;
import dev.portcullis.store.SharedStore;
import java.time.Clock;
import java.time.Duration;

/** A real Redis and a real PostgreSQL. */
record Stores(Redis redis, Postgresql postgresql) implements AutoCloseable {

    enum Kind {
        REDIS,
        POSTGRESQL
    }

    static Stores start() {
        return new Stores(Redis.start(), Postgresql.start());
    }

    SharedStore open(Kind kind, Clock clock) {
        var terms = new dev.portcullis.store.Terms("portcullis", Duration.ofSeconds(10), 1000);
        return kind == Kind.REDIS
                ? RedisStore.at(RedisStore.Address.of(redis.uri()), clock, terms)
                : PostgresqlStore.at(
                        new PostgresqlStore.Place(postgresql.url(), "postgres", "postgres"),
                        clock,
                        terms,
                        new PostgresqlStore.Use(8, true));
    }

    @Override
    public void close() {
        redis.close();
        postgresql.close();
    }
}
