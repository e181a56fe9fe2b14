package dev.portcullis.store;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Buckets of a proxy manager that blocks, which it does on threads of the store's own. Thread-safe.
 *
 * @param patience how long the store is waited for
 * @param prefix what the names of buckets begin with
 * @param workers whose threads may block
 * @param proxies makes or knows the proxy manager
 */
record BlockingBuckets(Patience patience, String prefix, Workers workers, Callable<ProxyManager<String>> proxies)
        implements Buckets {

    @Override
    public CompletableFuture<VerboseResult<Long>> take(String name, BucketConfiguration configuration, long most) {
        return patience.ask(
                () -> workers.run(() -> bucket(name, configuration).asVerbose().tryConsumeAsMuchAsPossible(most)));
    }

    @Override
    public CompletableFuture<Void> giveBack(String name, BucketConfiguration configuration, long permits) {
        return patience.ask(() -> workers.<Void>run(() -> {
            bucket(name, configuration).addTokens(permits);
            return null;
        }));
    }

    private BucketProxy bucket(String name, BucketConfiguration configuration) throws Exception {
        return proxies.call().builder().build(prefix + name, () -> configuration);
    }

    @Override
    public Duration timeout() {
        return patience.timeout();
    }
}
