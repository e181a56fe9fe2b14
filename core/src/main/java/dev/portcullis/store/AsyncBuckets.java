package dev.portcullis.store;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Buckets of a proxy manager that blocks no thread. Thread-safe.
 *
 * @param patience how long the store is waited for
 * @param prefix what the names of buckets begin with
 * @param proxies the proxy manager, or one that is being made
 */
record AsyncBuckets(Patience patience, String prefix, Supplier<CompletableFuture<ProxyManager<String>>> proxies)
        implements Buckets {

    @Override
    public CompletableFuture<VerboseResult<Long>> take(String name, BucketConfiguration configuration, long most) {
        return patience.ask(() -> bucket(name, configuration)
                .thenCompose(bucket -> bucket.asVerbose().tryConsumeAsMuchAsPossible(most)));
    }

    @Override
    public CompletableFuture<Void> giveBack(String name, BucketConfiguration configuration, long permits) {
        return patience.ask(() -> bucket(name, configuration).thenCompose(bucket -> bucket.addTokens(permits)));
    }

    private CompletableFuture<AsyncBucketProxy> bucket(String name, BucketConfiguration configuration) {
        var full = prefix + name;
        return proxies.get()
                .thenApply(known ->
                        known.asAsync().builder().build(full, () -> CompletableFuture.completedFuture(configuration)));
    }

    @Override
    public Duration timeout() {
        return patience.timeout();
    }
}
