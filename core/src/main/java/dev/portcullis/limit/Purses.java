package dev.portcullis.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.store.Buckets;
import dev.portcullis.store.Buckets.Bucket;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What this node has under way to the buckets of one limit, and in hand of them. Thread-safe.
 *
 * <p>It outlives the policy set that it was made for, so that a reload loses no permit that was taken ahead.
 */
final class Purses {

    /** How many purses with permits in them are kept. One that gives way takes its permits along: nobody gets them twice. */
    private static final int MAX_PURSES = 100_000;

    private final Buckets buckets;
    private final Spread spread;
    private final Clock clock;
    private final ConcurrentMap<Place, Purse> purses;

    /** What a purse is for: callers of two plans who share a bucket have a purse each. */
    private record Place(String bucket, Quota quota) {}

    Purses(Buckets buckets, Spread spread, Clock clock) {
        this.buckets = buckets;
        this.spread = spread;
        this.clock = clock;
        this.purses = spread.lease() == 0
                ? new ConcurrentHashMap<>()
                : Caffeine.newBuilder()
                        .maximumSize(MAX_PURSES)
                        .executor(Runnable::run)
                        .<Place, Purse>build()
                        .asMap();
    }

    Buckets buckets() {
        return buckets;
    }

    Spread spread() {
        return spread;
    }

    /** What comes of a wish for permits of a bucket. */
    CompletableFuture<Reading> take(BucketLayout layout, Bucket bucket, long permits) {
        var place = new Place(bucket.name(), layout.quota());
        var answer = purse(place, layout, bucket).take(permits);
        while (answer == null) {
            answer = purse(place, layout, bucket).take(permits);
        }
        return answer;
    }

    private Purse purse(Place place, BucketLayout layout, Bucket bucket) {
        var known = purses.get(place);
        if (known != null) {
            return known;
        }
        var terms = new Purse.Terms(spread.leaseOf(layout.quota()), clock, idle -> forget(place, idle));
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

    /** Gives permits back: to who asks next here, else to the bucket. */
    void giveBack(BucketLayout layout, Bucket bucket, long permits) {
        var purse = purses.get(new Place(bucket.name(), layout.quota()));
        if (purse != null) {
            purse.putBack(permits);
        } else {
            var unused = buckets.giveBack(bucket, permits);
        }
    }

    /** How many buckets something is under way to, or in hand of. */
    int size() {
        return purses.size();
    }
}
