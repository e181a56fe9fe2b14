package dev.portcullis.store;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.VerboseResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Buckets of permits that several nodes share. Implementations are thread-safe.
 *
 * <p>A bucket is made, with all its permits, when it is first asked for, and forgotten some time after it is full again. The name of
 * a bucket goes with its configuration for good: whoever wants another configuration takes another name. Every answer is one round
 * trip, and comes in time or not at all: then it is a {@link StoreUnavailable}.
 */
public interface Buckets {

    /** The longest name of a bucket, in characters. */
    int MAX_NAME = 200;

    /** Takes as many permits as there are, and no more than so many; none is an answer too. */
    CompletableFuture<VerboseResult<Long>> take(String name, BucketConfiguration configuration, long most);

    /** Gives permits back, as far as the bucket lacks some. */
    CompletableFuture<Void> giveBack(String name, BucketConfiguration configuration, long permits);

    /** How long an answer may take. */
    Duration timeout();
}
