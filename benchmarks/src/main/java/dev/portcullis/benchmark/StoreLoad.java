package dev.portcullis.benchmark;

import dev.portcullis.Check;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Redis;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.limit.LimitKey;
import dev.portcullis.limit.Meters;
import dev.portcullis.limit.Spread;
import dev.portcullis.limit.Window;
import dev.portcullis.store.Ledger;
import dev.portcullis.store.RedisStore;
import dev.portcullis.store.Terms;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * How a limit on one hot key in Redis fares: bucket4j's compare-and-set asked by every request, beside requests that share trips, and
 * those that lease. Ratios of interleaved rounds; one line for each number of threads.
 */
public final class StoreLoad {

    private static final long PERMITS = 1_000_000_000;
    private static final Duration PER = Duration.ofHours(1);
    private static final int ROUNDS = 7;
    private static final long ROUND_NANOS = 700_000_000;

    private StoreLoad() {}

    /** What came of one round. */
    private record Round(double perSecond, double median, double late) {}

    /** Runs all of it; takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        try (var redis = Redis.start();
                var client = RedisClient.create(redis.uri());
                var store = RedisStore.at(
                        RedisStore.Address.of(redis.uri()),
                        Clock.systemUTC(),
                        new Terms("portcullis", Duration.ofSeconds(10), 1000))) {
            var candidates = List.of(
                    everyRequest(client),
                    limit(store, "exact", Spread.exact()),
                    limit(store, "leased", new Spread(100, true)));
            for (var threads : new int[] {1, 8, 64}) {
                compare(threads, candidates, store);
            }
        }
    }

    private static BooleanSupplier everyRequest(RedisClient client) {
        var connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        var configuration = BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(PERMITS).refillIntervally(PERMITS, PER))
                .build();
        var bucket =
                Bucket4jLettuce.casBasedBuilder(connection).build().builder().build("bare", () -> configuration);
        return () -> bucket.tryConsumeAndReturnRemaining(1).isConsumed();
    }

    private static BooleanSupplier limit(RedisStore store, String name, Spread spread) {
        var clock = Clock.systemUTC();
        var meters = Meters.of(clock, 1000, Ledger.memory(clock, 1000), store.buckets());
        Check limit = meters.limit(dev.portcullis.limit.Terms.of(
                        name, List.of(new Window("w", PERMITS, PER, false)), LimitKey.parse(List.of("global")))
                .shared(spread));
        var request = RecordedWire.of("GET", "/").from("192.0.2.1").view();
        return () -> limit.check(request) instanceof Verdict.Pass;
    }

    private static void compare(int threads, List<BooleanSupplier> candidates, RedisStore store) throws Exception {
        var rounds = new ArrayList<List<Round>>();
        candidates.forEach(unused -> rounds.add(new ArrayList<>()));
        var trips = new long[candidates.size()];
        for (var candidate : candidates) {
            round(threads, candidate); // to warm up
        }
        for (var round = 0; round < ROUNDS; round++) {
            for (var i = 0; i < candidates.size(); i++) {
                var before = store.report().asked();
                rounds.get(i).add(round(threads, candidates.get(i)));
                trips[i] = store.report().asked() - before;
            }
        }
        var names = List.of("compare-and-set by every request", "exact", "leased 100");
        for (var i = 0; i < names.size(); i++) {
            var one = median(rounds.get(i));
            System.out.printf(
                    "%2d threads, %-33s %8.0f/s, median %6.0f us, p99 %6.0f us, %d trips in the last round%n",
                    threads, names.get(i), one.perSecond(), one.median(), one.late(), trips[i]);
        }
    }

    private static Round median(List<Round> rounds) {
        return new Round(
                middle(rounds.stream().mapToDouble(Round::perSecond).toArray()),
                middle(rounds.stream().mapToDouble(Round::median).toArray()),
                middle(rounds.stream().mapToDouble(Round::late).toArray()));
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static Round round(int threads, BooleanSupplier candidate) throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var start = System.nanoTime();
            var calls = new ArrayList<Callable<long[]>>();
            for (var i = 0; i < threads; i++) {
                calls.add(() -> times(candidate, start + ROUND_NANOS));
            }
            var all = new ArrayList<long[]>();
            for (var future : pool.invokeAll(calls)) {
                all.add(future.get());
            }
            var seconds = (System.nanoTime() - start) / 1e9;
            var sorted = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return new Round(
                    sorted.length / seconds,
                    sorted[sorted.length / 2] / 1e3,
                    sorted[(int) (sorted.length * 0.99)] / 1e3);
        } finally {
            pool.shutdownNow();
        }
    }

    private static long[] times(BooleanSupplier candidate, long end) {
        var times = new long[1 << 12];
        var count = 0;
        for (var now = System.nanoTime(); now < end; ) {
            if (!candidate.getAsBoolean()) {
                throw new IllegalStateException("denied");
            }
            var then = System.nanoTime();
            times = count == times.length ? Arrays.copyOf(times, count * 2) : times;
            times[count++] = then - now;
            now = then;
        }
        return Arrays.copyOf(times, count);
    }
}
