package dev.portcullis.config;

import dev.portcullis.config.StoreSettings.Postgresql;
import dev.portcullis.config.StoreSettings.Redis;
import dev.portcullis.store.PostgresqlStore;
import dev.portcullis.store.RedisStore;
import dev.portcullis.store.SharedStore;
import dev.portcullis.store.Terms;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with the store of a configuration, and how it is opened. Lives for one configuration.
 *
 * <p>Nothing of the stores' libraries is touched before it is known that they are there.
 */
final class StoreCompiler {

    private static final long MAX_ENTRIES = 1_000_000;
    private static final String LETTUCE = "io.lettuce.core.RedisClient";
    private static final String BUCKETS_IN_REDIS = "io.github.bucket4j.redis.lettuce.Bucket4jLettuce";
    private static final String DRIVER = "org.postgresql.Driver";
    private static final String BUCKETS_IN_POSTGRESQL = "io.github.bucket4j.postgresql.Bucket4jPostgreSQL";
    private static final String TIMEOUT = "write a time such as `250ms`";
    private static final String CHOICE = "write `redis: { uri: ... }` or `postgresql: { ... }`";

    private final At at;
    private final StoreSettings written;
    private final Elsewhere elsewhere;

    StoreCompiler(At at, StoreSettings written, Elsewhere elsewhere) {
        this.at = at;
        this.written = written;
        this.elsewhere = elsewhere;
    }

    /** How the store is opened; null when there is a problem. */
    @Nullable
    Function<Clock, SharedStore> compile() {
        var most = at.child("max-entries").read(written.maxEntries(), Kind.COUNT, MAX_ENTRIES);
        if (written.redis() != null && written.postgresql() != null) {
            at.problem("two stores", "let one of them have everything");
        } else if (written.redis() != null) {
            return redis(at.child("redis"), written.redis(), most);
        } else if (written.postgresql() != null) {
            return postgresql(at.child("postgresql"), written.postgresql(), most);
        } else {
            at.problem("no store", CHOICE);
        }
        return null;
    }

    private @Nullable Function<Clock, SharedStore> redis(At here, Redis redis, long most) {
        var there = demand(here, LETTUCE, "io.lettuce:lettuce-core")
                && demand(here, BUCKETS_IN_REDIS, "com.bucket4j:bucket4j_jdk17-lettuce");
        var terms = terms(here, redis.timeout(), redis.prefix(), usual(Duration.ofMillis(250), most));
        var uri = redis.uri();
        if (uri == null || uri.isBlank()) {
            here.child("uri").problem("missing", "write where it is, such as `${REDIS_URI}`");
            return null;
        }
        if (terms == null || !there) {
            return null;
        }
        var address =
                here.child("uri").make(uri, "write an address such as `redis://host:6379`", RedisStore.Address::of);
        return address == null || !here.clean() ? null : clock -> RedisStore.at(address, clock, terms);
    }

    private @Nullable Function<Clock, SharedStore> postgresql(At here, Postgresql postgresql, long most) {
        var there = demand(here, DRIVER, "org.postgresql:postgresql")
                && demand(here, BUCKETS_IN_POSTGRESQL, "com.bucket4j:bucket4j_jdk17-postgresql");
        var terms = terms(here, postgresql.timeout(), postgresql.prefix(), usual(Duration.ofMillis(500), most));
        var use = use(here, postgresql);
        var whose = here.child("data-source").read(postgresql.dataSource(), Kind.choice("choice", WHOSE), false);
        var open = whose ? ofTheApplication(here, postgresql) : own(here, postgresql);
        return open == null || terms == null || use == null || !there || !here.clean()
                ? null
                : clock -> open.open(clock, terms, use);
    }

    private static final java.util.Map<String, Boolean> WHOSE = java.util.Map.of("application", true, "own", false);

    /** Opens a store in a database that is known. */
    private interface Opening {

        SharedStore open(Clock clock, Terms terms, PostgresqlStore.Use use);
    }

    private @Nullable Opening ofTheApplication(At here, Postgresql postgresql) {
        if (postgresql.url() != null || postgresql.username() != null || postgresql.password() != null) {
            here.child("data-source")
                    .problem("`application`, beside `url`, `username` or `password`", "remove one or the other");
            return null;
        }
        var source = elsewhere.database();
        if (source == null) {
            if (elsewhere.complete()) {
                here.child("data-source")
                        .problem(
                                "there is no database, or more than one",
                                "give the application one `DataSource`, or `GateBuilder.database` it; or write `url`");
            }
            return null;
        }
        return (clock, terms, use) -> PostgresqlStore.in(source, clock, terms, use);
    }

    private static @Nullable Opening own(At here, Postgresql postgresql) {
        var url = postgresql.url();
        if (url == null) {
            here.child("url")
                    .problem(
                            "missing",
                            "write where it is, such as `jdbc:postgresql://host/database`, or `data-source: application`");
            return null;
        }
        var place = here.child("url")
                .make(
                        url,
                        "write an address such as `jdbc:postgresql://host/database`, without a password",
                        text -> new PostgresqlStore.Place(text, postgresql.username(), postgresql.password()));
        return place == null ? null : (clock, terms, use) -> PostgresqlStore.at(place, clock, terms, use);
    }

    private static PostgresqlStore.@Nullable Use use(At here, Postgresql postgresql) {
        var connections = here.child("connections").read(postgresql.connections(), Kind.COUNT, 8L);
        var create = here.child("create-tables").read(postgresql.createTables(), Kind.SWITCH, true);
        return here.child("connections")
                .make(
                        "",
                        "write a number from 1 to 100",
                        unused -> new PostgresqlStore.Use((int) Math.min(connections, Integer.MAX_VALUE), create));
    }

    /** What holds where nothing is written. */
    private static Terms usual(Duration timeout, long most) {
        return new Terms("portcullis", timeout, most);
    }

    private static @Nullable Terms terms(At here, @Nullable String timeout, @Nullable String prefix, Terms usual) {
        var longest = here.child("timeout").read(timeout, Kind.DURATION, usual.timeout());
        var name = prefix == null ? usual.prefix() : prefix;
        if (longest.toMillis() < 1 || longest.compareTo(Terms.LONGEST) > 0) {
            here.child("timeout")
                    .problem("`" + At.shown(String.valueOf(timeout)) + "` (expected: 1ms to 10s)", TIMEOUT);
            return null;
        }
        return here.child("prefix")
                .make(name, "write a word such as `orders`", text -> new Terms(text, longest, usual.maxEntries()));
    }

    /** Tells whether a class is there; a rehearsal does without. */
    private boolean demand(At here, String type, String dependency) {
        if (!elsewhere.complete()) {
            return false;
        }
        try {
            Class.forName(type, false, StoreCompiler.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            here.problem("`" + dependency + "` is not on the class path", "add the dependency `" + dependency + "`");
            return false;
        }
    }
}
