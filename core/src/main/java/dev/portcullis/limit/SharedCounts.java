package dev.portcullis.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.limit.LateCharges.Late;
import dev.portcullis.store.Buckets;
import dev.portcullis.store.Buckets.Bucket;
import dev.portcullis.store.StoreUnavailable;
import io.github.bucket4j.VerboseResult;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The counts of one limit in a store that several nodes share, and in this process while the store cannot tell. Thread-safe. */
final class SharedCounts implements Counts {

    /** How many purses with permits in them are kept. One that gives way takes its permits along: nobody gets them twice. */
    private static final int MAX_PURSES = 100_000;

    private final Buckets buckets;
    private final String rule;
    private final Spread spread;
    private final Counts here;
    private final Ground ground;
    private final Map<Quota, BucketLayout> layouts = new ConcurrentHashMap<>();
    private final ConcurrentMap<Place, Purse> purses;

    /** The latest time that was looked at: a period that has ended stays ended when the clock steps back. */
    private final AtomicLong passed = new AtomicLong(Long.MIN_VALUE);

    /** What a purse is for: callers of two plans who share a bucket have a purse each. */
    private record Place(String bucket, BucketLayout layout) {}

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

    SharedCounts(Buckets buckets, String rule, Spread spread, Counts here, Ground ground) {
        this.buckets = buckets;
        this.rule = rule;
        this.spread = spread;
        this.here = here;
        this.ground = ground;
        this.purses = spread.lease() == 0
                ? new ConcurrentHashMap<>()
                : Caffeine.newBuilder()
                        .maximumSize(MAX_PURSES)
                        .executor(Runnable::run)
                        .<Place, Purse>build()
                        .asMap();
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
        var bucket = bucket(layout, key);
        var answer = purse(layout, bucket).take(permits);
        while (answer == null) {
            answer = purse(layout, bucket).take(permits);
        }
        var reading = await(answer);
        ground.late().settle(buckets);
        return reading;
    }

    private Purse purse(BucketLayout layout, Bucket bucket) {
        var place = new Place(bucket.name(), layout);
        var known = purses.get(place);
        if (known != null) {
            return known;
        }
        var terms = new Purse.Terms(spread.leaseOf(layout.quota()), ground.clock(), idle -> forget(place, idle));
        var made = new Purse(buckets, bucket, layout, terms);
        var other = purses.putIfAbsent(place, made);
        return other == null ? made : other;
    }

    /** A purse that never holds anything is kept only while somebody waits for it. */
    private void forget(Place place, Purse idle) {
        if (spread.lease() == 0 && idle.forget()) {
            purses.remove(place, idle);
        }
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
            ground.late().add(charge);
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
        var bucket = bucket(layout, key);
        var purse = purses.get(new Place(bucket.name(), layout));
        if (purse != null) {
            purse.putBack(permits);
        } else {
            var unused = buckets.giveBack(bucket, permits);
        }
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
