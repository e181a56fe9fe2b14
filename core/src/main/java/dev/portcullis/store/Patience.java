package dev.portcullis.store;

import dev.portcullis.TrustedBase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a store is waited for, and when it is left alone. Thread-safe.
 *
 * <p>What fails or is late counts against the store; after several failures in a row nobody asks for a while, and learns at once that
 * nobody can tell. The operator is told when that begins and when it ends.
 *
 * <p>The first answers may take longer: connections are made then, and classes loaded, which says nothing of the store. That ends with the first
 * outage.
 */
@TrustedBase
final class Patience {

    /** How long the first answers may take at least. */
    static final Duration FIRST = Duration.ofSeconds(3);

    /** How many answers are the first. */
    static final int FIRST_ANSWERS = 200;

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis.store");

    private final String kind;
    private final Duration timeout;
    private final Breaker breaker;
    private final AtomicInteger first = new AtomicInteger(FIRST_ANSWERS);
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicBoolean away = new AtomicBoolean();
    private volatile @Nullable String problem;
    private volatile boolean closed;

    Patience(String kind, Duration timeout, Clock clock) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: more than nothing)");
        }
        this.kind = kind;
        this.timeout = timeout;
        this.breaker = new Breaker(clock);
    }

    /** How long an answer may take now. */
    Duration timeout() {
        return isFirst() ? longest(timeout) : timeout;
    }

    /** Whether the answers are the first, for which it is waited longer. */
    boolean isFirst() {
        return first.get() > 0;
    }

    /** How long an answer may take where this time is asked for. */
    static Duration longest(Duration timeout) {
        return timeout.compareTo(FIRST) < 0 ? FIRST : timeout;
    }

    /**
     * The answer to a question, which is not asked while the store is left alone. Fails with {@link StoreUnavailable} only.
     *
     * @param question asks, and gives the future answer, which nobody else waits for
     */
    <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> question) {
        if (closed) {
            return CompletableFuture.failedFuture(StoreUnavailable.unasked(kind + ": closed", null));
        }
        if (!breaker.lets()) {
            return CompletableFuture.failedFuture(
                    StoreUnavailable.unasked(kind + ": left alone, because " + problem, null));
        }
        asked.incrementAndGet();
        var within = timeout();
        var begun = begun(question);
        return begun.copy().orTimeout(within.toMillis(), TimeUnit.MILLISECONDS).handle((answer, cause) -> {
            if (cause == null) {
                succeeded();
                return answer;
            }
            begun.completeExceptionally(cause); // else what waits for a thread would be done for nobody
            throw failed(cause, within);
        });
    }

    private static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void succeeded() {
        breaker.succeeded();
        if (isFirst()) {
            first.decrementAndGet();
        }
        if (away.compareAndSet(true, false)) {
            LOG.info("store {}: it answers again", kind);
        }
        problem = null;
    }

    private StoreUnavailable failed(Throwable thrown, Duration within) {
        var cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        var said = cause instanceof TimeoutException
                ? "no answer within " + within.toMillis() + " ms"
                : (cause instanceof StoreUnavailable ? "" : cause.getClass().getSimpleName() + ": ") + firstLine(cause);
        problem = said;
        failed.incrementAndGet();
        breaker.failed();
        if (breaker.isOpen()) {
            first.set(0);
        }
        if (breaker.isOpen() && away.compareAndSet(false, true)) {
            LOG.warn(
                    "store {}: {}; it is left alone for {} at a time, and limits do what their `on-failure` says",
                    kind,
                    said,
                    Breaker.PAUSE);
        }
        return StoreUnavailable.of(kind + ": " + said, cause);
    }

    private static String firstLine(Throwable cause) {
        var message = cause.getMessage();
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    /** Waits for an answer, which comes in time or fails. */
    <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(2 * timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoreUnavailable known
                    ? known
                    : StoreUnavailable.of(kind + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new StoreUnavailable(kind + ": no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable(kind + ": interrupted while waiting for an answer", e);
        }
    }

    StoreReport report() {
        return new StoreReport(kind, !breaker.isOpen(), asked.get(), failed.get(), problem);
    }

    /** Answers nothing from now on. */
    void close() {
        closed = true;
    }
}
