package dev.portcullis.limit;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import java.time.Clock;

/** Asks the circuit of the request's route. Thread-safe. */
record Breakers(Lanes<Breaker> lanes) implements Check {

    Breakers(Circuit settings, Clock clock) {
        this(new Lanes<>(Concurrency.isPerRoute(settings.by()), () -> new Breaker(settings, clock)));
    }

    @Override
    public Verdict check(Request request) {
        return lanes.of(request).ask();
    }
}
