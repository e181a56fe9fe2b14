package dev.portcullis.store;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Redis, made when it is first needed, and again when it could not be made. Thread-safe.
 *
 * <p>Once it was there, Lettuce mends it by itself; while it is broken, what would wait for it fails at once.
 */
final class RedisLink {

    /** How many commands may wait for their answers. */
    static final int MAX_WAITING = 10_000;

    private final RedisURI uri;
    private final RedisClient client;
    private final AtomicReference<@Nullable CompletableFuture<StatefulRedisConnection<String, byte[]>>> connection =
            new AtomicReference<>();

    /**
     * A link that is not made yet.
     *
     * @param longest how long anything may take
     * @param timeout how long a command may take now
     */
    RedisLink(RedisURI uri, Duration longest, Supplier<Duration> timeout) {
        this.uri = uri;
        uri.setTimeout(longest);
        client = RedisClient.create();
        client.setOptions(ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_WAITING)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(longest)
                        .keepAlive(true)
                        .build())
                .timeoutOptions(TimeoutOptions.builder()
                        .timeoutSource(new Bound(timeout))
                        .build())
                .build());
    }

    /** How long a command may take. */
    private static final class Bound extends TimeoutOptions.TimeoutSource {

        private final Supplier<Duration> timeout;

        Bound(Supplier<Duration> timeout) {
            this.timeout = timeout;
        }

        @Override
        public long getTimeout(RedisCommand<?, ?, ?> command) {
            return timeout.get().toMillis();
        }

        @Override
        public TimeUnit getTimeUnit() {
            return TimeUnit.MILLISECONDS;
        }
    }

    /** The connection, if it is open, or one that is being made; fails when there is none, so that nothing is asked. */
    CompletableFuture<StatefulRedisConnection<String, byte[]>> open() {
        return connection().handle((known, cause) -> {
            if (cause != null) {
                throw StoreUnavailable.unasked(String.valueOf(cause.getMessage()), cause);
            }
            if (!known.isOpen()) {
                throw StoreUnavailable.unasked("not connected", null);
            }
            return known;
        });
    }

    private CompletableFuture<StatefulRedisConnection<String, byte[]>> connection() {
        var known = connection.get();
        if (known != null && !known.isCompletedExceptionally()) {
            return known;
        }
        var mine = new CompletableFuture<StatefulRedisConnection<String, byte[]>>();
        if (!connection.compareAndSet(known, mine)) {
            return connection();
        }
        connect(mine);
        return mine;
    }

    private void connect(CompletableFuture<StatefulRedisConnection<String, byte[]>> mine) {
        try {
            var unused = client.connectAsync(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), uri)
                    .whenComplete((made, cause) -> {
                        if (cause == null) {
                            mine.complete(made);
                        } else {
                            mine.completeExceptionally(cause);
                        }
                    });
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        }
    }

    void close() {
        var unused = client.shutdownAsync(0, 1, TimeUnit.SECONDS);
    }
}
