package dev.portcullis.abuse;

import dev.portcullis.Address;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** The scores of all callers, in one mode. Thread-safe. */
final class Scores {

    private static final long CLIENT = 1;

    private final Salt salt = Salt.random();
    private final SteadyTime time;
    private final Table<Score> table;
    private final AtomicLongArray raised = new AtomicLongArray(Signal.values().length);

    Scores(SteadyTime time, int maxKeys) {
        this.time = time;
        this.table = new Table<>(maxKeys, Score::new);
    }

    /** Counts a signal of whoever sent the request, as much as the terms say times so much. */
    void raise(Request request, Signal signal, RiskTerms terms, double share) {
        raise(request.principal(), request.address(), new Raise(signal, share), terms);
    }

    /** A signal, and how much of it. */
    record Raise(Signal signal, double share) {}

    /** Counts a signal of a caller, or of an address where nobody knows the caller. */
    void raise(@Nullable Principal principal, Address address, Raise raise, RiskTerms terms) {
        var signal = raise.signal();
        var share = raise.share();
        var weight = terms.weights().getOrDefault(signal, new RiskTerms.Weight(0, 0));
        if (weight.points() == 0) {
            return;
        }
        raised.incrementAndGet(signal.ordinal());
        var high = high(principal, address);
        var low = low(principal, address);
        var row = table.makeRow(high, low);
        row.lock();
        try {
            var decay = decay(terms);
            row.make(high, low, decay.now()).add(signal, weight.points() * share, weight.most(), decay);
        } finally {
            row.unlock();
        }
    }

    /** The score of the caller, or of the address alone. */
    double of(Request request, boolean caller, RiskTerms terms) {
        return of(caller ? request.principal() : null, request.address(), terms);
    }

    /** The score of a caller, or of an address where nobody knows the caller. */
    double of(@Nullable Principal principal, Address address, RiskTerms terms) {
        var high = high(principal, address);
        var low = low(principal, address);
        var row = table.row(high, low);
        if (row == null) {
            return 0;
        }
        row.lock();
        try {
            var now = time.now();
            var score = row.find(high, low, now);
            return score == null ? 0 : score.total(decay(terms));
        } finally {
            row.unlock();
        }
    }

    /** In how many milliseconds a score has become less, if nothing is added. */
    long until(double score, int less, RiskTerms terms) {
        return decay(terms).until(score, less);
    }

    private Score.Decay decay(RiskTerms terms) {
        return new Score.Decay(time.now(), terms.halfLife().toMillis());
    }

    private long high(@Nullable Principal principal, Address address) {
        return principal == null
                ? salt.scrambled(Salt.family(address))
                : salt.joined(CLIENT, salt.text(principal.issuer(), 0));
    }

    private long low(@Nullable Principal principal, Address address) {
        return principal == null ? salt.scrambled(Salt.network(address)) : salt.text(principal.client(), CLIENT);
    }

    long raised(Signal signal) {
        return raised.get(signal.ordinal());
    }

    long size() {
        return table.size();
    }
}
