package dev.portcullis.limit;

import dev.portcullis.store.Buckets;
import dev.portcullis.store.Buckets.Bucket;
import dev.portcullis.store.StoreUnavailable;
import io.github.bucket4j.VerboseResult;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Charges of requests that passed by a store's counts and ended while the store was away: they are charged there once it answers again.
 * Thread-safe.
 *
 * <p>One for each bucket, in which what comes later is added up. Each is charged once at most: one that was sent and not answered may
 * have been made, and is not made again, so that nobody pays twice. That, what finds no room, and what is left when its period has ended
 * is lost, and counted as such.
 */
final class LateCharges {

    /** How many buckets have charges waiting. */
    static final int MAX_WAITING = 10_000;

    /** How many milliseconds to leave the store alone after it was tried. */
    private static final long PAUSE = 1000;

    private static final System.Logger LOG = System.getLogger(LateCharges.class.getName());

    private final Clock clock;
    private final ConcurrentMap<String, Late> waiting = new ConcurrentHashMap<>();

    /** The names of those that wait, each once: one that fails goes behind the others, for not all of a store may be away. */
    private final Queue<String> order = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean settling = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicLong nextTry = new AtomicLong(Long.MIN_VALUE);
    private final LongAdder lost = new LongAdder();

    LateCharges(Clock clock) {
        this.clock = clock;
    }

    /**
     * A charge.
     *
     * @param bucket what is charged
     * @param permits how much
     * @param debts whether it may make debts; else it takes what there is
     * @param until when it is of no use any more, in milliseconds since 1970
     */
    record Late(Bucket bucket, long permits, boolean debts, long until) {

        Late and(Late other) {
            return new Late(bucket, permits + other.permits, debts, Math.max(until, other.until));
        }

        CompletableFuture<VerboseResult<Long>> to(Buckets buckets) {
            return debts ? buckets.charge(bucket, permits) : buckets.take(bucket, permits);
        }
    }

    /** Keeps a charge that failed until the store answers again, unless it may have been made. */
    void failed(Late charge, Throwable cause) {
        if (cause instanceof StoreUnavailable known && !known.asked()) {
            add(charge);
        } else {
            lost(charge);
        }
    }

    /** Keeps a charge until the store answers again. */
    void add(Late charge) {
        var name = charge.bucket().name();
        if (waiting.size() >= MAX_WAITING && !waiting.containsKey(name)) {
            lost(charge);
        } else {
            waiting.compute(name, (same, known) -> known == null ? inLine(charge) : known.and(charge));
        }
    }

    private Late inLine(Late charge) {
        order.add(charge.bucket().name());
        return charge;
    }

    private void lost(Late charge) {
        lost.add(charge.permits());
        if (told.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "charges of limits are lost, because the store is away for too long or did not answer; the metric"
                            + " `portcullis_late_charges_lost_total` counts them, and this is said once");
        }
    }

    /** Charges what waits, if the store was not tried just now. Waits for nothing. */
    void settle(Buckets buckets) {
        if (waiting.isEmpty()) {
            return;
        }
        var now = clock.millis();
        var due = nextTry.get();
        var early = now < due && due - now <= PAUSE;
        if (!early && settling.compareAndSet(false, true)) {
            nextTry.set(now + PAUSE);
            next(buckets, now);
        }
    }

    /** One after the other, so that a store that has just come back is not flooded. */
    private void next(Buckets buckets, long now) {
        var charge = first(now);
        if (charge == null) {
            settling.set(false);
            return;
        }
        CompletableFuture<VerboseResult<Long>> answer;
        try {
            answer = charge.to(buckets);
        } catch (RuntimeException | Error e) {
            answer = CompletableFuture.failedFuture(e);
        }
        var unused = answer.whenCompleteAsync((result, cause) -> {
            if (cause == null) {
                next(buckets, now);
            } else {
                failed(charge, unwrapped(cause));
                settling.set(false);
            }
        });
    }

    private @Nullable Late first(long now) {
        for (var name = order.poll(); name != null; name = order.poll()) {
            var charge = waiting.remove(name);
            if (charge != null && now < charge.until()) {
                return charge;
            }
            if (charge != null) {
                lost(charge);
            }
        }
        return null;
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    /** How many buckets have charges waiting. */
    int size() {
        return waiting.size();
    }

    /** How many permits were never charged, or sent to be and not answered. */
    long lost() {
        return lost.sum();
    }
}
