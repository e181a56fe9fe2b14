package dev.portcullis.limit;

import dev.portcullis.Ending;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A limit that falls when requests take longer than in quiet times, and grows while they do not. Thread-safe.
 *
 * <p>Window by window, the median latency is held against that of quiet times. Up to {@code tolerance} times as much is normal, and
 * the limit grows if it was made use of: at first to the double, after it has fallen once by its square root. Beyond, it shrinks in
 * proportion, at most to a half. Quiet latency follows faster windows, a tenth at a time; slower ones only while the limit stands at
 * its floor, where it is not the number of requests that makes them slow: so a lasting overload is never taken for normal, and a
 * service that has become slower for good is not held down for ever.
 */
final class AdaptiveLimit {

    /** How many latencies a window must have to be judged. */
    static final int MIN_SAMPLES = 10;

    /** After how many times its length a window without so many is dropped, so that no old latency is judged with new ones. */
    private static final int MAX_STRETCH = 30;

    /** How many windows at the floor are too slow before quiet latency is learnt anew. */
    private static final int PATIENCE = 10;

    private static final double MOST_DOWN = 0.5;
    private static final double FASTER = 0.9;
    private static final double SLOWER = 1.5;

    private final Adaptation settings;
    private final int ceiling;
    private final Clock clock;
    private final Latencies latencies = new Latencies();
    private final AtomicInteger peak = new AtomicInteger();
    private final ReentrantLock judging = new ReentrantLock();
    private volatile int limit;
    private volatile double quiet;
    private volatile long windowStart;
    private boolean hasFallen;
    private int slowAtFloor;

    AdaptiveLimit(Adaptation settings, int ceiling, Clock clock) {
        this.settings = settings;
        this.ceiling = ceiling;
        this.clock = clock;
        this.limit = Math.min(ceiling, settings.floor());
        this.windowStart = now();
    }

    /** How many requests may be in flight now. */
    int limit() {
        return limit;
    }

    /** The latency of quiet times in microseconds; 0 while it is not known. */
    double quietMicros() {
        return quiet;
    }

    /** The time, in microseconds. */
    long now() {
        var instant = clock.instant();
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    /**
     * Learns of a request that was let through.
     *
     * @param took how long it took until its response began to be sent, in microseconds
     * @param inFlight how many were in flight when it ended, itself included
     */
    void heard(long took, int inFlight, Ending ending, int status) {
        var now = now();
        if (took < 0 || !tells(took, ending, status)) {
            return;
        }
        latencies.add(took);
        if (inFlight > peak.get()) {
            peak.set(inFlight);
        }
        var age = now - windowStart;
        if ((age >= windowMicros() || age < 0) && judging.tryLock()) {
            try {
                close(now);
            } finally {
                judging.unlock();
            }
        }
    }

    /** What failed fast says nothing of how long work takes; what failed slowly does. What clients cut short says nothing. */
    private boolean tells(long took, Ending ending, int status) {
        return switch (ending) {
            case ANSWERED -> status < 400 || isSlow((double) took);
            case FAILED -> isSlow((double) took);
            case DENIED_LATER, ABORTED, UPGRADED -> false;
        };
    }

    private boolean isSlow(double micros) {
        return quiet > 0 && micros > quiet * settings.tolerance();
    }

    private long windowMicros() {
        return settings.window().toNanos() / 1_000;
    }

    private void close(long now) {
        var age = now - windowStart;
        if (age >= 0 && age < windowMicros()) {
            return; // another thread has closed it meanwhile
        }
        var stale = age < 0 || age > MAX_STRETCH * windowMicros();
        if (!stale && latencies.count() < MIN_SAMPLES) {
            return;
        }
        var median = latencies.takeMedian();
        var most = peak.getAndSet(0);
        windowStart = now;
        if (!stale) {
            judge(median, most);
        }
    }

    private void judge(double median, int most) {
        learn(median);
        var normal = settings.tolerance() * quiet / median;
        if (normal < 1) {
            hasFallen = true;
            limit = Math.max(Math.min(ceiling, settings.floor()), (int) (limit * Math.max(MOST_DOWN, normal)));
        } else if (most >= limit / 2) {
            var more = hasFallen ? Math.max(1, (int) Math.sqrt(limit)) : limit;
            limit = (int) Math.min(ceiling, (long) limit + more);
        }
    }

    private void learn(double median) {
        if (quiet == 0) {
            quiet = median;
        } else if (median < quiet) {
            quiet = Math.max(median, quiet * FASTER);
        }
        var slowThere = isSlow(median) && limit <= settings.floor();
        slowAtFloor = slowThere ? slowAtFloor + 1 : 0;
        if (slowAtFloor > PATIENCE) {
            quiet = Math.min(median, quiet * SLOWER);
        }
    }
}
