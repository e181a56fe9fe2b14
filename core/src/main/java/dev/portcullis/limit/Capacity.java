package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import org.jspecify.annotations.Nullable;

/** Lets so many requests be in flight on a route, or in all of the service. Thread-safe. */
final class Capacity implements Check {

    /** Requests in flight hold on to their rule, so that this is not forgotten while one is. */
    private final SharedLanes shared;

    /** Finds out whose share a request belongs to; null where there are none. */
    private final @Nullable Keying sharer;

    private final InFlight settings;

    Capacity(SharedLanes shared, @Nullable Keying sharer, InFlight settings) {
        this.shared = shared;
        this.sharer = sharer;
        this.settings = settings;
    }

    @Override
    public Verdict check(Request request) {
        requireNonNull(request, "request");
        var priorities = settings.priorities();
        if (priorities.exempt().test(request)) {
            return Verdict.pass();
        }
        var lane = shared.lanes().of(request);
        var most = priorities.most(lane.limit(settings.permits()), request);
        var measured = settings.adaptation() != null && !settings.streams().test(request);
        return sharer == null
                ? lane.enter(request, most, measured)
                : lane.enter(request, most, measured, sharer.of(request));
    }
}
