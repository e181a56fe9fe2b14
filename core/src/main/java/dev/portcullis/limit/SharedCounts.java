package dev.portcullis.limit;

import dev.portcullis.limit.LateCharges.Late;
import dev.portcullis.store.Buckets;
import dev.portcullis.store.Buckets.Bucket;
import dev.portcullis.store.StoreUnavailable;
import io.github.bucket4j.VerboseResult;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The counts of one limit in a store that several nodes share, and in this process while the store cannot tell. Thread-safe. */
final class SharedCounts implements Counts {

    private final Buckets buckets;
    private final String rule;
    private final Spread spread;
    private final Purses purses;
    private final Counts here;
    private final Ground ground;
    private final Map<Quota, BucketLayout> layouts = new ConcurrentHashMap<>();

    /** The latest time that was looked at: a period that has ended stays ended when the clock steps back. */
    private final AtomicLong passed = new AtomicLong(Long.MIN_VALUE);

    /**
     * What all limits stand on.
     *
     * @param clock the time
     * @param salt what no client knows, for keys in the table of this process
     * @param number the rule's number in that table
     * @param local how many requests were counted here because the store could not tell
     * @param late what is charged once the store answers again
     */
    record Ground(Clock clock, Salt salt, int number, LongAdder local, LateCharges late) {

        /** The key in the table of this process, which must not be foreseen. */
        MeterKey key(MeterKey shared) {
            return new MeterKey(number, salt.scrambled(shared.high()), salt.scrambled(shared.low()));
        }

        long nanos() {
            return clock.millis() * 1_000_000;
        }
    }

    SharedCounts(String rule, Purses purses, Counts here, Ground ground) {
        this.buckets = purses.buckets();
        this.spread = purses.spread();
        this.rule = rule;
        this.purses = purses;
        this.here = here;
        this.ground = ground;
    }

    @Override
    public Reading take(MeterKey key, Quota quota, long permits) {
        try {
            return taken(key, quota, permits);
        } catch (StoreUnavailable e) {
            return here(e).take(ground.key(key), quota, permits).here();
        }
    }

    private Reading taken(MeterKey key, Quota quota, long permits) {
        var layout = layout(quota);
        var reading = await(purses.take(layout, bucket(layout, key), permits));
        ground.late().settle(buckets);
        return reading;
    }

    private BucketLayout layout(Quota quota) {
        var known = layouts.get(quota);
        return known == null ? layouts.computeIfAbsent(quota, unused -> new BucketLayout(rule, quota)) : known;
    }

    private Bucket bucket(BucketLayout layout, MeterKey key) {
        return layout.bucket(key, ground.clock().millis());
    }

    @Override
    public Reading charge(MeterKey key, Quota quota, long permits) {
        try {
            return charged(key, quota, permits);
        } catch (StoreUnavailable e) {
            return here(e).charge(ground.key(key), quota, permits).here();
        }
    }

    private Reading charged(MeterKey key, Quota quota, long permits) {
        var layout = layout(quota);
        var result = await(late(layout, key, permits).to(buckets));
        return layout.reading(result, true, permits, 0);
    }

    /** A charge, of no more than a debt may be. */
    private Late late(BucketLayout layout, MeterKey key, long permits) {
        var now = ground.clock().millis();
        var most = layout.calendar() == null ? layout.mostPermits() : permits;
        return new Late(bucket(layout, key), Math.min(permits, most), !layout.forgets(), layout.end(now));
    }

    @Override
    public @Nullable Reading settle(MeterKey key, Quota quota, long permits, long at) {
        if (Reading.isHere(at)) {
            return here.charge(ground.key(key), quota, permits).here();
        }
        var charge = late(layout(quota), key, permits);
        try {
            return charged(key, quota, permits);
        } catch (StoreUnavailable e) {
            ground.late().failed(charge, e);
            return spread.elseHere()
                    ? here.charge(ground.key(key), quota, permits).here()
                    : null;
        }
    }

    @Override
    public Reading look(MeterKey key, Quota quota) {
        var layout = layout(quota);
        try {
            VerboseResult<Long> result = await(buckets.look(bucket(layout, key)));
            return layout.reading(result, true, 1, 0);
        } catch (StoreUnavailable e) {
            return here(e).look(ground.key(key), quota).here();
        }
    }

    @Override
    public void giveBack(MeterKey key, Quota quota, long permits, long at) {
        if (Reading.isHere(at)) {
            here.giveBack(ground.key(key), quota, permits, Reading.timeHere(at));
            return;
        }
        if (passed.accumulateAndGet(ground.nanos(), Math::max) >= at) {
            return;
        }
        var layout = layout(quota);
        purses.giveBack(layout, bucket(layout, key), permits);
    }

    @Override
    public String scope() {
        return "scope=shared count=" + (spread.lease() == 0 ? "exact" : "leased") + " on-failure="
                + (spread.elseHere() ? "local" : "deny or proceed");
    }

    /** The counts of this process, where they may stand in. */
    private Counts here(StoreUnavailable cause) {
        if (!spread.elseHere()) {
            throw cause;
        }
        ground.local().increment();
        return here;
    }

    private <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(2 * buckets.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoreUnavailable known
                    ? known
                    : new StoreUnavailable(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new StoreUnavailable("no answer", e);
        } catch (InterruptedException e) {
            answer.cancel(false);
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting for an answer", e);
        }
    }
}
