package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.Redis;
import dev.portcullis.limit.Stores.Kind;
import dev.portcullis.store.Breaker;
import dev.portcullis.store.RedisStore;
import dev.portcullis.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits of two nodes that share a real Redis or a real PostgreSQL: how many pass. */
class SharedCountsTest extends StoreStage {

    private static final int THREADS = 64;
    private static final Duration HOUR = Duration.ofHours(1);

    /** How many of so many requests of each thread pass, of threads that take turns at these limits. */
    private static long raced(int each, Limit... limits) throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            var calls = Stream.iterate(0, i -> i + 1)
                    .limit(THREADS)
                    .<Callable<Long>>map(i -> () -> StoreNode.passed(limits[i % limits.length], each))
                    .toList();
            var all = new AtomicLong();
            for (var future : threads.invokeAll(calls)) {
                all.addAndGet(future.get());
            }
            return all.get();
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void exactlyAsManyPassAsArePermitted(Kind kind) throws Exception {
        var window = new Window("w", 10_000, HOUR, false);
        try (var one = node(kind);
                var other = node(kind)) {
            var passed = raced(400, one.limit(name, Spread.exact(), window), other.limit(name, Spread.exact(), window));
            assertThat(passed).isEqualTo(10_000);
            assertThat(one.meters().countedHere() + other.meters().countedHere())
                    .isZero();
            System.out.printf("%s exact: %d requests in %d trips%n", kind, THREADS * 400, one.trips() + other.trips());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void leasesAskSeldomAndLetNoMorePassThanLeased(Kind kind) throws Exception {
        var window = new Window("w", 10_000, HOUR, false);
        var spread = new Spread(200, true);
        try (var one = node(kind);
                var other = node(kind)) {
            var limits = List.of(one.limit(name, spread, window), other.limit(name, spread, window));
            var passed = raced(150, limits.toArray(Limit[]::new));
            assertThat(passed).isBetween(9600L - 400, 10_000L);
            assertThat(one.trips() + other.trips()).isLessThan(THREADS * 150 / 10);

            clock.advance(HOUR);
            var later = raced(200, limits.toArray(Limit[]::new));
            assertThat(later).isBetween(10_000L - 2 * 200, 10_000L + 2 * 200);
            System.out.printf(
                    "%s leased: %d of %d and %d of %d passed in %d trips%n",
                    kind, passed, THREADS * 150, later, THREADS * 200, one.trips() + other.trips());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aKeyThatIsSeldomUsedLeasesNothing(Kind kind) {
        var window = new Window("w", 100, HOUR, false);
        try (var one = node(kind);
                var other = node(kind)) {
            var here = one.limit(name, new Spread(50, true), window);
            for (var i = 0; i < 10; i++) {
                assertThat(StoreNode.passes(here)).isTrue();
                clock.advance(Duration.ofSeconds(10));
            }
            var there = other.limit(name, Spread.exact(), window);
            assertThat(StoreNode.passed(there, 100)).isEqualTo(90);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void costsAreTakenWholeOrNotAtAll(Kind kind) throws Exception {
        var window = new Window("w", 10, HOUR, false);
        try (var one = node(kind)) {
            var counts = counts(one, Spread.exact());
            var quota = new Quota(List.of(window));
            var key = new MeterKey(1, 2, 3);
            assertThat(counts.take(key, quota, 7).passed()).isTrue();
            var denied = counts.take(key, quota, 4);
            assertThat(denied.passed()).isFalse();
            assertThat(denied.left()).isEqualTo(3);
            assertThat(counts.take(key, quota, 3).passed()).isTrue();
            assertThat(counts.take(key, quota, 1).nanos())
                    .isBetween(HOUR.minusSeconds(1).toNanos(), HOUR.toNanos());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void manyCostsAtOnceLetExactlySoManyPass(Kind kind) throws Exception {
        var quota = new Quota(List.of(new Window("w", 1000, HOUR, false)));
        try (var one = node(kind);
                var other = node(kind)) {
            var nodes = List.of(counts(one, Spread.exact()), counts(other, Spread.exact()));
            var threads = Executors.newFixedThreadPool(16);
            var calls = IntStream.range(0, 16)
                    .<Callable<Long>>mapToObj(i -> () -> IntStream.range(0, 60)
                            .filter(turn -> nodes.get(i % 2)
                                    .take(new MeterKey(1, 2, 3), quota, 3)
                                    .passed())
                            .count())
                    .toList();
            var passed = 0L;
            for (var future : threads.invokeAll(calls)) {
                passed += future.get();
            }
            threads.shutdownNow();
            assertThat(passed).isEqualTo(333);
        }
    }

    @Test
    void aStoreThatIsAwayIsReplacedByThisNodeAndComesBack() {
        var own = Redis.start();
        clock.set(Instant.now());
        var terms = new dev.portcullis.store.Terms("portcullis", Duration.ofSeconds(10), 1000);
        var window = new Window("w", 5, HOUR, false);
        try (var node = StoreNode.of(RedisStore.at(RedisStore.Address.of(own.uri()), clock, terms), clock)) {
            var local = node.limit(name, Spread.exact(), window);
            var deny = node.limit(name + "deny", Spread.exact().orNobody(), window);
            assertThat(StoreNode.passed(local, 5)).isEqualTo(5);
            assertThat(StoreNode.passes(local)).isFalse();

            own.stop();
            assertThat(StoreNode.passed(local, 10))
                    .as("the node counts by itself")
                    .isEqualTo(5);
            assertThatThrownBy(() -> StoreNode.passes(deny)).isInstanceOf(StoreUnavailable.class);
            assertThat(node.store().report().reachable()).isFalse();
            assertThat(node.meters().countedHere()).isEqualTo(10);

            own.restart();
            var away = clock.instant();
            StoreNode.until(() -> {
                // To and fro: either way a pause is over, and the clock stays in step with the store's.
                clock.set(clock.instant().isAfter(away) ? away : away.plus(Breaker.PAUSE));
                node.store().tend();
                return node.store().report().reachable();
            });
            var before = node.meters().countedHere();
            assertThat(StoreNode.passed(local, 6)).as("Redis forgot").isEqualTo(5);
            assertThat(StoreNode.passes(deny)).isTrue();
            assertThat(node.meters().countedHere()).isEqualTo(before);
        } finally {
            own.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aReloadLosesNoPermitThatWasTakenAhead(Kind kind) {
        var window = new Window("w", 1000, HOUR, false);
        var spread = new Spread(50, true);
        try (var one = node(kind)) {
            var limit = one.limit(name, spread, window);
            assertThat(StoreNode.passed(limit, 40)).isEqualTo(40);
            var trips = one.trips();
            var again = one.limit(name, spread, window);
            assertThat(StoreNode.passed(again, 5)).isEqualTo(5);
            assertThat(one.trips()).as("what is in hand is used").isEqualTo(trips);
            assertThat(StoreNode.passed(again, 1000)).isEqualTo(955);
            assertThat(StoreNode.passes(limit)).isFalse();
        }
    }
}
