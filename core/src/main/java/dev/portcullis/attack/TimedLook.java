package dev.portcullis.attack;

import dev.portcullis.attack.Background.Fate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One look of one detector at one request, which is interrupted when its time is up. Used once. */
final class TimedLook {

    private final BackgroundDetector detector;
    private final Sighting sighting;
    /** Whether the look is over or its time is: whoever says so first decides. */
    private final AtomicBoolean decided = new AtomicBoolean();

    /** Whether the interruption has been sent; a detector may have taken it for itself. */
    private volatile boolean delivered;

    private boolean late;
    private boolean failed;

    TimedLook(BackgroundDetector detector, Sighting sighting) {
        this.detector = detector;
        this.sighting = sighting;
    }

    /** What the detector says; 0 when it could not tell in time. */
    int within(Duration time, ScheduledExecutorService alarm) {
        var thread = Thread.currentThread();
        try {
            var set = alarm.schedule(() -> interrupt(thread), time.toNanos(), TimeUnit.NANOSECONDS);
            var score = look();
            late = !decided.compareAndSet(false, true);
            set.cancel(false);
            // The alarm has decided and may not have interrupted yet; its interruption must not meet the next look.
            while (late && !delivered) {
                Thread.onSpinWait();
            }
            var unused = Thread.interrupted();
            return late ? 0 : score;
        } catch (RejectedExecutionException e) {
            return 0;
        }
    }

    private void interrupt(Thread thread) {
        if (decided.compareAndSet(false, true)) {
            thread.interrupt();
            delivered = true;
        }
    }

    private int look() {
        try {
            return Math.max(0, Math.min(detector.look(sighting), BackgroundDetector.MOST));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed = true;
        } catch (Exception | LinkageError | StackOverflowError e) {
            failed = true;
        }
        return 0;
    }

    /** What went wrong, if anything did. */
    Optional<Fate> misfortune() {
        return late ? Optional.of(Fate.TIMED_OUT) : failed ? Optional.of(Fate.FAILED) : Optional.empty();
    }
}
