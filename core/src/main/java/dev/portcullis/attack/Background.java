package dev.portcullis.attack;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * The threads on which detectors in the background look at requests, behind a bounded queue. Thread-safe.
 *
 * <p>No thread of a request ever waits for them: what finds the queue full is not looked at, and counted. A detector that does not heed the
 * interruption at the end of its time holds one of the few threads until it comes back, and nothing else.
 */
public final class Background implements AutoCloseable {

    /** How many threads there are. */
    public static final int THREADS = 4;

    /** How many requests may wait. */
    public static final int MAX_WAITING = 1_000;

    private static final int IDLE_SECONDS = 30;

    /** What became of a request that may be looked at, or of one look. */
    public enum Fate {
        /** It was not in the sample. */
        UNSAMPLED,
        /** There were too many in that second. */
        OVER_BUDGET,
        /** Too many were waiting. */
        DROPPED,
        /** It was handed to the detectors. */
        INSPECTED,
        /** A detector took too long. */
        TIMED_OUT,
        /** A detector could not tell. */
        FAILED
    }

    private final List<BackgroundDetector> detectors;
    private final Clock clock;
    private final Consumer<Opinion> opinions;
    private final AtomicLongArray fates = new AtomicLongArray(Fate.values().length);
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Background::daemon);
    private final ScheduledThreadPoolExecutor alarm = new ScheduledThreadPoolExecutor(1, Background::daemon);

    private Background(List<BackgroundDetector> detectors, Clock clock, Consumer<Opinion> opinions) {
        this.detectors = List.copyOf(detectors);
        this.clock = clock;
        this.opinions = opinions;
        threads.allowCoreThreadTimeOut(true);
        alarm.setRemoveOnCancelPolicy(true);
        alarm.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        alarm.allowCoreThreadTimeOut(true);
    }

    /**
     * Threads for these detectors; none is started before the first request.
     *
     * @param opinions who hears what they find suspicious, on their threads
     * @throws IllegalArgumentException when two detectors have one id
     */
    public static Background of(List<BackgroundDetector> detectors, Clock clock, Consumer<Opinion> opinions) {
        if (detectors.stream().map(BackgroundDetector::id).distinct().count() < detectors.size()) {
            throw new IllegalArgumentException("detectors: two have the same id (expected: an id for each)");
        }
        return new Background(detectors, requireNonNull(clock, "clock"), requireNonNull(opinions, "opinions"));
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "portcullis-detectors");
        thread.setDaemon(true);
        return thread;
    }

    /** Tells whether there is no detector. */
    public boolean isEmpty() {
        return detectors.isEmpty();
    }

    /**
     * A check that hands over requests by these terms and objects to none.
     *
     * @param bound how long a body may be that is handed over, in bytes
     */
    public Check sampling(BackgroundTerms terms, long bound) {
        return new Sampling(
                this,
                requireNonNull(terms, "terms"),
                bound,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** By what time it counts. */
    public Clock clock() {
        return clock;
    }

    void count(Fate fate) {
        fates.incrementAndGet(fate.ordinal());
    }

    /** How many requests, or looks, met this fate. */
    public long counted(Fate fate) {
        return fates.get(fate.ordinal());
    }

    /** Which share of the requests that might have been looked at was handed to the detectors, in percent; 0 before the first. */
    public double percentInspected() {
        var inspected = counted(Fate.INSPECTED);
        var all = inspected + counted(Fate.UNSAMPLED) + counted(Fate.OVER_BUDGET) + counted(Fate.DROPPED);
        return all == 0 ? 0 : 100.0 * inspected / all;
    }

    /** What is counted, by the fate's name in figures. */
    public static Map<String, Fate> figures() {
        return Map.of(
                "unsampled",
                Fate.UNSAMPLED,
                "over-budget",
                Fate.OVER_BUDGET,
                "dropped",
                Fate.DROPPED,
                "inspected",
                Fate.INSPECTED,
                "timed-out",
                Fate.TIMED_OUT,
                "failed",
                Fate.FAILED);
    }

    /** Hands a request over; or counts that there is no room. */
    void take(Sighting sighting, BackgroundTerms terms) {
        try {
            threads.execute(() -> look(sighting, terms));
            count(Fate.INSPECTED);
        } catch (RejectedExecutionException e) {
            count(Fate.DROPPED);
        }
    }

    private void look(Sighting sighting, BackgroundTerms terms) {
        for (var detector : detectors) {
            var look = new TimedLook(detector, sighting);
            var score = look.within(terms.timeOut(), alarm);
            look.misfortune().ifPresent(this::count);
            if (score > 0) {
                opinions.accept(new Opinion(detector.id(), score, sighting, terms.counts()));
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        alarm.shutdownNow();
    }
}
