package dev.portcullis.limit;

import dev.portcullis.Request;
import dev.portcullis.Verdict;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The requests in flight on one route, or in all of the service, and who has which share of them. Thread-safe.
 *
 * <p>A sharer gets a permit while he has less than his fair share: all permits divided by how many have requests in flight, though
 * nobody is reckoned to be alone. Beyond it he may borrow what nobody uses, but for a fifth of all, which is kept for who comes anew.
 */
final class Lane {

    private static final int KEPT = 5;

    private static final Crowded SERVICE = Crowded.service("");
    private static final Crowded SHARE = Crowded.caller("the fair share is used up");
    private static final Crowded NO_ROOM = Crowded.service("the table of keys in flight is full");

    private final Slot total = new Slot(null, "");
    private final Slots sharers;
    private final @Nullable AdaptiveLimit adaptive;
    private final LongAdder denied = new LongAdder();

    Lane(Slots sharers, @Nullable AdaptiveLimit adaptive) {
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
    Verdict enter(Request request, int most, boolean measured, MeterKey sharer) {
        if (total.held() >= most) {
            return deny(SERVICE, request);
        }
        var share = sharers.take(sharer, most / Math.max(2, sharers.size()));
        if (share == Slot.NONE_FREE) {
            return borrow(request, most - Math.max(1, most / KEPT), measured, sharer);
        }
        return share == Slot.NO_ROOM ? deny(NO_ROOM, request) : enter(request, most, measured, share);
    }

    private Verdict borrow(Request request, int most, boolean measured, MeterKey sharer) {
        if (total.held() >= most) {
            return deny(SHARE, request);
        }
        var share = sharers.take(sharer, most);
        return share == Slot.NONE_FREE || share == Slot.NO_ROOM
                ? deny(SHARE, request)
                : enter(request, most, measured, share);
    }

    private Verdict enter(Request request, int most, boolean measured, Slot share) {
        if (!total.take(most)) {
            share.free();
            return deny(SERVICE, request);
        }
        return Verdict.Pass.watching(new Permit(total, share, measured ? adaptive : null));
    }

    private Verdict deny(Crowded crowded, Request request) {
        denied.increment();
        return crowded.of(request);
    }

    int inFlight() {
        return total.held();
    }

    int sharers() {
        return sharers.size();
    }

    long denied() {
        return denied.sum();
    }

    /** The latency of quiet times in microseconds; 0 while it is not known, or nobody asks. */
    long quietMicros() {
        return adaptive == null ? 0 : (long) adaptive.quietMicros();
    }
}
