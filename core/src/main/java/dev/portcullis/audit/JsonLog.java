package dev.portcullis.audit;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.Body;
import dev.portcullis.Change;
import dev.portcullis.Ending;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Request;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.store.Late;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line of JSON for every exchange that ended: who asked for what, what became of it, why, and how long it took. Thread-safe.
 *
 * <p>A forward inside the application is no exchange of its own; it has a line when a rule had something to say of it.
 *
 * <p>A line never holds a token, a credential, a header's value, a query's value, a body, or the message of an exception. Long texts
 * are cut, and everything is escaped, so that a line is always one line. What an exchange is remembered by until it ends is bounded.
 */
public final class JsonLog implements Listener {

    /** The logger that lines go to where nobody asks for another sink. */
    public static final String LOGGER = "dev.portcullis.audit";

    private static final int MAX_UNDER_WAY = 10_000;

    /** Where lines go. Implementations are thread-safe and return quickly. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Takes one line, without its end.
         *
         * @param denied whether the exchange was denied, so that the line deserves a warning
         */
        void take(String line, boolean denied);

        /** Tells whether anybody reads such lines; where nobody does, none is written. */
        default boolean wants(boolean denied) {
            return true;
        }
    }

    /** Hands lines to a logger: denials as warnings, the rest for information. */
    private record Logged(Logger logger) implements Sink {

        @Override
        public void take(String line, boolean denied) {
            if (denied) {
                logger.warn(line);
            } else {
                logger.info(line);
            }
        }

        @Override
        public boolean wants(boolean denied) {
            return denied ? logger.isWarnEnabled() : logger.isInfoEnabled();
        }
    }

    private final Clock clock;
    private final Sink sink;
    private final IntSupplier oneIn;
    private final AtomicLong quiet = new AtomicLong();

    /** How many notes there are, and at times one more, so that nobody looks for any while there are none. */
    private final AtomicLong kept = new AtomicLong();

    /**
     * What is known of an exchange under way, once there was something to know. The body belongs to one request, however often the
     * request is wrapped.
     */
    private final Late<Cache<Body, Notes>> underWay = new Late<>(this::nothingUnderWay);

    private JsonLog(Clock clock, Sink sink, IntSupplier oneIn) {
        this.oneIn = requireNonNull(oneIn, "oneIn");
        this.clock = requireNonNull(clock, "clock");
        this.sink = requireNonNull(sink, "sink");
    }

    /** A log that hands its lines to a sink. */
    public static JsonLog to(Sink sink, Clock clock) {
        return new JsonLog(clock, sink, () -> 1);
    }

    /** A log that hands its lines to the logger {@value #LOGGER}: denials as warnings, the rest for information. */
    public static JsonLog toLogger(Clock clock) {
        return to(new Logged(LoggerFactory.getLogger(LOGGER)), clock);
    }

    /**
     * The same log, which writes only one in so many of the exchanges of which no rule had anything to say. Denials, would-be denials
     * and failures are always written.
     *
     * @param share says how many, each time; 1 for all
     */
    public JsonLog oneIn(IntSupplier share) {
        return new JsonLog(clock, sink, share);
    }

    @Override
    public void denied(Request request, Rule rule, Verdict.Deny deny) {
        notes(request).denied(rule, deny);
    }

    @Override
    public void wouldHaveDenied(Request request, Rule rule, Verdict.Deny deny) {
        notes(request).wouldHaveDenied(rule, deny);
    }

    @Override
    public void failed(Request request, Rule rule, Throwable cause) {
        notes(request).failed(rule, cause);
    }

    @Override
    public void noticed(Request request, String rule, Verdict.Evidence evidence) {
        notes(request).noticed(rule, evidence);
    }

    private Notes notes(Request request) {
        return underWay.get().get(request.body(), unused -> {
            kept.incrementAndGet();
            return new Notes();
        });
    }

    private Cache<Body, Notes> nothingUnderWay() {
        return Caffeine.newBuilder()
                .weakKeys()
                .maximumSize(MAX_UNDER_WAY)
                .executor(Runnable::run)
                .removalListener((body, notes, cause) -> kept.decrementAndGet())
                .build();
    }

    private boolean isLeftOut(Request request, Ending ending) {
        if (request.dispatch() == Dispatch.FORWARD) {
            return true;
        }
        var share = oneIn.getAsInt();
        var plain = ending == Ending.ANSWERED || ending == Ending.UPGRADED;
        return share > 1 && plain && quiet.getAndIncrement() % share != 0;
    }

    /** A change is always written, as a warning: whoever thins out the log must not lose it. */
    @Override
    public void changed(Change change) {
        sink.take(Line.of(change), true);
    }

    @Override
    public void ended(Request request, Outcome outcome, Ending ending, int status) {
        requireNonNull(outcome, "outcome");
        var notes = kept.get() == 0 ? null : underWay.get().asMap().remove(request.body());
        if (notes == null && isLeftOut(request, ending)) {
            return;
        }
        var denied = notes != null && notes.deny() != null;
        if (sink.wants(denied)) {
            var line = new Line(request, outcome, notes == null ? new Notes() : notes);
            sink.take(line.write(clock.instant(), ending, status), denied);
        }
    }
}
