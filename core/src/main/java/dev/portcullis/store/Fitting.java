package dev.portcullis.store;

import dev.portcullis.store.Buckets.Bucket;
import io.github.bucket4j.distributed.proxy.AsyncCommandExecutor;
import io.github.bucket4j.distributed.proxy.CommandExecutor;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.pessimistic_locking.AbstractLockBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.select_for_update.AbstractSelectForUpdateBasedProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.OptimizationListener;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.RemoteCommand;
import java.util.concurrent.CompletableFuture;

/**
 * Gives a bucket the windows that are wanted on the way to what is asked of it, in the same round trip. Immutable.
 *
 * @param bucket the bucket with the windows that are wanted
 */
record Fitting(Bucket bucket) implements Optimization {

    /** Whether this proxy manager changes buckets in this process, and so can do what this is about. */
    static boolean suits(ProxyManager<?> proxies) {
        return proxies instanceof AbstractCompareAndSwapBasedProxyManager
                || proxies instanceof AbstractSelectForUpdateBasedProxyManager
                || proxies instanceof AbstractLockBasedProxyManager;
    }

    @Override
    public Optimization withListener(OptimizationListener listener) {
        return this;
    }

    @Override
    public CommandExecutor apply(CommandExecutor executor) {
        return new CommandExecutor() {

            @Override
            public <T> CommandResult<T> execute(RemoteCommand<T> command) {
                return executor.execute(new Fitted<>(command, bucket));
            }
        };
    }

    @Override
    public AsyncCommandExecutor apply(AsyncCommandExecutor executor) {
        return new AsyncCommandExecutor() {

            @Override
            public <T> CompletableFuture<CommandResult<T>> executeAsync(RemoteCommand<T> command) {
                return executor.executeAsync(new Fitted<>(command, bucket));
            }
        };
    }
}
