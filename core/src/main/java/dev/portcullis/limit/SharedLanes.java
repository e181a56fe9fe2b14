package dev.portcullis.limit;

import org.jspecify.annotations.Nullable;

/**
 * The counts of a limit whose requests are counted together, or by route. Thread-safe.
 *
 * @param lanes the counts
 * @param sharer finds out whose share a request belongs to; null where there are none
 */
record SharedLanes(Lanes<Lane> lanes, @Nullable Keying sharer) {

    SharedLanes(Concurrency concurrency, String name, InFlight settings) {
        this(
                new Lanes<>(Concurrency.isPerRoute(settings.by()), () -> lane(concurrency, settings)),
                sharer(concurrency, name, settings.share()));
    }

    private static Lane lane(Concurrency concurrency, InFlight settings) {
        var adaptation = settings.adaptation();
        var adaptive =
                adaptation == null ? null : new AdaptiveLimit(adaptation, settings.permits(), concurrency.clock());
        return new Lane(concurrency.sharers(), adaptive);
    }

    private static @Nullable Keying sharer(Concurrency concurrency, String name, @Nullable LimitKey share) {
        return share == null ? null : concurrency.keying(name, share);
    }
}
