package dev.portcullis.attack;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.attack.Background.Fate;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/** Hands a sample of requests to the detectors in the background, chosen by chance so that nobody knows which. Thread-safe. */
final class Sampling implements Check {

    private static final int COUNT_BITS = 24;
    private static final long COUNT = (1L << COUNT_BITS) - 1;

    private final Background background;
    private final BackgroundTerms terms;
    private final long bound;
    private final DoubleSupplier chance;
    /** The second, and in the lower bits how many were taken in it. */
    private final AtomicLong budget = new AtomicLong();

    Sampling(Background background, BackgroundTerms terms, long bound, DoubleSupplier chance) {
        this.background = background;
        this.terms = terms;
        this.bound = bound;
        this.chance = chance;
    }

    @Override
    public Verdict check(Request request) {
        if (terms.rate() < 1 && chance.getAsDouble() >= terms.rate()) {
            background.count(Fate.UNSAMPLED);
        } else if (!isWithinBudget()) {
            background.count(Fate.OVER_BUDGET);
        } else {
            background.take(Sighting.of(request, bound), terms);
        }
        return Verdict.pass();
    }

    private boolean isWithinBudget() {
        var second = background.clock().millis() / 1000;
        var before = budget.getAndUpdate(old -> old >>> COUNT_BITS == second && (old & COUNT) < COUNT
                ? old + 1
                : old >>> COUNT_BITS == second ? old : second << COUNT_BITS | 1);
        return before >>> COUNT_BITS != second || (before & COUNT) < terms.perSecond();
    }
}
