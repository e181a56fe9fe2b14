package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * What several nodes share, and where, as written. Immutable.
 *
 * @param redis a Redis
 * @param postgresql a PostgreSQL
 * @param maxEntries how much is remembered of each kind
 */
public record StoreSettings(
        @Key(description = "A Redis, version 6 or later, that the nodes share.", type = Key.Type.PART) @Nullable
        Redis redis,

        @Key(description = "A PostgreSQL that the nodes share.", type = Key.Type.PART) @Nullable
        Postgresql postgresql,

        @Key(
                description =
                        "How many nonces, revocations and the like are remembered of each kind, at most; when it is full, what is good once is denied.",
                defaultValue = "1000000",
                type = Key.Type.COUNT)
        @Nullable
        String maxEntries) {

    /**
     * A Redis. Immutable.
     *
     * @param uri where it is
     * @param timeout how long an answer may take
     * @param prefix what its keys begin with
     */
    public record Redis(
            @Key(
                    description =
                            "Where it is, such as `${REDIS_URI}` or `redis://host:6379`; `rediss:` for TLS, `redis-sentinel:` for a Sentinel.",
                    type = Key.Type.SECRET)
            @Nullable
            String uri,

            @Key(
                    description = "How long an answer may take, at most `10s`.",
                    defaultValue = "250ms",
                    type = Key.Type.DURATION)
            @Nullable
            String timeout,

            @Key(
                    description = "What all keys begin with; applications that share a Redis have one each.",
                    defaultValue = "portcullis")
            @Nullable
            String prefix) {}

    /**
     * A PostgreSQL. Immutable.
     *
     * @param dataSource whose connections are used
     * @param url where it is
     * @param username who connects
     * @param password how that is proven
     * @param timeout how long an answer may take
     * @param prefix what its tables begin with
     * @param connections how many connections are used
     * @param createTables whether missing tables are made
     */
    public record Postgresql(
            @Key(
                    description =
                            "Whose connections are used: those of the application's `DataSource`, or own ones to `url`.",
                    defaultValue = "own",
                    oneOf = {"application", "own"})
            @Nullable
            String dataSource,

            @Key(description = "Where it is, such as `jdbc:postgresql://host/database`.") @Nullable
            String url,

            @Key(description = "The database user who connects.") @Nullable
            String username,

            @Key(description = "The password of that user, such as `${DB_PASSWORD}`.", type = Key.Type.SECRET) @Nullable
            String password,

            @Key(
                    description = "How long an answer may take, at most `10s`.",
                    defaultValue = "500ms",
                    type = Key.Type.DURATION)
            @Nullable
            String timeout,

            @Key(
                    description = "What all tables begin with; applications that share a schema have one each.",
                    defaultValue = "portcullis")
            @Nullable
            String prefix,

            @Key(
                    description = "How many connections are used at a time, at most 100.",
                    defaultValue = "8",
                    type = Key.Type.COUNT)
            @Nullable
            String connections,

            @Key(
                    description = "Whether tables that are not there are made at the first use.",
                    defaultValue = "true",
                    type = Key.Type.SWITCH)
            @Nullable
            String createTables) {}
}
