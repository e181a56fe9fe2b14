package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.Seeds;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Meters beside bucket4j's buckets of the same windows, at random times and costs. */
class MeterOracleTest {

    private static final int PLANS = 300;
    private static final int STEPS = 200;
    private static final long MILLI = 1_000_000;

    private final RandomGenerator random = Seeds.random("meters beside buckets");
    private final HandTime time = new HandTime();

    @Test
    void countAsBucketsDo() {
        var denied = 0;
        for (var i = 0; i < PLANS; i++) {
            time.nanos = 0;
            denied += follow(new Quota(windows()));
        }

        assertThat(denied).as("denials that were compared").isBetween(PLANS * STEPS / 20, PLANS * STEPS * 19 / 20);
    }

    private List<Window> windows() {
        var windows = new ArrayList<Window>();
        for (var i = random.nextInt(1, 4); i > 0; i--) {
            var permits = random.nextBoolean() ? random.nextInt(1, 10) : random.nextInt(1, 1000);
            var per = random.nextBoolean() ? random.nextInt(1, 10) : random.nextInt(1, 90_000);
            windows.add(new Window("w" + i, permits, Duration.ofSeconds(per), random.nextBoolean()));
        }
        return windows;
    }

    /** How many requests were denied by both. */
    private int follow(Quota quota) {
        var meter = new Meter(quota, time, 0);
        var bucket = bucket(quota);
        var least = quota.windows().stream().mapToLong(Window::permits).min().orElseThrow();
        var denied = 0;
        for (var i = 0; i < STEPS; i++) {
            time.nanos += pause(quota);
            var permits = random.nextInt(4) > 0 ? 1 : random.nextLong(1, least + 1);
            var probe = bucket.tryConsumeAndReturnRemaining(permits);
            var reading = meter.take(quota, permits);
            assertThat(reading.passed()).as("%s", quota).isEqualTo(probe.isConsumed());
            if (probe.isConsumed()) {
                assertThat(reading.left()).as("%s", quota).isEqualTo(probe.getRemainingTokens());
            } else {
                // A bucket rounds down, so that what it says may be a nanosecond too early.
                var wait = probe.getNanosToWaitForRefill();
                assertThat(reading.nanos()).as("%s", quota).isBetween(wait, wait + 1);
                denied++;
            }
        }
        return denied;
    }

    /** Whole milliseconds, as the clocks of meters tell them. */
    private long pause(Quota quota) {
        var window = quota.get(random.nextInt(quota.size()));
        var each = window.per().toMillis() / window.permits();
        return switch (random.nextInt(6)) {
            case 0 -> window.per().toMillis() * MILLI;
            case 1 -> random.nextLong(2 * window.per().toMillis()) * MILLI;
            case 2 -> 0;
            default -> random.nextLong(2 * each + 2) * MILLI;
        };
    }

    private Bucket bucket(Quota quota) {
        var builder = Bucket.builder().withCustomTimePrecision(new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return time.nanos;
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        });
        for (var window : quota.windows()) {
            builder.addLimit(limit -> {
                var capacity = limit.capacity(window.permits());
                var refill = window.smooth()
                        ? capacity.refillGreedy(window.permits(), window.per())
                        : capacity.refillIntervally(window.permits(), window.per());
                return refill.id(window.name());
            });
        }
        return builder.build();
    }
}
