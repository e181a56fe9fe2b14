package dev.portcullis.store;

import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.AsyncVerboseBucket;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Buckets of a proxy manager that blocks no thread. Thread-safe.
 *
 * @param patience how long the store is waited for
 * @param skew how far the clock is off
 * @param prefix what the names of buckets begin with
 * @param proxies the proxy manager, or one that is being made
 */
record AsyncBuckets(
        Patience patience, Skew skew, String prefix, Supplier<CompletableFuture<ProxyManager<String>>> proxies)
        implements Buckets {

    @Override
    public CompletableFuture<VerboseResult<Long>> take(Bucket bucket, long most) {
        return ask(bucket, asked -> asked.tryConsumeAsMuchAsPossible(most));
    }

    @Override
    public CompletableFuture<VerboseResult<Long>> takeAll(Bucket bucket, long permits) {
        return ask(
                bucket,
                asked -> asked.tryConsume(permits).thenApply(result -> result.map(taken -> taken ? permits : 0L)));
    }

    @Override
    public CompletableFuture<VerboseResult<Long>> charge(Bucket bucket, long permits) {
        return ask(bucket, asked -> asked.consumeIgnoringRateLimits(permits));
    }

    @Override
    public CompletableFuture<VerboseResult<Long>> look(Bucket bucket) {
        return ask(bucket, AsyncVerboseBucket::getAvailableTokens);
    }

    @Override
    public CompletableFuture<VerboseResult<Long>> giveBack(Bucket bucket, long permits) {
        return ask(bucket, asked -> asked.addTokens(permits).thenApply(result -> result.map(nothing -> permits)));
    }

    private CompletableFuture<VerboseResult<Long>> ask(
            Bucket bucket, Function<AsyncVerboseBucket, CompletableFuture<VerboseResult<Long>>> question) {
        if (skew.isTooFar()) {
            return CompletableFuture.failedFuture(skew.problem());
        }
        return patience.ask(() -> proxies.get().thenCompose(known -> question.apply(proxy(known, bucket))));
    }

    private AsyncVerboseBucket proxy(ProxyManager<String> known, Bucket bucket) {
        var builder = known.asAsync().builder();
        var fits = Fitting.suits(known);
        var name = prefix + (fits ? bucket.name() : bucket.nameForGood());
        return (fits ? builder.withOptimization(new Fitting(bucket)) : builder)
                .build(name, () -> CompletableFuture.completedFuture(bucket.configuration()))
                .asVerbose();
    }

    @Override
    public Duration timeout() {
        return patience.timeout();
    }
}
