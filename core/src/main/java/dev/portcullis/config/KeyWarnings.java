package dev.portcullis.config;

import dev.portcullis.Change;
import dev.portcullis.config.AgingKeys.Aging;
import dev.portcullis.metric.Series;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Warns of API keys that are older than they should be: once a day each, as long as the gate is tended. Thread-safe. */
final class KeyWarnings {

    private static final Duration PAUSE = Duration.ofDays(1);
    private static final int MOST = 1000;

    private final Clock clock;
    private final Consumer<Change> told;
    private final ReentrantLock telling = new ReentrantLock();
    private final Map<String, Instant> warned = new HashMap<>();
    private volatile List<Aging> keys = List.of();

    KeyWarnings(Clock clock, Consumer<Change> told) {
        this.clock = clock;
        this.told = told;
    }

    /** Goes by another configuration from now on. */
    void use(Configuration written) {
        keys = AgingKeys.of(written).stream().limit(MOST).toList();
    }

    /** Warns of what is old, unless that was done within a day. */
    void tend() {
        telling.lock();
        try {
            var now = clock.instant();
            warned.values().removeIf(last -> Duration.between(last, now).compareTo(PAUSE) >= 0);
            for (var key : keys) {
                if (key.isOld(now) && warned.putIfAbsent(key.key(), now) == null) {
                    told.accept(warning(key, now));
                }
            }
        } finally {
            telling.unlock();
        }
    }

    private static Change warning(Aging key, Instant now) {
        var details = Map.of(
                "client", key.client(),
                "key", key.id(),
                "days", String.valueOf(key.age(now).toDays()));
        return new Change(now, "key-old", "gate", details);
    }

    /** How old each key is. */
    Stream<Series> series() {
        return keys.stream()
                .map(key -> Series.gauge(
                        "portcullis_api_key_age_seconds",
                        Map.of("client", key.client(), "key", key.id()),
                        () -> key.age(clock.instant()).toSeconds()));
    }
}
