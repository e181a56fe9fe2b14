package dev.portcullis.store;

import dev.portcullis.store.Buckets.Bucket;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes a permit that nobody needs before requests come, so that the first of them need not wait until connections are made, and all
 * that counting needs is loaded. Thread-safe.
 */
final class Warming {

    /** No limit has this name: those of limits name what they count by. */
    private static final String NAME = "#warming";

    private final Buckets buckets;
    private final AtomicBoolean done = new AtomicBoolean();

    Warming(Buckets buckets) {
        this.buckets = buckets;
    }

    /** Does it once, and again when it has failed. Waits for nothing. */
    void begin() {
        if (done.compareAndSet(false, true)) {
            var bucket = new Bucket(
                    NAME,
                    BucketConfiguration.builder()
                            .addLimit(limit -> limit.capacity(1).refillIntervally(1, Duration.ofSeconds(1)))
                            .build(),
                    false);
            var unused = buckets.takeAll(bucket, 1).whenComplete((taken, cause) -> {
                if (cause != null) {
                    done.set(false);
                }
            });
        }
    }
}
