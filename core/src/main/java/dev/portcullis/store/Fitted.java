package dev.portcullis.store;

import dev.portcullis.store.Buckets.Bucket;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.MutableBucketEntry;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.github.bucket4j.distributed.remote.RemoteCommand;
import io.github.bucket4j.distributed.serialization.SerializationHandle;
import io.github.bucket4j.distributed.versioning.Version;

/**
 * A command to a bucket that has the wanted windows when the command comes to it. It is carried out in this process alone. Immutable.
 *
 * @param asked the command
 * @param bucket the bucket with the windows that are wanted
 */
record Fitted<T>(RemoteCommand<T> asked, Bucket bucket) implements RemoteCommand<T> {

    @Override
    public CommandResult<T> execute(MutableBucketEntry entry, long nanos) {
        if (entry.exists() && !entry.get().getConfiguration().equals(bucket.configuration())) {
            var known = entry.get();
            var state = new Fit(bucket, nanos).of(known.getState());
            entry.set(new RemoteBucketState(state, known.getRemoteStat(), known.getConfigurationVersion()));
        }
        return asked.execute(entry, nanos);
    }

    @Override
    public boolean isInitializationCommand() {
        return asked.isInitializationCommand();
    }

    @Override
    public SerializationHandle<RemoteCommand<?>> getSerializationHandle() {
        throw new UnsupportedOperationException("a command for this process alone");
    }

    @Override
    public boolean isImmediateSyncRequired(long unsynchronized, long nanos) {
        return true;
    }

    @Override
    public long estimateTokensToConsume() {
        return asked.estimateTokensToConsume();
    }

    @Override
    public long getConsumedTokens(T result) {
        return asked.getConsumedTokens(result);
    }

    @Override
    public Version getRequiredVersion() {
        return asked.getRequiredVersion();
    }
}
