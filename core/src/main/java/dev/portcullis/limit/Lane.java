package dev.portcullis.limit;

import dev.portcullis.Request;
import dev.portcullis.Verdict;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The requests in flight on one route, or in all of the service, and who has which share of them. Thread-safe.
 *
 * <p>A sharer gets a permit while he has less than his fair share: all permits divided by how many have requests in flight, though
 * nobody is reckoned to be alone. Beyond it he may borrow what nobody uses, but for a fifth of all, which is kept for who comes anew, and
 * for what the others lately had at once within their shares, up to a half: who stays within his share finds it, however much is
 * borrowed.
 */
final class Lane {

    private static final int KEPT = 5;
    private static final int MOST_KEPT = 2;

    private static final Crowded SERVICE = Crowded.service("");
    private static final Crowded SHARE = Crowded.caller("the fair share is used up");
    private static final Crowded NO_ROOM = Crowded.service("the table of keys in flight is full");

    private final Slot total = new Slot(null, "");
    private final Sharers sharers;
    private final @Nullable AdaptiveLimit adaptive;
    private final LongAdder denied = new LongAdder();

    Lane(Sharers sharers, @Nullable AdaptiveLimit adaptive) {
        this.sharers = sharers;
        this.adaptive = adaptive;
    }

    /** How many may be in flight now, of so many at most. */
    int limit(int permits) {
        return adaptive == null ? permits : adaptive.limit();
    }

    /** Lets the request through while fewer than so many are in flight. */
    Verdict enter(Request request, int most, boolean measured) {
        if (!total.take(most)) {
            return deny(SERVICE, request);
        }
        return Verdict.Pass.watching(new Permit(total, null, measured ? adaptive : null));
    }

    /** Lets the request through while fewer than so many are in flight, and not too many of them are the sharer's. */
    Verdict enter(Request request, int most, boolean measured, MeterKey key) {
        sharers.turn();
        var fair = Math.max(1, most / Math.max(2, sharers.active()));
        var sharer = sharers.of(key);
        while (sharer != null) {
            if (sharer.take(fair, true)) {
                return enter(request, most, measured, sharer);
            }
            if (!sharer.isGone()) {
                return borrow(request, most, measured, sharer);
            }
            sharer = sharers.of(key);
        }
        return deny(NO_ROOM, request);
    }

    private Verdict borrow(Request request, int most, boolean measured, Sharer sharer) {
        var taken = total.held();
        var kept = Math.max(most / KEPT, Math.min(sharers.spoken() - taken, most / MOST_KEPT));
        var bound = most - Math.max(1, kept);
        return taken < bound && sharer.take(bound, false)
                ? enter(request, bound, measured, sharer)
                : deny(taken < most ? SHARE : SERVICE, request);
    }

    private Verdict enter(Request request, int most, boolean measured, Sharer sharer) {
        if (!total.take(most)) {
            sharer.giveUp();
            return deny(SERVICE, request);
        }
        return Verdict.Pass.watching(new Permit(total, sharer, measured ? adaptive : null));
    }

    private Verdict deny(Crowded crowded, Request request) {
        denied.increment();
        return crowded.of(request);
    }

    int inFlight() {
        return total.held();
    }

    int sharers() {
        return sharers.active();
    }

    long denied() {
        return denied.sum();
    }

    /** The latency of quiet times in microseconds; 0 while it is not known, or nobody asks. */
    long quietMicros() {
        return adaptive == null ? 0 : (long) adaptive.quietMicros();
    }
}
