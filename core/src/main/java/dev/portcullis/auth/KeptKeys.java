package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.TrustedBase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a store has answered, kept for a time. Thread-safe.
 *
 * <p>One caller at a time asks for an id, and the others wait for that answer. A store that fails five times in a row is left alone
 * for 5 seconds. What a store cannot tell is neither a key nor the absence of one.
 */
@TrustedBase
public final class KeptKeys {

    /** How many look-ups may be under way. */
    static final int MAX_LOOKUPS = 4;

    /** How many requests may wait for one. */
    static final int MAX_WAITING = 256;

    private final ClientStore store;
    private final Clock clock;
    private final Executor executor;
    private final Terms terms;
    private final Breaker breaker;
    private final Cache<String, Answer> answers;
    private final ConcurrentMap<String, CompletableFuture<Answer>> flights = new ConcurrentHashMap<>();
    private final Semaphore lookups = new Semaphore(MAX_LOOKUPS);
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    /**
     * How long answers are kept. Immutable.
     *
     * @param cache how long a key is kept; a key that was revoked in the store goes on working for so long
     * @param negativeCache how long it is kept that there is no key
     * @param timeout how long a request waits for the store
     * @param maxKeys how many answers are kept at most
     */
    public record Terms(Duration cache, Duration negativeCache, Duration timeout, int maxKeys) {

        /** Checks that they can be kept. */
        public Terms {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("timeout: `" + timeout + "` (expected: more than none)");
            }
            if (cache.isNegative() || negativeCache.isNegative() || maxKeys < 1) {
                throw new IllegalArgumentException("cache: less than none (expected: a time, and at least one key)");
            }
        }
    }

    /** What the store said, at a time. */
    private record Answer(@Nullable ApiKey key, long at) {

        boolean holds(long now, Terms terms) {
            var span = key == null ? terms.negativeCache : terms.cache;
            return now >= at && now - at < span.toMillis();
        }
    }

    private KeptKeys(ClientStore store, Clock clock, Executor executor, Terms terms) {
        this.store = store;
        this.clock = clock;
        this.executor = executor;
        this.terms = terms;
        this.breaker = new Breaker(clock);
        this.answers = Caffeine.newBuilder()
                .maximumSize(terms.maxKeys)
                .executor(Runnable::run)
                .build();
    }

    /** The keys of a store, which is asked on this executor. */
    public static KeptKeys of(ClientStore store, Clock clock, Executor executor, Terms terms) {
        return new KeptKeys(
                requireNonNull(store, "store"),
                requireNonNull(clock, "clock"),
                requireNonNull(executor, "executor"),
                requireNonNull(terms, "terms"));
    }

    /** The key of this id; null when there is none. */
    @Nullable
    ApiKey find(String id) {
        var kept = answers.getIfPresent(id);
        if (kept != null && kept.holds(clock.millis(), terms)) {
            return kept.key();
        }
        if (!waiting.tryAcquire()) {
            throw new CannotTell("clients: more than " + MAX_WAITING + " requests wait for the store");
        }
        try {
            return fly(id).get(terms.timeout.toMillis(), TimeUnit.MILLISECONDS).key();
        } catch (TimeoutException e) {
            throw new CannotTell("clients: the store takes longer than " + terms.timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new CannotTell("clients: the store cannot tell: " + CannotTell.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotTell("clients: interrupted while waiting for the store");
        } finally {
            waiting.release();
        }
    }

    /** Asks unless somebody does. A flight is over only when its answer is kept, or another one may start with what it would find. */
    private CompletableFuture<Answer> fly(String id) {
        var mine = new CompletableFuture<Answer>();
        var other = flights.putIfAbsent(id, mine);
        if (other != null) {
            return other;
        }
        var unused = mine.whenComplete((answer, failure) -> landed(id, mine, failure));
        var landed = answers.getIfPresent(id);
        if (landed != null && landed.holds(clock.millis(), terms)) {
            mine.complete(landed);
        } else if (!breaker.lets()) {
            mine.completeExceptionally(new CannotTell("it has failed several times, and is left alone for a while"));
        } else {
            mine.orTimeout(terms.timeout.toMillis(), TimeUnit.MILLISECONDS);
            start(id, mine);
        }
        return mine;
    }

    private void landed(String id, CompletableFuture<Answer> mine, @Nullable Throwable failure) {
        if (failure instanceof TimeoutException) {
            breaker.failed();
        }
        flights.remove(id, mine);
    }

    /** Asks when it is this one's turn. */
    private void start(String id, CompletableFuture<Answer> mine) {
        try {
            if (lookups.tryAcquire(terms.timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.execute(() -> ask(id, mine));
            }
        } catch (RejectedExecutionException e) {
            lookups.release();
            mine.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            mine.completeExceptionally(e);
        }
    }

    /** A store that hangs keeps one of the look-ups, but no request beyond its time. */
    private void ask(String id, CompletableFuture<Answer> mine) {
        try {
            var answer = new Answer(store.find(id), clock.millis());
            answers.put(id, answer);
            breaker.succeeded();
            mine.complete(answer);
        } catch (Exception | LinkageError e) {
            breaker.failed();
            mine.completeExceptionally(e);
        } finally {
            lookups.release();
        }
    }
}
