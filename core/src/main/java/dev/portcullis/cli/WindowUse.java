package dev.portcullis.cli;

import dev.portcullis.limit.Demand;
import dev.portcullis.limit.Window;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What callers use of one window of a limit, period by period. For one thread. */
final class WindowUse {

    /** How many callers are told apart at a time. */
    static final int MAX_CALLERS = 200_000;

    private final Window window;
    private final Amounts amounts = new Amounts();
    private final Map<Caller, Period> current = new HashMap<>();
    private long untold;

    /** Who counts together. */
    private record Caller(long high, long low) {}

    /** What somebody has used of a period so far. */
    private static final class Period {

        private long start;
        private long used;

        Period(long start) {
            this.start = start;
        }
    }

    WindowUse(Window window) {
        this.window = window;
    }

    void add(Demand demand, Instant at) {
        var caller = new Caller(demand.high(), demand.low());
        var known = known(caller, at);
        if (known == null) {
            untold++;
            return;
        }
        if (isOver(known, at)) {
            amounts.add(known.used);
            known.start = startOf(at);
            known.used = 0;
        }
        known.used += demand.permits();
    }

    /** The period of a caller; those of others that are over make room where there is none. */
    private @Nullable Period known(Caller caller, Instant at) {
        var known = current.get(caller);
        if (known == null && current.size() >= MAX_CALLERS) {
            current.values().removeIf(period -> ended(period, at));
        }
        return known != null || current.size() >= MAX_CALLERS
                ? known
                : current.computeIfAbsent(caller, any -> new Period(startOf(at)));
    }

    private boolean ended(Period period, Instant at) {
        var over = isOver(period, at);
        if (over) {
            amounts.add(period.used);
        }
        return over;
    }

    /** A line of earlier than the one before it belongs to the period that is under way. */
    private boolean isOver(Period period, Instant at) {
        var calendar = window.calendar();
        return calendar == null
                ? at.toEpochMilli() >= period.start + window.per().toMillis()
                : calendar.startOf(at).toEpochMilli() > period.start;
    }

    /** Periods begin with the first request of a caller, or as the calendar has them. */
    private long startOf(Instant at) {
        var calendar = window.calendar();
        return (calendar == null ? at : calendar.startOf(at)).toEpochMilli();
    }

    /** Counts what is under way; nothing is added after that. */
    Amounts end() {
        current.values().forEach(period -> amounts.add(period.used));
        current.clear();
        return amounts;
    }

    Window window() {
        return window;
    }

    /** How many requests could not be counted for want of room. */
    long untold() {
        return untold;
    }
}
