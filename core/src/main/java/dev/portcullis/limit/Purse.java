package dev.portcullis.limit;

import dev.portcullis.TrustedBase;
import dev.portcullis.store.Buckets;
import dev.portcullis.store.Buckets.Bucket;
import dev.portcullis.store.StoreUnavailable;
import io.github.bucket4j.VerboseResult;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The permits of one bucket on their way to this node's requests. Thread-safe.
 *
 * <p>One round trip is under way at a time. Requests that come meanwhile wait, and the next trip is for all of them: however many
 * threads want permits of a hot key, a node asks for it once at a time. Where permits may be taken ahead, a trip brings some more, and
 * requests that find enough in the purse wait for nobody. What is in the purse was taken from the bucket, so that no more than the
 * lease of every node can pass beyond what a period grants.
 */
@TrustedBase
final class Purse {

    /** How many requests of one key may wait. */
    static final int MAX_WAITING = 10_000;

    /** How many nanoseconds after a trip another one shows that permits are in demand. */
    private static final long DEMAND = 1_000_000_000L;

    /** How long a purse believes that there is nothing left, at most. */
    private static final long EMPTY = 1_000_000_000L;

    /** Leaves at least nine tenths of what is left to others. */
    private static final long SHARE = 10;

    private final Buckets buckets;
    private final Bucket bucket;
    private final BucketLayout layout;
    private final long lease;
    private final Clock clock;
    private final Consumer<Purse> idle;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private boolean traveling;
    private boolean forgotten;
    private long inHand;
    private long ahead;
    private long lastTrip = Long.MIN_VALUE;
    private long emptyFrom = Long.MIN_VALUE;
    private long emptyUntil = Long.MIN_VALUE;
    private @Nullable VerboseResult<Long> last;
    private @Nullable Reading passing;

    /**
     * An empty purse.
     *
     * @param layout what the bucket means
     * @param terms how it is filled
     */
    Purse(Buckets buckets, Bucket bucket, BucketLayout layout, Terms terms) {
        this.buckets = buckets;
        this.bucket = bucket;
        this.layout = layout;
        this.lease = terms.lease();
        this.clock = terms.clock();
        this.idle = terms.idle();
    }

    /**
     * How a purse is filled.
     *
     * @param lease how many permits may be in it
     * @param clock the time
     * @param idle who is told when no trip is under way any more
     */
    record Terms(long lease, Clock clock, Consumer<Purse> idle) {}

    /** What comes of a wish for permits; null when the purse was forgotten, and another one is to be asked. */
    @Nullable
    CompletableFuture<Reading> take(long permits) {
        List<Waiting> trip;
        var mine = new Waiting(permits);
        lock.lock();
        try {
            if (forgotten) {
                return null;
            }
            var known = lease == 0 || !queue.isEmpty() ? null : fromHand(permits);
            if (known != null) {
                return CompletableFuture.completedFuture(known);
            }
            if (queue.size() >= MAX_WAITING) {
                return CompletableFuture.failedFuture(
                        new StoreUnavailable("more than " + MAX_WAITING + " requests of one key wait", null));
            }
            queue.add(mine);
            trip = traveling ? List.of() : next();
        } finally {
            lock.unlock();
        }
        if (!trip.isEmpty()) {
            travel(trip);
        }
        return mine.answer();
    }

    /** What can be told without a trip; null when nothing can. */
    private @Nullable Reading fromHand(long permits) {
        var known = last;
        if (known == null) {
            return null;
        }
        if (inHand >= permits) {
            inHand -= permits;
            return permits == 1 && passing != null
                    ? passing.with(known.getState().getAvailableTokens() + inHand)
                    : layout.reading(known, true, permits, inHand);
        }
        var now = nanos();
        var denied = emptyFrom <= now && now < emptyUntil ? layout.reading(known, false, permits, inHand) : null;
        return denied == null ? null : denied.later(now - known.getOperationTimeNanos());
    }

    private long nanos() {
        return clock.millis() * 1_000_000;
    }

    /** The requests that the next trip is for: all that want one permit, or those that want more. Under the lock. */
    private List<Waiting> next() {
        queue.removeIf(waiting -> waiting.answer().isDone());
        var first = queue.poll();
        traveling = first != null;
        if (first == null) {
            return List.of();
        }
        var trip = new ArrayList<Waiting>();
        trip.add(first);
        for (var other = queue.peek(); other != null && first.goesWith(other); other = queue.peek()) {
            trip.add(queue.remove());
        }
        return trip;
    }

    private void travel(List<Waiting> trip) {
        if (trip.isEmpty()) {
            idle.accept(this);
            return;
        }
        try {
            var unused = asked(trip).whenComplete((result, cause) -> travel(ended(trip, result, cause)));
        } catch (RuntimeException | Error e) {
            // Whoever waits is told, and later ones ask again: else all would wait for a trip that never began.
            failed(trip, new StoreUnavailable("no question could be asked: " + e, e));
            idle.accept(this);
        }
    }

    private CompletableFuture<VerboseResult<Long>> asked(List<Waiting> trip) {
        var wanted = trip.stream().mapToLong(Waiting::permits).sum();
        var single = trip.get(0).permits() == 1;
        return single ? buckets.take(bucket, lack(wanted) + demand()) : buckets.takeAll(bucket, lack(wanted));
    }

    private List<Waiting> ended(List<Waiting> trip, @Nullable VerboseResult<Long> result, @Nullable Throwable cause) {
        if (result == null) {
            return failed(trip, cause == null ? new StoreUnavailable("no answer", null) : cause);
        }
        try {
            return arrived(trip, result);
        } catch (RuntimeException | Error e) {
            return failed(trip, new StoreUnavailable("an answer that makes no sense: " + e, e));
        }
    }

    /** How many permits a trip must bring: one at least, since a trip is made only when some are wanting. */
    private long lack(long wanted) {
        lock.lock();
        try {
            return Math.max(1, wanted - inHand);
        } finally {
            lock.unlock();
        }
    }

    /** How many permits to take ahead: twice as many as before while one trip follows another, and no large part of what is left. */
    private long demand() {
        if (lease == 0) {
            return 0;
        }
        lock.lock();
        try {
            var now = nanos();
            var hot = lastTrip != Long.MIN_VALUE && lastTrip <= now && now - lastTrip < DEMAND;
            var left = last == null ? 0 : Math.max(0, last.getState().getAvailableTokens());
            ahead = hot ? Math.min(lease, Math.max(1, ahead * 2)) : ahead / 4;
            lastTrip = now;
            return Math.min(ahead, left / SHARE);
        } finally {
            lock.unlock();
        }
    }

    /** Hands out what a trip has brought, and says whom the next one is for. */
    private List<Waiting> arrived(List<Waiting> trip, VerboseResult<Long> result) {
        List<Runnable> answers = new ArrayList<>();
        List<Waiting> next;
        long rest;
        lock.lock();
        try {
            last = result;
            passing = lease == 0 ? null : layout.reading(result, true, 1, 0);
            inHand += result.getValue();
            if (result.getValue() == 0 && trip.size() > 1 && trip.get(0).permits() > 1) {
                for (var i = trip.size() - 1; i >= 0; i--) {
                    queue.addFirst(trip.get(i).byItself());
                }
            } else {
                trip.forEach(waiting -> answers.add(answer(waiting, result)));
            }
            serveWaiting(result, answers);
            rest = Math.max(0, inHand - lease);
            inHand -= rest;
            next = next();
        } finally {
            lock.unlock();
        }
        answers.forEach(Runnable::run);
        if (rest > 0) {
            var unused = buckets.giveBack(bucket, rest);
        }
        return next;
    }

    /** Hands what is left in the purse to those who came meanwhile, for whom another trip would only bring too much. Under the lock. */
    private void serveWaiting(VerboseResult<Long> result, List<Runnable> answers) {
        for (var first = queue.peek(); first != null && first.permits() <= inHand; first = queue.peek()) {
            answers.add(answer(queue.remove(), result));
        }
    }

    /** Uses what is in the purse for a request that still waits for it. Under the lock. */
    private Runnable answer(Waiting waiting, VerboseResult<Long> result) {
        var permits = waiting.permits();
        if (inHand < permits) {
            var denied = layout.reading(result, false, permits, inHand);
            emptyFrom = nanos();
            emptyUntil = result.getState().getAvailableTokens() > 0
                    ? Long.MIN_VALUE
                    : emptyFrom + Math.min(EMPTY, denied.nanos());
            return () -> waiting.answer().complete(denied);
        }
        inHand -= permits;
        var passed = layout.reading(result, true, permits, inHand);
        return () -> {
            if (!waiting.answer().complete(passed)) {
                putBack(permits);
            }
        };
    }

    private List<Waiting> failed(List<Waiting> trip, Throwable cause) {
        List<Waiting> all = new ArrayList<>(trip);
        lock.lock();
        try {
            all.addAll(queue);
            queue.clear();
            traveling = false;
        } finally {
            lock.unlock();
        }
        all.forEach(waiting -> waiting.answer().completeExceptionally(cause));
        return List.of();
    }

    /** Takes permits back that nobody used. */
    void putBack(long permits) {
        long rest;
        lock.lock();
        try {
            rest = Math.max(0, inHand + permits - lease);
            inHand += permits - rest;
            emptyUntil = Long.MIN_VALUE;
        } finally {
            lock.unlock();
        }
        if (rest > 0) {
            var unused = buckets.giveBack(bucket, rest);
        }
    }

    /** Tells whether it can be forgotten, and was just then: nobody waits, and nothing is in it. */
    boolean forget() {
        lock.lock();
        try {
            forgotten = !traveling && queue.isEmpty() && inHand == 0;
            return forgotten;
        } finally {
            lock.unlock();
        }
    }
}
