package dev.portcullis.attack;

import static java.util.Objects.requireNonNull;

import dev.portcullis.attack.Background.Fate;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * Draws the requests that detectors of an observed rule look at: a share, by chance so that nobody knows which, and at most so many in a second. What is not
 * drawn passes unseen, so no enforced rule has one. Thread-safe.
 */
public final class Draw {

    /** How many in a second can be asked for. */
    public static final int MOST_PER_SECOND = 10_000_000;

    private final double rate;
    private final int perSecond;
    private final PerSecond budget;
    private final DoubleSupplier chance;
    private final boolean all;
    private final Counts counts;

    /** What became of requests so far. */
    private record Counts(LongAdder inspected, LongAdder unsampled, LongAdder overBudget) {}

    private Draw(Draw terms, Counts counts, boolean all) {
        this.rate = terms.rate;
        this.perSecond = terms.perSecond;
        this.budget = terms.budget;
        this.chance = terms.chance;
        this.counts = counts;
        this.all = all;
    }

    Draw(double rate, int perSecond, Clock clock, DoubleSupplier chance) {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate: " + rate + " (expected: above 0, at most 1)");
        }
        if (perSecond < 1 || perSecond > MOST_PER_SECOND) {
            throw new IllegalArgumentException(
                    "per-second: " + perSecond + " (expected: 1 to " + MOST_PER_SECOND + ")");
        }
        this.rate = rate;
        this.perSecond = perSecond;
        this.budget = new PerSecond(requireNonNull(clock, "clock"), perSecond);
        this.chance = chance;
        this.counts = new Counts(new LongAdder(), new LongAdder(), new LongAdder());
        this.all = false;
    }

    /**
     * Draws this share of requests.
     *
     * @param rate above 0, at most 1
     * @param perSecond how many in a second at most; {@value #MOST_PER_SECOND} for any number
     */
    public static Draw of(double rate, int perSecond, Clock clock) {
        return new Draw(
                rate, perSecond, clock, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** The same that goes on counting where an earlier one stopped. */
    public Draw after(Draw earlier) {
        return new Draw(this, requireNonNull(earlier, "earlier").counts, all);
    }

    /** The same for a rehearsal, in which every request is drawn, so that it tells the same each time. */
    public Draw rehearsed() {
        return new Draw(this, counts, true);
    }

    /** Tells whether another one has the same terms. */
    public boolean isLike(Draw other) {
        return rate == other.rate && perSecond == other.perSecond;
    }

    boolean takes() {
        if (all) {
            return true;
        }
        if (rate < 1 && chance.getAsDouble() >= rate) {
            counts.unsampled.increment();
            return false;
        }
        if (perSecond < MOST_PER_SECOND && !budget.take()) {
            counts.overBudget.increment();
            return false;
        }
        counts.inspected.increment();
        return true;
    }

    /** How many requests met each fate so far. */
    public Map<Fate, LongAdder> counted() {
        return Map.of(
                Fate.INSPECTED, counts.inspected,
                Fate.UNSAMPLED, counts.unsampled,
                Fate.OVER_BUDGET, counts.overBudget);
    }

    /** Which share of the requests that came was looked at, in percent; 0 before the first. */
    public double percentInspected() {
        var inspected = counts.inspected.sum();
        var came = inspected + counts.unsampled.sum() + counts.overBudget.sum();
        return came == 0 ? 0 : 100.0 * inspected / came;
    }

    /** The terms, as an operator reads them. */
    public String shown() {
        var share =
                BigDecimal.valueOf(rate).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
        return perSecond < MOST_PER_SECOND ? share + ", at most " + perSecond + " per second" : share;
    }
}
