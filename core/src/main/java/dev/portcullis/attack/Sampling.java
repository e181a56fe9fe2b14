package dev.portcullis.attack;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.attack.Background.Fate;
import java.util.function.DoubleSupplier;

/** Hands a sample of requests to the detectors in the background, chosen by chance so that nobody knows which. Thread-safe. */
final class Sampling implements Check {

    private final Background background;
    private final BackgroundTerms terms;
    private final long bound;
    private final DoubleSupplier chance;
    private final PerSecond budget;

    Sampling(Background background, BackgroundTerms terms, long bound, DoubleSupplier chance) {
        this.background = background;
        this.terms = terms;
        this.bound = bound;
        this.chance = chance;
        this.budget = new PerSecond(background.clock(), terms.perSecond());
    }

    @Override
    public Verdict check(Request request) {
        if (terms.rate() < 1 && chance.getAsDouble() >= terms.rate()) {
            background.count(Fate.UNSAMPLED);
        } else if (!budget.take()) {
            background.count(Fate.OVER_BUDGET);
        } else {
            background.take(Sighting.of(request, bound), terms);
        }
        return Verdict.pass();
    }
}
