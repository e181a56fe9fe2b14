package dev.portcullis.limit;

import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The denials of open circuits, which differ only in when to come again: made once for all circuits, so that a flood makes no garbage.
 * Thread-safe.
 */
final class OpenDenials {

    private static final long MILLIS = 1000;
    private static final int MOST = (int) Circuit.MOST.toSeconds();
    private static final AtomicReferenceArray<Verdict.Deny> MADE = new AtomicReferenceArray<>(MOST + 1);

    private OpenDenials() {}

    /** The denial that asks to come again after a time: in whole seconds, at least one, and at most the longest pause there is. */
    static Verdict.Deny after(long millis) {
        var seconds = (int) Math.max(1, Math.min(MOST, (millis + MILLIS - 1) / MILLIS));
        var made = MADE.get(seconds);
        if (made == null) {
            var reply = Reply.problem(503, "circuit-open").with("Retry-After", Integer.toString(seconds));
            made = Verdict.deny(reply, Evidence.of("circuit-open"));
            MADE.set(seconds, made); // two threads may make the same one; either will do
        }
        return made;
    }
}
