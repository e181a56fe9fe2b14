package dev.portcullis.store;

import static java.util.Objects.requireNonNull;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.VerboseResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Buckets of permits that several nodes share. Implementations are thread-safe.
 *
 * <p>A bucket is made, with all its permits, when it is first asked for, and forgotten some time after it is full again. Who asks for it
 * says which windows it is to have; where it had others, it changes to these in the same step, and keeps what was used. Every answer
 * is one round trip, and comes in time or not at all: then it is a {@link StoreUnavailable}.
 */
public interface Buckets {

    /** The longest name of a bucket, in characters. */
    int MAX_NAME = 190;

    /** Takes as many permits as there are, and no more than so many; none is an answer too. */
    CompletableFuture<VerboseResult<Long>> take(Bucket bucket, long most);

    /** Takes so many permits or none; how many. */
    CompletableFuture<VerboseResult<Long>> takeAll(Bucket bucket, long permits);

    /** Takes so many permits, whether they are there or not. */
    CompletableFuture<VerboseResult<Long>> charge(Bucket bucket, long permits);

    /** Takes none, and says how many there are. */
    CompletableFuture<VerboseResult<Long>> look(Bucket bucket);

    /** Gives permits back, as far as the bucket lacks some. */
    CompletableFuture<VerboseResult<Long>> giveBack(Bucket bucket, long permits);

    /**
     * A bucket. Immutable.
     *
     * @param name its name
     * @param configuration its windows, whose ids are their names
     * @param sum whether the permits that were used stay used when a window comes to have other permits, as of a quota; else the share
     *     of permits stays that was left
     */
    record Bucket(String name, BucketConfiguration configuration, boolean sum) {

        /** Checks that all is there. */
        public Bucket {
            requireNonNull(configuration, "configuration");
            if (name.isEmpty() || name.length() > MAX_NAME) {
                throw new IllegalArgumentException(
                        "name: " + name.length() + " characters (expected: 1 to " + MAX_NAME + ")");
            }
        }

        /** A name that no bucket with other windows has, where a bucket cannot change its windows and keep what was used. */
        String nameForGood() {
            return name + ":" + Integer.toHexString(configuration.toString().hashCode());
        }
    }

    /** How long an answer may take. */
    Duration timeout();
}
