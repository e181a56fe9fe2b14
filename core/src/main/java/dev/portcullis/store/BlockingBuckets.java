package dev.portcullis.store;

import io.github.bucket4j.VerboseBucket;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Buckets of a proxy manager that blocks, which it does on threads of the store's own. Thread-safe.
 *
 * @param patience how long the store is waited for
 * @param skew how far the clock is off
 * @param prefix what the names of buckets begin with
 * @param workers whose threads may block
 * @param proxies makes or knows the proxy manager
 */
record BlockingBuckets(
        Patience patience, Skew skew, String prefix, Workers workers, Callable<ProxyManager<String>> proxies)
        implements Buckets {

    @Override
    public CompletableFuture<VerboseResult<Long>> take(Bucket bucket, long most) {
        return ask(bucket, asked -> asked.tryConsumeAsMuchAsPossible(most));
    }

    @Override
    public CompletableFuture<VerboseResult<Long>> takeAll(Bucket bucket, long permits) {
        return ask(bucket, asked -> asked.tryConsume(permits).map(taken -> taken ? permits : 0L));
    }

    @Override
    public CompletableFuture<VerboseResult<Long>> charge(Bucket bucket, long permits) {
        return ask(bucket, asked -> asked.consumeIgnoringRateLimits(permits));
    }

    @Override
    public CompletableFuture<VerboseResult<Long>> look(Bucket bucket) {
        return ask(bucket, VerboseBucket::getAvailableTokens);
    }

    @Override
    public CompletableFuture<VerboseResult<Long>> giveBack(Bucket bucket, long permits) {
        return ask(bucket, asked -> asked.addTokens(permits).map(nothing -> permits));
    }

    private CompletableFuture<VerboseResult<Long>> ask(
            Bucket bucket, Function<VerboseBucket, VerboseResult<Long>> question) {
        if (skew.isTooFar()) {
            return CompletableFuture.failedFuture(skew.problem());
        }
        return patience.ask(() -> workers.run(() -> question.apply(proxy(proxies.call(), bucket))));
    }

    private VerboseBucket proxy(ProxyManager<String> known, Bucket bucket) {
        var builder = known.builder();
        var fits = Fitting.suits(known);
        var name = prefix + (fits ? bucket.name() : bucket.nameForGood());
        return (fits ? builder.withOptimization(new Fitting(bucket)) : builder)
                .build(name, bucket::configuration)
                .asVerbose();
    }

    @Override
    public Duration timeout() {
        return patience.timeout();
    }
}
