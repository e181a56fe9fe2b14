package dev.portcullis.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.HandClock;
import java.security.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** How keys are fetched, kept and fetched again, without a network. */
class SingleFlightTest {

    private final HandClock clock = HandClock.at("2026-11-01T12:00:00Z");
    private final AtomicInteger fetches = new AtomicInteger();
    private final List<CompletableFuture<KeySet>> answers = new ArrayList<>();

    private static KeySet set(String kid) {
        Key key = new SecretKeySpec(kid.getBytes(UTF_8), "HmacSHA256");
        return new KeySet(List.of(new VerificationKey(kid, key, Set.of(Algorithm.HS256))), List.of());
    }

    /** Keys whose fetches are answered at once, each time by the next of these; the last for ever. */
    private FetchedKeys keys(KeySet... sets) {
        return new FetchedKeys(
                "main",
                () -> CompletableFuture.completedFuture(sets[Math.min(fetches.getAndIncrement(), sets.length - 1)]),
                clock,
                Bench.PATIENT);
    }

    /** Keys whose fetches are answered when the test says so. */
    private FetchedKeys heldKeys() {
        return new FetchedKeys(
                "main",
                () -> {
                    fetches.incrementAndGet();
                    var answer = new CompletableFuture<KeySet>();
                    answers.add(answer);
                    return answer;
                },
                clock,
                Bench.PATIENT);
    }

    @Test
    void keepsTheSameSetWhenTheSameKeysComeAgain() {
        var keys = keys(set("a"), set("a"), set("b"));
        var first = keys.current();
        clock.advance(FetchedKeys.REFRESH);
        keys.current();
        assertThat(keys.current()).isSameAs(first);
        assertThat(fetches).hasValue(2);
        clock.advance(FetchedKeys.REFRESH);
        keys.current();
        assertThat(keys.current()).isNotSameAs(first);
    }

    @Test
    void refreshesNotBeforeTheKeysAreOfAge() {
        var keys = keys(set("a"));
        keys.current();
        clock.advance(FetchedKeys.REFRESH.minusMillis(1));
        keys.current();
        assertThat(fetches).hasValue(1);
        clock.advance(Duration.ofMillis(1));
        keys.current();
        assertThat(fetches).hasValue(2);
    }

    @Test
    void takesKeysThatSomebodyElseHasFetchedMeanwhile() {
        var keys = keys(set("a"), set("b"));
        var old = keys.current();
        var renewed = keys.newerThan(old, Terms.EVER);
        assertThat(renewed).isNotSameAs(old);
        assertThat(keys.newerThan(old, Terms.EVER)).isSameAs(renewed);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void asksAgainForAnUnknownKeyAfterTheCoolDownOnly() {
        var keys = keys(set("a"));
        var known = keys.current();
        for (var i = 0; i < 3; i++) {
            assertThat(keys.newerThan(known, Terms.EVER)).isSameAs(known);
        }
        assertThat(fetches).hasValue(2);
        clock.advance(FetchedKeys.COOL_DOWN.minusMillis(1));
        keys.newerThan(known, Terms.EVER);
        assertThat(fetches).hasValue(2);
        clock.advance(Duration.ofMillis(1));
        keys.newerThan(known, Terms.EVER);
        assertThat(fetches).hasValue(3);
    }

    @Test
    void isNotHeldUpByAClockThatWasSetBack() {
        var keys = keys(set("a"), set("a"), set("b"));
        var known = keys.current();
        keys.newerThan(known, Terms.EVER);
        clock.advance(Duration.ofHours(-1));
        assertThat(keys.newerThan(known, Terms.EVER)).isNotSameAs(known);
    }

    @Test
    void fliesOnceAtATime() {
        var keys = heldKeys();
        var first = keys.fetched();
        var second = keys.fetched();
        assertThat(fetches).hasValue(1);
        answers.get(0).complete(set("a"));
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(keys.fetched()).isCompleted();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void keepsTheOldKeysWhenTheNewOnesCannotBeUsed() {
        var keys = keys(set("a"), new KeySet(List.of(), List.of("weak")));
        var known = keys.current();
        clock.advance(FetchedKeys.REFRESH);
        keys.current();
        assertThat(keys.current()).isSameAs(known);
        assertThat(keys.report("main").problem()).contains("no usable key");
        assertThatThrownBy(() -> keys.newerThan(known, Terms.EVER)).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void comesBackFromAnExecutorThatTakesNothing() {
        var keys = new FetchedKeys(
                "main",
                () -> {
                    if (fetches.getAndIncrement() == 0) {
                        throw new RejectedExecutionException("full");
                    }
                    return CompletableFuture.completedFuture(set("a"));
                },
                clock,
                Bench.PATIENT);
        assertThatThrownBy(keys::current).isInstanceOf(KeysUnavailable.class).hasMessageContaining("full");
        clock.advance(FetchedKeys.RETRY);
        assertThat(keys.current().keys()).hasSize(1);
    }

    @Test
    void stopsTrustingKeysAtTheBoundOfStaleness() {
        var answered = new AtomicInteger();
        var keys = new FetchedKeys(
                "main",
                () -> answered.getAndIncrement() == 0
                        ? CompletableFuture.completedFuture(set("a"))
                        : CompletableFuture.failedFuture(new IllegalStateException("away")),
                clock,
                Bench.PATIENT);
        keys.current();
        clock.advance(KeyCare.USUAL.maxStale().minusMillis(1));
        assertThat(keys.current().keys()).hasSize(1);
        assertThat(keys.report("main").ready()).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThatThrownBy(keys::current).isInstanceOf(KeysUnavailable.class).hasMessageContaining("away");
        assertThat(keys.report("main").ready()).isFalse();
    }

    @Test
    void letsNoMoreRequestsWaitThanTheBound() throws Exception {
        var keys = heldKeys();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < FetchedKeys.MAX_WAITING; i++) {
            var thread = new Thread(null, keys::current, "waiting-" + i, 1 << 16);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        var settled = Set.of(Thread.State.TIMED_WAITING, Thread.State.TERMINATED);
        while (!threads.stream().allMatch(thread -> settled.contains(thread.getState()))) {
            Thread.yield();
        }
        assertThatThrownBy(keys::current)
                .isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("more than " + FetchedKeys.MAX_WAITING);
        answers.get(0).complete(set("a"));
        for (var thread : threads) {
            thread.join();
        }
        assertThat(keys.current().keys()).hasSize(1);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void fetchesOnceForManyThreadsInEveryRound() throws Exception {
        var threads = 8;
        var rounds = 200;
        var sets = new KeySet[rounds + 1];
        for (var i = 0; i < sets.length; i++) {
            sets[i] = set("key-" + i);
        }
        var keys = keys(sets);
        var pool = Executors.newFixedThreadPool(threads);
        var barrier = new CyclicBarrier(threads);
        try {
            for (var round = 0; round < rounds; round++) {
                var seen = keys.current();
                var tasks = new ArrayList<Future<KeySet>>();
                for (var i = 0; i < threads; i++) {
                    tasks.add(pool.submit(() -> {
                        barrier.await();
                        return keys.newerThan(seen, Terms.EVER);
                    }));
                }
                for (var task : tasks) {
                    assertThat(task.get()).isSameAs(keys.current()).isNotSameAs(seen);
                }
                assertThat(fetches).hasValue(round + 2);
                clock.advance(FetchedKeys.COOL_DOWN);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
