package dev.portcullis.spring.boot;

import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A proxy manager of an application's own, whose buckets are in a map that several applications can have. */
final class KeptBuckets<K> extends AbstractCompareAndSwapBasedProxyManager<K> {

    private final Map<K, byte[]> buckets;

    KeptBuckets(Map<K, byte[]> buckets) {
        super(ClientSideConfig.getDefault());
        this.buckets = buckets;
    }

    @Override
    protected CompareAndSwapOperation beginCompareAndSwapOperation(K key) {
        return new CompareAndSwapOperation() {

            @Override
            public Optional<byte[]> getStateData(Optional<Long> timeout) {
                return Optional.ofNullable(buckets.get(key));
            }

            @Override
            public boolean compareAndSwap(
                    byte[] before, byte[] after, RemoteBucketState state, Optional<Long> timeout) {
                var swapped = new AtomicBoolean();
                buckets.compute(key, (unused, known) -> {
                    swapped.set(Arrays.equals(known, before));
                    return swapped.get() ? after : known;
                });
                return swapped.get();
            }
        };
    }

    @Override
    protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(K key) {
        throw new UnsupportedOperationException("it blocks");
    }

    @Override
    protected CompletableFuture<Void> removeAsync(K key) {
        throw new UnsupportedOperationException("it blocks");
    }

    @Override
    public void removeProxy(K key) {
        buckets.remove(key);
    }

    @Override
    public boolean isAsyncModeSupported() {
        return false;
    }
}
