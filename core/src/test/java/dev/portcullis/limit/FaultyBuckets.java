package dev.portcullis.limit;

import dev.portcullis.store.Buckets;
import dev.portcullis.store.StoreUnavailable;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseBucket;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Buckets of bucket4j in this process, which can be made to be away, or to break. Thread-safe. */
final class FaultyBuckets implements Buckets {

    private final Map<String, VerboseBucket> all = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Clock clock;
    private volatile boolean away;
    private volatile boolean broken;
    private volatile boolean silent;
    private volatile CompletableFuture<Void> heldUntil = CompletableFuture.completedFuture(null);
    private final Set<String> gone = ConcurrentHashMap.newKeySet();

    FaultyBuckets(Clock clock) {
        this.clock = clock;
    }

    void away(boolean other) {
        away = other;
    }

    /** Does what it is asked, and does not say so. */
    void silent(boolean other) {
        silent = other;
    }

    /** Does what it is asked, and says so when this is done. */
    void heldUntil(CompletableFuture<Void> other) {
        heldUntil = other;
    }

    void broken(boolean other) {
        broken = other;
    }

    /** Takes one bucket away, as when a part of a cluster is. */
    void gone(String name) {
        gone.add(name);
    }

    int asked() {
        return asked.get();
    }

    private CompletableFuture<VerboseResult<Long>> ask(
            Bucket bucket, Function<VerboseBucket, VerboseResult<Long>> question) {
        asked.incrementAndGet();
        if (broken) {
            throw new NoClassDefFoundError("planted");
        }
        if (away || gone.contains(bucket.name())) {
            return CompletableFuture.failedFuture(StoreUnavailable.unasked("planted", null));
        }
        var answer = question.apply(all.computeIfAbsent(bucket.name(), name -> made(bucket)));
        return silent
                ? CompletableFuture.failedFuture(new StoreUnavailable("planted", null))
                : heldUntil.thenApply(done -> answer);
    }

    private VerboseBucket made(Bucket bucket) {
        var builder = new LocalBucketBuilder().withCustomTimePrecision(new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return clock.millis() * 1_000_000;
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        });
        for (var bandwidth : bucket.configuration().getBandwidths()) {
            builder.addLimit(bandwidth);
        }
        return builder.build().asVerbose();
    }

    @Override
    public CompletableFuture<VerboseResult<Long>> take(Bucket bucket, long most) {
        return ask(bucket, known -> known.tryConsumeAsMuchAsPossible(most));
    }

    @Override
    public CompletableFuture<VerboseResult<Long>> takeAll(Bucket bucket, long permits) {
        return ask(bucket, known -> known.tryConsume(permits).map(taken -> taken ? permits : 0L));
    }

    @Override
    public CompletableFuture<VerboseResult<Long>> charge(Bucket bucket, long permits) {
        return ask(bucket, known -> known.consumeIgnoringRateLimits(permits));
    }

    @Override
    public CompletableFuture<VerboseResult<Long>> look(Bucket bucket) {
        return ask(bucket, VerboseBucket::getAvailableTokens);
    }

    @Override
    public CompletableFuture<VerboseResult<Long>> giveBack(Bucket bucket, long permits) {
        return ask(bucket, known -> known.addTokens(permits).map(nothing -> permits));
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(5);
    }
}
