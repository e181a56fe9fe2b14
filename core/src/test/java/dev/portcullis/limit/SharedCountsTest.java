package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.Postgresql;
import dev.portcullis.fixture.Redis;
import dev.portcullis.store.Breaker;
import dev.portcullis.store.Ledger;
import dev.portcullis.store.PostgresqlStore;
import dev.portcullis.store.RedisStore;
import dev.portcullis.store.SharedStore;
import dev.portcullis.store.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits of two nodes that share a real Redis or a real PostgreSQL. */
class SharedCountsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int THREADS = 64;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private static Redis redis;
    private static Postgresql postgresql;

    private final HandClock clock = HandClock.at("2026-06-01T10:00:00Z");
    private final LateCharges late = new LateCharges(clock);
    private final String name = "limit" + NAMES.incrementAndGet();

    enum Kind {
        REDIS,
        POSTGRESQL;

        SharedStore open(Clock clock) {
            var terms = new dev.portcullis.store.Terms("portcullis", Duration.ofSeconds(10), 1000);
            return this == REDIS
                    ? RedisStore.at(RedisStore.Address.of(redis.uri()), clock, terms)
                    : PostgresqlStore.at(
                            new PostgresqlStore.Place(postgresql.url(), "postgres", "postgres"),
                            clock,
                            terms,
                            new PostgresqlStore.Use(8, true));
        }
    }

    /** A node: limits of its own on a store that others share. */
    private record Node(SharedStore store, Meters meters) implements AutoCloseable {

        static Node of(SharedStore store, Clock clock) {
            return new Node(store, Meters.of(clock, 1000, Ledger.memory(clock, 1000), store.buckets()));
        }

        Limit limit(String name, Spread spread, Window... windows) {
            return meters.limit(Terms.of(name, List.of(windows), LimitKey.parse(List.of("global")))
                    .shared(spread));
        }

        long trips() {
            return store.report().asked();
        }

        @Override
        public void close() {
            store.close();
        }
    }

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

    private Node node(Kind kind) {
        return Node.of(kind.open(clock), clock);
    }

    private static boolean passes(Limit limit) {
        return limit.check(Requests.from("192.0.2.1")) instanceof Verdict.Pass;
    }

    private static long passed(Limit limit, int times) {
        return IntStream.range(0, times).filter(i -> passes(limit)).count();
    }

    /** How many of so many requests of each thread pass, of threads that take turns at these limits. */
    private static long raced(int each, Limit... limits) throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            var calls = Stream.iterate(0, i -> i + 1)
                    .limit(THREADS)
                    .<Callable<Long>>map(i -> () -> passed(limits[i % limits.length], each))
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
                assertThat(passes(here)).isTrue();
                clock.advance(Duration.ofSeconds(10));
            }
            var there = other.limit(name, Spread.exact(), window);
            assertThat(passed(there, 100)).isEqualTo(90);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void windowsAreOneBucketInOneTrip(Kind kind) {
        try (var one = node(kind);
                var other = node(kind)) {
            var windows = new Window[] {
                new Window("minute", 3, Duration.ofMinutes(1), false), new Window("hour", 5, HOUR, false)
            };
            var here = one.limit(name, Spread.exact(), windows);
            assertThat(passed(here, 4)).isEqualTo(3);
            assertThat(one.trips()).isEqualTo(4);
            clock.advance(Duration.ofMinutes(1));
            assertThat(passed(other.limit(name, Spread.exact(), windows), 4)).isEqualTo(2);
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

    private SharedCounts counts(Node node, Spread spread) {
        var ground =
                new SharedCounts.Ground(clock, Salt.random(), 1, new java.util.concurrent.atomic.LongAdder(), late);
        return new SharedCounts(node.store().buckets(), name, spread, new MeterTable(clock, 100), ground);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void takesWhatWasGivenBackInItsPeriodOnly(Kind kind) {
        var quota = new Quota(
                List.of(new Window("minute", 2, Duration.ofMinutes(1), false), new Window("hour", 3, HOUR, false)));
        var key = new MeterKey(1, 2, 3);
        try (var one = node(kind)) {
            var counts = counts(one, Spread.exact());
            var first = counts.take(key, quota, 2);
            counts.giveBack(key, quota, 2, first.at());
            Awaited.until(() -> counts.look(key, quota).left() == 2);
            var second = counts.take(key, quota, 2);
            assertThat(second.passed()).isTrue();

            clock.advance(Duration.ofMinutes(1));
            counts.giveBack(key, quota, 2, second.at());
            assertThat(counts.take(key, quota, 1).passed()).isTrue();
            assertThat(counts.take(key, quota, 1).passed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theCalendarHasItsPeriodsInTheStoreToo(Kind kind) {
        var month = Calendar.of("P1M", ZoneOffset.UTC, "");
        var quota = new Quota(List.of(Window.of("month", 3, month)));
        var key = new MeterKey(1, 2, 3);
        try (var one = node(kind);
                var other = node(kind)) {
            var here = counts(one, Spread.exact());
            assertThat(here.charge(key, quota, 5).left()).isEqualTo(-2);
            clock.set(java.time.Instant.parse("2026-06-30T23:59:59Z"));
            var there = counts(other, Spread.exact());
            var denied = there.take(key, quota, 1);
            assertThat(denied.passed()).isFalse();
            assertThat(denied.nanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
            clock.advance(Duration.ofSeconds(1));
            assertThat(there.take(key, quota, 3).passed()).isTrue();
            assertThat(here.take(key, quota, 1).passed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aLimitThatChangesKeepsTheShareThatWasLeft(Kind kind) {
        try (var one = node(kind);
                var other = node(kind)) {
            assertThat(passed(one.limit(name, Spread.exact(), new Window("w", 10, HOUR, false)), 5))
                    .isEqualTo(5);
            var raised = other.limit(name, Spread.exact(), new Window("w", 100, HOUR, false));
            assertThat(passed(raised, 100)).isEqualTo(50);
            assertThat(passed(one.limit(name, Spread.exact(), new Window("w", 1000, HOUR, false)), 1))
                    .isZero();
            clock.advance(HOUR);
            assertThat(passed(raised, 101)).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aClientOfTwoPlansGetsOneAndNotTheSum(Kind kind) {
        var gold = new Quota(List.of(new Window("w", 100, HOUR, false)));
        var free = new Quota(List.of(new Window("w", 10, HOUR, false)));
        var key = new MeterKey(1, 2, 3);
        try (var one = node(kind);
                var other = node(kind)) {
            var here = counts(one, Spread.exact());
            var there = counts(other, Spread.exact());
            var used = IntStream.range(0, 400)
                    .filter(i -> i % 2 == 0
                            ? here.take(key, gold, 1).passed()
                            : there.take(key, free, 1).passed())
                    .toArray();
            assertThat(IntStream.of(used).mapToLong(i -> i % 2 == 0 ? 1 : 10).sum())
                    .as("of a hundredth and a tenth of what there is")
                    .isBetween(90L, 100L);
            assertThat(here.take(key, gold, 1).passed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatWasUsedOfAQuotaStaysUsedWhateverThePlan(Kind kind) {
        var month = Calendar.of("P1M", ZoneOffset.UTC, "");
        var gold = new Quota(List.of(Window.of("month", 100, month)));
        var free = new Quota(List.of(Window.of("month", 10, month)));
        var key = new MeterKey(1, 2, 3);
        try (var one = node(kind)) {
            var counts = counts(one, Spread.exact());
            assertThat(counts.take(key, gold, 40).passed()).isTrue();
            assertThat(counts.take(key, free, 1).passed()).isFalse();
            assertThat(counts.look(key, gold).left()).isEqualTo(60);
            assertThat(counts.take(key, gold, 60).passed()).isTrue();
            assertThat(counts.take(key, gold, 1).passed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nodesOfTwoConfigurationsTakeNothingFromEachOtherByTakingTurns(Kind kind) {
        var before = new Quota(List.of(new Window("w", 100, HOUR, false)));
        var after = new Quota(
                List.of(new Window("w", 120, HOUR, false), new Window("day", 1000, Duration.ofHours(24), false)));
        var key = new MeterKey(1, 2, 3);
        try (var one = node(kind)) {
            var counts = counts(one, Spread.exact());
            assertThat(counts.take(key, before, 43).passed()).isTrue();
            for (var i = 0; i < 50; i++) {
                assertThat(counts.look(key, after).left()).isEqualTo(68);
                assertThat(counts.look(key, before).left()).isBetween(56L, 57L);
                clock.advance(Duration.ofSeconds(1));
            }
            clock.advance(HOUR.minusSeconds(50));
            assertThat(counts.look(key, before).left()).as("a period ends").isEqualTo(100);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aWindowOfAnotherNameKeepsItsPeriod(Kind kind) {
        try (var one = node(kind)) {
            var minute = new Window("minute", 5, Duration.ofMinutes(1), false);
            var known = one.limit(name, Spread.exact(), minute, new Window("hour", 50, HOUR, false));
            assertThat(passed(known, 9)).isEqualTo(5);
            clock.advance(Duration.ofSeconds(30));
            var renamed = one.limit(name, Spread.exact(), minute, new Window("hourly", 50, HOUR, false));
            assertThat(passed(renamed, 9)).isZero();
            clock.advance(Duration.ofSeconds(30));
            assertThat(passed(renamed, 9)).isEqualTo(5);
            clock.advance(Duration.ofMinutes(59));
            assertThat(passed(renamed, 9)).isEqualTo(5);
            assertThat(passed(one.limit(name, Spread.exact(), new Window("anew", 5, Duration.ofSeconds(2), false)), 9))
                    .isZero();
        }
    }

    @Test
    void aStoreThatIsAwayIsReplacedByThisNodeAndComesBack() {
        var own = Redis.start();
        clock.set(java.time.Instant.now());
        var terms = new dev.portcullis.store.Terms("portcullis", Duration.ofSeconds(2), 1000);
        var window = new Window("w", 5, HOUR, false);
        try (var node = Node.of(RedisStore.at(RedisStore.Address.of(own.uri()), clock, terms), clock)) {
            var local = node.limit(name, Spread.exact(), window);
            var deny = node.limit(name + "deny", Spread.exact().orNobody(), window);
            assertThat(passed(local, 5)).isEqualTo(5);
            assertThat(passes(local)).isFalse();

            own.stop();
            assertThat(passed(local, 10)).as("the node counts by itself").isEqualTo(5);
            assertThatThrownBy(() -> passes(deny)).isInstanceOf(StoreUnavailable.class);
            assertThat(node.store().report().reachable()).isFalse();
            assertThat(node.meters().countedHere()).isEqualTo(10);

            own.restart();
            Awaited.until(() -> {
                clock.advance(Breaker.PAUSE);
                node.store().tend();
                return node.store().report().reachable();
            });
            var before = node.meters().countedHere();
            assertThat(passed(local, 6)).as("Redis forgot").isEqualTo(5);
            assertThat(passes(deny)).isTrue();
            assertThat(node.meters().countedHere()).isEqualTo(before);
        } finally {
            own.close();
        }
    }

    /** Waits for what other threads bring about. */
    private static final class Awaited {

        static void until(java.util.function.BooleanSupplier condition) {
            var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).isLessThan(end);
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            }
        }
    }
}
