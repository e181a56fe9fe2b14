package dev.portcullis.drill;

import static java.util.Objects.requireNonNull;

import dev.portcullis.drill.Trial.Fate;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What became of all attacks. Immutable.
 *
 * @param trials the attacks, in the order in which they were tried
 * @param unsent how many there was no request or no time left for
 * @param requests how many requests were sent, harmless ones too
 * @param time how long it took
 */
public record Tally(List<Trial> trials, int unsent, int requests, Duration time) {

    /** Copies the trials. */
    public Tally {
        requireNonNull(time, "time");
        trials = List.copyOf(trials);
    }

    /** How many met this fate. */
    public long count(Fate fate) {
        return count(fate, any -> true);
    }

    /** How many of these met this fate. */
    public long count(Fate fate, Predicate<Trial> which) {
        requireNonNull(fate, "fate");
        requireNonNull(which, "which");
        return trials.stream()
                .filter(trial -> trial.fate() == fate && which.test(trial))
                .count();
    }

    /** Tells whether anything was proven of these. */
    public boolean proves(Predicate<Trial> which) {
        return count(Fate.DENIED, which) + count(Fate.PASSED, which) > 0;
    }
}
