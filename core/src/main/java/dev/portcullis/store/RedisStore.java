package dev.portcullis.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A ledger and buckets in Redis, through Lettuce. Thread-safe.
 *
 * <p>Needs {@code io.lettuce:lettuce-core} and {@code com.bucket4j:bucket4j_jdk17-lettuce} on the class path.
 */
public final class RedisStore implements SharedStore {

    static final String KIND = "redis";

    /** How long a bucket stays after it is full again, for nodes whose clocks are behind. */
    private static final Duration STAY = Duration.ofMinutes(1);

    private final RedisLink link;
    private final Patience patience;
    private final Skew skew;
    private final RedisLedger ledger;
    private final AsyncBuckets buckets;
    private final Warming warming;

    private RedisStore(RedisURI uri, Clock clock, Terms terms) {
        patience = new Patience(KIND, terms.timeout(), clock);
        link = new RedisLink(uri, Patience.longest(terms.timeout()), patience::timeout);
        ledger = new RedisLedger(link, patience, clock, terms);
        var time = new ClockTime(clock);
        skew = new Skew(KIND, clock);
        buckets = new AsyncBuckets(
                patience,
                skew,
                terms.prefix() + ":",
                () -> link.open().thenApply(connection -> proxies(connection, time, patience.timeout())));
        warming = new Warming(buckets);
    }

    /** Where a Redis is. Shows nothing of it, for it may hold a password. */
    public static final class Address {

        private final RedisURI uri;

        private Address(RedisURI uri) {
            this.uri = uri;
        }

        /**
         * The address that a URI such as {@code rediss://user:secret@host:6380/0} or {@code redis-sentinel://...} says.
         *
         * @throws IllegalArgumentException when it is no such URI; the message shows nothing of it
         */
        public static Address of(String uri) {
            try {
                return new Address(RedisURI.create(uri));
            } catch (RuntimeException e) {
                // Without the cause: it would show the password.
                throw new IllegalArgumentException(
                        "not the address of a Redis (expected: such as `redis://host:6379`)");
            }
        }
    }

    /** The store at an address. Nothing is connected yet. */
    public static RedisStore at(Address address, Clock clock, Terms terms) {
        return new RedisStore(address.uri, requireNonNull(clock, "clock"), terms);
    }

    private static ProxyManager<String> proxies(
            StatefulRedisConnection<String, byte[]> connection, TimeMeter time, Duration timeout) {
        return Bucket4jLettuce.casBasedBuilder(connection)
                .clientClock(time)
                .requestTimeout(timeout)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(STAY))
                .build();
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
        var unused = patience.ask(() -> link.open()
                        .thenCompose(connection -> connection.async().time().toCompletableFuture()))
                .thenAccept(time -> skew.compare(millis(time)));
    }

    /** Seconds, and the microseconds beyond. */
    private static long millis(List<byte[]> time) {
        var seconds = Long.parseLong(new String(time.get(0), UTF_8));
        return seconds * 1000 + Long.parseLong(new String(time.get(1), UTF_8)) / 1000;
    }

    @Override
    public StoreReport report() {
        return patience.report();
    }

    @Override
    public void close() {
        patience.close();
        ledger.close();
        link.close();
    }
}
