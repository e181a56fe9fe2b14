package dev.portcullis.limit;

import dev.portcullis.Ending;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Watch;
import dev.portcullis.limit.CircuitReport.State;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The circuit around one handler. Thread-safe.
 *
 * <p>Closed, it lets everybody through and counts who fails. Open, it lets nobody through for a while. Half-open, it lets a few
 * through: it closes when all of them succeed, and opens again when one fails. Those that say nothing, because a client went away or a
 * rule denied the request, give their place to others; when the places have been taken for as long as the circuit was open, there are
 * new ones. Each of these times is an era, and an ending counts only in the era in which its request was let through.
 */
final class Breaker {

    private static final long SECOND = 1000;

    private final Circuit settings;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final LongAdder denied = new LongAdder();
    private final Recent recent;
    private volatile Era era;
    private long opened;

    /** A time in which the circuit stays as it is. */
    private sealed interface Era permits Closed, Open, HalfOpen {}

    private record Open(long since) implements Era {}

    /** The watch of all requests of one era. */
    private final class Closed implements Era, Watch {

        private final Verdict pass = Verdict.Pass.watching(this);

        @Override
        public void ended(Request request, Ending ending, int status) {
            closedHeard(this, Heard.of(ending, status));
        }
    }

    private static final class HalfOpen implements Era {

        private final long since;
        private int places;
        private int succeeded;

        HalfOpen(long since, int places) {
            this.since = since;
            this.places = places;
        }
    }

    /** The watch of one request that tries. */
    private final class Probe implements Watch {

        private final HalfOpen tried;
        private final AtomicBoolean heard = new AtomicBoolean();

        Probe(HalfOpen tried) {
            this.tried = tried;
        }

        @Override
        public void ended(Request request, Ending ending, int status) {
            if (heard.compareAndSet(false, true)) {
                probeHeard(tried, Heard.of(ending, status));
            }
        }
    }

    Breaker(Circuit settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.recent = new Recent(settings.window(), clock);
        this.era = new Closed();
    }

    /** Lets a request through, or denies it. */
    Verdict ask() {
        var now = era;
        if (now instanceof Closed closed) {
            return closed.pass;
        }
        var left = now instanceof Open open ? left(open) : 0;
        return left > 0 ? deny(left) : probe();
    }

    /** How long it stays open. When the clock was set back, nobody knows, and the circuit is tried. */
    private long left(Open open) {
        var past = clock.millis() - open.since;
        return past < 0 ? 0 : settings.openFor().toMillis() - past;
    }

    private Verdict deny(long millis) {
        denied.increment();
        return OpenDenials.after(millis);
    }

    private Verdict probe() {
        lock.lock();
        try {
            var now = era;
            if (now instanceof Closed closed) {
                return closed.pass;
            }
            if (now instanceof Open open && left(open) > 0) {
                return deny(left(open)); // another thread's try has failed since this one looked
            }
            var trying = now instanceof HalfOpen half && !isStuck(half) ? half : startTrying();
            return trying.places > 0 ? letTry(trying) : deny(SECOND);
        } finally {
            lock.unlock();
        }
    }

    private Verdict letTry(HalfOpen trying) {
        trying.places--;
        return Verdict.Pass.watching(new Probe(trying));
    }

    private boolean isStuck(HalfOpen half) {
        var past = clock.millis() - half.since;
        return past < 0 || past >= settings.openFor().toMillis();
    }

    private HalfOpen startTrying() {
        var half = new HalfOpen(clock.millis(), settings.probes());
        era = half;
        return half;
    }

    private void closedHeard(Closed counted, Heard heard) {
        if (heard == Heard.NOTHING || era != counted) {
            return;
        }
        lock.lock();
        try {
            recent.count(heard == Heard.FAILURE);
            if (era == counted
                    && recent.requests() >= settings.minRequests()
                    && recent.failures() * 100 >= (long) settings.failureRate() * recent.requests()) {
                open();
            }
        } finally {
            lock.unlock();
        }
    }

    private void probeHeard(HalfOpen tried, Heard heard) {
        lock.lock();
        try {
            if (era != tried) {
                return;
            }
            switch (heard) {
                case NOTHING -> tried.places++;
                case FAILURE -> open();
                case SUCCESS -> succeeded(tried);
            }
        } finally {
            lock.unlock();
        }
    }

    private void succeeded(HalfOpen tried) {
        tried.succeeded++;
        if (tried.succeeded >= settings.probes()) {
            recent.clear();
            era = new Closed();
        }
    }

    private void open() {
        opened++;
        recent.clear();
        era = new Open(clock.millis());
    }

    CircuitReport report(String rule, boolean observed, String route) {
        lock.lock();
        try {
            return new CircuitReport(rule, observed, route, state(), opened, denied.sum());
        } finally {
            lock.unlock();
        }
    }

    private State state() {
        var now = era;
        return now instanceof Closed ? State.CLOSED : now instanceof Open ? State.OPEN : State.HALF_OPEN;
    }
}
