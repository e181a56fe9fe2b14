package dev.portcullis.fetch;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.TrustedBase;
import dev.portcullis.store.Breaker;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What somebody else has answered, kept for a time. Thread-safe.
 *
 * <p>One caller at a time asks about a key, and the others wait for that answer. Who fails five times in a row is left alone for 5
 * seconds. What cannot be told is no answer: it is not kept, and everybody who waited for it hears so.
 *
 * @param <K> what is asked about
 * @param <A> an answer
 */
@TrustedBase
public final class Answers<K, A extends Answers.Kept> {

    /** How many requests may wait for answers. */
    public static final int MAX_WAITING = 256;

    private final String who;
    private final Clock clock;
    private final Duration timeout;
    private final Breaker breaker;
    private final Cache<K, A> answers;
    private final ConcurrentMap<K, CompletableFuture<A>> flights = new ConcurrentHashMap<>();
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    /** An answer, which knows for how long it holds. */
    public interface Kept {

        /** Tells whether it still holds, at a time in milliseconds of the epoch. */
        boolean holds(long now);

        /** How much of the room it takes; 1 where all take the same. */
        default int weight() {
            return 1;
        }
    }

    /**
     * Nothing is kept yet.
     *
     * @param who who is asked, as operators are told
     * @param timeout how long a request waits
     * @param room how much is kept, as answers weigh
     */
    public Answers(String who, Clock clock, Duration timeout, long room) {
        requireNonNull(who, "who");
        requireNonNull(timeout, "timeout");
        this.who = who;
        this.clock = clock;
        this.timeout = timeout;
        this.breaker = new Breaker(clock);
        this.answers = Caffeine.newBuilder()
                .maximumWeight(room)
                .weigher((K key, A answer) -> answer.weight())
                .executor(Runnable::run)
                .build();
    }

    /** The answer that is there and holds; null when there is none. */
    @Nullable
    public A kept(K key) {
        var kept = answers.getIfPresent(key);
        return kept != null && kept.holds(clock.millis()) ? kept : null;
    }

    /**
     * The answer, for which this waits.
     *
     * @throws CannotTell when there is none in time
     */
    public A await(K key, Supplier<CompletableFuture<A>> source) {
        if (!waiting.tryAcquire()) {
            throw new CannotTell(who + ": more than " + MAX_WAITING + " requests wait for answers");
        }
        try {
            return fly(key, source).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw late();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TimeoutException ? late() : new CannotTell(who + ": " + CannotTell.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotTell(who + ": interrupted while waiting for an answer");
        } finally {
            waiting.release();
        }
    }

    private CannotTell late() {
        return new CannotTell(who + ": no answer within " + timeout.toMillis() + " ms");
    }

    /**
     * Asks unless somebody does.
     *
     * <p>An answer is kept before its flight is over: whoever then starts another one looks again, and finds it.
     */
    private CompletableFuture<A> fly(K key, Supplier<CompletableFuture<A>> source) {
        var mine = new CompletableFuture<A>();
        var other = flights.putIfAbsent(key, mine);
        if (other != null) {
            return other;
        }
        var landed = kept(key);
        if (landed != null) {
            land(key, mine, landed, null);
        } else if (!breaker.lets()) {
            land(key, mine, null, new CannotTell("it has failed several times, and is left alone for a while"));
        } else {
            var unused = started(source)
                    .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((answer, failure) -> arrive(key, mine, answer, failure));
        }
        return mine;
    }

    private static <A> CompletableFuture<A> started(Supplier<CompletableFuture<A>> source) {
        try {
            return source.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void arrive(K key, CompletableFuture<A> mine, @Nullable A answer, @Nullable Throwable failure) {
        if (answer != null) {
            breaker.succeeded();
            answers.put(key, answer);
        } else {
            breaker.failed();
        }
        land(key, mine, answer, failure);
    }

    private void land(K key, CompletableFuture<A> mine, @Nullable A answer, @Nullable Throwable failure) {
        flights.remove(key, mine);
        if (answer != null) {
            mine.complete(answer);
        } else {
            mine.completeExceptionally(failure == null ? new CannotTell("no answer") : failure);
        }
    }
}
