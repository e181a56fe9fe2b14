package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import dev.portcullis.fetch.Answers;
import dev.portcullis.fetch.CannotTell;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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

    private final ClientStore store;
    private final Clock clock;
    private final Executor executor;
    private final Terms terms;
    private final Answers<String, Answer> answers;
    private final Semaphore lookups = new Semaphore(MAX_LOOKUPS);

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

    /** What the store said, at a time, and for how long it holds. */
    private record Answer(@Nullable ApiKey key, long at, long span) implements Answers.Kept {

        @Override
        public boolean holds(long now) {
            return now >= at && now - at < span;
        }
    }

    private KeptKeys(ClientStore store, Clock clock, Executor executor, Terms terms) {
        this.store = requireNonNull(store, "store");
        this.clock = requireNonNull(clock, "clock");
        this.executor = requireNonNull(executor, "executor");
        this.terms = terms;
        this.answers = new Answers<>("clients: the store", clock, terms.timeout, terms.maxKeys);
    }

    /** The keys of a store, which is asked on this executor. */
    public static KeptKeys of(ClientStore store, Clock clock, Executor executor, Terms terms) {
        return new KeptKeys(store, clock, executor, terms);
    }

    /** The key of this id; null when there is none. */
    @Nullable
    ApiKey find(String id) {
        var kept = answers.kept(id);
        return (kept != null ? kept : answers.await(id, () -> ask(id))).key();
    }

    /** Asks when it is this one's turn. A store that hangs keeps its turn, but no request beyond its time. */
    private CompletableFuture<Answer> ask(String id) {
        var answer = new CompletableFuture<Answer>();
        try {
            if (!lookups.tryAcquire(terms.timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return CompletableFuture.failedFuture(new CannotTell(MAX_LOOKUPS + " look-ups are under way"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(e);
        }
        try {
            executor.execute(() -> ask(id, answer));
        } catch (RejectedExecutionException e) {
            lookups.release();
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private void ask(String id, CompletableFuture<Answer> answer) {
        try {
            var key = store.find(id);
            var span = key == null ? terms.negativeCache : terms.cache;
            answer.complete(new Answer(key, clock.millis(), span.toMillis()));
        } catch (Exception | LinkageError e) {
            answer.completeExceptionally(e);
        } finally {
            lookups.release();
        }
    }
}
