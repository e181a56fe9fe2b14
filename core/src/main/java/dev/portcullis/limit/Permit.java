package dev.portcullis.limit;

import dev.portcullis.Ending;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Watch;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** The permit of one request, which is given back when the exchange ends, and only once. Thread-safe. */
final class Permit implements Watch {

    private static final AtomicIntegerFieldUpdater<Permit> FREED =
            AtomicIntegerFieldUpdater.newUpdater(Permit.class, "freed");

    private final Slot slot;
    private final @Nullable Sharer share;
    private final @Nullable AdaptiveLimit measure;
    private final long start;

    /** When the application's response began to be sent; 0 before. Different threads may begin and end it. */
    private volatile long answered;

    /** Written through the updater. */
    @SuppressWarnings("unused")
    private volatile int freed;

    /**
     * A permit that was taken.
     *
     * @param share whose share it was taken from as well; null when there are no shares
     * @param measure what learns how long the request takes; null when nothing does
     */
    Permit(Slot slot, @Nullable Sharer share, @Nullable AdaptiveLimit measure) {
        this.slot = slot;
        this.share = share;
        this.measure = measure;
        this.start = measure == null ? 0 : measure.now();
    }

    /** An adaptive limit asks, since how long a client takes to read says nothing of how long the work took. */
    @Override
    public boolean asksHead() {
        return measure != null;
    }

    @Override
    public Verdict sending(Request request, Head head) {
        if (measure != null && answered == 0 && head.ofApplication()) {
            answered = measure.now();
        }
        return Verdict.pass();
    }

    @Override
    public void ended(Request request, Ending ending, int status) {
        ended(request, ending, Sent.of(status));
    }

    @Override
    public void ended(Request request, Ending ending, Sent sent) {
        if (!FREED.compareAndSet(this, 0, 1)) {
            return;
        }
        var inFlight = slot.held();
        slot.free();
        if (share != null) {
            share.free();
        }
        if (measure != null && !isStream(sent.header("Content-Type"))) {
            var end = answered == 0 ? measure.now() : answered;
            measure.heard(end - start, inFlight, ending, sent.status());
        }
    }

    /** Content that comes as long as somebody listens. */
    private static boolean isStream(@Nullable String type) {
        return type != null
                && (type.startsWith("text/event-stream")
                        || type.startsWith("application/x-ndjson")
                        || type.startsWith("multipart/x-mixed-replace"));
    }
}
